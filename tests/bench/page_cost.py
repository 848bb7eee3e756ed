"""What a page costs over its bare GraphQL operation: processor time of the server, and bytes.

`python -m tests.bench.page_cost`: both are asked of one server by turns, A B B A, signed out and signed in; the ratio
is of medians of rounds, with the spread of the rounds beside it.
"""

import asyncio
import gzip
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from forum import app
from forum.settings import Settings
from forum.store import roles
from forum.store.embedded.cluster import Cluster
from forum.store.migrate import upgrade_async
from forum.web.templating import STYLE
from tests.support.scene import scene
from tests.support.sign_ins import browser, signed_in

SECRET = "for-tests-only-" + "s" * 32
ROUNDS, REQUESTS = 12, 60


async def _round(ask: Callable[[], Awaitable[httpx.Response]]) -> float:
    """Milliseconds of the server's processor a request."""
    before = time.process_time()
    for _ in range(REQUESTS):
        assert (await ask()).status_code == 200
    return (time.process_time() - before) * 1000 / REQUESTS


async def _compare(line: httpx.AsyncClient, name: str, address: str, asked: dict[str, Any]) -> None:
    async def page() -> httpx.Response:
        return await line.get(address)

    async def bare() -> httpx.Response:
        return await line.post("/graphql", json=asked)

    sides: dict[str, list[float]] = {"page": [], "bare": []}
    for n in range(ROUNDS):
        pair = [("page", page), ("bare", bare)]
        for side, ask in pair if n % 2 else reversed(pair):
            sides[side].append(await _round(ask))
    ratios = sorted(p / b for p, b in list(zip(sides["page"], sides["bare"], strict=True))[2:])
    by = {side: statistics.median(rounds[2:]) for side, rounds in sides.items()}
    sent = (await page()).content
    print(
        f"{name:24} page {by['page']:.2f} ms, operation {by['bare']:.2f} ms, ratio {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f}); {len(sent):,} bytes, {len(gzip.compress(sent)):,} by gzip"
    )


async def measure() -> None:
    """Print a line a page."""
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "page_cost", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s:
            await s.input(visibility="public")
            parts = await app.parts(Settings(mode="test", secret=SECRET), urls.app)
            site, names = app.routed(parts, Settings(mode="test", secret=SECRET)), parts.service.documents.names
            secret, _ = await signed_in(parts, "focal.kenya")
            call = f"Call:{s.call}"
            edition = {"forum": "gfmd", "name": "gfmd 2020"}
            pages: list[tuple[str, str, str, dict[str, Any]]] = [
                ("front", "/", "front", {}),
                ("forum", "/forums/gfmd", "forum_page", {"slug": "gfmd"}),
                ("inputs", "/forums/gfmd/gfmd%202020/inputs", "edition_page", {**edition, "first": 25}),
                ("call", f"/calls/{s.call}", "call_answer", {"id": call, "mine": {"call": call}}),
            ]
            for who, cookie in (("signed out", None), ("signed in", secret)):
                async with browser(site, cookie) as line:
                    for name, address, operation, variables in pages:
                        if operation == "front" and cookie:
                            operation = "home"
                        more = {"signedIn": bool(cookie)} if operation in ("forum_page", "call_answer") else {}
                        asked = {"documentId": names[operation], "variables": {**variables, **more}}
                        await _compare(line, f"{name}, {who}", address, asked)
            await parts.close()
    print(f"stylesheet {len(STYLE):,} bytes, {len(gzip.compress(STYLE)):,} by gzip, kept for a year")


if __name__ == "__main__":
    asyncio.run(measure())
