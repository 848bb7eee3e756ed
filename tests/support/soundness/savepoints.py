"""An engine whose commits end savepoints: all that a definition's run does stands in one transaction, and is gone after
it. What the runner does is the same, statement for statement; nothing is written to disk, no other run is seen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_FORGET = ", ".join(f"set_config('forum.{name}', '', true)" for name in ("organisations", "coordinates", "teams"))


class Savepoint:
    """A connection within the transaction: committing it keeps what was done, leaving it without takes it back."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.committed = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    async def commit(self) -> None:
        self.committed = True


class Savepoints:
    """What the runner takes for the engine."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Savepoint]:
        point = Savepoint(self.connection)
        nested = await self.connection.begin_nested()
        try:
            yield point
        finally:
            if point.committed:
                await nested.commit()
            else:
                await nested.rollback()

    async def forget(self) -> None:
        """What the last transaction told row-level security would have ended with it."""
        await self.connection.exec_driver_sql(f"SELECT {_FORGET}")

    @asynccontextmanager
    async def kept_apart(self) -> AsyncIterator[None]:
        """All that is done within is taken back: what would happen is asked, and has not happened."""
        nested = await self.connection.begin_nested()
        try:
            yield
        finally:
            await nested.rollback()


@asynccontextmanager
async def in_one_transaction(engine: AsyncEngine) -> AsyncIterator[Savepoints]:
    """A transaction that is rolled back at its end."""
    async with engine.connect() as connection:
        begun = await connection.begin()
        try:
            yield Savepoints(connection)
        finally:
            await begun.rollback()
