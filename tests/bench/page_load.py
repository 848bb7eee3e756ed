"""How long pages take on the large data set: how many of each are answered in a second at most, and the time of an
answer while half as many arrive.

Part of `python -m tests.bench`; `python -m tests.bench.page_load` does this alone. Pages are asked for as a browser
does, compressed, by somebody who is signed in or not; which thing of its kind each request asks for is drawn at random.
"""

import asyncio
import hashlib
import itertools
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

import asyncpg
from rich.console import Console

from forum.errors import Misconfigured
from forum.store import sign_ins
from forum.store.unit import fresh
from tests.bench import show
from tests.bench.arrivals import arriving
from tests.bench.generator import Generator, Tally
from tests.bench.load import Loaded, loaded
from tests.bench.operations import VARIETY
from tests.bench.rounds import MOST_WRONG, Pace
from tests.bench.servers import Server
from tests.bench.world import Size

HALF = 0.5
_DAY = 24 * 3600

Asked = tuple[str, str | None]  # an address, and the subject of who asks for it
Page = tuple[str, str, Callable[[Random], Asked]]  # its name, by whom, and one request for it


@dataclass(frozen=True)
class PageFigure:
    """One page. `most`: answers a second at most; times in milliseconds while half as many arrive, of all answers of
    all rounds, and the least and the largest p95 of a round."""

    page: str
    by: str
    most: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    least_p95_ms: float
    largest_p95_ms: float
    answers: int


def pages(facts: Mapping[str, Any]) -> tuple[Page, ...]:
    """The pages of this data set: what everybody reads, what a delegate begins with, where an office works."""
    editions, offices = facts["editions"], facts["offices"]
    kept = [n for n, (slug, _) in enumerate(editions) if slug in offices]
    public = [symbol for symbol, _, everybody in facts["texts"] if everybody]

    def anybody(address: Callable[[Random], str]) -> Callable[[Random], Asked]:
        return lambda rng: (address(rng), None)

    def delegate(address: Callable[[Random], str]) -> Callable[[Random], Asked]:
        return lambda rng: (address(rng), rng.choice(facts["speakers"]))

    def office(address: Callable[[int], str]) -> Callable[[Random], Asked]:
        def drawn(rng: Random) -> Asked:
            edition = rng.choice(kept)
            return address(edition), offices[editions[edition][0]]

        return drawn

    def edition(n: int, page: str) -> str:
        return f"/forums/{editions[n][0]}/{editions[n][1]}{page}"

    return (
        ("front", "nobody", anybody(lambda _: "/")),
        ("an input", "nobody", anybody(lambda rng: f"/inputs/{rng.choice(facts['public'])}")),
        ("inputs of an edition", "nobody", anybody(lambda rng: edition(rng.randrange(len(editions)), "/inputs"))),
        ("a text, 20 paragraphs", "nobody", anybody(lambda rng: f"/documents/{rng.choice(public)}")),
        ("home", "a delegate", delegate(lambda _: "/")),
        ("a call", "a delegate", delegate(lambda rng: f"/calls/{rng.choice(facts['calls'])}")),
        ("a desk", "an office", office(lambda n: edition(n, "/desk"))),
        ("a penholder's table", "an office", office(lambda n: f"/writing/{facts['texts'][n][0]}")),
        ("a consultation", "an office", office(lambda n: f"/consultation/{facts['texts'][n][0]}")),
        ("who has answered", "an office", office(lambda n: f"/calls/{facts['calls'][n]}/addressees")),
        ("settings", "an office", office(lambda _: "/settings")),
    )


def _secret(subject: str) -> bytes:
    """The secret of somebody's cookie: 256 bits, the same every time."""
    return hashlib.sha256(subject.encode()).digest()


async def sign_in(data: Loaded) -> None:
    """Sign in all who ask for pages."""
    connection = await asyncpg.connect(data.urls.app)
    try:
        for subject in {*data.facts["speakers"], *data.facts["offices"].values()}:
            await sign_ins.begin(
                connection, subject, fresh(), hashlib.sha256(_secret(subject)).digest(), issuer="bench",
                client="bench", longest=_DAY, idle=_DAY, replaces=None,
            )  # fmt: skip
    finally:
        await connection.close()


def cookie(subject: str | None) -> Mapping[str, str]:
    """The header by which a browser says who asks; none for nobody."""
    if subject is None:
        return {}
    return {"Cookie": "__Host-forum=" + urlsafe_b64encode(_secret(subject)).rstrip(b"=").decode()}


def _request(asked: Asked) -> bytes:
    """A browser's request as HTTP/1.1, on a connection that is kept."""
    address, subject = asked
    told = b"".join(b"%b: %b\r\n" % (name.encode(), value.encode()) for name, value in cookie(subject).items())
    head = b"Host: bench\r\nX-Forwarded-Proto: https\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n"
    return b"GET %b HTTP/1.1\r\n%b%b\r\n" % (address.encode(), head, told)


def measured(generator: Generator, server: Server, facts: Mapping[str, Any], pace: Pace) -> list[PageFigure]:
    """All pages on a loaded database in which those who ask are signed in."""
    found = []
    for name, by, drawn in pages(facts):
        rng = Random(name)
        requests = [_request(drawn(rng)) for _ in range(VARIETY)]
        _right(name, generator.round(server.port, requests, pace.page_warm))
        most = _right(name, generator.round(server.port, requests, pace.page_warm)).rate
        rounds = [
            _right(name, generator.work(arriving, server.port, requests, pace.page_round, most * HALF, seed))
            for seed in range(pace.page_rounds)
        ]
        found.append(_figure(name, by, most, [tally.times for tally in rounds]))
    return found


def _right(name: str, tally: Tally) -> Tally:
    """The same. Refuses (Misconfigured) answers that were no page: they would only seem fast."""
    if tally.wrong:
        quoted = b"\n".join(tally.wrong[:MOST_WRONG]).decode(errors="replace")
        raise Misconfigured(reason=f"{name}: {len(tally.wrong)} of {len(tally.times)} answers failed.\n{quoted}")
    return tally


def _figure(name: str, by: str, most: float, rounds: Sequence[Sequence[float]]) -> PageFigure:
    times = sorted(itertools.chain(*rounds))
    each = [_part(sorted(one), 0.95) for one in rounds if one]
    half, most_of_them, nearly_all = (_part(times, share) for share in (0.5, 0.95, 0.99))
    return PageFigure(
        name, by, round(most, 1), half, most_of_them, nearly_all, min(each, default=0), max(each, default=0), len(times)
    )


def _part(times: Sequence[float], share: float) -> float:
    """The time within which this share of the answers came, in milliseconds; 0 where there was none."""
    if not times:
        return 0.0
    return round(1000 * times[min(len(times) - 1, int(len(times) * share))], 1)


async def measure() -> None:
    """Load the data set, measure the pages, print the table."""
    console = Console()
    async with loaded(Size(), lambda _: None) as data:
        await sign_in(data)

        def under_load() -> list[PageFigure]:
            with Generator() as generator, Server("compiled", data.urls.app) as server:
                return measured(generator, server, data.facts, Pace())

        found = await asyncio.to_thread(under_load)
    console.print(show.pages([asdict(one) for one in found]))
    console.print(f"Load of the machine at the end: {os.getloadavg()[0]:.1f}", highlight=False)


if __name__ == "__main__":
    asyncio.run(measure())
