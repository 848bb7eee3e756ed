"""One unit of work: a transaction on the application's role, with the viewer's claims set for row-level security.

The one session factory for writes: `set_config(..., true)` is the first thing in every transaction, so no
claim outlives it, through a pool or not. Only the runner commits.
"""

import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
import uuid_utils.compat as uuid_utils
from sqlalchemy.dialects.postgresql import insert

from ..domain.mandates import Person
from . import people
from .carried import Once, Statement, Values, once
from .transactions import Connection, Engine, Rows

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_CLAIM = "SELECT " + ", ".join(
    f"set_config('forum.{name}', ${n}, true)" for n, name in enumerate(("organisations", "coordinates", "teams"), 1)
)


WRITE_MS = 15_000  # a statement of an act that takes longer is stopped: after those of reads, before the whole request


def sqlalchemy_url(url: str) -> str:
    """`postgresql://...` as operators write it -> the same for SQLAlchemy on asyncpg."""
    return "postgresql+asyncpg://" + url.split("://", 1)[1]


def make_engine(url: str, size: int) -> Engine:
    """The write side's engine: its own pool beside the readers', in UTC, statements without surprise plans.

    A statement that takes too long, or waits too long for a lock, is stopped by the database, and its whole
    transaction with it; COMMIT itself is not timed by PostgreSQL.
    """
    return Engine(url, size, {"TimeZone": "UTC", "jit": "off", "statement_timeout": str(WRITE_MS)})


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
    """What an action writes through: Core statements on one open transaction."""

    def __init__(self, connection: Connection) -> None:
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
        statement, parameters = people.question(subject, token, sign_in, account)
        return people.person((await self.connection.send(statement, *parameters)).only(), sign_in, account)

    async def people(self, subjects: Sequence[str]) -> list[Person]:
        """The people behind these subjects, in one statement; those who are nobody here are left out."""
        found = [people.person(row) for row in await self.connection.send(people.WHO_EACH, list(subjects))]
        return [person for person in found if person is not None]

    async def came_in(self, person: Person | None) -> None:
        """Note that somebody is here, where it is for the first time."""
        if person is not None and not person.came_in:
            await self.connection.send(people.COMES_IN, person.id)

    async def claim(self, session: Mapping[str, str]) -> None:
        """Tell row-level security who acts."""
        values = (session["forum.organisations"], session["forum.coordinates"], session["forum.teams"])
        await self.connection.send(_CLAIM, *values)

    async def run(self, statement: Statement, values: Values | None = None) -> Rows:
        return await self.connection.execute(statement, values)

    async def run_each(self, statement: Once, values: Sequence[Values]) -> None:
        """Run a statement once for each of these values, in one round trip."""
        await self.connection.execute_each(statement, values)

    async def add(self, table: sa.Table, *rows: Values) -> None:
        """Insert rows, all in one round trip."""
        if len(rows) == 1:
            await self.connection.execute(_adding(table, tuple(rows[0])), rows[0])
        elif rows:
            await self.connection.execute_each(_adding(table, tuple(rows[0])), rows)

    async def add_once(self, table: sa.Table, row: Values) -> bool:
        """Insert unless a row of the same key stands; whether it was inserted. Waits for a rival's transaction."""
        return (await self.connection.execute(_adding(table, tuple(row), unless_there=True), row)).rowcount == 1

    async def change(self, table: sa.Table, id_: UUID, /, **values: Any) -> None:
        """Write these columns of the row of this id."""
        await self.connection.execute(_changing(table, tuple(values)), {**values, _KEY: id_})

    async def change_each(self, table: sa.Table, rows: Sequence[tuple[UUID, Values]]) -> None:
        """Write the same columns of each of these rows, in one round trip."""
        if rows:
            sent = [{**values, _KEY: id_} for id_, values in rows]
            await self.connection.execute_each(_changing(table, tuple(rows[0][1])), sent)

    async def row(self, table: sa.Table, **match: Any) -> dict[str, Any] | None:
        """The one row whose columns match, or None."""
        return await self.first(_matching(table, _form(match), None, 1), match)

    async def rows(self, table: sa.Table, order: str, **match: Any) -> list[dict[str, Any]]:
        """The rows whose columns match, in the order of one column."""
        return await self.all(_matching(table, _form(match), order, None), match)

    async def first(self, query: Statement, values: Values | None = None) -> dict[str, Any] | None:
        """The first row of a query, or None."""
        row = (await self.connection.execute(query, values)).first()
        return None if row is None else dict(row)

    async def all(self, query: Statement, values: Values | None = None) -> list[dict[str, Any]]:
        """The rows of a query."""
        return [dict(row) for row in await self.connection.execute(query, values)]

    async def scalar(self, statement: Statement, values: Values | None = None) -> Any:
        """The first column of the first row, or None."""
        row = (await self.connection.execute(statement, values)).first()
        return None if row is None else row[0]


_KEY = "key_of_the_row"  # no table has a column of this name


def _form(match: Values) -> tuple[tuple[str, bool], ...]:
    """Which columns a row is found by, and which of them are to hold nothing."""
    return tuple((name, value is None) for name, value in match.items())


@once
def _matching(
    table: sa.Table, form: tuple[tuple[str, bool], ...], order: str | None, most: int | None
) -> sa.Select[Any]:
    """The rows whose columns match."""
    wanted = [table.c[name].is_(None) if none else table.c[name] == sa.bindparam(name) for name, none in form]
    rows = sa.select(table).where(*wanted).limit(most)
    return rows if order is None else rows.order_by(table.c[order])


@once
def _adding(table: sa.Table, names: tuple[str, ...], unless_there: bool = False) -> sa.Insert:
    """A row with these columns."""
    new = insert(table).values({name: sa.bindparam(name) for name in names})
    return new.on_conflict_do_nothing() if unless_there else new


@once
def _changing(table: sa.Table, names: tuple[str, ...]) -> sa.Update:
    """These columns of a row by its id."""
    mine = table.c.id == sa.bindparam(_KEY)
    return sa.update(table).where(mine).values({name: sa.bindparam(name) for name in names})


@asynccontextmanager
async def begin(engine: Engine) -> AsyncIterator[UnitOfWork]:
    """A connection with an open transaction; whoever opened it commits or it is rolled back."""
    async with engine.connect() as connection:
        yield UnitOfWork(connection)
