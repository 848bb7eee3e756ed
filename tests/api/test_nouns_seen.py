"""What a viewer sees of the nouns: names, receipts, filters, addressees, the troika, the clock."""

from typing import Any

import pytest

from forum.domain.viewer import Viewer
from tests.support.api import nouns_scene as scene
from tests.support.api.nouns_reader import AUTHOR, NOBODY, PARTICIPANT, TEAM, gid, reading


@pytest.fixture
async def ask(database):
    async with reading(database) as asked:
        yield asked


# ---- what a viewer may see
async def test_of_a_nameless_contribution_only_its_author_learns_who_wrote_it(ask):
    text = """query($id: ID!) { node(id: $id) { ... on Contribution {
      mine late onBehalf attribution { kind label organisation { name } mechanism { code } }
      receipt { number hash at } authorship { organisation { name } person { name } writtenAt }
      history { nodes { act at actor { name } mandate { role } } } } } }"""
    key = {"id": gid("Contribution", "nameless")}
    public = (await ask(text, key))["node"]
    assert public["attribution"] == {"kind": "NONE", "label": "A participant", "organisation": None, "mechanism": None}
    assert public["authorship"] is public["receipt"] is public["late"] is public["onBehalf"] is None
    assert public["mine"] is False
    assert public["history"]["nodes"] == []
    team = (await ask(text, key, TEAM))["node"]
    assert team["authorship"] is team["receipt"] is team["late"] is None
    nothing = {"act": "submit_contribution", "at": None, "actor": None, "mandate": None}
    assert team["history"]["nodes"] == [nothing], "the guard stands behind what should not have been written"
    own = (await ask(text, key, AUTHOR))["node"]
    assert own["mine"] is True
    assert own["late"] is False
    assert own["authorship"]["organisation"] == {"name": "A network"}
    assert own["receipt"] == {"number": "R nameless", "hash": "00", "at": None}


async def test_of_a_named_one_the_team_has_the_receipt_and_the_history(ask):
    text = """query($id: ID!) { node(id: $id) { ... on Contribution { receipt { number at }
      attribution { organisation { name } }
      targets { code iri } objectives { code } themes { code title } dispositions { nodes { words of { __typename } } }
      usedIn { totalCount nodes { recommendation { heading } } } history { nodes { actor { name } at } } } } }"""
    key = {"id": gid("Contribution", "named")}
    public = (await ask(text, key))["node"]
    assert public["receipt"] is None
    assert public["attribution"]["organisation"]["name"] == "United Arab Emirates"
    assert public["targets"] == [{"code": "8.8", "iri": "http://metadata.un.org/sdg/8.8"}]
    assert public["objectives"] == [{"code": "gcm-7"}]
    assert public["themes"] == [{"code": "gov", "title": "Governance"}]
    assert public["dispositions"]["nodes"] == [{"words": "Taken up.", "of": {"__typename": "Contribution"}}]
    assert public["usedIn"] == {"totalCount": 1, "nodes": [{"recommendation": {"heading": "Do"}}]}
    team = (await ask(text, key, TEAM))["node"]
    assert team["receipt"] == {"number": "R named", "at": "2020-03-01T11:00:00.000000Z"}
    assert team["history"]["nodes"][0]["actor"] == {"name": "Ada Example"}


FILTERED = "query($f: ContributionFilter) { contributions(filter: $f) { totalCount nodes { title } } }"


FOUND: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"city input", "national input", "gfmd input", "named", "nameless"}),
    ({"targets": ["10"]}, {"city input", "nameless"}),
    ({"targets": ["10.7"]}, {"city input"}),
    ({"targets": ["http://metadata.un.org/sdg/10.7", "SDG 8"]}, {"city input", "named"}),
    ({"targets": ["16"], "kind": "PRACTICES"}, {"city input"}),
    ({"targets": ["16"], "kind": "INPUT"}, set()),
    ({"targets": []}, set()),
    ({"objectives": ["7", "Objective 8"]}, {"named"}),
    ({"themes": ["gov"]}, {"named"}),
    ({"mechanism": "states"}, {"named"}),
    ({"mechanism": "civil_society"}, set()),
    ({"organisation": gid("Organisation", "ngo")}, set()),
    (
        {"states": ["DRAFT", "SUBMITTED"], "edition": gid("Edition", "gfmd 2020")},
        {"national input", "named", "nameless"},
    ),
    ({"states": ["DRAFT"]}, set()),
    ({"edition": "Edition:nonsense"}, set()),
    ({"call": gid("Call", "call"), "states": None}, {"named", "nameless"}),
]


async def test_contributions_are_found_by_what_everybody_may_see(ask):
    for wanted, found in FOUND:
        answer = (await ask(FILTERED, {"f": wanted}))["contributions"]
        assert {n["title"] for n in answer["nodes"]} == found, wanted
        assert answer["totalCount"] == len(found)


async def test_who_belongs_to_it_finds_more(ask):
    own = (await ask(FILTERED, {"f": {"states": ["DRAFT"]}}, AUTHOR))["contributions"]
    assert [n["title"] for n in own["nodes"]] == ["draft"]
    team = (await ask(FILTERED, {"f": {"states": ["SUBMITTED"]}}, TEAM))["contributions"]
    assert {"secret", "alone"} <= {n["title"] for n in team["nodes"]}
    assert (await ask(FILTERED, {"f": {"states": ["DRAFT"]}}, TEAM))["contributions"]["totalCount"] == 0


async def test_each_addressee_sees_its_own_line_and_the_team_sees_all(ask):
    text = (
        "query($a: Answer) { calls(filter: {state: OPEN}) { nodes { addressees(answer: $a) { nodes { organisation "
        "{ name } } } } } }"
    )

    async def lines(viewer: Viewer, answer: str | None = None) -> list[str]:
        call = (await ask(text, {"a": answer}, viewer))["calls"]["nodes"][0]
        return sorted(n["organisation"]["name"] for n in call["addressees"]["nodes"])

    assert await lines(NOBODY) == []
    assert await lines(PARTICIPANT) == ["United Arab Emirates"]
    assert await lines(TEAM) == ["A network", "United Arab Emirates"]
    assert await lines(TEAM, "NONE_YET") == ["United Arab Emirates"]


async def test_calls_by_deadline_and_by_forum(ask):
    text = (
        "query($f: CallFilter, $o: CallOrder) { calls(filter: $f, orderBy: $o) { nodes { title text { markdown "
        "safeHtml lang } } } }"
    )

    async def titles(**variables: Any) -> list[str]:
        return [n["title"] for n in (await ask(text, variables))["calls"]["nodes"]]

    assert await titles() == ["Old", "Call"]
    assert await titles(o="CLOSES_LAST") == ["Call", "Old"]
    assert await titles(f={"language": "fr"}) == ["Call"]
    assert await titles(f={"forum": gid("Forum", "hlpf")}) == []
    call = (await ask(text, {"f": {"state": "OPEN"}}))["calls"]["nodes"][0]
    assert call["text"] == {"markdown": "Tell *us*.", "safeHtml": "<p>Tell <em>us</em>.</p>\n", "lang": "en"}


async def test_the_troika_is_derived_and_the_stage_is_worded_by_the_process(ask):
    text = """query($at: DateTime) { forum(slug: "gfmd") {
      troika(at: $at) { previous { name office } current { name organisationId } next { name } }
      mandates(at: $at) { nodes { office organisation { name } } } } }"""
    forum = (await ask(text, {"at": "2020-01-01T00:00:00Z"}))["forum"]
    assert forum["troika"] == {
        "previous": [{"name": "Ecuador", "office": "CHAIR"}],
        "current": [{"name": "United Arab Emirates", "organisationId": gid("Organisation", "uae")}],
        "next": [{"name": "Norway"}],
    }
    assert [m["organisation"]["name"] for m in forum["mandates"]["nodes"]] == ["United Arab Emirates"], (
        "no role is told"
    )
    long_after = (await ask(text))["forum"]
    assert long_after["troika"]["current"] == long_after["mandates"]["nodes"] == []
    tracks = """{ edition(forum: "gfmd", name: "2020") { theme process { version hash }
      tracks { name stage { id title since final leadsTo } themes { code } } } }"""
    edition = (await ask(tracks))["edition"]
    stage = {t["name"]: t for t in edition["tracks"]}["main"]["stage"]
    assert stage["title"] == "Call for inputs"
    assert stage["since"] == "2020-03-01T11:00:00.000000Z"
    assert stage["leadsTo"] == ["drafting"]
    assert stage["final"] is False


async def test_the_viewer_and_the_one_clock(ask, database):
    text = "{ serverTime viewer { person { name } mandates { role organisation { name } } organisations { name } } }"
    nobody = await ask(text)
    assert nobody["viewer"] == {"person": None, "mandates": [], "organisations": []}
    ada = (await ask(text, viewer=AUTHOR))["viewer"]
    assert ada["mandates"] == [{"role": "REPRESENTATIVE", "organisation": {"name": "A network"}}]
    await scene.shift_clock(database.owner_url, days=1000)
    assert (await ask("{ serverTime }"))["serverTime"][:4] > nobody["serverTime"][:4]
