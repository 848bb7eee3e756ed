"""Workers and servers are killed in the middle of jobs: nothing is lost, nothing is parked, nothing is done twice."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from forum.actions.core.runner import Runner
from forum.jobs.scheduled import JOBS
from forum.jobs.worker import Pace
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from forum.store.tables import schema as t
from tests.support.committed import committed
from tests.support.jobs.clock_scene import AWAY, HOUR, Scene, set_up, until, workers
from tests.support.sources import ROOT


@pytest.fixture
async def mortal(folder: Path, binaries: Path) -> AsyncIterator[tuple[Cluster, Scene]]:
    """A cluster of the test's own, durable, with a scene on it."""
    cluster = Cluster(folder, binaries, options={"max_connections": "60"})
    await asyncio.to_thread(cluster.start)
    try:
        urls = await roles.prepare(cluster.url(), "forum", keep=cluster.home)
        await upgrade_async(urls.owner)
        scene = await set_up(urls.app)
        yield cluster, scene
        await scene.engine.dispose()
    finally:
        await asyncio.to_thread(cluster.stop)


async def test_a_worker_killed_in_the_middle_of_a_job_loses_nothing(scene: Scene) -> None:
    calls = await scene.calls(-HOUR, -HOUR, -HOUR, nudged=True)
    async with committed(scene.engine) as holding:
        # A submission under way holds the call: the child's jobs begin and wait for the lock.
        await holding.execute(sa.select(t.call.c.id).with_for_update(read=True))
        child = await _child(scene)
        try:
            await until(lambda: _waiting_for_locks(scene, 3))
        finally:
            child.kill()
            said, _ = await child.communicate()
        assert (child.returncode, said) == (-signal.SIGKILL, b"ready\n")
    assert await scene.queued() == {"picked": 3}
    assert await scene.closed() == set()
    async with workers(scene):
        await until(scene.empty)
    assert await scene.closed() == set(calls)
    assert sorted(await scene.lines()) == sorted(calls)


async def _child(scene: Scene) -> asyncio.subprocess.Process:
    """A worker in a process of its own."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.jobs.child_worker", scene.url,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def _waiting_for_locks(scene: Scene, number: int) -> bool:
    async with scene.engine.connect() as connection:
        waiting = (
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return (await connection.send(waiting)).only()[0] == number


async def test_a_worker_process_ends_when_told(scene: Scene) -> None:
    [call] = await scene.calls(-HOUR, nudged=True)
    child = await _child(scene)
    try:
        await until(scene.empty)
        child.terminate()
        said, _ = await asyncio.wait_for(child.communicate(), 20)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    assert (child.returncode, said) == (0, b"ready\nended\n")
    assert await scene.lines() == [call]


async def _kill(cluster: Cluster) -> None:
    """The postmaster, by its own id; and wait until it is another's."""
    pid = cluster.pid
    assert pid
    os.kill(pid, signal.SIGKILL)

    async def another() -> bool:
        return cluster.pid not in (None, pid)

    await until(another)


async def test_the_database_killed_while_jobs_run(mortal: tuple[Cluster, Scene]) -> None:
    """60 jobs, three workers, the server killed three times: while jobs are under way, while the rest goes on, and
    while retries are recorded."""
    cluster, scene = mortal
    calls = await scene.calls(*[-HOUR] * 60, nudged=True)
    under_way: set[UUID] = set()
    cut: list[UUID] = []
    killed = asyncio.Event()

    async def held(runner: Runner, call: UUID) -> timedelta | None:
        under_way.add(call)
        await killed.wait()
        try:
            return await JOBS["close_call"](runner, call)
        except BaseException:
            cut.append(call)
            raise

    async def twenty() -> bool:
        return len(under_way) >= 20

    jobs: Any = MappingProxyType({**JOBS, "close_call": held})
    async with workers(scene, 3, jobs=jobs, pace=Pace(sweep=None, poll=0.3, heartbeat=2.0)):
        await until(twenty)
        pid = cluster.pid
        assert pid
        os.kill(pid, signal.SIGKILL)
        killed.set()  # they go on against a server that is gone
        for enough in (10, 30):
            await until(partial(_closed, scene, enough), 60)
            await _kill(cluster)
        await until(scene.empty, 60)
    assert cluster.restarts == 3
    assert cut, "no job was cut: nothing was shown"
    assert await scene.queued() == {}
    assert sorted(await scene.lines()) == sorted(calls)
    assert await scene.closed() == set(calls)


async def _closed(scene: Scene, number: int) -> bool:
    return len(await scene.closed()) >= number


async def test_closed_once_when_the_database_restarts_at_the_instant(mortal: tuple[Cluster, Scene]) -> None:
    """Eight workers with their sweeps, deadlines before and in the outage: each closes once, at its own instant."""
    cluster, scene = mortal
    calls = await scene.calls(*[timedelta(seconds=0.2 + n / 20) for n in range(20)], nudged=True)
    async with workers(scene, 8, pace=Pace(sweep=0.2, poll=0.3, heartbeat=2.0)):
        with suppress(*AWAY):
            await until(lambda: _closed(scene, 3))
        await _kill(cluster)
        await until(lambda: _closed(scene, 20), 60)
        await until(scene.empty, 60)
    assert sorted(await scene.lines()) == sorted(calls)
    for row in await scene.rows(t.call):
        assert row["closed_at"] == row["closes_at"]
