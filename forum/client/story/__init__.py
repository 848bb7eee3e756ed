"""The demonstration's story, step by step, each through the contract."""
