"""Connections for writing: asyncpg's own, each with one open transaction, through which statements of Core are sent
(`carried.py`)."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from .carried import Once, Statement, Values, carry

CONNECT_SECONDS = 10.0  # for a connection to be made, and for one to be free
COMMAND_SECONDS = 30.0  # for one statement, as we count them: twice what the database allows it


class Row(asyncpg.Record):  # type: ignore[misc]  # it comes without types
    """A row: its columns by name and as attributes."""

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name) from None


class Rows:
    """What a statement gave: rows, or how many it changed."""

    def __init__(self, rows: Sequence[Row], rowcount: int) -> None:
        self._rows, self.rowcount = rows, rowcount

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def first(self) -> Row | None:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def only(self) -> Row:
        """The only row. Raises ValueError where there are none or several."""
        [row] = self._rows
        return row

    def scalars(self) -> list[Any]:
        """The first column of each row."""
        return [row[0] for row in self._rows]


class Connection:
    """One connection in one transaction, which ends with `commit`, or is taken back by whoever opened it. `raw` is
    asyncpg's own."""

    def __init__(self, raw: Any) -> None:
        self.raw, self.ended = raw, False

    async def execute(self, statement: Statement, values: Values | None = None) -> Rows:
        """Run a statement with values for its named parameters."""
        sql, parameters, gives_rows = carry(statement, values)
        if gives_rows:
            return await self.send(sql, *parameters)
        return Rows((), _count(await self.raw.execute(sql, *parameters)))

    async def execute_each(self, statement: Once, values: Sequence[Values]) -> None:
        """Run a statement that gives no rows once for each of these values, in one round trip."""
        sent = [statement.carried(each) for each in values]
        await self.raw.executemany(sent[0].sql, [each.parameters for each in sent])

    async def send(self, sql: str, *parameters: Any) -> Rows:
        """Run a statement that is written as PostgreSQL takes it, with `$1` for its first parameter. How many rows:
        those it gives."""
        # Never `prepare`: it passes over asyncpg's own cache, so each use is parsed and planned anew, and then closed.
        rows = await self.raw.fetch(sql, *parameters, record_class=Row)
        return Rows(rows, len(rows))

    async def commit(self) -> None:
        """Make what was done last. What is asked afterwards is asked outside of any transaction."""
        await self.raw.execute("COMMIT")
        self.ended = True


def _count(status: str) -> int:
    """How many rows: the last word of what PostgreSQL says of a statement ("INSERT 0 3")."""
    word = status.rpartition(" ")[2]
    return int(word) if word.isdecimal() else 0


class Engine:
    """The write side's pool of connections. Made without a loop, opened by its first use."""

    def __init__(self, url: str, size: int, settings: Mapping[str, str]) -> None:
        self.url, self._size, self._settings = url, size, settings
        self._opening = asyncio.Lock()
        self._pool: asyncpg.Pool | None = None

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Connection]:
        """A connection with an open transaction; what was not committed at the end is taken back."""
        pool = self._pool or await self._opened()
        async with pool.acquire(timeout=CONNECT_SECONDS) as raw:
            connection = Connection(raw)
            try:
                await raw.execute("BEGIN")
                yield connection
            finally:
                if not connection.ended:
                    await asyncio.shield(_taken_back(raw))

    async def _opened(self) -> asyncpg.Pool:
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self.url,
                    min_size=0,  # the driver logs a traceback for each try at keeping more open without a database
                    max_size=self._size,
                    timeout=CONNECT_SECONDS,
                    command_timeout=COMMAND_SECONDS,
                    statement_cache_size=512,
                    max_cached_statement_lifetime=0,
                    max_cacheable_statement_size=0,
                    max_queries=10**9,
                    reset=_nothing,
                    server_settings=dict(self._settings),
                )
        return self._pool

    async def dispose(self) -> None:
        """Close all connections, also those in use."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.terminate()


async def _taken_back(raw: Any) -> None:
    """End a transaction without keeping anything of it. Where the connection is lost the database does so itself."""
    with contextlib.suppress(asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        await raw.execute("ROLLBACK", timeout=CONNECT_SECONDS)


async def _nothing(_: Any) -> None:
    """No query on release: what a transaction tells row-level security ends with it."""
