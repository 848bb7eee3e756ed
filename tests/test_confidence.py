"""Non-attribution holds: in the told story, nothing that anybody else can read joins an author to what stands without a
name.

One organisation, Migrant Forum in Asia, sent one input and one comment without attribution. Everything the service
tells is walked, as the public and as every person but theirs, and so are the papers, the transcript, the logs and the
tables.
"""

import asyncio
import json
import random
import re
import uuid
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from forum.client.session import document
from forum.files import folder
from tests.support.told import Told, words_of
from tests.support.wide_reads import Walker, dicts, node_types, table_of

AUTHOR, PERSON, PERSONA = "Migrant Forum in Asia", "Ravi Perera", "mfa"
INPUT = "GFMD/2020/HLPF/1"
# Who reads all there is, not only what lies beside the author or the text: one of each kind of viewer.
WIDELY = (None, "gfmd-secretariat", "gfmd-penholder", "cso-coordinator", "ifrc", "ch-delegate", "hlpf-penholder")
KINDS = (*WIDELY, "gfmd-liaison", "add-secretariat", "ph-focal-point", "de-delegate", "quezon-city", "gcm-coalition")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
TELLING = {"addressees", "participations"}  # lists of whoever takes part, beside lists of inputs


@dataclass(frozen=True)
class Sides:
    """What must never be joined: whatever names the author, and whatever is the author's without a name."""

    author: frozenset[str]
    unnamed: frozenset[str]
    contribution: str
    comment: str
    lines: frozenset[str]  # of the history

    def named_in(self, text: str) -> set[str]:
        return {word for word in self.author if word in text}

    def unnamed_in(self, text: str) -> set[str]:
        return {word for word in self.unnamed if word in text}

    def joined(self, value: Any) -> list[str]:
        """Where an answer holds both. Lists of whoever takes part are looked at by themselves."""
        found = []
        apart: list[Any] = []
        text = json.dumps(_without(value, apart), ensure_ascii=False)
        for part in (text, *(json.dumps(a, ensure_ascii=False) for a in apart)):
            if (names := self.named_in(part)) and (things := self.unnamed_in(part)):
                found.append(f"{names} with {things} in {part[:3000]}")
        return found


def _without(value: Any, apart: list[Any]) -> Any:
    if isinstance(value, dict):
        apart += [v for k, v in value.items() if k in TELLING]
        return {k: _without(v, apart) for k, v in value.items() if k not in TELLING}
    return [_without(v, apart) for v in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
async def sides(told: Told) -> Sides:
    """The ids, from the tables."""
    made = told.story.inputs["not_attributed"]["id"]
    [comment] = told.sent("AddComment", PERSONA)
    said = comment.answer["data"]["addComment"]["comment"]["id"]
    return await sides_of(told, AUTHOR, PERSON, made, said)


async def sides_of(told: Told, author: str, person: str, contribution: str, comment: str) -> Sides:
    ids = [UUID(contribution.partition(":")[2]), UUID(comment.partition(":")[2])]
    who = await told.rows(
        "SELECT o.id AS org, p.id AS person, m.id AS mandate FROM organisation o, person p, mandate m "
        "WHERE o.name = $1 AND p.name = $2 AND m.person_id = p.id", author, person
    )  # fmt: skip
    lines = {str(r["id"]) for r in await told.rows("SELECT id FROM history WHERE subject_id = ANY($1)", ids)}
    parts = {
        str(r["id"])
        for table in ("contribution_section", "practice", "disposition", "source")
        for r in await told.rows(f"SELECT id FROM {table} WHERE contribution_id = ANY($1)", ids)
    }
    parts |= {str(r["id"]) for r in await told.rows("SELECT id FROM disposition WHERE comment_id = ANY($1)", ids)}
    assert who
    assert len(lines) >= 4
    names = {author, person, *(str(r[k]) for r in who for k in ("org", "person", "mandate"))}
    return Sides(frozenset(names), frozenset({*map(str, ids), *lines, *parts}), contribution, comment, frozenset(lines))


@pytest.fixture(scope="module")
async def ids(told: Told) -> dict[str, list[str]]:
    """Every id there is, by type, whether or not anybody may see the thing."""
    return {
        t: [f"{t}:{r['id']}" for r in await told.rows(f"SELECT id FROM {table_of(t)} ORDER BY id")]
        for t in node_types()
    }


@pytest.fixture(scope="module")
async def near(told: Told, sides: Sides, ids: dict[str, list[str]]) -> dict[str, list[str]]:
    """The ids of what lies beside the author or the unnamed things: every row that mentions one of them, and the places
    where the unnamed things stand."""
    places = await told.rows(
        "SELECT c.forum_id, c.edition_id, c.track_id, c.call_id, k.document_id, k.paragraph_id FROM contribution c, "
        "comment k "
        "WHERE c.id::text = ANY($1) AND k.id::text = ANY($1)", list(sides.unnamed)
    )  # fmt: skip
    known = {str(value) for row in places for value in row.values()}
    known |= await _referring(told, ids, sides.author | sides.unnamed)
    return {t: [i for i in some if i.partition(":")[2] in known] for t, some in ids.items()}


async def _referring(told: Told, ids: dict[str, list[str]], words: frozenset[str]) -> set[str]:
    found = set()
    for type_ in ids:
        rows = await told.rows(f"SELECT id, row_to_json(x)::text AS said FROM {table_of(type_)} x")
        found |= {str(r["id"]) for r in rows if any(w in r["said"] for w in words)}
    return found


@pytest.fixture(scope="module")
async def walker(told: Told) -> Any:
    async with httpx.AsyncClient(base_url=told.stage.url, timeout=60) as http:
        yield Walker(http, told.stage.token_of)


@pytest.fixture(scope="module")
async def others(told: Told) -> list[str | None]:
    """Everybody but the author's own side."""
    own = "SELECT person_id FROM mandate m JOIN organisation o ON o.id = m.organisation_id WHERE o.name = $1"
    rows = await told.rows(f"SELECT subject FROM person WHERE id NOT IN ({own}) ORDER BY subject", AUTHOR)
    assert len(rows) >= 40
    return [None, *(row["subject"] for row in rows)]


def nameless(sides: Sides, value: Any) -> list[str]:
    """Where an unnamed thing tells who or when by itself."""
    found = []
    for one in dicts(value):
        if one.get("id") in (sides.contribution, sides.comment):
            own = {k: v for k, v in one.items() if not isinstance(v, (dict, list))}
            hidden = ("receipt", "authorship", "onBehalf", "late", "returnReason", "writtenAt")
            found += [f"{k} = {one[k]}" for k in hidden if one.get(k) is not None]
            found += [f"{k} = {v}" for k, v in own.items() if isinstance(v, str) and INSTANT.search(v)]
            if one.get("mine"):
                found.append("mine")
            given = one.get("attribution") or {}
            found += [
                f"attribution {k} = {given[k]}" for k in ("organisation", "mechanism") if given.get(k) is not None
            ]
            if given.get("kind", "NONE") != "NONE":
                found.append(f"attribution {given['kind']}")
        if str(one.get("id", "")).partition(":")[2] in sides.lines:
            found += [f"history {k} = {one[k]}" for k in ("actor", "mandate", "at") if one.get(k) is not None]
    return found


def tells(sides: Sides, things: list[Any]) -> list[str]:
    return [f for thing in things for f in (*sides.joined(thing), *nameless(sides, thing))]


# ---- what is read through the contract
async def test_the_author_reads_it_all(told: Told, sides: Sides, walker: Walker, near: dict[str, list[str]]) -> None:
    """The walk finds what it looks for, where it stands."""
    found = tells(sides, await walker.things(PERSONA, near))
    assert any("authorship = " in f for f in found)
    assert any(f == "mine" for f in found)
    assert any(AUTHOR in f or PERSON in f or " with " in f for f in found)


async def test_a_named_author_is_found_by_the_same_walk(told: Told, walker: Walker) -> None:
    ifrc = "International Federation of Red Cross and Red Crescent Societies"
    made = told.story.inputs["ifrc"]["id"]
    [comment] = told.sent("AddComment", "ifrc")
    named = await sides_of(told, ifrc, "Sarah Nkosi", made, comment.answer["data"]["addComment"]["comment"]["id"])
    found = tells(
        named,
        await walker.things(
            "gfmd-secretariat", {"Contribution": [made], "HistoryEntry": [f"HistoryEntry:{i}" for i in named.lines]}
        ),
    )
    assert any(ifrc in f for f in found)
    assert any("history actor" in f for f in found)


async def test_nobody_reads_it_beside_the_author(
    sides: Sides, walker: Walker, near: dict[str, list[str]], others: list[str | None]
) -> None:
    """What lies beside author and unnamed things, all fields of all of it, as everybody else."""
    seen = 0
    for who in others:
        things = await walker.things(who, near)
        assert tells(sides, things) == [], who
        seen += any(t["id"] == sides.contribution for t in things)
    assert seen > 20, "the contribution is read by hardly anybody: nothing was shown"


@pytest.mark.parametrize("who", WIDELY)
async def test_the_whole_service_read_wide(
    who: str | None, sides: Sides, walker: Walker, ids: dict[str, list[str]]
) -> None:
    things = await walker.things(who, ids)
    assert len(things) > 300
    assert tells(sides, things) == []


READS = sorted(p.stem for p in (folder("graphql") / "operations").glob("*.graphql"))


def _reads() -> dict[str, str]:
    """The documents that read, by their operation's name, with what they take."""
    found = {}
    for file in READS:
        text = document("".join(w.capitalize() for w in file.split("_")))
        head = re.search(r"^query (\w+)(\(.*?\))? \{", text, re.M | re.S)
        if head:
            found[text] = head[2] or ""
    return found


def _variables(text: str, takes: str, values: dict[str, list[Any]]) -> list[dict[str, Any]]:
    names = re.findall(r"\$(\w+):", takes)
    if {"forum", "name"} <= set(names):
        given = [{"forum": f, "name": n} for f, n in values["edition"]]
    elif "id" in names:
        given = [{"id": v} for v in values["id"] if f"on {v.partition(':')[0]} " in text]
    else:
        key = next((n for n in ("on", "symbol", "slug") if n in names), None)
        given = [{key: v} for v in values[key]] if key else [{}]
    if "text" in names:
        given = [{}]
    elif "edition" in names:
        given = [{"edition": v} for v in values["id"] if v.startswith("Edition:")]
    known = {**values["once"][0], "format": "SVG" if "DrawingFormat" in takes else "TEXT"}
    more = {name: known[name] for name in names if name in known}
    ways = [{"direction": d} for d in ("UP", "DOWN")] if "direction" in names else [{}]
    return [{**g, **more, **w} for g in given for w in ways]


async def _operations(walker: Walker, who: str | None, values: dict[str, list[Any]]) -> list[Any]:
    jobs = [
        walker.post(who, text, given) for text, takes in _reads().items() for given in _variables(text, takes, values)
    ]
    return [answer["data"] for answer in await asyncio.gather(*jobs)]


async def test_every_operation_that_reads(told: Told, sides: Sides, walker: Walker) -> None:
    """The documents in `graphql/operations/`, asked for all that lies near, as one of each kind."""
    some = [
        told.story.ids[k]
        for k in ("call", "track:gfmd/focused_input", "paragraph:claims", "edition:gfmd", "forum:gfmd")
    ]
    some += [f"Silence:{r['id']}" for r in await told.rows("SELECT id FROM silence")]
    [first, second, *_] = await told.rows(
        "SELECT id, hash, text FROM process_definition WHERE name = 'gfmd' ORDER BY published_at"
    )
    once = {
        "first": 100, "depth": 12, "text": second["text"], "width": 900, "starts": "2020-03-02", "readAs": "ngo",
        "changes": True, "link": "A" * 75, "signedIn": True, "mine": {},
        "hash": second["hash"], "since": f"Process:{first['id']}",
        "process": f"Process:{second['id']}", "anchor": "hlpf", "at": "2020-09-30T12:00:00Z",
        "ids": [sides.contribution, sides.comment, *some],
    }  # fmt: skip
    values: dict[str, list[Any]] = {
        "id": [sides.contribution, *some], "on": [sides.contribution, sides.comment], "symbol": [INPUT],
        "slug": ["gfmd"], "edition": [("gfmd", "GFMD 2020")], "once": [once],
    }  # fmt: skip
    assert len(_reads()) >= 28
    for who in KINDS:
        for answer in await _operations(walker, who, values):
            assert sides.joined(answer) == [], who
            assert nameless(sides, answer) == [], who


LIST = """query($filter: ContributionFilter) { contributions(filter: $filter, first: 100) { totalCount nodes { id
  attribution {
  kind organisation { id } mechanism { code } } } } }"""


async def test_no_filter_and_no_count_finds_it(told: Told, sides: Sides, walker: Walker) -> None:
    [organisation] = [
        f"Organisation:{r['id']}" for r in await told.rows("SELECT id FROM organisation WHERE name = $1", AUTHOR)
    ]
    for who in ("gfmd-secretariat", "cso-coordinator", "ifrc", None, PERSONA):
        found = (await walker.post(who, LIST, {"filter": {"organisation": organisation}}))["data"]["contributions"]
        assert (found["totalCount"], found["nodes"]) == (0, []), who
        for mechanism in ("states", "civil_society", "business", "mayors"):
            found = (await walker.post(who, LIST, {"filter": {"mechanism": mechanism}}))["data"]["contributions"]
            assert found["totalCount"] == len(found["nodes"])
            assert sides.contribution not in {n["id"] for n in found["nodes"]}
            assert {n["attribution"]["mechanism"]["code"] for n in found["nodes"]} <= {mechanism}
    # It is there for those who may read it, in a list whose order tells nothing.
    found = (await walker.post("ifrc", LIST, {"filter": {"edition": told.story.ids["edition:gfmd"]}}))["data"][
        "contributions"
    ]
    listed = [n["id"] for n in found["nodes"]]
    assert sides.contribution in listed
    assert listed == sorted(listed)


async def test_its_author_has_not_answered_as_far_as_anybody_knows(
    told: Told, walker: Walker, others: list[str | None]
) -> None:
    asked = (
        "query($id: ID!) { node(id: $id) { ... on Call { addressees(first: 100) { nodes { answer answeredAt "
        "organisation { name } } } } } }"
    )
    lines = 0
    for who in (*others, PERSONA):
        answer = await walker.post(who, asked, {"id": told.story.ids["call"]})
        mine = [a for a in answer["data"]["node"]["addressees"]["nodes"] if a["organisation"]["name"] == AUTHOR]
        assert all((a["answer"], a["answeredAt"]) == ("NONE_YET", None) for a in mine), who
        lines += len(mine)
    assert lines >= 2  # the secretariat's and their own


async def test_ids_tell_no_time(told: Told, sides: Sides) -> None:
    for word in sides.unnamed - await _made_by_the_team(told, sides):
        assert UUID(word).version == 4, word
    ids = [UUID(sides.contribution.partition(":")[2])]
    for table, column in (
        ("contribution_section", "contribution_id"),
        ("snapshot", "subject_id"),
        ("tag", "contribution_id"),
    ):
        rows = await told.rows(f"SELECT id FROM {table} WHERE {column} = ANY($1)", ids)
        assert rows
        assert {UUID(str(r["id"])).version for r in rows} == {4}, table


async def _made_by_the_team(told: Told, sides: Sides) -> set[str]:
    """Answers and sources: the penholder's, not the author's."""
    found = await told.rows("SELECT id FROM disposition UNION ALL SELECT id FROM source")
    return {str(r["id"]) for r in found}


# ---- what lies about
def test_the_papers(told: Told, sides: Sides) -> None:
    for name in ("focused-input.pdf", "responses.pdf"):
        data = (told.out / name).read_bytes()
        assert sides.named_in(words_of(data)) == set(), name
        assert sides.named_in(data.decode("latin-1")) == set(), name
    assert "shared without attribution" in words_of((told.out / "focused-input.pdf").read_bytes())


def test_the_transcript_of_everybody_else(told: Told, sides: Sides) -> None:
    others = [s for s in told.stage.sent if s.persona != PERSONA]
    assert sum(sides.contribution in json.dumps(s.answer) for s in others) >= 3
    for sent in others:
        assert sides.joined(sent.answer) == [], sent.operation
        assert nameless(sides, sent.answer) == [], sent.operation


def test_the_logs(told: Told, sides: Sides) -> None:
    """Server and worker at level info, and PostgreSQL's own log."""
    served, postgres = (path.read_text("utf-8", "replace") for path in told.logs)
    assert "Uvicorn running" in served
    assert "ready to accept connections" in postgres
    for text in (served, postgres):
        assert sides.named_in(text) == set()
        assert sides.unnamed_in(text) == set()


async def test_no_table_but_one_joins_them(told: Told, sides: Sides) -> None:
    """Looked at as the superuser: outside `authorship`, no row holds both, and the person is in no record of acts."""
    tables = await told.rows(
        "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables "
        "WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
    )  # fmt: skip
    hold: dict[str, set[str]] = {"author": set(), "unnamed": set(), "person": set()}
    [person] = [str(r["id"]) for r in await told.rows("SELECT id FROM person WHERE name = $1", PERSON)]
    for name in (t["name"] for t in tables):
        for row in await told.rows(f"SELECT row_to_json(x)::text AS said FROM {name} x"):
            names, things = sides.named_in(row["said"]), sides.unnamed_in(row["said"])
            assert name == "public.authorship" or not (names and things), (name, row["said"][:500])
            hold["author"] |= {name} if names else set()
            hold["unnamed"] |= {name} if things else set()
            hold["person"] |= {name} if person in row["said"] else set()
    assert "public.authorship" in hold["author"] & hold["unnamed"]
    own = {"public.person", "public.mandate", "public.authorship", "public.notice", "public.contact"}
    assert hold["person"] == own
    # What the author was told, many were told: no notice goes to those alone who wrote something.
    told_to = await told.rows(
        "SELECT count(*) AS people FROM notice n WHERE kind <> 'mandate' "  # who speaks for whom is no secret
        "AND cause_id IN (SELECT cause_id FROM notice WHERE person_id = $1) GROUP BY cause_id",
        uuid.UUID(person),
    )
    assert min(row["people"] for row in told_to) > 9
    assert hold["author"] - hold["person"] == {
        "public.organisation",
        "public.participation",
        "public.addressee",
        "public.speaker",
        # That its administrator accepted who speaks for it; nothing of what anybody wrote.
        "public.history",
        "public.request_key",
    }
    lines = await told.rows("SELECT subject_kind, row_to_json(h)::text AS said FROM history h")
    assert {line["subject_kind"] for line in lines if sides.named_in(line["said"])} == {"mandate"}
    keys = await told.rows("SELECT * FROM request_key")
    assert {"person_id", "act", "key", "at"}.isdisjoint(keys[0])  # found by a hash only
    assert all(len(bytes(k["hash"])) == 32 for k in keys)


# ---- authorship under row-level security
OWN = "SELECT subject_id, organisation_id, mechanism_code, forum_id FROM authorship"


async def test_without_claims_authorship_is_empty(told: Told) -> None:
    assert (await told.rows("SELECT count(*) AS n FROM authorship"))[0]["n"] > 40
    connection = await asyncpg.connect(told.urls.app)
    try:
        assert await connection.fetch(OWN) == []
        for claim in ("forum.organisations", "forum.coordinates", "forum.teams"):
            await connection.execute("SELECT set_config($1, '', false)", claim)
        assert await connection.fetch(OWN) == []
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("ALTER TABLE authorship DISABLE ROW LEVEL SECURITY")
    finally:
        await connection.close()


MINE = """query($ids: [ID!]!) { nodes(ids: $ids) { ... on Contribution { id mine authorship {
  organisation { name } mechanism { code } forum { slug } } } } }"""
SAVE = (
    "mutation($input: SaveContributionInput!) { saveContribution(input: $input) { contribution { id } errors { "
    "code } } }"
)


async def mixed_requests(told: Told, number: int, seed: int = 1) -> tuple[int, int]:
    """So many requests of everybody at once, some refused, some broken, some cut off: (answers read, rows of one's
    own).

    Fails on a row of authorship that is not the reader's own.
    """
    people = await told.rows(
        "SELECT p.subject, o.name FROM person p JOIN mandate m ON m.person_id = p.id JOIN organisation o ON o.id = "
        "m.organisation_id"
    )
    speaks: dict[str, set[str]] = {}
    for row in people:
        speaks.setdefault(row["subject"], set()).add(row["name"])
    inputs = [told.story.inputs[k]["id"] for k in ("not_attributed", "ifrc", "germany", "ioe", "coalition", "montreal")]
    chance, read, own = random.Random(seed), 0, 0

    async def one(http: httpx.AsyncClient, who: str) -> None:
        nonlocal read, own
        kind = chance.random()
        headers = {"Authorization": f"Bearer {told.stage.token_of(who)}"}
        body: dict[str, Any] = {"query": MINE, "variables": {"ids": inputs}}
        if kind < 0.1:
            body = {"query": MINE, "variables": {"ids": [None]}}
        elif kind < 0.25:  # claims are set, then the act is refused: rolled back
            given = {
                "call": told.story.ids["call"],
                "title": "x",
                "language": "en",
                "idempotencyKey": str(UUID(int=chance.getrandbits(128), version=4)),
            }
            body = {"query": SAVE, "variables": {"input": given}}
        request = http.post("/graphql", json=body, headers=headers)
        if kind > 0.9:
            task = asyncio.ensure_future(request)
            await asyncio.wait([task], timeout=chance.random() / 50)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return
        answer = await request
        assert answer.status_code == (400 if kind < 0.1 else 200), answer.text
        for node in (answer.json().get("data") or {}).get("nodes") or ():
            if node and node.get("authorship"):
                assert node["mine"]
                named = node["authorship"]["organisation"]
                assert named, (who, node)
                assert named["name"] in speaks[who], (who, node)
                own += 1
            elif node:
                assert not node["mine"]
        read += 1

    async def line(share: int) -> None:
        async with httpx.AsyncClient(
            base_url=told.stage.url, timeout=60, headers={"Accept": "application/graphql-response+json"}
        ) as http:
            for _ in range(share):
                await one(http, chance.choice(["mfa", "ifrc", "de-focal-point", *speaks]))

    lines = 16
    await asyncio.gather(*(line(number // lines) for _ in range(lines)))
    return read, own


async def test_two_thousand_mixed_requests_show_no_wrong_row(told: Told) -> None:
    read, own = await mixed_requests(told, 2000)
    assert read > 1500
    assert own > 50


# ---- the large figures
@pytest.mark.soak
async def test_everybody_reads_the_whole_service(
    sides: Sides, walker: Walker, ids: dict[str, list[str]], others: list[str | None]
) -> None:
    for who in others:
        assert tells(sides, await walker.things(who, ids)) == [], who


@pytest.mark.soak
async def test_a_hundred_thousand_mixed_requests_show_no_wrong_row(told: Told, sides: Sides) -> None:
    read, own = await mixed_requests(told, 100_000, seed=7)
    assert read > 75_000
    assert own > 2_000
