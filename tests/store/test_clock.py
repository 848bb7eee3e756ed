"""The one clock: told from the database, moved by a demonstration only, refused when it was moved."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from forum.errors import Misconfigured
from forum.store import clock
from forum.store.tables import schema as t
from forum.store.transactions import Engine
from forum.store.unit import UnitOfWork, make_engine
from tests.support.committed import committed

HOUR = timedelta(hours=1)


@pytest.fixture
async def engine(database: Any) -> AsyncIterator[Engine]:
    made = make_engine(database.app_url, 2)
    yield made
    await made.dispose()


async def test_it_tells_the_servers_time_as_it_runs(engine: Engine) -> None:
    async with committed(engine) as connection:
        unit = UnitOfWork(connection)
        real = [await unit.scalar(sa.select(sa.func.clock_timestamp()))]
        told = [await unit.ask(clock.moment()), await unit.ask(clock.moment())]
        real.append(await unit.scalar(sa.select(sa.func.clock_timestamp())))
    # In one transaction, so now() would have told the same instant twice.
    assert real[0] < told[0] < told[1] < real[1]
    assert told[0].utcoffset() == timedelta(0)


async def test_shifts_add_up_and_go_back(engine: Engine) -> None:
    async with committed(engine) as connection:
        unit = UnitOfWork(connection)
        before = await unit.ask(clock.moment())
        assert await clock.shift_by(unit, HOUR, allowed=True) - before >= HOUR
        then = await clock.shift_by(unit, 2 * HOUR, allowed=True)
        assert 3 * HOUR <= then - before < 4 * HOUR
        await clock.shift_by(unit, -3 * HOUR, allowed=True)
    async with engine.connect() as connection:
        await clock.refuse_shifted(UnitOfWork(connection))


async def test_nobody_moves_it_where_it_counts(engine: Engine) -> None:
    async with committed(engine) as connection:
        with pytest.raises(Misconfigured, match="FORUM_MODE"):
            await clock.shift_by(UnitOfWork(connection), HOUR, allowed=False)
        assert await UnitOfWork(connection).scalar(sa.select(t.clock.c.shift)) == timedelta(0)


@pytest.mark.parametrize("shift", [timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(days=400)])
async def test_a_moved_clock_is_refused(engine: Engine, shift: timedelta) -> None:
    async with committed(engine) as connection:
        await clock.refuse_shifted(UnitOfWork(connection))
        await clock.shift_by(UnitOfWork(connection), shift, allowed=True)
    async with engine.connect() as connection:
        with pytest.raises(Misconfigured, match="moved by"):
            await clock.refuse_shifted(UnitOfWork(connection))


async def test_a_clock_without_its_row_is_refused(engine: Engine) -> None:
    async with committed(engine) as connection:
        await connection.execute(sa.delete(t.clock))
        with pytest.raises(Misconfigured, match="lost its one row"):
            await UnitOfWork(connection).ask(clock.moment())
        with pytest.raises(Misconfigured):
            await clock.refuse_shifted(UnitOfWork(connection))
