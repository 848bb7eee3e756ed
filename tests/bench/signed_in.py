"""What a sign-in by cookie adds to a request over a token: processor time of the server and of the database.

`python -m tests.bench.signed_in`: both ask the same short query by turns, A B B A, on one server; the difference is of
medians of rounds.
"""

import asyncio
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from forum import app
from forum.settings import Settings
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from tests.support.scene import scene
from tests.support.sign_ins import browser, signed_in
from tests.support.tokens import issued

SECRET = "for-tests-only-" + "s" * 32
ASK = {"query": "{ viewer { person { name } } }"}
ROUNDS, REQUESTS = 24, 200


def _database_seconds(postmaster: int) -> float:
    """Processor time of the postmaster's children that run, in seconds."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == postmaster:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


async def _round(line: httpx.AsyncClient, cluster: Cluster) -> tuple[float, float]:
    before = time.process_time(), _database_seconds(cluster.pid or 0)
    for _ in range(REQUESTS):
        answer = await line.post("/graphql", json=ASK)
        assert answer.json()["data"]["viewer"]["person"], answer.text
    after = time.process_time(), _database_seconds(cluster.pid or 0)
    server, database = ((b - a) * 1000 / REQUESTS for a, b in zip(before, after, strict=True))
    return server, database


async def measure() -> None:
    """Print the medians, and what the cookie adds, in milliseconds of processor a request."""
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "signed_in", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s:
            settings = Settings(mode="test", secret=SECRET)
            parts = await app.parts(settings, urls.app)
            site = app.routed(parts, settings)
            token = (await issued(s.engine, SECRET, "focal.kenya"))["focal.kenya"]
            secret, _ = await signed_in(parts, "focal.kenya")
            async with browser(site, Authorization=f"Bearer {token}") as by_token, browser(site, secret) as by_cookie:
                sides: dict[str, list[tuple[float, float]]] = {"token": [], "cookie": []}
                for n in range(ROUNDS):
                    pair = [("token", by_token), ("cookie", by_cookie)]
                    for name, line in pair if n % 2 else reversed(pair):
                        sides[name].append(await _round(line, cluster))
            await parts.close()
    for name, place in (("server", 0), ("database", 1)):
        by = {side: statistics.median(r[place] for r in rounds[2:]) for side, rounds in sides.items()}
        added = by["cookie"] - by["token"]
        print(f"{name}: token {by['token']:.3f} ms, cookie {by['cookie']:.3f} ms, added {added:+.3f} ms")


if __name__ == "__main__":
    asyncio.run(measure())
