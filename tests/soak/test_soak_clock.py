"""The clock under faults, to the second: workers and the server are killed at random for minutes. `make soak`."""

import asyncio
import random
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.jobs.test_jobs_faults import Workers, kill_server, mortal
from tests.support.jobs.clock_scene import until
from tests.support.jobs.instants import KINDS, percentile

pytestmark = pytest.mark.soak

EACH, SPREAD, LEAD = 60, 130.0, 40.0  # instants of each kind, over so many seconds, from so many seconds on
# Seconds between two kills. A worker needs some to start: the promise is for a service of which something is alive.
WORKER_EVERY, SERVER_EVERY = (3.0, 7.0), 18.0
PROMISED = 5.0  # seconds, for 99 of 100


async def test_four_hundred_instants_under_faults(folder: Path, binaries: Path) -> None:
    chance = random.Random(7)
    async with mortal(folder, binaries) as (cluster, planted):
        began = time.monotonic()
        for kind in KINDS * EACH:
            wait = LEAD + SPREAD * chance.random() - (time.monotonic() - began)
            await planted.plant(kind, timedelta(seconds=wait))
        assert time.monotonic() - began < LEAD - 10, "the workers could not begin before the first instant"
        async with Workers(planted.scene, 3) as workers:
            killed, next_server = 0, LEAD + SERVER_EVERY * chance.random()
            while (passed := time.monotonic() - began) < LEAD + SPREAD:
                if passed > LEAD:
                    await workers.kill(chance)
                if passed > next_server:
                    await kill_server(cluster)
                    killed, next_server = killed + 1, passed + SERVER_EVERY * chance.uniform(0.7, 1.3)
                await asyncio.sleep(chance.uniform(*WORKER_EVERY))
            await until(planted.all_done, 120)
        await planted.checked()
        late = await planted.lateness()
        figures = {f"p{n}": round(percentile(late, n / 100), 3) for n in (50, 95, 99, 100)}
        print(f"{len(late)} instants, {killed} servers and {workers.killed} workers killed; seconds late: {figures}")
        assert late[0] >= 0, "done before its instant"
        assert killed >= 5
        assert workers.killed >= 18
        assert percentile(late, 0.99) < PROMISED, figures
