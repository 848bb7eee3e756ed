"""Prices held against what the database looks at: rows and blocks of executed plans, which no busy machine changes.

Microseconds are measured by `make bench`. Here a field fails whose plan reads far more than its price says, whether the
price was forgotten or an index: on the bench's data set, a tenth of it.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from forum.api.schema.contract import GRAPHQL
from forum.files import shipped
from forum.reading import declarations, prices
from forum.reading.declarations import accesses, declared
from forum.reading.me import SETTINGS, Me
from forum.reading.run import Reader, create_pool
from forum.workflow.load import digest
from graphql import GraphQLField, GraphQLInterfaceType, get_named_type, is_leaf_type
from tests.bench import priced
from tests.bench.dataset import facts, tables
from tests.bench.world import Size, World
from tests.support.reading.paid import Paid, paid
from tests.support.typed import fields_of

pytestmark = pytest.mark.once
FAR = 2.0  # times its price, and
SOME = 3.0  # points more: what a request is never without
SIZE = Size(forums=4, editions=20, contributions=2_000, organisations=300, people=400, spare=0)


@dataclass(frozen=True)
class Filled:
    """A database with the data set in it, and what documents are made of."""

    facts: Any
    superuser: asyncpg.Connection
    reading: asyncpg.Connection

    @property
    def reader(self) -> Reader:
        """A reader that has compiled nothing yet."""
        return Reader(GRAPHQL, Me, settings=SETTINGS)


@pytest.fixture
async def filled(database: Any) -> AsyncIterator[Filled]:
    text = (shipped() / "gfmd.toml").read_text("utf-8")
    world = World(SIZE, (digest(text), text))
    superuser = await asyncpg.connect(database.superuser_url)  # COPY goes past row-level security by no other
    pool = await create_pool(database.app_url, 1)
    try:
        for name, columns, rows in tables(world):
            await superuser.copy_records_to_table(name, columns=columns, records=rows)
        await superuser.execute("VACUUM (ANALYZE, FREEZE)")
        async with pool.acquire() as reading:
            yield Filled(facts(world), superuser, reading)
    finally:
        await pool.close()
        await superuser.close()


async def dear(filled: Filled) -> dict[str, Paid]:
    """The kinds of the bench that read far more than they cost."""
    found, reader = {}, filled.reader
    for kind in priced.kinds(filled.facts):
        both = [await paid(filled.reading, reader, one) for one in (kind.document, kind.without)]
        found[kind.name] = both[0].beyond(both[1])
    return {name: one for name, one in found.items() if too_dear(one)}


def too_dear(one: Paid) -> bool:
    return one.work > FAR * one.points + SOME


async def test_no_kind_reads_far_more_than_it_costs(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the test of this test: a price that is lost, and an index that is."""
    assert await dear(filled) == {}
    monkeypatch.setattr(prices, "COUNTS", {})
    assert {"a text's comments counted", "inputs counted"} <= set(await dear(filled))
    monkeypatch.undo()
    for index in await _indexes(filled, "comment", "paragraph_id"):
        await filled.superuser.execute(f"DROP INDEX {index}")
    assert {"3 comments on each", "comments counted"} <= set(await dear(filled))


async def _indexes(filled: Filled, table: str, column: str) -> list[str]:
    """The indexes of a table that begin with this column."""
    found = await filled.superuser.fetch(
        """SELECT i.indexrelid::regclass::text AS name FROM pg_index i JOIN pg_attribute a
           ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
           WHERE i.indrelid = $1::text::regclass AND a.attname = $2 AND NOT i.indisprimary""",
        table,
        column,
    )
    return [one["name"] for one in found]


async def test_no_field_of_any_thing_reads_far_more_than_it_costs(filled: Filled) -> None:
    """Each field by itself, of one thing of each type that the data set has."""
    found, reader = {}, filled.reader
    node = GRAPHQL.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    by_id = {one.name for one in GRAPHQL.get_possible_types(node)}
    for name, access in accesses(GRAPHQL).items():
        if name not in by_id:
            continue
        id_ = await filled.superuser.fetchval(f"SELECT id FROM {access.table.name} ORDER BY id LIMIT 1")
        if id_ is None:
            continue
        asked = f'{{ node(id: "{access.tag}:{id_}") {{ ... on {name} {{ id %s }} }} }}'
        alone = await paid(filled.reading, reader, asked % "")
        for field, declaration in fields_of(GRAPHQL, name).items():
            written = _written(field, declaration)
            if written is not None:
                found[f"{name}.{field}"] = (await paid(filled.reading, reader, asked % written)).beyond(alone)
    assert len(found) > 150
    assert {name: one for name, one in found.items() if too_dear(one)} == {}


def _written(name: str, field: GraphQLField) -> str | None:
    """The field with the least that can be selected of it; None where it needs arguments, or Python."""
    if any(one.default_value is None and str(one.type).endswith("!") for one in field.args.values()):
        return None
    if isinstance(declared(field), declarations.Python):
        return None
    if is_leaf_type(get_named_type(field.type)):
        return name
    if isinstance(declared(field), declarations.Many):
        return f"{name} {{ totalCount nodes {{ __typename }} }}"
    return f"{name} {{ __typename }}"
