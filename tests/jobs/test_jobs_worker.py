"""The queue does each job, once and in time, and a job that fails is neither lost nor parked. No sweep helps here, but
where a test says so."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

import pytest

from forum.actions.core.runner import Runner
from forum.jobs.scheduled import JOBS, EntryPoint
from forum.jobs.worker import Pace
from forum.store import clock, queue
from forum.store.tables import schema as t
from forum.store.unit import UnitOfWork, begin, fresh
from tests.support.committed import committed
from tests.support.jobs.clock_scene import HOUR, QUEUE_ONLY, Scene, until, workers

SECOND = timedelta(seconds=1)


def instead(work: EntryPoint) -> Mapping[str, EntryPoint]:
    """The worker's jobs, with another function for closing a call."""
    return MappingProxyType({**JOBS, "close_call": work})


async def test_three_workers_close_each_call_once(scene: Scene) -> None:
    calls = await scene.calls(*[-HOUR] * 10, *[0.5 * SECOND] * 10, nudged=True)
    async with workers(scene, 3):
        await until(scene.empty)
    assert sorted(await scene.lines()) == sorted(calls)
    for row in await scene.rows(t.call):
        assert (row["state"], row["closed_at"]) == ("closed", row["closes_at"])


async def test_two_jobs_about_one_call_close_it_once(scene: Scene) -> None:
    [call] = await scene.calls(-HOUR)
    async with committed(scene.engine) as connection:
        unit = UnitOfWork(connection)
        for _ in range(6):
            await queue.put(unit, queue.Job("close_call", call), await unit.ask(clock.moment()))
    async with workers(scene, 3):
        await until(scene.empty)
    assert await scene.lines() == [call]


async def test_a_silence_ends_by_the_queue(scene: Scene) -> None:
    silence = await scene.silence(0.3 * SECOND, nudged=True)
    async with workers(scene, 2):
        await until(scene.empty)
    [row] = await scene.rows(t.silence)
    assert (row["state"], row["closed_at"]) == ("passed", row["ends_at"])
    assert await scene.lines("close_silence") == [silence]


async def test_a_job_that_comes_early_closes_nothing_and_comes_again(scene: Scene) -> None:
    [early] = await scene.calls(HOUR, nudged=True, due=False)
    [soon] = await scene.calls(0.5 * SECOND, nudged=True, due=False)

    async def put_off() -> bool:
        async with scene.engine.connect() as connection:
            wait = (
                "SELECT count(*) FROM pgqueuer WHERE status = 'queued' AND execute_after > now() + interval '59 "
                "minutes'"
            )
            return (await connection.send(wait)).only()[0] == 1

    async with workers(scene):
        await until(put_off)
        await until(scene.closed)
        await until(lambda: _queue_is(scene, {"queued": 1}))
        assert await scene.closed() == {soon}
    assert await scene.lines() == [soon]
    assert early not in await scene.closed()


async def test_moving_the_clock_closes_by_the_workers_sweep(scene: Scene) -> None:
    calls = await scene.calls(24 * HOUR, 48 * HOUR, nudged=True)
    async with workers(scene, 3, pace=Pace(sweep=0.1, poll=0.3, heartbeat=1.5)):
        await scene.shift(25 * HOUR)
        await until(scene.closed)
        assert await scene.closed() == {calls[0]}
        await scene.shift(24 * HOUR)
        await until(lambda: _all_closed(scene, calls))
    assert await scene.lines() == calls


async def _all_closed(scene: Scene, calls: list[UUID]) -> bool:
    return await scene.closed() == set(calls)


async def test_no_act_without_its_job_and_no_job_without_its_act(scene: Scene) -> None:
    async with begin(scene.engine) as unit:
        now = await unit.ask(clock.moment())
        await queue.put(unit, queue.Job("close_call", fresh(), now + HOUR), now)
        inside = await unit.connection.send("SELECT count(*) FROM pgqueuer")
        assert inside.only()[0] == 1
    assert await scene.queued() == {}  # nobody committed
    await scene.calls(HOUR, nudged=True)
    assert await scene.queued() == {"queued": 1}


async def test_what_fails_is_tried_again_and_not_parked(scene: Scene) -> None:
    calls = await scene.calls(*[-HOUR] * 4, nudged=True)
    tries: dict[UUID, int] = {}

    async def stumbling(runner: Runner, call: UUID) -> timedelta | None:
        tries[call] = tries.get(call, 0) + 1
        if tries[call] < 6:
            raise RuntimeError("not yet")
        return await JOBS["close_call"](runner, call)

    async with workers(scene, 2, jobs=instead(stumbling)):
        await until(scene.empty)
    assert tries == dict.fromkeys(calls, 6)
    assert sorted(await scene.lines()) == sorted(calls)


async def test_a_job_about_nothing_is_held_and_stops_nobody(scene: Scene) -> None:
    async with committed(scene.engine) as connection:
        await connection.send(
            "INSERT INTO pgqueuer (priority, entrypoint, payload, status, execute_after)"
            " VALUES (9, 'close_call', 'nonsense', 'queued', now())"
        )
    calls = await scene.calls(-HOUR, -HOUR, nudged=True)
    async with workers(scene):
        await until(lambda: _queue_is(scene, {"failed": 1}))
    assert sorted(await scene.lines()) == sorted(calls)


async def _queue_is(scene: Scene, expected: dict[str, int]) -> bool:
    return await scene.queued() == expected


async def test_a_worker_told_to_stop_lets_its_jobs_end(scene: Scene) -> None:
    await scene.calls(-HOUR, nudged=True)
    began, go_on = asyncio.Event(), asyncio.Event()

    async def slow(runner: Runner, call: UUID) -> timedelta | None:
        began.set()
        await go_on.wait()
        return await JOBS["close_call"](runner, call)

    async with workers(scene, jobs=instead(slow)) as running:
        await asyncio.wait_for(began.wait(), 20)
        asyncio.get_running_loop().call_later(0.2, go_on.set)  # the worker is told before
    assert all(task.done() and task.exception() is None for task in running)
    assert await scene.queued() == {}
    assert len(await scene.lines()) == 1


@pytest.mark.parametrize("how", ["cancelled", "out of patience"])
async def test_a_worker_cut_off_loses_nothing(scene: Scene, how: str) -> None:
    """pgqueuer deletes what is cancelled; here it stays, and the next worker does it."""
    calls = await scene.calls(-HOUR, -HOUR, nudged=True)
    begun: set[UUID] = set()

    async def stuck(runner: Runner, call: UUID) -> timedelta | None:
        begun.add(call)
        await asyncio.Event().wait()
        raise AssertionError("unreachable")

    async def both_began() -> bool:
        return len(begun) == 2

    async with workers(
        scene, jobs=instead(stuck), pace=Pace(sweep=None, poll=0.3, heartbeat=1.5, grace=0.1)
    ) as running:
        await until(both_began)
        if how == "cancelled":
            running[0].cancel()
    assert await scene.queued() == {"picked": 2}
    assert await scene.lines() == []
    async with workers(scene):
        await until(scene.empty)
    assert sorted(await scene.lines()) == sorted(calls)


async def test_the_queue_keeps_no_text_of_what_failed(scene: Scene) -> None:
    await scene.calls(-HOUR, nudged=True)
    done: list[UUID] = []

    async def talkative(runner: Runner, call: UUID) -> timedelta | None:
        if not done:
            done.append(call)
            raise RuntimeError("what an author wrote")
        return await JOBS["close_call"](runner, call)

    async with workers(scene, jobs=instead(talkative), pace=QUEUE_ONLY):
        await until(scene.empty)
    async with scene.engine.connect() as connection:
        logged = (await connection.send("SELECT coalesce(string_agg(l::text, ''), '') FROM pgqueuer_log l")).only()[0]
    assert logged
    assert "author wrote" not in logged


async def test_a_worker_whose_listening_connection_is_lost_hears_again(scene: Scene) -> None:
    """Nothing else tells: the pool's other connections live on, and here the queue is not polled for a minute."""

    async def listens() -> int | None:
        async with scene.engine.connect() as connection:
            listening = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            return next(iter((await connection.send(listening)).scalars()), None)

    async def listens_anew() -> bool:
        return await listens() not in (None, lost)

    async with workers(scene, pace=Pace(sweep=None, poll=60, heartbeat=60)):
        lost = await until(listens)
        async with scene.engine.connect() as connection:
            await connection.send("SELECT pg_terminate_backend($1)", lost)
        await until(listens_anew, 15)
        [call] = await scene.calls(-HOUR, nudged=True)
        await until(scene.empty, 15)
    assert await scene.lines() == [call]
