"""Random definitions, and the real service in which those that are called sound are run."""
