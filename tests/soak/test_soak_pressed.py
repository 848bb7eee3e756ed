"""No request stops the rest: sixty readers of `acts` at once, a flood of documents nobody has seen, and the dearest
request that a search of ten minutes finds, each over real HTTP with a probe beside it. `make soak`; figures are
printed, and what must never be is asserted: an answer of 5xx."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

import orjson
import pytest

from forum.settings import RATE
from tests.bench.load import Loaded, loaded
from tests.bench.servers import Server
from tests.bench.world import Size
from tests.support.pressed.line import Line, token
from tests.support.pressed.probe import Probe
from tests.support.pressed.search import Found, Measure, Search
from tests.support.pressed.spent import spent

pytestmark = pytest.mark.soak
READERS, TIMES = 60, 6
FLOODING, LINES = 20.0, 32  # seconds, connections
SEARCHED, SEED = 600.0, 2027  # seconds; where the search begins
BESIDE = 50  # times that the dearest is asked while the probe looks
ACTS = "query($id: ID!) { node(id: $id) { ... on Contribution { id acts { act } } } }"
NEW = "{ contributions(first: 1) { nodes { %s sections { heading text { markdown } } targets { code } } } }"


@pytest.fixture(scope="module")
async def data() -> AsyncIterator[Loaded]:
    async with loaded(Size(), lambda _: None) as made:
        yield made


def _input(facts: Mapping[str, Any]) -> dict[str, str]:
    return {"id": f"Contribution:{random.choice(facts['contributions'])}"}


async def test_sixty_readers_of_acts_at_once_are_all_answered(data: Loaded) -> None:
    codes, waited = Counter[int](), list[float]()

    async def reading(number: int, port: int) -> None:
        speakers = data.facts["speakers"]
        async with Line(port, head=token(speakers[number % len(speakers)])) as line:
            for _ in range(TIMES):
                began = time.perf_counter()
                status, _ = await line.ask(ACTS, _input(data.facts))
                waited.append(time.perf_counter() - began)
                codes[status] += 1

    with Server("compiled", data.urls.app) as server:
        async with Line(server.port) as line:
            await line.ask(ACTS, _input(data.facts))  # waits until it serves
        await asyncio.gather(*[reading(number, server.port) for number in range(READERS)])
    waited.sort()
    print(f"{READERS} readers: {dict(codes)}, s: median {waited[len(waited) // 2]:.2f}, at most {waited[-1]:.2f}")
    assert codes == {200: READERS * TIMES}


async def test_a_flood_of_new_documents_leaves_room_for_others(data: Loaded) -> None:
    codes = Counter[int]()

    async def flooding(number: int, port: int, ends: float) -> None:
        async with Line(port) as line:
            sent = 0
            while time.monotonic() < ends:
                sent += 1
                status, _ = await line.ask(NEW % " ".join(f"x{number}_{sent}_{n}: title" for n in range(20)))
                codes[status] += 1

    with Server("compiled", data.urls.app, RATE) as server, Probe(server.port, data.facts["contributions"]) as probe:
        ends = time.monotonic() + FLOODING  # the probe is warm, so the server is
        await asyncio.gather(*[flooding(number, server.port, ends) for number in range(LINES)])
    print(f"flood: {dict(codes)}; {probe.felt}")
    assert set(probe.felt.codes) == {200}
    assert all(status < 500 for status in codes)
    assert codes[429]  # the flood was one


async def test_the_dearest_request_that_a_search_finds(data: Loaded) -> None:
    slug, name = data.facts["editions"][5]
    roots = {
        "contributions": ', filter: {targets: ["1.1"]}', "organisations": "", "forums": "", "calls": "",
        "processes": "", "mechanisms": "",
        "edition": f'(forum: "{slug}", name: "{name}")', "forum": f'(slug: "{slug}")',
    }  # fmt: skip
    with Server("compiled", data.urls.app) as server:
        async with Line(server.port) as line:
            search = Search(_measuring(server.pid, data.postmaster, line), roots, SEED)
            ends = time.monotonic() + SEARCHED
            while time.monotonic() < ends:
                await search.step()
        dearest, _ = search.best[0]
        with Probe(server.port, data.facts["contributions"]) as probe:
            async with Line(server.port) as line:
                codes = Counter([(await line.ask(dearest.query))[0] for _ in range(BESIDE)])
    for found, _ in search.best[:3]:
        print(f"{found.cpu:.0f} ms of processor, {found.cost} points: {found.query[:600]}")
    print(f"refused: {search.refused.most_common(5)}; beside the dearest {dict(codes)}: {probe.felt}")
    assert set(codes) == set(probe.felt.codes) == {200}
    assert not {"INTERNAL", "REQUEST_TOO_SLOW"} & set(search.refused)


def _measuring(server: int, postmaster: int, line: Line) -> Measure:
    """What a request takes once it is planned and kept: the less of two times, since what else the database did at
    that moment is not the request's. A refusal is told by its code."""

    async def measure(query: str) -> Found | str:
        took = list[float]()
        for _ in range(4):
            before = spent(server, postmaster)
            status, body = await line.ask(query)
            assert status < 500, (query, body)
            told = orjson.loads(body)
            if "errors" in told:
                code: str = told["errors"][0]["extensions"]["code"]
                return code
            took.append(spent(server, postmaster) - before)
        return Found(query, min(took[-2:]), int(told["extensions"]["cost"]["requested"]))

    return measure
