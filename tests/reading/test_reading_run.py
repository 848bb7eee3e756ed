"""Compiled reads against a real database: shapes, pages, refusals, Python's fields, payloads."""

from types import SimpleNamespace
from typing import Any

import asyncpg
import orjson
import pytest
from graphql.execution.values import get_variable_values

from forum.reading.run import Reader, create_pool
from forum.store.roles import APP
from graphql import GraphQLError, OperationDefinitionNode, parse, validate
from tests.support.reading import rows, sample
from tests.support.typed import details, first_operation

ROWS = rows.made()
NOBODY = SimpleNamespace(form=frozenset(), values={"me_organisations": [], "me_mechanisms": []})


def member(index: int, mechanisms: tuple[str, ...] = ()) -> Any:
    own = [ROWS["organisation"][index]["id"]]
    return SimpleNamespace(
        form=frozenset({"author"}), values={"me_organisations": own, "me_mechanisms": list(mechanisms)}
    )


@pytest.fixture
async def pool(bare_database):
    owner = await asyncpg.connect(bare_database.owner_url)
    await rows.stored(owner, ROWS, APP)
    await owner.close()
    made = await create_pool(bare_database.app_url, 2)
    yield made
    await made.close()


@pytest.fixture
def reader() -> Reader:
    return Reader(sample.core, sample.Me, settings=sample.SETTINGS)


async def ask(
    reader: Reader, pool: Any, text: str, variables: dict | None = None, viewer: Any = NOBODY, context: Any = None
) -> dict:
    document = parse(text)
    assert validate(sample.core, document) == []
    operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    got = get_variable_values(sample.core, operation.variable_definitions or (), variables or {})
    assert not isinstance(got, list), got
    prepared = reader.prepare(document, operation)
    async with pool.acquire() as connection:
        fetched = await reader.fetch(connection, prepared, got.coerced, viewer)
    return orjson.loads(await fetched.filled(context))


async def test_a_page_follows_another_to_the_end(reader, pool):
    seen, after = list[str](), None
    text = (
        "query($a: String) { contributions(first: 7, after: $a) { totalCount nodes { id } edges { cursor } pageInfo { "
        "hasNextPage hasPreviousPage startCursor endCursor } } }"
    )
    while True:
        page = (await ask(reader, pool, text, {"a": after}, member(1)))["contributions"]
        assert page["pageInfo"]["hasPreviousPage"] is bool(seen)
        assert page["pageInfo"]["startCursor"] == page["edges"][0]["cursor"]
        seen += [n["id"] for n in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == page["totalCount"] > 14
    beyond = (await ask(reader, pool, text, {"a": after}, member(1)))["contributions"]["pageInfo"]
    assert beyond == {"hasNextPage": False, "hasPreviousPage": True, "startCursor": None, "endCursor": None}


async def test_guarded_fields_of_a_seen_row_are_null_for_others_and_told_to_the_author(reader, pool):
    text = "query($i: ID!) { node(id: $i) { ... on Contribution { organisation { name } authorship { note } } } }"
    ours = {a["subject_id"] for a in ROWS["authorship"] if a["note"] == "by us"}
    hidden = next(
        c for c in ROWS["contribution"]
        if not c["attributed"] and c["visibility"] == "PUBLIC" and c["organisation_id"] and c["id"] in ours
    )  # fmt: skip
    key = {"i": f"Contribution:{hidden['id']}"}
    index = next(i for i, o in enumerate(ROWS["organisation"]) if o["id"] == hidden["organisation_id"])
    assert (await ask(reader, pool, text, key))["node"] == {"organisation": None, "authorship": None}
    assert (await ask(reader, pool, text, key, member(index)))["node"] == {
        "organisation": {"name": ROWS["organisation"][index]["name"]},
        "authorship": {"note": "by us"},
    }
    assert (await ask(reader, pool, text, key, member((index + 1) % 3)))["node"] == {
        "organisation": None,
        "authorship": None,
    }


NO_ID = "0d9c5a52-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    "key", ["", "x", "Contribution:", "Contribution:1", f"Nothing:{NO_ID}", f"Contribution:{NO_ID}"]
)
async def test_an_id_that_names_nothing_answers_null(reader, pool, key):
    assert await ask(reader, pool, "query($i: ID!) { node(id: $i) { id } }", {"i": key}) == {"node": None}


@pytest.mark.parametrize(
    ("text", "variables", "code"),
    [
        ("{ editions(first: 101) { totalCount } }", {}, "PAGE_TOO_LARGE"),
        ("query($n: Int) { editions(first: $n) { __typename } }", {"n": 10**9}, "PAGE_TOO_LARGE"),
        ("{ editions(first: -1) { __typename } }", {}, "PAGE_TOO_LARGE"),
        ('{ editions(after: "x") { nodes { id } } }', {}, "BAD_CURSOR"),
        ('{ editions(after: "2026-01-01|x|y") { __typename } }', {}, "BAD_CURSOR"),
        ("{ " + "a" * 64 + ": __typename }", {}, "ALIAS_TOO_LONG"),
        ("{ nodes(ids: [" + '"x",' * 101 + "]) { id } }", {}, "PAGE_TOO_LARGE"),
        ("query($t: String!) { search(text: $t) { totalCount } }", {"t": "a\0"}, "BAD_TEXT"),
        ("query($t: String!) { search(text: $t) { totalCount } }", {"t": "\ud800"}, "BAD_TEXT"),
        ("{ viewer { signedIn } " + " ".join(f"a{i}: __typename" for i in range(500)) + "}", {}, "TOO_MANY_FIELDS"),
    ],
)
async def test_refused(reader, pool, text, variables, code):
    with pytest.raises(GraphQLError) as caught:
        await ask(reader, pool, text, variables)
    assert details(caught)["code"] == code


async def test_null_first_is_the_default_and_zero_is_fine(reader, pool):
    text = 'query($n: Int) { search(text: "a", first: $n) { nodes { id } pageInfo { endCursor hasNextPage } } }'
    all_sides = member(0, ("STATES", "CIVIL_SOCIETY"))
    assert len((await ask(reader, pool, text, {"n": None}, all_sides))["search"]["nodes"]) == 20
    assert len((await ask(reader, pool, text, {}, all_sides))["search"]["nodes"]) == 20
    assert (await ask(reader, pool, text, {"n": 0}))["search"] == {
        "nodes": [],
        "pageInfo": {"endCursor": None, "hasNextPage": True},
    }


async def test_a_python_field_is_filled_once_a_place(reader, pool):
    context = {"batches": 0}
    text = "{ contributions(first: 9) { nodes { short: excerpt(length: 1) excerpt } } }"
    nodes = (await ask(reader, pool, text, viewer=member(0), context=context))["contributions"]["nodes"]
    assert context["batches"] == 2
    assert all(set(n) == {"short", "excerpt"} and n["excerpt"].startswith(n["short"]) for n in nodes)
    assert len(nodes) == 9


async def test_nodes_keep_the_order_asked(reader, pool):
    e, o = ROWS["edition"][0]["id"], ROWS["organisation"][2]["id"]
    ids = [f"Edition:{e}", "junk", f"Organisation:{o}", f"Organisation:{e}", f"Edition:{e}"]
    answer = await ask(reader, pool, "query($i: [ID!]!) { nodes(ids: $i) { __typename id } }", {"i": ids})
    assert answer["nodes"] == [
        {"__typename": "Edition", "id": ids[0]}, None, {"__typename": "Organisation", "id": ids[2]}, None,
        {"__typename": "Edition", "id": ids[0]},
    ]  # fmt: skip


async def test_a_payload_joins_outcome_and_errors(reader, pool):
    document = parse(
        'mutation { save(title: "x") { __typename contribution { title } errors { __typename message ... on TooLong { '
        "limit } ... on Closed { closedAt } } } }"
    )
    operation = first_operation(document)
    prepared = reader.prepare(document, operation)
    open_one = next(c for c in ROWS["contribution"] if c["visibility"] == "PUBLIC")
    TooLong = type("TooLong", (), {"message": "too long", "limit": 3})
    async with pool.acquire() as connection:
        node = operation.selection_set.selections[0]
        given: tuple[Any, ...] = ({}, {"contribution": open_one["id"]}, {"errors": [TooLong()]}, NOBODY)
        answer = orjson.loads(await (await reader.payload(connection, prepared, node, *given)).filled())
    assert answer == {
        "__typename": "SavePayload",
        "contribution": {"title": open_one["title"]},
        "errors": [{"__typename": "TooLong", "message": "too long", "limit": 3}],
    }


async def test_a_viewers_settings_end_with_the_statement(reader, pool):
    await ask(reader, pool, "{ contributions { totalCount } }", viewer=member(0))
    for _ in range(2):
        async with pool.acquire() as connection:
            assert await connection.fetchval("SELECT current_setting('forum.organisations', true)") in (None, "")
            assert await connection.fetchval("SELECT count(*) FROM authorship") == 0
