"""Who sees what: every kind of thing in every condition, for nine viewers, against a reviewed table.

`visibility_table.txt` is read by people. What the compiled reads give on a real database, with the application's own
role and row-level security on, must be that table: no more and no less. A viewer is what the service makes of a
person's mandates. When something differs, the table as it came out is left in the test's own folder, and the failure
says where: each wrong cell is judged before anything is copied.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest
import strawberry
from graphql.execution.values import get_variable_values

from forum.api.schema import scalars
from forum.api.schema.nouns import NODE_TYPES, types
from forum.api.schema.query import Query
from forum.domain.viewer import Viewer
from forum.reading.me import SETTINGS, Me
from forum.reading.run import Reader, create_pool
from forum.reading.strawberry_internals import graphql_schema
from forum.store import people
from forum.store.unit import make_engine
from graphql import OperationDefinitionNode, parse, validate
from tests.support import visibility_rows as scene
from tests.support.committed import committed
from tests.support.contexts import of_an_answer

TABLE = Path(__file__).parent / "visibility_table.txt"
SCHEMA = graphql_schema(strawberry.Schema(query=Query, types=types(), config=scalars.config()))
READER = Reader(SCHEMA, Me, settings=SETTINGS)
MOST = 100  # ids in one request
THINGS = scene.things()

HEAD = """\
# Who sees what. Lines: a thing and its condition (of a contribution: state, visibility, attribution; of a comment: its
# document's audience, its own, attribution). The author is "network" (organisation, mechanism, none: what of it is
# named), or the mechanism together (collective, collective none), or the body's own secretariat. Columns: who looks:
{viewers}
# Cells:
#   -             nothing: not the thing, no part of it, and no list or count has it
#   sees          reads it and its parts, with the name under which it stands
#   sees, unnamed reads it and its parts; of who wrote it, when, late or on behalf nothing (of history: no who, no when)
#   sees, not the text  reads an objection or reservation, but not the document it is about, nor the silence
#   sees, not what changed  reads that a text was put to a body, but not what changed between the rounds
#   withheld      learns that something is carried there, not what
#   +receipt      ... and its receipt with the time;  +number: with no time
#   +history      ... and the lines of its history, with who did it and when;  +acts: with neither
#   +own          ... and who really wrote it ("authorship"), and that it is the viewer's own side's ("mine")
"""

PARTS = "sections { id } practices { totalCount nodes { id } } targets { code }"
WRITER = """attribution { kind label organisation { name } mechanism { code } } mine
  authorship { kind person { name } writtenAt } history { totalCount nodes { at actor { name } mandate { id } } }"""
ASKED = f"""query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename id
  ... on Contribution {{ title late onBehalf returnReason receipt {{ number hash at }} {WRITER} {PARTS} }}
  ... on Comment {{ text {{ markdown }} writtenAt {WRITER} }}
  ... on HistoryEntry {{ at actor {{ name }} mandate {{ id }} }}
  ... on Disposition {{ document {{ id }} of {{ __typename }} }}
  ... on Source {{ document {{ id }} end {{ __typename }} }}
  ... on Objection {{ organisation {{ name }} silence {{ id }} paragraph {{ id }} }}
  ... on Reservation {{ organisation {{ name }} silence {{ id }} paragraph {{ id }} }}
  ... on Silence {{ changes {{ wId }} }}
  ... on Mandate {{ person {{ name }} organisation {{ name }} }}
}} }}"""
LISTED = """query($states: [ContributionState!]) {
  contributions(first: 100, filter: {states: $states}) { totalCount nodes { id } }
  call: calls { nodes { contributions(first: 100, filter: {states: $states}) { totalCount nodes { id } }
    addressees { totalCount nodes { id } } latePermits { id } reminders { id } extensions { id } } }
  viewer { contact { id } calendar { id } tokens { nodes { id } } signIns { id }
    notices { totalCount nodes { id } } } }"""


@asynccontextmanager
async def opened(database: Any) -> AsyncIterator[Any]:
    """`ask(text, variables, viewer)` on the scene, as the application's role."""
    engine = make_engine(database.owner_url, 1)
    async with committed(engine) as connection:
        for table, rows in scene.everything():
            for row in rows:
                await connection.execute(table.insert(), row)
    await engine.dispose()
    pool = await create_pool(database.app_url, 2)
    context = of_an_answer(pool)

    async def ask(text: str, variables: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
        document = parse(text)
        assert not validate(SCHEMA, document)
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        got: Any = get_variable_values(SCHEMA, operation.variable_definitions or (), variables)
        async with pool.acquire() as connection, connection.transaction():
            prepared = READER.prepare(document, operation)
            return orjson.loads(await (await READER.fetch(connection, prepared, got.coerced, viewer)).filled(context))

    async def viewer(name: str) -> Viewer:
        async with pool.acquire() as connection:
            who = await people.who(connection, None if name == "public" else name)
        assert (who is None) == (name == "public"), name
        return Viewer.of(who)

    try:
        yield ask, {name: await viewer(name) for name in scene.VIEWERS}, pool
    finally:
        await pool.close()


async def nodes(ask: Any, ids: list[str], viewer: Viewer) -> dict[str, Any]:
    """What the viewer gets of these ids, by id."""
    found: dict[str, Any] = {}
    for start in range(0, len(ids), MOST):
        some = ids[start : start + MOST]
        found.update(zip(some, (await ask(ASKED, {"ids": some}, viewer))["nodes"], strict=True))
    return found


# ---- one cell
def cell(thing: scene.Thing, seen: dict[str, Any]) -> str:
    """The word for what a viewer got. What does not belong together is said in capitals, which no table holds."""
    node, parts = seen[thing.gid], [seen[gid] for gid in thing.part_ids]
    if node is None:
        return "-" if not any(parts) else "- BUT ITS PARTS"
    if not all(parts):
        return "sees BUT NOT ITS PARTS"
    by_type = {"Contribution": _written, "Comment": _written, "HistoryEntry": _line, "Source": _source}
    return by_type.get(thing.type, _plain)(node)


def _plain(node: dict[str, Any]) -> str:
    links = {"Disposition": ("document", "of"), "Objection": ("organisation",), "Reservation": ("organisation",)}
    empty = [name for name in links.get(node["__typename"], ()) if node[name] is None]
    if node["__typename"] in ("Objection", "Reservation") and node["silence"] is None:
        return "sees, not the text"
    if node["__typename"] == "Silence" and node["changes"] is None:
        return "sees, not what changed"
    return f"sees WITHOUT {' '.join(empty)}" if empty else "sees"


def _line(node: dict[str, Any]) -> str:
    return "sees" if node["actor"] and node["at"] and node["mandate"] else "sees, unnamed"


def _source(node: dict[str, Any]) -> str:
    return "withheld" if node["end"]["__typename"] == "Withheld" else "sees"


def _written(node: dict[str, Any]) -> str:
    named, own = _name(node), node["mine"]
    said = "sees" if named else "sees, unnamed"
    odd = [] if own == (node["authorship"] is not None) else ["MINE AND AUTHORSHIP DIFFER"]
    if node["__typename"] == "Contribution":
        told = {node[name] is not None for name in ("late", "onBehalf", "returnReason")}
        odd += [] if told == {named or own} else ["LATE, ON BEHALF, REASON"]
        odd += [] if node["sections"] and node["practices"]["nodes"] and node["targets"] else ["NO PARTS"]
    elif (node["writtenAt"] is not None) != named:
        odd.append("WRITTEN AT")
    return " ".join([said, *_receipt(node), *_history(node), *(["+own"] if own else []), *odd])


def _name(node: dict[str, Any]) -> bool:
    a = node["attribution"]
    if a["kind"] == "NONE":
        assert (a["label"], a["organisation"], a["mechanism"]) == ("A participant", None, None), a
        return False
    assert (a["organisation"] is not None) == (a["kind"] == "ORGANISATION"), a
    return a["kind"] == "FORUM" or a["mechanism"] is not None


def _receipt(node: dict[str, Any]) -> list[str]:
    receipt = node.get("receipt")
    if receipt is None:
        return []
    assert None not in (receipt["number"], receipt["hash"]), "a receipt has both or is not there"
    return ["+receipt" if receipt["at"] else "+number"]


def _history(node: dict[str, Any]) -> list[str]:
    history = node["history"]
    assert history["totalCount"] == len(history["nodes"])
    return ["+history" if _line(n) == "sees" else "+acts" for n in history["nodes"]]


# ---- the table
def read_table(text: str) -> dict[str, dict[str, str]]:
    """The cells by line and viewer; refuses a line that stands twice or has a cell too few."""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    _, *viewers = [word.strip() for word in lines[0].split("|")]
    table: dict[str, dict[str, str]] = {}
    for line in lines[1:]:
        said, *cells = [word.strip() for word in line.split("|")]
        assert said not in table, f"twice: {said}"
        table[said] = dict(zip(viewers, cells, strict=True))
    return table


def written(table: dict[str, dict[str, str]]) -> str:
    """The table as text, its columns in line."""
    rows = [["Thing", *scene.VIEWERS], *([said, *cells.values()] for said, cells in table.items())]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    told = "\n".join(f"#   {name:<13} {what}" for name, what in scene.VIEWERS.items())
    lines = [" | ".join(word.ljust(w) for word, w in zip(row, widths, strict=True)).rstrip() for row in rows]
    return HEAD.format(viewers=told) + "\n" + "\n".join(lines) + "\n"


async def observed(ask: Any, viewers: dict[str, Viewer]) -> dict[str, dict[str, str]]:
    """The table as the reads give it now."""
    ids = [gid for thing in THINGS for gid in (thing.gid, *thing.part_ids)]
    got = {name: await nodes(ask, ids, viewer) for name, viewer in viewers.items()}
    return {thing.said: {name: cell(thing, got[name]) for name in viewers} for thing in THINGS}


async def test_everybody_sees_what_the_table_says_and_nothing_else(database, tmp_path):
    async with opened(database) as (ask, viewers, _):
        table = await observed(ask, viewers)
    (tmp_path / TABLE.name).write_text(written(table), "utf-8")
    told = read_table(TABLE.read_text("utf-8"))
    wrong = [
        f"{said} / {name}: table {told.get(said, {}).get(name, 'has no such cell')!r}, got {got!r}"
        for said, cells in table.items()
        for name, got in cells.items()
        if told.get(said, {}).get(name) != got
    ]
    wrong += [f"{said}: no such thing any more" for said in sorted(set(told) - set(table))]
    assert not wrong, "\n".join([f"{len(wrong)} wrong, as read: {tmp_path / TABLE.name}", *wrong[:60]])
    assert TABLE.read_text("utf-8") == written(table)


async def test_lists_and_counts_hold_what_the_table_says_and_nothing_else(database):
    """By state, so that a page holds them all: the root's list, its count, and the same two of a call."""
    told = read_table(TABLE.read_text("utf-8"))
    async with opened(database) as (ask, viewers, _):
        for name, viewer in viewers.items():
            for state in scene.STATES:
                want = {
                    x.gid for x in THINGS if x.said.startswith(f"Contribution, {state},") and told[x.said][name] != "-"
                }
                data = await ask(LISTED, {"states": [state.upper()]}, viewer)
                for found in (data["contributions"], data["call"]["nodes"][0]["contributions"]):
                    assert {n["id"] for n in found["nodes"]} == want, (name, state)
                    assert found["totalCount"] == len(want), (name, state)
            asked = {x.gid for x in THINGS if x.type == "Addressee" and told[x.said][name] != "-"}
            found = data["call"]["nodes"][0]["addressees"]
            assert {n["id"] for n in found["nodes"]} == asked
            assert found["totalCount"] == len(asked), name
            call, notices = data["call"]["nodes"][0], data["viewer"]["notices"]
            lists = {
                "LatePermit": call["latePermits"],
                "Reminder": call["reminders"],
                "Notice": notices["nodes"],
                "Token": data["viewer"]["tokens"]["nodes"],
                "SignIn": data["viewer"]["signIns"],
                "Contact": [data["viewer"]["contact"]] if data["viewer"]["contact"] else [],
                "CalendarAddress": [data["viewer"]["calendar"]] if data["viewer"]["calendar"] else [],
            }
            for type_, rows in lists.items():
                assert {n["id"] for n in rows} == {
                    x.gid for x in THINGS if x.type == type_ and told[x.said][name] != "-"
                }, name
            assert notices["totalCount"] == len(notices["nodes"])
            assert len(call["extensions"]) == 1


async def test_the_database_itself_gives_authorship_to_the_author_s_own_side_only(database):
    """Row-level security without any predicate of ours: the bare table, as the application's role."""
    told = read_table(TABLE.read_text("utf-8"))
    mine = {"Contribution", "Comment"}
    async with opened(database) as (_, viewers, pool):
        for name, viewer in viewers.items():
            own = {x.gid for x in THINGS if x.type in mine and told[x.said][name].endswith("+own")}
            async with pool.acquire() as connection, connection.transaction():
                found = await _authorship(connection, viewer)
            assert {f"{kind.capitalize()}:{id_}" for id_, kind in found if kind != "history"} == own, name
            assert (not own) == (not found), name


async def _authorship(connection: asyncpg.Connection, viewer: Viewer) -> list[Any]:
    for setting, value in viewer.session().items():
        await connection.execute("SELECT set_config($1, $2, true)", setting, value)
    return await connection.fetch("SELECT subject_id, subject_kind FROM authorship")


async def test_the_database_itself_gives_clearances_to_the_own_side_only(database):
    """The same of what an organisation asks of its own side, and of what was cleared."""
    told = read_table(TABLE.read_text("utf-8"))
    async with opened(database) as (_, viewers, pool):
        for name, viewer in viewers.items():
            async with pool.acquire() as connection, connection.transaction():
                await _authorship(connection, viewer)
                for kind, table in (("Clearance", "clearance"), ("ClearanceRule", "clearance_rule")):
                    found = {f"{kind}:{row['id']}" for row in await connection.fetch(f"SELECT id FROM {table}")}
                    assert found == {x.gid for x in THINGS if x.type == kind and told[x.said][name] != "-"}, name


def test_every_type_that_has_an_id_has_a_line():
    told = {gid.split(":")[0] for thing in THINGS for gid in (thing.gid, *thing.part_ids)}
    assert told == {type_.__name__ for type_ in NODE_TYPES}


def test_the_viewers_are_who_the_head_of_the_table_says():
    assert list(next(iter(read_table(TABLE.read_text("utf-8")).values()))) == list(scene.VIEWERS)


@pytest.mark.parametrize("word", ["BUT", "WITHOUT", "DIFFER", "PARTS", "LATE", "WRITTEN"])
def test_the_table_holds_no_word_of_alarm(word):
    lines = read_table(TABLE.read_text("utf-8"))
    # The team sees its own answer to an input that is its author's draft again, and not the draft.
    apart = {said for said in lines if said.endswith("of an input that is being mended") and word == "WITHOUT"}
    assert not [said for said, cells in lines.items() if word in " ".join(cells.values()) and said not in apart]
