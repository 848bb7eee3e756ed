"""The lineage, up and down, and what it withholds; sources and dispositions by the same rule."""

from typing import Any

import pytest

from forum.domain.viewer import Viewer
from tests.support.api import nouns_scene as scene
from tests.support.api.nouns_reader import NOBODY, TEAM, gid, reading


@pytest.fixture
async def ask(database):
    async with reading(database) as asked:
        yield asked


# ---- lineage
LINEAGE = """query($id: ID!, $way: LineageDirection!, $depth: Int! = 4) { node(id: $id) {
  ... on Contribution { lineage(direction: $way, depth: $depth) { ...step } }
  ... on Paragraph { lineage(direction: $way, depth: $depth) { ...step } } } }
  fragment step on LineageStep { depth relation end { __typename ... on Node { id } ... on Withheld { layer } } }"""


async def steps(ask: Any, start: str, way: str, viewer: Viewer = NOBODY, depth: int = 12) -> list[tuple[int, str, str]]:
    node = (await ask(LINEAGE, {"id": start, "way": way, "depth": depth}, viewer))["node"]
    return [(s["depth"], s["relation"], s["end"].get("id") or f"Withheld:{s['end']['layer']}") for s in node["lineage"]]


CHAIN = [
    (1, "carries", gid("Paragraph", "national paragraph")),
    (2, "received", gid("Contribution", "national input")),
    (3, "rewords", gid("Paragraph", "gfmd paragraph")),
    (4, "received", gid("Contribution", "gfmd input")),
    (5, "carries", gid("Paragraph", "hlpf paragraph")),
]


async def test_an_input_is_followed_up_to_all_it_reached(ask):
    start = gid("Contribution", "city input")
    assert await steps(ask, start, "UP") == CHAIN
    assert await steps(ask, start, "UP", depth=2) == CHAIN[:2]
    assert await steps(ask, start, "UP", depth=0) == []
    assert await steps(ask, start, "UP", depth=10**6) == CHAIN, "read as the greatest depth"
    assert await steps(ask, start, "DOWN") == []


async def test_a_text_is_followed_down_to_the_first_input(ask):
    found = await steps(ask, gid("Paragraph", "hlpf paragraph"), "DOWN")
    assert {
        (1, "carries", gid("Contribution", "gfmd input")),
        (2, "received", gid("Paragraph", "gfmd paragraph")),
    } <= set(found)
    assert (5, "carries", gid("Contribution", "city input")) in found
    assert (3, "carries", gid("Panel", "panel")) in found
    assert (3, "carries", gid("Comment", "comment")) in found
    assert [d for d, _, _ in found] == sorted(d for d, _, _ in found)


async def test_what_may_not_be_seen_is_withheld_and_what_stands_alone_is_left_out(ask):
    start = gid("Paragraph", "gfmd paragraph")
    secret, alone = gid("Contribution", "secret"), gid("Contribution", "alone")
    public = await steps(ask, start, "DOWN", depth=1)
    assert [s for s in public if s[2].startswith("Withheld")] == [(1, "carries", "Withheld:GFMD")], (
        "once, for the secret one"
    )
    assert not {secret, alone} & {s[2] for s in public}
    team = {s[2] for s in await steps(ask, start, "DOWN", TEAM, depth=1)}
    assert {secret, alone} <= team
    assert not any(end.startswith("Withheld") for end in team)


async def test_sources_end_in_withheld_by_the_same_rule(ask):
    text = """{ document(symbol: "gfmd/1") { paragraphs(first: 1) { nodes { carriedBy { sources mechanisms }
      sources { totalCount nodes { relation end { __typename ... on Withheld { layer } }
        section { heading } } } } } } }"""
    paragraph = (await ask(text))["document"]["paragraphs"]["nodes"][0]
    ends = sorted(s["end"]["__typename"] for s in paragraph["sources"]["nodes"])
    assert ends == ["Comment", "Contribution", "Contribution", "Panel", "Withheld"]
    assert paragraph["sources"]["totalCount"] == 5, "the one that stands alone is not counted either"
    assert paragraph["carriedBy"] == {"sources": None, "mechanisms": 0}
    team = (await ask(text, viewer=TEAM))["document"]["paragraphs"]["nodes"][0]
    assert team["sources"]["totalCount"] == 6
    assert team["carriedBy"]["sources"] == 6


async def test_the_walk_stops_at_what_may_not_be_seen_and_cannot_be_hung_by_a_circle(ask, database):
    await scene.close_a_circle(database.owner_url)
    start = gid("Contribution", "city input")
    found = await steps(ask, start, "UP", depth=10**6)
    assert found[:5] == CHAIN
    assert len(found) == len({end for _, _, end in found})
    await scene.hide_document(database.owner_url, "gfmd document")
    assert await steps(ask, start, "UP") == [*CHAIN[:2], (3, "rewords", "Withheld:GFMD")], "nothing beyond it"


WAYS = """query($id: ID!, $way: LineageDirection!) { node(id: $id) {
  ... on Contribution { lineage(direction: $way, depth: 12) { ...step } }
  ... on Paragraph { lineage(direction: $way, depth: 12) { ...step } } } }
  fragment step on LineageStep { end { __typename ... on Node { id } } previous { ... on Node { id } } }"""


async def ways(ask: Any, start: str, way: str, viewer: Viewer = NOBODY) -> dict[str, str | None]:
    """What came before each thing."""
    node = (await ask(WAYS, {"id": start, "way": way}, viewer))["node"]
    return {s["end"].get("id", ""): s["previous"] and s["previous"]["id"] for s in node["lineage"]}


async def test_each_step_says_what_came_before_it(ask):
    start = gid("Contribution", "city input")
    chain = [start, *(end for _, _, end in CHAIN)]
    assert await ways(ask, start, "UP") == dict(zip(chain[1:], chain, strict=False))
    down = await ways(ask, gid("Paragraph", "gfmd paragraph"), "DOWN", TEAM)
    assert down[gid("Panel", "panel")] == gid("Paragraph", "gfmd paragraph")
    assert down[gid("Paragraph", "national paragraph")] == gid("Contribution", "national input")


async def test_what_is_hidden_is_before_nothing_and_nothing_is_before_it(ask, database):
    start = gid("Contribution", "city input")
    whole = await ways(ask, start, "UP")
    await scene.hide_document(database.owner_url, "gfmd document")
    hidden = gid("Paragraph", "gfmd paragraph")
    now = await ways(ask, start, "UP")
    assert now.pop("") is None, "it stands there withheld, and does not say where it hangs"
    assert hidden not in {*now, *now.values()}
    assert now == {end: before for end, before in whole.items() if end in now}
    public = await ways(ask, gid("Paragraph", "hlpf paragraph"), "DOWN")
    assert not {gid("Contribution", "secret"), gid("Contribution", "alone"), hidden} & {*public, *public.values()}


async def test_dispositions_of_what_may_not_be_seen_are_not_seen(ask):
    text = '{ document(symbol: "gfmd/1") { dispositions { totalCount } } }'
    assert (await ask(text))["document"]["dispositions"]["totalCount"] == 2
    assert (await ask(text, viewer=TEAM))["document"]["dispositions"]["totalCount"] == 3


async def test_text_is_read_in_three_ways_with_its_direction(ask):
    text = (
        "query($id: ID!) { node(id: $id) { ... on ContributionSection { text { markdown plainText safeHtml lang "
        "dir } } } }"
    )
    got = (await ask(text, {"id": gid("ContributionSection", "city section")}))["node"]["text"]
    assert got["plainText"] == "city section <b>x</b>"
    assert got["safeHtml"] == "<p><strong>city section</strong> &lt;b&gt;x&lt;/b&gt;</p>\n"
    assert (got["lang"], got["dir"]) == ("en", "LTR")
