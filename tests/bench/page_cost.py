"""What a page costs over its bare GraphQL operation: processor time of the server, and bytes.

`python -m tests.bench.page_cost`: both are asked of one server by turns, A B B A, signed out and signed in, and not
compressed: that costs both sides by their length. The ratio is of medians of rounds, with the spread of the rounds
beside it; what is over the bound says so.
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
from tests.support.scene import Scene, scene
from tests.support.sign_ins import browser, signed_in
from tests.support.sources import ROOT

SECRET = "for-tests-only-" + "s" * 32
ROUNDS, REQUESTS = 10, 30
TIMES, MORE = 1.5, 2.0  # of the operation's time, or so many milliseconds more: a page costs no more than either
_SCRIPTS_IN = ROOT / "forum" / "web" / "enhance"


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
    over = by["page"] - max(by["bare"] * TIMES, by["bare"] + MORE)
    print(
        f"{name:24} page {by['page']:.2f} ms, operation {by['bare']:.2f} ms, ratio {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f}){f', over by {over:.2f} ms' if over > 0 else ''}; "
        f"{len(sent):,} bytes, {len(gzip.compress(sent)):,} by gzip"
    )


Page = tuple[str, str, str, dict[str, Any]]  # its name, address, operation and variables
_EDITION = {"forum": "gfmd", "name": "gfmd 2020"}
_SYMBOL = "GFMD/1/REP"


def _read(s: Scene, signed: bool) -> list[Page]:
    """What everybody reads, and what a focal point begins with."""
    call, more = f"Call:{s.call}", {"signedIn": signed}
    return [
        ("front", "/", "home" if signed else "front", {}),
        ("forum", "/forums/gfmd", "forum_page", {"slug": "gfmd", **more}),
        ("inputs", "/forums/gfmd/gfmd%202020/inputs", "edition_page", {**_EDITION, "first": 25}),
        ("call", f"/calls/{s.call}", "call_answer", {"id": call, "mine": {"call": call}, **more}),
    ]


def _worked_on(s: Scene) -> list[Page]:
    """Where an office works."""
    signed, text = {"signedIn": True}, {"symbol": _SYMBOL}
    return [
        ("desk", "/forums/gfmd/gfmd%202020/desk", "desk", {**_EDITION, **signed}),
        ("penholder's table", f"/writing/{_SYMBOL}", "writing",
         {**text, "first": 10, "after": None, "inputs": {}, "textAfter": None, **signed}),
        ("consultation", f"/consultation/{_SYMBOL}", "consultation", {**text, "first": 25, "after": None, **signed}),
        ("process", "/forums/gfmd/process", "process_page", {"slug": "gfmd", **signed}),
        ("settings", "/settings", "settings", {}),
        ("who has answered", f"/calls/{s.call}/addressees", "call_answers", {"id": f"Call:{s.call}"}),
    ]  # fmt: skip


async def _written(s: Scene) -> None:
    """A draft of six paragraphs, beside an input that was handed in."""
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report", symbol=_SYMBOL)
    for n in range(6):
        await s.write(document, f"Desks near markets help, wherever there are {n} of them.")


async def measure() -> None:
    """Print a line a page."""
    settings = Settings(mode="test", secret=SECRET)
    with TemporaryDirectory() as folder, Cluster(Path(folder) / "pg") as cluster:
        urls = await roles.prepare(cluster.url(), "page_cost", keep=cluster.home)
        await upgrade_async(urls.owner)
        async with scene(urls.app) as s:
            await s.input(visibility="public")
            parts = await app.parts(settings, urls.app)
            site = app.site(parts, settings)

            async def compared(who: str, cookie: str | None, pages: list[Page]) -> None:
                async with browser(site, cookie) as line:
                    line.headers["Accept-Encoding"] = "identity"
                    for name, address, operation, variables in pages:
                        asked = {"documentId": parts.service.documents.names[operation], "variables": variables}
                        await _compare(line, f"{name}, {who}", address, asked)

            await compared("signed out", None, _read(s, False))
            await compared("signed in", (await signed_in(parts, "focal.kenya"))[0], _read(s, True))
            await _written(s)
            await compared("office", (await signed_in(parts, "secretariat"))[0], _worked_on(s))
            await parts.close()
    scripts = [(_SCRIPTS_IN / name).read_bytes() for name in ("htmx.min.js", "draft.js")]
    for what, parts_ in (("stylesheet", [STYLE]), ("scripts of the form of an input", scripts)):
        sizes = [len(gzip.compress(part)) for part in parts_]
        print(f"{what} {sum(map(len, parts_)):,} bytes, {sum(sizes):,} by gzip, kept for a year")


if __name__ == "__main__":
    asyncio.run(measure())
