"""SQLAlchemy's dialect of PostgreSQL over asyncpg, for statements that are written but not sent by it."""

from collections.abc import Callable
from typing import cast

from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg


def new_dialect() -> PGDialect_asyncpg:
    """A dialect of our own, that may be changed without touching SQLAlchemy's."""
    # SQLAlchemy declares no types for its constructor.
    return cast(Callable[[], PGDialect_asyncpg], PGDialect_asyncpg)()
