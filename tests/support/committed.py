"""A transaction of a test's own, which stands when its block has ended well."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from forum.store.transactions import Connection, Engine


@asynccontextmanager
async def committed(engine: Engine) -> AsyncIterator[Connection]:
    """A connection whose transaction is committed at the end of the block."""
    async with engine.connect() as connection:
        yield connection
        await connection.commit()
