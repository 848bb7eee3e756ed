"""The real schema walked: the lineage both ways from every text, and every list page by page by its cursors, each
answer compared with the oracle's for every sort of viewer; broken walks and broken pages must tell. And, soaked,
thousands of random documents over all types."""

import functools
import uuid
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

from forum.api.schema.contract import GRAPHQL
from forum.reading import declarations, keyset, lineage_walk, page
from forum.reading.declarations import accesses, declared
from forum.reading.me import SETTINGS, Me
from forum.reading.run import Reader, create_pool
from forum.reading.values import Key
from graphql import get_named_type, parse, validate
from tests.reading.test_reading_oracle import Case, agree, answered, difference, expected, without
from tests.reading.test_reading_real import SKIP, RealWriter, harvest
from tests.support.reading import real_rows
from tests.support.reading.documents import Harvest
from tests.support.reading.oracle import Oracle
from tests.support.reading.real_lineage import LINEAGE
from tests.support.typed import fields_of


def with_neighbours() -> real_rows.Rows:
    """The rows, and texts that were received whole and are carried on section by section: who came by one section must
    not go on by the next."""
    rows, texts = real_rows.made(), 4
    public = [d["id"] for d in rows["document"] if d["audience"] == "public"]
    free = [p for p in rows["paragraph"] if p["document_id"] in public]
    received = [c for c in rows["contribution"] if c["visibility"] == "public" and c["state"] == "admitted"]
    for n in range(texts):
        c = {**received[n], "id": uuid.UUID(int=n + 1, version=4), "receipt_number": f"W-{n}", "kind": "received"}
        rows["contribution"].append(c)
        for k in (0, 1):
            section = {
                **rows["contribution_section"][0],
                "id": uuid.UUID(int=100 * (n + 1) + k, version=4),
                "ordinal": k + 1,
            }
            origin, carrier = free[2 * n + k], free[-1 - 2 * n - k]
            rows["contribution_section"].append(
                {**section, "contribution_id": c["id"], "origin_paragraph_id": origin["id"]}
            )
            source = {
                **dict.fromkeys(rows["source"][0]),
                "id": uuid.UUID(int=10**6 * (n + 1) + k, version=4),
                "relation": "rewords",
            }
            ends = {"document_id": carrier["document_id"], "paragraph_id": carrier["id"], "section_id": section["id"]}
            rows["source"].append({**source, **ends})
    return rows


ROWS = with_neighbours()
PEOPLE = real_rows.viewers(ROWS)
READERS = ("team", "author", "public")
PAGES, WIDEST = 3, 3  # pages read of a list, and rows whose lists are read
SOAKED = 5000
STEPS = """depth relation end { __typename ... on Contribution { id } ... on Comment { id } ... on Paragraph { id }
  ... on Panel { id } ... on Withheld { layer } }
  previous { __typename ... on Node { id } }"""
WALKED = f"""query Walk($ids: [ID!]!, $way: LineageDirection!, $depth: Int!) {{ nodes(ids: $ids) {{ __typename
  ... on Contribution {{ lineage(direction: $way, depth: $depth) {{ {STEPS} }} }}
  ... on Paragraph {{ lineage(direction: $way, depth: $depth) {{ {STEPS} }} }} }} }}"""


@pytest.fixture
async def connection(database):
    superuser = await asyncpg.connect(database.superuser_url)
    await real_rows.stored(superuser, ROWS)
    await superuser.close()
    pool = await create_pool(database.app_url, 1)
    async with pool.acquire() as one:
        yield one
    await pool.close()


@functools.cache
def oracle() -> Oracle:
    return Oracle(GRAPHQL, ROWS, LINEAGE)


def case(text: str, variables: dict[str, Any], viewer: Any) -> Case:
    return Case(text, variables, viewer, expected(oracle(), text, variables, viewer))


async def wrong(connection: Any, cases: list[Case], most: int = 5) -> list[str]:
    """Answers that are not the oracle's, in words."""
    reader, found = Reader(GRAPHQL, Me, settings=SETTINGS), []
    for one in cases:
        got = await answered(reader, connection, one)
        if not agree(got, one.expected, one.text):
            name = next(n for n, v in PEOPLE.items() if v is one.viewer)
            found.append(f"{name}: {difference(got, one.expected)}\n{one.text}\n{str(one.variables)[:200]}")
            if len(found) == most:
                break
    return found


# ---- the lineage
@functools.cache
def walks() -> list[Case]:
    """Of every paragraph, and of a contribution in three: one step, as many as are given by default, and to the end."""
    ids = [f"Paragraph:{p['id']}" for p in ROWS["paragraph"]] + [
        f"Contribution:{c['id']}" for c in ROWS["contribution"][::3]
    ]
    asked = [ids[n : n + 100] for n in range(0, len(ids), 100)]
    ways = [
        {"ids": some, "way": way, "depth": depth} for some in asked for way in ("UP", "DOWN") for depth in (1, 4, 20)
    ]
    return [case(WALKED, variables, viewer) for variables in ways for viewer in PEOPLE.values()]


async def test_the_lineage_is_the_one_walked_in_python(connection):
    assert await wrong(connection, walks()) == []
    steps = [s for c in walks() for n in c.expected["nodes"] if n for s in n.get("lineage", ())]
    withheld = [s for s in steps if s["end"]["__typename"] == "Withheld"]
    assert len(steps) > 2000
    assert len(withheld) > 100
    assert {s["previous"] for s in withheld} == {None}
    assert {s["previous"]["__typename"] for s in steps if s["depth"] > 1 and s not in withheld} >= {
        "Contribution", "Paragraph",
    }  # fmt: skip
    assert max(s["depth"] for s in steps) > 4


def _without_ways(*given: Any) -> Any:
    """A walk that does not know what came before."""
    walked = _WALKED(*given)
    lost = ("previous_kind", "previous_id")
    shown = [sa.cast(sa.null(), c.type).label(c.name) if c.name in lost else c for c in walked.c]
    return sa.select(*shown).subquery("blind")


_WALKED = lineage_walk._walked
WALKERS: dict[str, tuple[str, Any]] = {
    "goes on past what is not seen": ("end_is_seen", lambda *_: sa.true()),
    "sees nothing": ("end_is_seen", lambda *_: sa.false()),
    "tells of all that is withheld": ("end_may_be_told", lambda *_: sa.true()),
    "tells of nothing that is withheld": ("end_may_be_told", lambda *_: sa.false()),
    "goes on by a neighbouring section": ("_reached", lambda *_: sa.true()),
    "goes up for down": ("_down", lineage_walk._up),
    "goes down for up": ("_up", lineage_walk._down),
    "stops early": ("DEEPEST", 3),
    "comes from nowhere": ("_walked", lambda *given: _without_ways(*given)),
    "stands at no layer": ("layer_of", lambda *_: sa.null()),
}


@pytest.mark.parametrize("name", WALKERS)
async def test_a_walk_that_goes_wrong_is_found(connection, name):
    with without(lineage_walk, *WALKERS[name]):
        assert await wrong(connection, walks(), most=1) != [], name


# ---- pages
def lists() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every connection of the schema: its type, its field, and arguments beside the paging ones (an order, each
    once)."""
    for name, type_ in GRAPHQL.type_map.items():
        for field, real in getattr(type_, "fields", {}).items():
            found = declared(real) if hasattr(real, "args") else None
            if isinstance(found, declarations.Many):
                for order in found.orders or ("",):
                    yield name, field, {"orderBy": order} if order else {}


def paged(type_: str, field: str, given: dict[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """A document that reads a page of the list, and the rows to read it of: those with most in it."""
    page: Any = get_named_type(fields_of(GRAPHQL, type_)[field].type)
    item: Any = get_named_type(page.fields["nodes"].type)
    shown = "id" if "id" in item.fields else "__typename"
    more = "".join(f"{k}: {v}, " for k, v in given.items())
    body = (
        f"{field}({more}first: $first, after: $after) {{ nodes {{ {shown} }} edges {{ cursor }} pageInfo {{ "
        f"hasNextPage hasPreviousPage startCursor endCursor }} }}"
    )
    if type_ == "Query":
        return f"query Page($first: Int, $after: String) {{ {body} }}", [{}]
    if type_ == "Viewer":  # has no row: everybody has one, his own
        return f"query Page($first: Int, $after: String) {{ viewer {{ {body} }} }}", [{}]
    text = f"query Page($id: ID!, $first: Int, $after: String) {{ node(id: $id) {{ ... on {type_} {{ {body} }} }} }}"
    ids = [f"{type_}:{row['id']}" for row in ROWS[accesses(GRAPHQL)[type_].table.name]]
    everybody = f"query All($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_} {{ id {field} {{ totalCount }} }} }} }}"
    counts = [
        n
        for v in (PEOPLE["team"], PEOPLE["author"])
        for n in case(everybody, {"ids": ids[:100]}, v).expected["nodes"]
        if n
    ]
    full = sorted(counts, key=lambda n: -n[field]["totalCount"])
    return text, [{"id": n["id"]} for n in {n["id"]: n for n in full}.values()][:WIDEST]


@functools.cache
def pages() -> list[Case]:
    """Each list a row or two at a time, from cursor to cursor, by three viewers; what is each one's own, by all."""
    found = []
    for type_, field, given in lists():
        text, starts = paged(type_, field, given)
        assert validate(GRAPHQL, parse(text)) == [], text
        for start in starts:
            for n, viewer in enumerate(PEOPLE[name] for name in (PEOPLE if type_ == "Viewer" else READERS)):
                found += list(_turned(text, field, {**start, "first": 1 + n % 2}, viewer))
    return found


def _turned(text: str, field: str, variables: dict[str, Any], viewer: Any) -> Iterator[Case]:
    after = None
    for _ in range(PAGES):
        one = case(text, {**variables, "after": after}, viewer)
        yield one
        thing = next((one.expected[root] for root in ("node", "viewer") if root in one.expected), one.expected)
        after = thing and field in thing and thing[field]["pageInfo"]["endCursor"]
        if not after:
            return


async def test_every_list_is_read_page_by_page(connection):
    assert await wrong(connection, pages()) == []
    turned = {c.text for c in pages() if c.variables["after"]}
    assert len(turned) >= len(list(lists())) - 2, "lists that are never more than a page"
    assert len(pages()) > 300


PAGERS: dict[str, tuple[Any, str, Any]] = {
    "the cursor's own row again": (keyset, "beyond", lambda a, b, down: a <= b if down else a >= b),
    "no next page": (page, "one_more", lambda n: n),
    "a row too few": (page, "one_more", lambda n: max(n - 1, 0)),
    "the other way round": (Key, "sorted", lambda k, row: k.of(row) if k.descending else k.of(row).desc()),
    "never descending": (Key, "sorted", lambda k, row: k.of(row)),
    "the cursor is not read": (page, "after", lambda *_: []),
}


@pytest.mark.parametrize("name", PAGERS)
async def test_a_page_that_is_cut_wrong_is_found(connection, name):
    with without(*PAGERS[name]):
        assert await wrong(connection, pages(), most=1) != [], name


# ---- many
@pytest.mark.soak
async def test_thousands_of_random_documents_answer_as_the_oracle_says(connection):
    people = list(PEOPLE.values())
    pool: Harvest = harvest()
    writer = RealWriter(GRAPHQL, 77, pool, skip=SKIP)
    reader = Reader(GRAPHQL, Me, settings=SETTINGS)
    for n in range(SOAKED):
        document = writer.fresh()
        for turn in range(2):
            one = case(document.text, document.values(), people[(n + turn * (1 + n % 5)) % len(people)])
            if not isinstance(one.expected, set):
                pool.take(one.expected, document.places)
            got = await answered(reader, connection, one)
            assert agree(got, one.expected, one.text), f"{difference(got, one.expected)}\n{one.text}\n{one.variables}"
