"""An engine whose commits end savepoints: all that a definition's run does stands in one transaction, and is gone after
it. What the runner does is the same, statement for statement; nothing is written to disk, no other run is seen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from forum.store.transactions import Connection, Engine

_FORGET = ", ".join(f"set_config('forum.{name}', '', true)" for name in ("organisations", "coordinates", "teams"))


class Savepoint(Connection):
    """A connection within the transaction: committing it keeps what was done, leaving it without takes it back."""

    async def commit(self) -> None:
        self.ended = True


class Savepoints:
    """What the runner takes for the engine."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Savepoint]:
        point = Savepoint(self.connection.raw)
        await point.raw.execute("SAVEPOINT within")
        try:
            yield point
        finally:
            if not point.ended:
                await point.raw.execute("ROLLBACK TO SAVEPOINT within")
            await point.raw.execute("RELEASE SAVEPOINT within")

    async def forget(self) -> None:
        """What the last transaction told row-level security would have ended with it."""
        await self.connection.send(f"SELECT {_FORGET}")

    @asynccontextmanager
    async def kept_apart(self) -> AsyncIterator[None]:
        """All that is done within is taken back: what would happen is asked, and has not happened."""
        await self.connection.raw.execute("SAVEPOINT apart")
        try:
            yield
        finally:
            await self.connection.raw.execute("ROLLBACK TO SAVEPOINT apart")
            await self.connection.raw.execute("RELEASE SAVEPOINT apart")


@asynccontextmanager
async def in_one_transaction(engine: Engine) -> AsyncIterator[Savepoints]:
    """A transaction that is rolled back at its end."""
    async with engine.connect() as connection:
        yield Savepoints(connection)
