"""The nouns of the contract: every word described, every field readable, and nothing told to whom it is not for."""

from typing import Any

import nouns_scene as scene
import orjson
import pytest
import strawberry
from graphql.execution.values import get_variable_values
from hypothesis import given
from hypothesis import strategies as st

from forum.api import scalars
from forum.api.query import NODE_TYPES, Query, types
from forum.domain.viewer import Viewer
from forum.reading.run import Reader, create_pool
from forum.reading.verify import verify
from forum.reading.visibility import SETTINGS, Me
from forum.store import tables as t
from graphql import (
    GraphQLError,
    GraphQLInterfaceType,
    OperationDefinitionNode,
    get_named_type,
    is_enum_type,
    is_leaf_type,
    is_specified_scalar_type,
    is_union_type,
    parse,
    validate,
)

SCHEMA = strawberry.Schema(query=Query, types=types(), config=scalars.config())._schema
NOBODY = Viewer()
GFMD = scene.key("gfmd")
AUTHOR = Viewer(person=scene.key("ada"), organisations=(scene.key("ngo"),), forums=(GFMD,))
TEAM = Viewer(person=scene.key("ada"), forums=(GFMD, scene.key("steering")), teams=(GFMD,))
PARTICIPANT = Viewer(person=scene.key("ada"), organisations=(scene.key("uae"),), forums=(GFMD,))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(SCHEMA, Me, settings=SETTINGS)


@pytest.fixture
async def ask(database, reader):
    """`ask(text, variables, viewer)` -> the data, read by the application's own role."""
    await scene.write(database.owner_url)
    pool = await create_pool(database.app_url, 2)

    async def asked(text: str, variables: dict | None = None, viewer: Viewer = NOBODY) -> dict[str, Any]:
        document = parse(text)
        faults = validate(SCHEMA, document)
        if faults:
            raise faults[0]
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        got = get_variable_values(SCHEMA, operation.variable_definitions or (), variables or {})
        if isinstance(got, list):
            raise got[0]
        prepared = reader.prepare(document, operation)
        async with pool.acquire() as connection, connection.transaction():
            return orjson.loads(await reader.read(connection, prepared, got.coerced, viewer, None))

    yield asked
    await pool.close()


def gid(type_: str, name: str) -> str:
    return f"{type_}:{scene.key(name)}"


# ---- the contract as a text
def _described() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, type_ in SCHEMA.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        found.append((name, type_))
        for field_name, field in getattr(type_, "fields", {}).items():
            found.append((f"{name}.{field_name}", field))
            found += [(f"{name}.{field_name}({n})", a) for n, a in getattr(field, "args", {}).items()]
        if is_enum_type(type_):
            found += [(f"{name}.{n}", v) for n, v in type_.values.items()]
    return found


def test_everything_is_described():
    assert len(_described()) > 500
    assert [where for where, thing in _described() if not (thing.description or "").strip()] == []


def test_the_schema_can_be_read_safely():
    assert verify(SCHEMA, t.metadata) > 400


def test_every_node_is_known_by_its_id_and_lives_in_one_table_of_its_own():
    interface = SCHEMA.type_map["Node"]
    assert isinstance(interface, GraphQLInterfaceType)
    nodes = {type_.name for type_ in SCHEMA.get_possible_types(interface)}
    assert nodes == {cls.__name__ for cls in NODE_TYPES}
    assert all(cls.__reading__.visible is not None for cls in NODE_TYPES), "each type says who sees a row of it"


def test_nothing_of_ours_says_adopted_about_what_the_gfmd_does():
    said = {where for where, thing in _described() if "adopt" in (thing.description or "").lower()}
    assert said == {"DocumentState.ADOPTED"}


# ---- scalars
@pytest.mark.parametrize(
    ("given_text", "read"),
    [
        ("2027-03-01T12:00:00+01:00", "2027-03-01T11:00:00+00:00"),
        ("2027-03-01t11:00:00z", "2027-03-01T11:00:00+00:00"),
        ("2027-03-01T11:00:00.123456789Z", "2027-03-01T11:00:00.123456+00:00"),
    ],
)
def test_instants_are_read_in_any_zone(given_text, read):
    assert scalars.instant(given_text).isoformat() == read


@pytest.mark.parametrize(
    ("type_", "value", "code"),
    [
        ("DateTime", "2027-03-01T12:00:00", "NAIVE_TIME"),
        ("DateTime", "2027-03-01", "INVALID_VALUE"),
        ("DateTime", "2027-02-30T12:00:00Z", "INVALID_VALUE"),
        ("DateTime", "0001-01-01T00:00:00+14:00", "INVALID_VALUE"),
        ("DateTime", 1, "INVALID_VALUE"),
        ("Date", "2027-02-30", "INVALID_VALUE"),
        ("Date", "20270201", "INVALID_VALUE"),
        ("URL", "javascript:alert(1)", "INVALID_VALUE"),
        ("URL", "https://exa mple.org", "INVALID_VALUE"),
        ("URL", "http://[", "INVALID_VALUE"),
        ("LanguageTag", "english, please", "UNKNOWN_CODE"),
        ("CountryCode", "NOR", "UNKNOWN_CODE"),
        ("UUID", "1" * 32, "INVALID_VALUE"),
        ("TargetCode", "10.99", "UNKNOWN_CODE"),
        ("ObjectiveCode", "24", "UNKNOWN_CODE"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_remedy(type_, value, code):
    with pytest.raises(GraphQLError) as refused:
        SCHEMA.type_map[type_].parse_value(value)
    assert refused.value.extensions["code"] == code
    assert len(refused.value.message) > 30


@given(st.text(max_size=40))
def test_no_text_breaks_a_scalar(text):
    for name in ("DateTime", "Date", "URL", "LanguageTag", "CountryCode", "UUID", "TargetCode", "ObjectiveCode"):
        try:
            SCHEMA.type_map[name].parse_value(text)
        except GraphQLError as refusal:
            assert refusal.extensions["code"] in ("NAIVE_TIME", "INVALID_VALUE", "UNKNOWN_CODE")


async def test_a_naive_time_is_refused_in_a_document_and_in_a_variable(ask):
    literal = '{ forum(slug: "gfmd") { mandates(at: "2027-03-01T12:00:00") { totalCount } } }'
    variable = 'query($at: DateTime) { forum(slug: "gfmd") { mandates(at: $at) { totalCount } } }'
    for text in (literal, variable):
        with pytest.raises(GraphQLError, match="has no zone. Write it with an offset") as refused:
            await ask(text, {"at": "2027-03-01T12:00:00"})
        assert refused.value.extensions["code"] == "NAIVE_TIME"


# ---- everything can be read
def selection(type_: Any, depth: int) -> str:
    """Every field of a type that needs no argument, so deep."""
    type_ = get_named_type(type_)
    if is_leaf_type(type_):
        return ""
    if is_union_type(type_):
        inner = " ".join(f"... on {m.name} {{ {_marked(m.name)} }}" for m in type_.types)
        return f"{{ __typename {inner} }}"
    found = ["__typename"]
    for name, field in type_.fields.items():
        leaf = is_leaf_type(get_named_type(field.type))
        if leaf:
            found.append(name)
        elif depth > 0:
            deeper = depth if get_named_type(field.type).name.endswith(("Connection", "Edge")) else depth - 1
            found.append(name + selection(field.type, deeper) if name != "edges" else "edges { cursor }")
    return "{ " + " ".join(found) + " }"


def _marked(member: str) -> str:
    return "layer" if member == "Withheld" else f"{member.lower()}Id: id"


@pytest.mark.parametrize("viewer", [NOBODY, AUTHOR, TEAM], ids=["nobody", "author", "team"])
async def test_every_field_of_every_noun_can_be_read(ask, viewer):
    seen = {}
    for cls in NODE_TYPES:
        table = cls.__reading__.table
        ids = [f"{cls.__name__}:{row['id']}" for of, rows in scene.everything() if of is table for row in rows]
        text = f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {cls.__name__} {selection(SCHEMA.type_map[cls.__name__], 1)} }} }}"
        found = (await ask(text, {"ids": ids}, viewer))["nodes"]
        seen[cls.__name__] = [n for n in found if n is not None]
        assert all(n["id"] in ids for n in seen[cls.__name__])
    empty = {name for name, found in seen.items() if not found}
    if viewer is TEAM:
        assert empty == set()
    if viewer is NOBODY:
        assert empty == {"Addressee", "HistoryEntry", "MeetingFault", "Objection", "Person"}


@pytest.mark.parametrize("viewer", [NOBODY, AUTHOR, TEAM], ids=["nobody", "author", "team"])
async def test_every_root_answers(ask, viewer):
    for name in ("viewer", "forums", "calls", "contributions", "meetings", "organisations", "mechanisms"):
        answer = await ask(f"{{ {name} {selection(SCHEMA.query_type.fields[name].type, 1)} }}", viewer=viewer)
        assert answer[name] is not None


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
    text = """query($id: ID!) { node(id: $id) { ... on Contribution { receipt { number at } attribution { organisation { name } }
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
    ({"states": ["DRAFT", "SUBMITTED"], "edition": gid("Edition", "gfmd 2020")}, {"national input", "named", "nameless"}),
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
    text = "query($a: Answer) { calls(filter: {state: OPEN}) { nodes { addressees(answer: $a) { nodes { organisation { name } } } } } }"

    async def lines(viewer: Viewer, answer: str | None = None) -> list[str]:
        call = (await ask(text, {"a": answer}, viewer))["calls"]["nodes"][0]
        return sorted(n["organisation"]["name"] for n in call["addressees"]["nodes"])

    assert await lines(NOBODY) == []
    assert await lines(PARTICIPANT) == ["United Arab Emirates"]
    assert await lines(TEAM) == ["A network", "United Arab Emirates"]
    assert await lines(TEAM, "NONE_YET") == ["United Arab Emirates"]


async def test_calls_by_deadline_and_by_forum(ask):
    text = "query($f: CallFilter, $o: CallOrder) { calls(filter: $f, orderBy: $o) { nodes { title text { markdown safeHtml lang } } } }"

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
    assert [m["organisation"]["name"] for m in forum["mandates"]["nodes"]] == ["United Arab Emirates"], "no role is told"
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
    assert {(1, "carries", gid("Contribution", "gfmd input")), (2, "received", gid("Paragraph", "gfmd paragraph"))} <= set(found)
    assert (5, "carries", gid("Contribution", "city input")) in found
    assert (3, "carries", gid("Panel", "panel")) in found
    assert (3, "carries", gid("Comment", "comment")) in found
    assert [d for d, _, _ in found] == sorted(d for d, _, _ in found)


async def test_what_may_not_be_seen_is_withheld_and_what_stands_alone_is_left_out(ask):
    start = gid("Paragraph", "gfmd paragraph")
    secret, alone = gid("Contribution", "secret"), gid("Contribution", "alone")
    public = await steps(ask, start, "DOWN", depth=1)
    assert [s for s in public if s[2].startswith("Withheld")] == [(1, "carries", "Withheld:GFMD")], "once, for the secret one"
    assert not {secret, alone} & {s[2] for s in public}
    team = {s[2] for s in await steps(ask, start, "DOWN", TEAM, depth=1)}
    assert {secret, alone} <= team
    assert not any(end.startswith("Withheld") for end in team)


async def test_sources_end_in_withheld_by_the_same_rule(ask):
    text = """{ document(symbol: "gfmd/1") { paragraphs(first: 1) { nodes { carriedBy { sources mechanisms }
      sources { totalCount nodes { relation end { __typename ... on Withheld { layer } } section { heading } } } } } } }"""
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
    found = await steps(ask, start, "UP")
    assert found[:5] == CHAIN
    assert len(found) == len({end for _, _, end in found})
    await scene.hide_document(database.owner_url, "gfmd document")
    assert await steps(ask, start, "UP") == [*CHAIN[:2], (3, "rewords", "Withheld:GFMD")], "nothing beyond it"


async def test_dispositions_of_what_may_not_be_seen_are_not_seen(ask):
    text = '{ document(symbol: "gfmd/1") { dispositions { totalCount } } }'
    assert (await ask(text))["document"]["dispositions"]["totalCount"] == 2
    assert (await ask(text, viewer=TEAM))["document"]["dispositions"]["totalCount"] == 3


async def test_text_is_read_in_three_ways_with_its_direction(ask):
    text = "query($id: ID!) { node(id: $id) { ... on ContributionSection { text { markdown plainText safeHtml lang dir } } } }"
    got = (await ask(text, {"id": gid("ContributionSection", "city section")}))["node"]["text"]
    assert got["plainText"] == "city section <b>x</b>"
    assert got["safeHtml"] == "<p><strong>city section</strong> &lt;b&gt;x&lt;/b&gt;</p>\n"
    assert (got["lang"], got["dir"]) == ("en", "LTR")
