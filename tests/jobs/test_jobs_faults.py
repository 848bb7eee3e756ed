"""Every instant there is, with workers in processes of their own and servers that are killed: each once, none early.

The large run is `tests/soak/test_soak_clock.py`. Here the one clock is moved past the instants, so nothing is waited
for.
"""

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from forum.store.tables import schema as t
from tests.support.jobs.clock_scene import HOUR, Scene, set_up, until
from tests.support.jobs.instants import KINDS, Planted
from tests.support.sources import ROOT


@asynccontextmanager
async def mortal(folder: Path, binaries: Path) -> AsyncIterator[tuple[Cluster, Planted]]:
    """A cluster of the test's own that keeps the instants of its commits, with instants to plant in it."""
    cluster = Cluster(folder, binaries, options={"max_connections": "100", "track_commit_timestamp": "on"})
    await asyncio.to_thread(cluster.start)
    try:
        urls = await roles.prepare(cluster.url(), "forum", keep=cluster.home)
        await upgrade_async(urls.owner)
        scene = await set_up(urls.app)
        planted = Planted(scene)
        await planted.prepare()
        yield cluster, planted
        await scene.engine.dispose()
    finally:
        await asyncio.to_thread(cluster.stop)


class Workers:
    """So many workers, each in a process of its own; one that is killed is followed by another."""

    def __init__(self, scene: Scene, number: int) -> None:
        self.scene, self.number = scene, number
        self.running: list[asyncio.subprocess.Process] = []
        self.killed = 0

    async def __aenter__(self) -> "Workers":
        self.running = [await self._one() for _ in range(self.number)]
        return self

    async def __aexit__(self, *_: object) -> None:
        for one in self.running:
            one.kill()
            await one.wait()

    async def _one(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.support.jobs.child_worker", self.scene.url, "whole",
            env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip

    async def kill(self, chance: random.Random) -> None:
        """Kill one of them, by its own id, in the middle of whatever it does."""
        at = chance.randrange(self.number)
        self.running[at].kill()
        await self.running[at].wait()
        self.running[at] = await self._one()
        self.killed += 1


async def kill_server(cluster: Cluster) -> None:
    """The postmaster, by its own id; it is back when its supervisor has seen it."""
    if cluster.pid:
        os.kill(cluster.pid, signal.SIGKILL)


@pytest.mark.once
async def test_every_instant_once_while_workers_and_the_server_are_killed(folder: Path, binaries: Path) -> None:
    chance = random.Random(20)
    async with mortal(folder, binaries) as (cluster, planted):
        scene = planted.scene
        for n in range(4):
            for kind in KINDS:
                await planted.plant(kind, (n + 1) * HOUR)
        async with Workers(scene, 3) as workers:
            for step in range(4):
                early = await planted.done()
                moment = await scene.moment()
                assert all(planted.due[one] <= moment for one in early), "done before its instant"
                await until(lambda: scene.shift(timedelta(minutes=61)))
                if step in (1, 2):
                    await kill_server(cluster)
                    await workers.kill(chance)
                passed = {one for one, at in planted.due.items() if at <= await until(scene.moment)}
                await until(partial(_has, planted, passed), 90)
        assert (cluster.restarts, workers.killed) == (2, 2)
        await planted.checked()
        for row in await scene.rows(t.track):
            if ("advance_stage", row["id"]) in planted.due:
                assert row["stage_since"] == planted.due["advance_stage", row["id"]]


async def _has(planted: Planted, passed: set[tuple[str, UUID]]) -> bool:
    return passed <= set(await planted.done())
