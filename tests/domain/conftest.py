"""Generated cases for the domain's rules: the same ones each run, and no clock over them (two cores are shared)."""

from hypothesis import settings

settings.register_profile("domain", deadline=None, max_examples=80, derandomize=True, database=None)
settings.load_profile("domain")
