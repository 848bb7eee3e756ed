"""The bench runs: a fiftieth of the data, short rounds; and what it holds the service against answers the same."""

import asyncio
import io
from pathlib import Path

import orjson
import pytest
from rich.console import Console

from tests.bench import run
from tests.bench.world import Size


@pytest.fixture(scope="module")
async def result(tmp_path_factory: pytest.TempPathFactory) -> dict:
    out: Path = tmp_path_factory.mktemp("bench") / "deep" / "figures.json"
    said = io.StringIO()
    assert await run.run(out, quick=True, console=Console(file=said, width=140)) == 0
    return {**orjson.loads(await asyncio.to_thread(out.read_bytes)), "said": said.getvalue()}


def test_every_operation_has_figures_of_both_sides(result: dict) -> None:
    found = {(f["operation"], f["caller"], f["side"]) for f in result["figures"]}
    reads = {
        (q, caller, side)
        for q in ("Q1", "Q2", "Q3")
        for caller in ("participant", "anonymous")
        for side in ("compiled", "resolvers")
    }
    assert found == reads | {("M1", "participant", "compiled")}
    for figure in result["figures"]:
        assert figure["answers"] > 0
        assert figure["rate"] > 0
        assert figure["median_ms"] <= figure["p99_ms"]


def test_ratios_are_of_every_read(result: dict) -> None:
    assert [(r["operation"], r["caller"]) for r in result["ratios"]] == [
        (q, caller) for q in ("Q1", "Q2", "Q3") for caller in ("participant", "anonymous")
    ]
    assert "Compiled reads held against resolvers" in result["said"]


def test_every_kind_has_its_price_beside_what_is_paid(result: dict) -> None:
    assert len(result["prices"]) > 30
    for one in result["prices"]:
        assert one["points"] > 0
        assert one["lowest_us"] <= one["highest_us"]
    assert "Prices" in result["said"]


def test_the_page_has_the_weight_it_is_said_to_have(result: dict) -> None:
    """Some 650 fields an answer were what designs were compared by."""
    assert 500 <= result["fields"]["Q1"] <= 1000


def test_a_definition_is_checked_compared_rehearsed_and_drawn(result: dict) -> None:
    assert [one["name"] for one in result["definition"]] == [
        "read",
        "checked",
        "compared",
        "rehearsed",
        "calendar drawn",
        "process drawn",
    ]
    assert all(one["seconds"] > 0 for one in result["definition"])


def test_both_papers_are_drawn(result: dict) -> None:
    assert {p["name"] for p in result["papers"]} == {"response document", "focused input"}
    assert all(p["pages"] > 1 and p["peak"] > 10**6 and p["word"] > 0 for p in result["papers"])


def test_the_data_set_is_what_it_is_said_to_be(result: dict) -> None:
    size, data = Size.quick(), result["data"]
    assert data["contribution"] == size.contributions + size.spare
    assert data["comment"] == size.editions * size.paragraphs * size.comments
    assert data["tag"] == 3 * data["contribution"]
    full = Size()
    assert (full.editions, full.contributions, full.organisations, full.people) == (200, 20_000, 3_000, 5_000)
    assert full.editions * full.paragraphs * full.comments == 100_000
