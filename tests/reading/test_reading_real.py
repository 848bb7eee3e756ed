"""The real schema answered twice: by the compiler on the migrated tables as the application's role, with row-level
security on, and by the oracle of `oracle.py` with the rules of `real_rules.py`; and the test of that test: every
predicate and guard of `visibility.py` taken away, one at a time, must tell.

Two sorts of documents: random ones over all types, and one `sweep` a type that asks for everything it has, of every row,
as every sort of viewer."""

import functools
import random
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import real_rows
from documents import Document, Harvest, Writer
from oracle import Oracle
from real_rules import HOOKS
from test_reading_oracle import Case, agree, answered, difference, expected

from forum.api.schema import GRAPHQL
from forum.reading import shapes, visibility
from forum.reading.run import Reader, create_pool
from forum.reading.shapes import accesses, declared
from graphql import GraphQLNonNull, get_named_type, is_leaf_type, parse, validate

DOCUMENTS, SWEPT = 160, 20
ROWS = real_rows.made()
PEOPLE = real_rows.viewers(ROWS)
SKIP = frozenset((
    # answered by the actions, over a connection of their own: tests/actions and tests/api
    "Query.acts", "Contribution.acts", "Document.acts", "Track.acts", "Call.acts",
    # a recursive walk: test_reading_run.py and the lineage's own tests
    "Contribution.lineage", "Paragraph.lineage",
    # worked out in Python from what the statement gives: tests/domain
    "Forum.troika", "Track.stage", "Text.plainText", "Text.safeHtml", "Text.dir",
    # the clock runs between two answers
    "Query.serverTime",
))  # fmt: skip


class RealWriter(Writer):
    """Knows how codes, languages and days are written."""

    def scalar(self, name: str) -> Any:
        pools = {
            "TargetCode": ("10", "10.7", "8", "8.b", "http://metadata.un.org/sdg/10.c"),
            "ObjectiveCode": ("gcm-7", "7", "gcm-child-sensitive"),
            "LanguageTag": ("en", "fr", "ar"),
        }
        return self.random.choice(pools[name]) if name in pools else super().scalar(name)


def harvest() -> Harvest:
    """Ids of every row from the start, so that hidden things are asked for too."""
    types = {a.table.name: name for name, a in accesses(GRAPHQL).items() if name not in ("Target", "Objective", "Authorship")}
    ids = [f"{name}:{row['id']}" for table, name in types.items() for row in ROWS[table]]
    # each type as often as another: parts of a text are many, editions few
    ids = [random.Random(n).choice([i for i in ids if i.startswith(f"{name}:")]) for name in types.values() for n in range(12)]
    words = ["forum-0", "forum-1", "2020", "S/0", "S/4", "S/9", "x", "y", "states", "civil_society"]
    return Harvest(ids=ids, texts=words * 3, moments=["2024-03-01T12:00:00.000000Z", "2001-01-01T00:00:00.000000Z", "2092-01-01T00:00:00.000000Z"])


# ---- everything a type has
def leaves(type_: Any, depth: int) -> str:
    """Its fields, and those of what it leads to as deep as asked; of pages the count and the ids."""
    made = ["__typename"]
    for name, field in type_.fields.items():
        named = get_named_type(field.type)
        if f"{type_.name}.{name}" in SKIP or any(isinstance(a.type, GraphQLNonNull) for n, a in field.args.items() if n not in ("first", "after")):
            continue
        if is_leaf_type(named):
            made.append(name)
        elif isinstance(declared(field), shapes.Many):
            made.append(f"{name} {{ totalCount nodes {{ {'id' if 'id' in named.fields['nodes'].type.of_type.of_type.of_type.fields else '__typename'} }} }}")
        elif hasattr(named, "types"):
            made.append(f"{name} {{ __typename {' '.join(branch(m) for m in named.types)} }}")
        elif depth:
            made.append(f"{name} {{ {leaves(named, depth - 1)} }}")
    return " ".join(made)


def branch(member: Any) -> str:
    return f"... on {member.name} {{ {'id' if 'id' in member.fields else 'layer'} }}"


def sweeps() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in sorted(accesses(GRAPHQL)):
        type_ = GRAPHQL.type_map[name]
        if not any(i.name == "Node" for i in type_.interfaces):
            continue
        text = f"query Sweep($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {name} {{ {leaves(type_, 1)} }} }} }}"
        ids = [f"{name}:{row['id']}" for row in ROWS[accesses(GRAPHQL)[name].table.name]]
        ids = random.Random(5).sample(ids, min(len(ids), SWEPT))
        yield text, {"ids": ids}
    yield f"query Sweep {{ viewer {{ {leaves(GRAPHQL.type_map['Viewer'], 1)} }} }}", {}


# ---- answering twice
@functools.cache
def told_cases() -> list[Case]:
    oracle, pool = Oracle(GRAPHQL, ROWS, HOOKS), harvest()
    found, people = [], list(PEOPLE.values())
    for text, variables in sweeps():
        assert validate(GRAPHQL, parse(text)) == [], text
        for viewer in people:
            found.append(Case(text, variables, viewer, expected(oracle, text, variables, viewer)))
    writer = RealWriter(GRAPHQL, 3, pool, skip=SKIP)
    for n in range(DOCUMENTS):
        document: Document = writer.fresh()
        assert validate(GRAPHQL, parse(document.text)) == [], document.text
        for turn in range(2):
            viewer, variables = people[(n + turn * (1 + n % 5)) % len(people)], document.values()
            wanted = expected(oracle, document.text, variables, viewer)
            if not isinstance(wanted, set):
                pool.take(wanted, document.places)
            found.append(Case(document.text, variables, viewer, wanted))
    return found


def fresh() -> Reader:
    return Reader(GRAPHQL, visibility.Me, settings=visibility.SETTINGS)


@pytest.fixture
async def connections(database):
    """The application's, and the superuser's: past row-level security, where the predicates stand alone."""
    superuser = await asyncpg.connect(database.superuser_url)
    await real_rows.stored(superuser, ROWS)
    await superuser.close()
    pools = [await create_pool(url, 1) for url in (database.app_url, database.superuser_url)]
    async with pools[0].acquire() as app, pools[1].acquire() as alone:
        yield app, alone
    for pool in pools:
        await pool.close()


def who(viewer: Any) -> str:
    return next(name for name, v in PEOPLE.items() if v is viewer)


async def test_the_real_schema_answers_as_the_oracle_says(connections):
    reader, wrong = fresh(), []
    for case in told_cases():
        got = await answered(reader, connections[0], case)
        if not agree(got, case.expected, case.text):
            wrong.append(f"{who(case.viewer)}: {difference(got, case.expected)}\n{case.text}\n{str(case.variables)[:300]}")
    assert not wrong, f"{len(wrong)} of {len(told_cases())}:\n" + "\n\n".join(wrong[:5])
    assert len(told_cases()) > 2 * DOCUMENTS + 200
