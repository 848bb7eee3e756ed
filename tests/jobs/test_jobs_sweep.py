"""The sweep does what is due, all of it, once, and never early; nobody has to remember anything."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from forum.actions.core.runner import Runner
from forum.jobs.scheduled import JOBS
from forum.jobs.sweep import sweep, sweep_until
from forum.store import due
from forum.store.tables import schema as t
from forum.store.unit import begin, fresh
from tests.support.jobs.clock_scene import HOUR, Scene


async def test_it_closes_what_is_due_and_nothing_else(scene: Scene) -> None:
    first, second, later = await scene.calls(-HOUR, timedelta(0), HOUR)
    assert await sweep(scene.runner) == 2
    assert await sweep(scene.runner) == 0
    assert await scene.closed() == {first, second}
    for row in await scene.rows(t.call):
        assert row["closed_at"] == (None if row["id"] == later else row["closes_at"])  # the instant itself
    assert await scene.lines() == [first, second]


async def test_moving_the_clock_makes_it_due(scene: Scene) -> None:
    [call] = await scene.calls(240 * HOUR)
    await scene.shift(239 * HOUR)
    assert await sweep(scene.runner) == 0
    await scene.shift(HOUR)
    assert await sweep(scene.runner) == 1
    [row] = await scene.rows(t.call)
    assert (row["id"], row["state"], row["closed_at"]) == (call, "closed", row["closes_at"])


async def _sweep(scene: Scene, calls: Iterable[UUID]) -> None:
    await sweep(scene.runner)


async def _nudge(scene: Scene, calls: Iterable[UUID]) -> None:
    """The jobs of all calls come round at once, however early: only the act itself can say no."""
    await asyncio.gather(*(JOBS["close_call"](scene.runner, call) for call in calls))


@pytest.mark.parametrize("go_round", [_sweep, _nudge])
async def test_never_early_and_never_late(
    scene: Scene, go_round: Callable[[Scene, Iterable[UUID]], Awaitable[None]]
) -> None:
    """Calls whose deadlines come one by one, gone round again and again: each is closed by the first round that began
    after its deadline, or by one during which it came."""
    await scene.calls(*[timedelta(seconds=0.5 + n / 5) for n in range(14)])  # far apart: machines may be slow
    deadlines = {row["id"]: row["closes_at"] for row in await scene.rows(t.call)}
    split = 0  # rounds that found some due and others not: without one, nothing was shown
    for _ in range(2000):
        began = await scene.moment()
        await go_round(scene, deadlines)
        ended, closed = await scene.moment(), await scene.closed()
        assert all(deadlines[call] <= ended for call in closed), "closed before its deadline"
        assert all(call in closed for call, deadline in deadlines.items() if deadline <= began), "left open"
        split += 0 < len(closed) < len(deadlines)
        if len(closed) == len(deadlines):
            break
    assert split
    assert sorted(await scene.lines()) == sorted(deadlines)


async def test_a_call_is_open_to_its_last_microsecond(scene: Scene) -> None:
    """The deadline is the first instant that is too late: asked by the same statement that the act asks with."""
    [call] = await scene.calls(HOUR)
    async with begin(scene.engine) as unit:
        left = await unit.ask(due.remaining("close_call", call))
        assert left is not None
        assert HOUR - timedelta(minutes=1) < left <= HOUR
        assert await unit.ask(due.due_now(scene.runner.processes)) == []
    await scene.shift(HOUR)
    async with begin(scene.engine) as unit:
        assert await unit.ask(due.remaining("close_call", call)) == timedelta(0)
        assert [d.about for d in await unit.ask(due.due_now(scene.runner.processes))] == [call]
    await sweep(scene.runner)
    async with begin(scene.engine) as unit:
        assert await unit.ask(due.remaining("close_call", call)) is None
        assert await unit.ask(due.remaining("close_call", fresh())) is None


async def test_eight_at_once_close_each_once(scene: Scene) -> None:
    calls = await scene.calls(*[-HOUR] * 12)
    done = await asyncio.gather(*(sweep(scene.runner) for _ in range(8)))
    assert sum(done) == len(calls)
    assert sorted(await scene.lines()) == sorted(calls)


async def test_days_moved_at_once_happen_in_order(scene: Scene) -> None:
    third, first, second = await scene.calls(30 * HOUR, 10 * HOUR, 20 * HOUR)
    await scene.shift(100 * HOUR)
    assert await sweep(scene.runner) == 3
    assert await scene.lines() == [first, second, third]


async def test_a_silence_ends_and_the_text_is_endorsed(scene: Scene) -> None:
    silence = await scene.silence(48 * HOUR)
    assert await sweep(scene.runner) == 0
    await scene.shift(48 * HOUR)
    assert sum(await asyncio.gather(*(sweep(scene.runner) for _ in range(4)))) == 1
    [row] = await scene.rows(t.silence)
    assert (row["state"], row["closed_at"]) == ("passed", row["ends_at"])
    [document] = await scene.rows(t.document)
    assert (document["state"], document["closed_at"]) == ("endorsed", row["ends_at"])
    assert await scene.lines("close_silence") == [silence]


class Stumbling(Runner):
    """Cannot do one thing."""

    cannot: UUID | None = None

    async def by_clock(self, act: Any, do: Any) -> bool:
        if do.target() == self.cannot:
            raise RuntimeError("this one fails")
        return await super().by_clock(act, do)


async def test_one_that_fails_does_not_hold_up_the_others(scene: Scene) -> None:
    runner = Stumbling(scene.engine, scene.runner.processes)
    first, runner.cannot, last = await scene.calls(-3 * HOUR, -2 * HOUR, -HOUR)
    assert await sweep(runner) == 2
    assert await scene.closed() == {first, last}
    runner.cannot = None
    assert await sweep(runner) == 1


class Away:
    """A runner whose database is away for so many rounds."""

    def __init__(self, scene: Scene, rounds: int, stop: asyncio.Event) -> None:
        self.processes, self.here, self.left, self.stop = scene.runner.processes, scene.engine, rounds, stop

    @property
    def engine(self) -> Any:
        self.left -= 1
        if self.left >= 0:
            raise ConnectionRefusedError
        self.stop.set()
        return self.here


async def test_a_database_that_stays_away_is_told_of_ever_more_rarely(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "forum.jobs.sweep")
    stop = asyncio.Event()
    await asyncio.wait_for(sweep_until(Away(scene, 200, stop), stop, 0), 20)  # type: ignore[arg-type]
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        *(f"A sweep failed: ConnectionRefusedError ({n} in a row)" for n in (1, 2, 4, 8, 16, 32, 64, 128, 192)),
        "A sweep succeeded again after 200 that failed.",
    ]
