"""The GraphQL room: how a request comes in, what it may ask for, and how its answer leaves.

`http.py` speaks HTTP (status codes, caching, health), with `media.py` for the media types; `body.py` reads a request
without trusting it; `identity.py` says who is asking; `execute.py` answers one request and is all that other rooms
call; `plans.py` keeps what was parsed, `roots.py` says which acts a mutation holds, `limits.py` what a document may
ask, `budget.py` how many new documents a client may bring; `documents.py` holds the trusted ones, `introspection.py`
answers `__schema` and `__type`, `problem.py` holds the errors of a whole request. The rest declares the schema.
"""
