"""One unit of work: a transaction on the application's role, with the viewer's claims set for row-level security.

The one session factory for writes: `set_config(..., true)` is the first thing in every transaction, so no
claim outlives it, through a pool or not. Only the runner commits.
"""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
import uuid_utils.compat as uuid_utils
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ..domain.mandates import Person
from . import people

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_CLAIM = "SELECT " + ", ".join(
    f"set_config('forum.{name}', ${n}, true)" for n, name in enumerate(("organisations", "coordinates", "teams"), 1)
)


WRITE_MS = 15_000  # a statement of an act that takes longer is stopped: after those of reads, before the whole request


def sqlalchemy_url(url: str) -> str:
    """`postgresql://...` as operators write it -> the same for SQLAlchemy on asyncpg."""
    return "postgresql+asyncpg://" + url.split("://", 1)[1]


def make_engine(url: str, size: int) -> AsyncEngine:
    """The write side's engine: its own pool beside the readers', in UTC, statements without surprise plans.

    A statement that takes too long, or waits too long for a lock, is stopped by the database, and its whole
    transaction with it; COMMIT itself is not timed by PostgreSQL.
    """
    return create_async_engine(
        sqlalchemy_url(url),
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=10,
        json_deserializer=_as_text,
        connect_args={
            "server_settings": {"TimeZone": "UTC", "jit": "off", "statement_timeout": str(WRITE_MS)},
            "timeout": 10,
            "command_timeout": 30,
        },
    )


def _as_text(json: str) -> str:
    """Payloads are handed on as PostgreSQL made them; what the write side reads of json it parses itself."""
    return json


def fresh() -> UUID:
    """An id in order of time, for what is public or internal."""
    return uuid_utils.uuid7()


def random_id() -> UUID:
    """An id that tells nothing, for contributions, comments and all that a non-attributed author makes."""
    return UUID(bytes=os.urandom(16), version=4)


class Runnable(Protocol[T_co]):
    """A need or a write (`steps.py`): a statement or more as data, carried out in a unit of work."""

    async def run(self, unit: "UnitOfWork") -> T_co:
        """Carry it out."""
        ...


class UnitOfWork:
    """What an action writes through: plain Core statements on one open transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    async def ask(self, need: Runnable[T]) -> T:
        """Read what an act needs (`store/steps.py`)."""
        return await need.run(self)

    async def write(self, write: Runnable[T]) -> T:
        """Write what an act writes."""
        return await write.run(self)

    async def person(
        self, subject: str | None, token: UUID | None = None, sign_in: UUID | None = None, account: UUID | None = None
    ) -> Person | None:
        """The person behind a subject. Raises TokenEnded, SignInEnded or AccountEnded (`people.py`) where one of these
        ended."""
        if subject is None:
            return None
        result = await self.connection.exec_driver_sql(*people.question(subject, token, sign_in, account))
        return people.person(result.mappings().first(), sign_in, account)

    async def people(self, subjects: Sequence[str]) -> list[Person]:
        """The people behind these subjects, in one statement; those who are nobody here are left out."""
        result = await self.connection.exec_driver_sql(people.WHO_EACH, (list(subjects),))
        found = [people.person(row) for row in result.mappings()]
        return [person for person in found if person is not None]

    async def came_in(self, person: Person | None) -> None:
        """Note that somebody is here, where it is for the first time."""
        if person is not None and not person.came_in:
            await self.connection.exec_driver_sql(people.COMES_IN, (person.id,))

    async def claim(self, session: Mapping[str, str]) -> None:
        """Tell row-level security who acts."""
        values = (session["forum.organisations"], session["forum.coordinates"], session["forum.teams"])
        await self.connection.exec_driver_sql(_CLAIM, values)

    async def run(self, statement: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
        return await self.connection.execute(statement, values)

    async def add(self, table: sa.Table, *rows: Mapping[str, Any]) -> None:
        """Insert rows, one statement for all."""
        if rows:
            await self.connection.execute(sa.insert(table), [dict(r) for r in rows])

    async def add_once(self, table: sa.Table, row: Mapping[str, Any]) -> bool:
        """Insert unless a row of the same key stands; whether it was inserted. Waits for a rival's transaction."""
        result = await self.connection.execute(insert(table).values(**row).on_conflict_do_nothing())
        return result.rowcount == 1

    async def change(self, table: sa.Table, id_: UUID, /, **values: Any) -> None:
        await self.connection.execute(sa.update(table).where(table.c.id == id_).values(**values))

    async def row(self, table: sa.Table, **match: Any) -> dict[str, Any] | None:
        """The one row whose columns match, or None."""
        return await self.first(_matching(table, _form(match), most=1), match)

    async def rows(self, table: sa.Table, order: str, **match: Any) -> list[dict[str, Any]]:
        found = await self.run(_matching(table, _form(match), order), match)
        return [row._asdict() for row in found]

    async def first(self, query: sa.Executable, values: Any = None) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        row = (await self.connection.execute(query, values)).first()
        return None if row is None else row._asdict()

    async def all(self, query: sa.Executable) -> list[dict[str, Any]]:
        return [row._asdict() for row in await self.connection.execute(query)]

    async def scalar(self, statement: sa.Executable) -> Any:
        return await self.connection.scalar(statement)


def _form(match: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """Which columns a row is found by, and which of them are to hold nothing."""
    return tuple((name, value is None) for name, value in match.items())


@cache
def _matching(
    table: sa.Table, form: tuple[tuple[str, bool], ...], order: str | None = None, most: int | None = None
) -> sa.Select[Any]:
    """The rows whose columns match. Made once: to make a statement takes as long as to look up what it compiles to."""
    wanted = [
        table.c[name].is_(None) if none else table.c[name] == sa.bindparam(name, type_=table.c[name].type)
        for name, none in form
    ]
    rows = sa.select(table).where(*wanted).limit(most)
    return rows if order is None else rows.order_by(table.c[order])


@asynccontextmanager
async def begin(engine: AsyncEngine) -> AsyncIterator[UnitOfWork]:
    """A connection with an open transaction; whoever opened it commits or it is rolled back."""
    async with engine.connect() as connection:
        yield UnitOfWork(connection)
