"""What an act costs while a worker sends letters through a slow relay, against the same act with no worker beside it.

`python -m tests.bench.acts_beside_mail`: processor of the act's thread and of its PostgreSQL backends, by turns; worker
and relay are processes of their own, as in the field. The bound is 1.1 times.
"""

import asyncio
import contextlib
import os
import statistics
import sys
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from forum.domain.saying import saying
from forum.store import notices, roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.support.mail_box import HOUSE, SECRET, reached
from tests.support.scene import Scene, scene

LETTERS, ROUNDS, ACTS, BOUND = 8_000, 10, 100, 1.1
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"


async def measure() -> None:
    """Print what an act takes alone and beside the mail, and the ratio of the medians with the spread of the rounds."""
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "beside_mail", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s, _relay() as port:
            await _written(s)
            own = await _own_backends(s)
            await _cost(s, own, "warm")
            alone, beside, sent = [], [], []
            for n in range(ROUNDS):
                alone.append(await _cost(s, own, f"alone {n}"))
                async with _worker(urls.app, port, s):
                    before = await _sent(s)
                    beside.append(await _cost(s, own, f"beside {n}"))
                    sent.append(await _sent(s) - before)
    assert min(sent) > 0, "letters went out meanwhile"
    ratios = sorted(b / a for a, b in zip(alone, beside, strict=True))
    print(f"an act alone {_spread(alone)}; beside the mail {_spread(beside)}; letters meanwhile {sent}")
    ratio = statistics.median(beside) / statistics.median(alone)
    print(f"{ratio:.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}); the bound is {BOUND}")


def _spread(seconds: Sequence[float]) -> str:
    least, middle, most = (f"{each * 1e3:.2f}" for each in (min(seconds), statistics.median(seconds), max(seconds)))
    return f"{middle} ms ({least} to {most})"


async def _cost(s: Scene, own: Sequence[int], name: str) -> float:
    """Seconds of processor that an act takes, the mean of many."""
    began = time.thread_time() + _ran(own)
    for n in range(ACTS):
        await s.do("save_contribution", "rep.network", call=s.call, title=f"{name}, {n}", language="en")
    return (time.thread_time() + _ran(own) - began) / ACTS


async def _own_backends(s: Scene) -> Sequence[int]:
    """The processes that serve the acts: asked while no worker runs, which has its own."""
    async with begin(s.engine) as unit:
        return list((await unit.run(sa.text(BACKENDS))).scalars())


def _ran(pids: Sequence[int]) -> float:
    """Seconds that these processes were on a processor (Linux, proc(5))."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


async def _written(s: Scene) -> None:
    """So many people have an address, and are told of the same."""
    people = {f"person{n}": uuid.uuid4() for n in range(LETTERS)}
    async with begin(s.engine) as unit:
        await unit.add(t.person, *({"id": id_, "subject": who, "name": who} for who, id_ in people.items()))
        words, cause = saying("A reminder"), uuid.uuid4()
        await unit.write(notices.tell(people.values(), kind="reminder", words=words, cause=cause, at=s.now))
        await unit.connection.commit()
    await reached(s.engine, people)


async def _sent(s: Scene) -> int:
    async with begin(s.engine) as unit:
        count = sa.select(sa.func.count()).select_from(t.letter).where(t.letter.c.state == "sent")
        return int((await unit.run(count)).only()[0])


@contextlib.asynccontextmanager
async def _relay() -> AsyncIterator[int]:
    pipe = asyncio.subprocess.PIPE
    relay = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.support.slow_relay", "0.05", stdin=pipe, stdout=pipe
    )
    assert relay.stdout is not None
    try:
        yield int(await relay.stdout.readline())
    finally:
        relay.kill()
        await relay.wait()


@contextlib.asynccontextmanager
async def _worker(url: str, port: int, s: Scene) -> AsyncIterator[None]:
    """A worker that sends already; it is killed afterwards."""
    env = {
        **os.environ, "DATABASE_URL": url, "FORUM_MODE": "test", "FORUM_SECRET": SECRET, "FORUM_RELAY_TLS": "none",
        "FORUM_RELAY": f"127.0.0.1:{port}", "FORUM_MAIL_FROM": HOUSE.sender, "FORUM_PUBLIC_URL": HOUSE.url,
    }  # fmt: skip
    before = await _sent(s)
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "forum", "worker", env=env)
    try:
        for _ in range(600):
            if await _sent(s) >= before + 20:
                break
            await asyncio.sleep(0.1)
        yield
    finally:
        worker.kill()
        await worker.wait()


if __name__ == "__main__":
    asyncio.run(measure())
