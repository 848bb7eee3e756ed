"""Attempts to gain more than was given, each through the contract as a client would make it, each refused."""
