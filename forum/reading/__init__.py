"""Reads, compiled: a validated GraphQL document becomes one SQL statement, and PostgreSQL's bytes are the answer.

`declare.py` is for the nouns of the API, `run.py` for whoever executes, `visibility.py` says who sees what; the rest is
the compiler. `docs/` has a page on this room.
"""
