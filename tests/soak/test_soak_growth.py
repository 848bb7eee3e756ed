"""At ten times the data no page and no shipped read goes through a large table, nor looks at many rows for each that it
shows. `make soak`."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from forum import app
from forum.settings import Settings
from tests.bench import operations, page_load
from tests.bench.load import loaded
from tests.bench.world import Size
from tests.support.explained import Explained, explained

pytestmark = pytest.mark.soak
LARGE = 5_000  # rows: what is smaller is read as fast as by an index
# 20 is what we want. An edition's front page, and a target that is neither rare nor common, take more: what is looked
# at stands in docs/performance.md.
MOST_READ = 120
EACH = 6  # requests of each page
OPERATIONS = Path(__file__).parents[2] / "graphql" / "operations"


async def _asked(http: httpx.AsyncClient, facts: Mapping[str, Any]) -> None:
    for name, _, drawn in page_load.pages(facts):
        rng = Random(name)
        for _ in range(EACH):
            address, subject = drawn(rng)
            answer = await http.get(address, headers=page_load.cookie(subject))
            assert answer.status_code == 200, address
    for operation in operations.reads(facts, OPERATIONS):
        for request in operations.asked(operation, None, EACH):
            asked = {"query": request.document, "variables": request.variables}
            assert "errors" not in (await http.post("/graphql", json=asked)).json(), operation.name


async def test_a_read_costs_what_it_shows_however_much_there_is() -> None:
    size = Size()
    size = replace(size, editions=size.editions * 10, contributions=size.contributions * 10)
    settings = Settings(mode="test", secret=operations.SECRET, pool=4, rate=0)
    async with loaded(size, lambda _: None) as data:
        await page_load.sign_in(data)
        parts = await app.parts(settings, data.urls.app)
        try:
            with explained() as reads:
                transport = httpx.ASGITransport(app.site(parts, settings))
                async with httpx.AsyncClient(transport=transport, base_url="https://bench") as http:
                    await _asked(http, data.facts)
        finally:
            await parts.close()
    assert len({read.operation for read in reads}) > 10
    assert not [read for read in reads if max(read.whole.values(), default=0) > LARGE]
    assert not _wasteful(reads), _wasteful(reads)


def _wasteful(reads: list[Explained]) -> list[Explained]:
    return [read for read in reads if read.read > MOST_READ * max(read.shown, 10)]
