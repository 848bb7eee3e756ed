"""Statements of Core as asyncpg carries them, and what a transaction of ours keeps and takes back."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
import sqlalchemy as sa

from forum.store.carried import Once, carry, once
from forum.store.tables import schema as t
from forum.store.transactions import Engine
from forum.store.unit import UnitOfWork, begin, make_engine
from tests.support.round_trips import round_trips

ID = UUID(int=7)


@pytest.fixture
async def engine(database: Any) -> AsyncIterator[Engine]:
    made = make_engine(database.app_url, 2)
    yield made
    await made.dispose()


def _same(statement: sa.Executable, values: dict[str, Any] | None = None) -> None:
    """Made once or anew, with the same values: the same text and parameters."""
    assert carry(statement, values) == carry(Once(statement), values)


def test_a_statement_that_is_made_once_says_what_one_made_anew_says() -> None:
    m = t.mandate
    wanted = sa.select(m.c.id).where(m.c.id == sa.bindparam("id"), m.c.role.in_(["delegate", "chair"])).limit(3)
    _same(wanted, {"id": ID})
    sql, parameters, gives_rows = carry(wanted, {"id": ID})
    assert sorted(map(str, parameters)) == sorted(map(str, [ID, "delegate", "chair", 3]))
    assert sql.count("$") == len(parameters)
    assert gives_rows
    _same(sa.update(m).where(m.c.id == ID).values(role="chair"))
    _same(sa.update(m).where(m.c.id == ID).values(role="chair").returning(m.c.id))
    _same(sa.union_all(sa.select(m.c.id), sa.select(t.track.c.id).where(t.track.c.id == ID)))
    _same(sa.text("SELECT :word"), {"word": "yes"})


def test_what_changes_from_one_use_to_the_next_changes_the_parameters_only() -> None:
    m = t.mandate
    first, second = (carry(sa.select(m).where(m.c.id == id_), None) for id_ in (ID, UUID(int=8)))
    assert first.sql == second.sql
    assert (first.parameters, second.parameters) == ([ID], [UUID(int=8)])
    few, many = (carry(sa.select(m).where(m.c.role.in_(roles)), None) for roles in (["a"], ["a", "b", "c"]))
    assert (few.parameters, many.parameters) == (["a"], ["a", "b", "c"])


def test_a_maker_is_asked_once_for_each_shape() -> None:
    asked = []

    @once
    def of(table: sa.Table, *, most: int = 1) -> sa.Select[Any]:
        asked.append((table.name, most))
        return sa.select(table).limit(most)

    assert of(t.track) is of(t.track)
    assert of(t.track, most=2) is not of(t.track, most=1)
    assert asked == [("track", 1), ("track", 2), ("track", 1)]


def test_a_parameter_that_is_not_named_is_missed() -> None:
    by_id = Once(sa.select(t.track).where(t.track.c.id == sa.bindparam("id")))
    with pytest.raises(KeyError, match="id"):
        by_id.carried({})


async def test_rows_have_their_columns_by_name(engine: Engine) -> None:
    async with begin(engine) as unit:
        rows = await unit.run(sa.text("SELECT 1 AS one, 'a' AS word UNION ALL SELECT 2, 'b' ORDER BY 1"))
        assert [(row.one, row["word"]) for row in rows] == [(1, "a"), (2, "b")]
        assert rows.scalars() == [1, 2]
        assert not hasattr(rows.first(), "another")
        with pytest.raises(ValueError, match="unpack"):
            rows.only()


async def _people(unit: UnitOfWork) -> int:
    count: int = await unit.scalar(sa.select(sa.func.count()).select_from(t.person))
    return count


def _somebody() -> dict[str, Any]:
    return {"id": uuid4(), "subject": uuid4().hex, "name": "Somebody"}


async def _stumbling(engine: Engine) -> None:
    async with begin(engine) as unit:
        await unit.add(t.person, _somebody())
        raise RuntimeError("on the way")


async def _sleeping(engine: Engine) -> None:
    async with asyncio.timeout(0.05), begin(engine) as unit:
        await unit.add(t.person, _somebody())
        await unit.connection.send("SELECT pg_sleep(60)")


async def test_what_is_not_committed_is_taken_back(engine: Engine) -> None:
    async with begin(engine) as unit:
        await unit.add(t.person, _somebody(), _somebody())
        assert await _people(unit) == 2
        await unit.connection.commit()
    with pytest.raises(RuntimeError, match="on the way"):
        await _stumbling(engine)
    async with begin(engine) as unit:
        assert await _people(unit) == 2
        assert (await unit.run(sa.update(t.person).values(name="Another"))).rowcount == 2


async def test_how_many_rows_a_statement_changed_is_told(engine: Engine) -> None:
    row = _somebody()
    async with begin(engine) as unit:
        assert await unit.add_once(t.person, row)
        assert not await unit.add_once(t.person, row)
        gone = await unit.run(sa.delete(t.person).returning(t.person.c.id))
        assert (gone.rowcount, gone.scalars()) == (1, [row["id"]])


async def test_whoever_is_stopped_while_a_statement_runs_leaves_a_connection_that_works(engine: Engine) -> None:
    for _ in range(3):  # more than the pool has connections
        with pytest.raises(TimeoutError):
            await _sleeping(engine)
    async with begin(engine) as unit:
        assert await _people(unit) == 0


async def test_a_connection_that_the_database_cut_is_replaced(engine: Engine) -> None:
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
        async with begin(engine) as unit:
            await unit.connection.send("SELECT pg_terminate_backend(pg_backend_pid())")
    async with begin(engine) as unit:
        assert await _people(unit) == 0


async def test_many_rows_go_in_one_round_trip(engine: Engine) -> None:
    with round_trips(engine) as sent:
        async with begin(engine) as unit:
            await unit.add(t.person, *(_somebody() for _ in range(20)))
            await unit.connection.commit()
    assert len(sent) == 3


_PLANNED = "SELECT custom_plans + generic_plans AS n FROM pg_prepared_statements WHERE statement = $1"


async def test_a_statement_written_by_hand_is_prepared_once_for_its_connection(engine: Engine) -> None:
    asked = "SELECT $1::int + 1 AS n"
    async with begin(engine) as unit:
        for n in range(3):
            assert (await unit.connection.send(asked, n)).only().n == n + 1
        assert (await unit.connection.send(_PLANNED, asked)).only().n == 3
