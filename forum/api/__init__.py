"""The GraphQL room: how a request comes in, what it may ask for, and how its answer leaves.

`http/` speaks GraphQL over HTTP: it reads a request without trusting it, bounds what a document may cost (`limits.py`),
and runs it as a compiled read or as acts. `schema/` declares the contract, one file a noun. `problem.py` holds the
errors that end a whole request.
"""
