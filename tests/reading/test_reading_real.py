"""The real schema answered twice: by the compiler on the migrated tables as the application's role, with row-level
security on, and by the oracle of `oracle.py` with the rules of `real_rules.py`; and the test of that test: every
predicate and guard of `visibility.py` taken away, one at a time, must tell.

Two sorts of documents: random ones over all types, and one `sweep` a type that asks for everything it has, of every
row, as every sort of viewer."""

import contextlib
import dataclasses
import functools
import random
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa

from forum.api.schema.contract import GRAPHQL
from forum.reading import declarations, derived, visibility
from forum.reading import me as claims
from forum.reading.declarations import accesses, declared
from forum.reading.me import Me
from forum.reading.run import Reader, create_pool
from forum.reading.strawberry_internals import definition
from graphql import GraphQLNonNull, get_named_type, is_leaf_type, parse, validate
from tests.reading.test_reading_oracle import Case, agree, answered, difference, expected, without
from tests.support.reading import real_rows
from tests.support.reading.documents import Document, Harvest, Writer
from tests.support.reading.oracle import Oracle
from tests.support.reading.real_rules import HOOKS
from tests.support.typed import fields_of, some

DOCUMENTS, SWEPT, NARROWED = 60, 20, 5
ROWS = real_rows.made()
PEOPLE = real_rows.viewers(ROWS)
SKIP = frozenset((
    # answered by the actions, over a connection of their own: tests/actions and tests/api
    "Query.acts", "Contribution.acts", "Document.acts", "Track.acts", "Call.acts", "Forum.acts",
    "Edition.acts", "Organisation.acts",
    "Silence.acts", "Edition.ifAnchorMoved",
    # a recursive walk: test_reading_run.py and the lineage's own tests
    "Contribution.lineage", "Paragraph.lineage",
    # worked out in Python from what the statement gives: tests/domain
    "Forum.troika", "Process.changes", "Process.findings", "Edition.calendar", "Document.layout", "Process.rehearsal",
    "Process.agreementsNeeded", "Process.drawing", "Query.rehearse", "Query.draw", "Query.invitation",
    "Query.checkProcess", "Query.countLength", "Query.sdgTargets", "Target.words", "Organisation.regionalGroup",
    "Document.answerWords", "Document.renditions", "Track.documentKinds",
    "Process.tracks", "Track.stage", "Track.stages", "Text.plainText", "Text.safeHtml", "Text.notPrinted", "Text.dir",
    # what stands in the tables, said in the words of a process: tests/api/test_process_words_spoken.py
    "Track.title", "Anchor.title", "Disposition.words", "Notice.words",
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
    types = {
        a.table.name: name for name, a in accesses(GRAPHQL).items() if name not in ("Target", "Objective", "Authorship")
    }
    ids = [f"{name}:{row['id']}" for table, name in types.items() for row in ROWS[table]]
    # each type as often as another: parts of a text are many, editions few
    ids = [
        random.Random(n).choice([i for i in ids if i.startswith(f"{name}:")])
        for name in types.values()
        for n in range(12)
    ]
    words = ["forum-0", "forum-1", "2020", "S/0", "S/4", "S/9", "x", "y", "states", "civil_society"]
    return Harvest(
        ids=ids,
        texts=words * 3,
        moments=["2024-03-01T12:00:00.000000Z", "2001-01-01T00:00:00.000000Z", "2092-01-01T00:00:00.000000Z"],
    )


# ---- everything a type has
def leaves(type_: Any, depth: int) -> str:
    """Its fields, and those of what it leads to as deep as asked; of pages the count and the ids."""
    return " ".join(["__typename", *filter(None, (leaf(type_, name, depth) for name in type_.fields))])


def leaf(type_: Any, name: str, depth: int) -> str | None:
    """One field with what is asked of it; None where it cannot be asked so, or is answered elsewhere."""
    field = type_.fields[name]
    named = get_named_type(field.type)
    if f"{type_.name}.{name}" in SKIP or any(
        isinstance(a.type, GraphQLNonNull) for n, a in field.args.items() if n not in ("first", "after")
    ):
        return None
    if is_leaf_type(named):
        return name
    if isinstance(declared(field), declarations.Many):
        has_id = "id" in named.fields["nodes"].type.of_type.of_type.of_type.fields
        return f"{name} {{ totalCount nodes {{ {'id' if has_id else '__typename'} }} }}"
    if hasattr(named, "types"):
        return f"{name} {{ __typename {' '.join(branch(m) for m in named.types)} }}"
    # as much a part of the row as its columns
    if isinstance(declared(field), declarations.Part) or named.name == "Authorship":
        return f"{name} {{ {leaves(named, depth)} }}"
    return f"{name} {{ {leaves(named, depth - 1)} }}" if depth else None


def branch(member: Any) -> str:
    return f"... on {member.name} {{ {'id' if 'id' in member.fields else 'layer'} }}"


def nodes() -> Iterator[tuple[Any, list[str]]]:
    """Every type that has ids, and some of them."""
    for name in sorted(accesses(GRAPHQL)):
        type_: Any = GRAPHQL.type_map[name]
        if any(i.name == "Node" for i in type_.interfaces):
            ids = [f"{name}:{row['id']}" for row in ROWS[accesses(GRAPHQL)[name].table.name]]
            yield type_, random.Random(5).sample(ids, min(len(ids), SWEPT))


def sweeps() -> Iterator[tuple[str, dict[str, Any]]]:
    for type_, ids in nodes():
        yield (
            f"query Sweep($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_.name} {{ {leaves(type_, 1)} }} }} }}",
            {"ids": ids},
        )
    yield f"query Sweep {{ viewer {{ {leaves(GRAPHQL.type_map['Viewer'], 1)} }} }}", {}


def narrowing(writer: Writer) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every list that can be narrowed, the root's too, of every row that has it, with drawn conditions."""
    for place, _found, rule, _ in hooks():
        if rule != "narrow":
            continue
        name, field = place.partition(".")[::2]
        taken = {k: a for k, a in fields_of(GRAPHQL, name)[field].args.items() if k not in ("first", "after")}
        heads = ", ".join(f"${k}: {a.type}" for k, a in taken.items())
        given = ", ".join(f"{k}: ${k}" for k in taken)
        asked, ids = f"{field}({given}) {{ totalCount nodes {{ id }} }}", {}
        text = f"query Narrow({heads}) {{ {asked} }}"
        if name == "Viewer":
            text = f"query Narrow({heads}) {{ viewer {{ {asked} }} }}"
        elif name != "Query":
            text = f"query Narrow($ids: [ID!]!, {heads}) {{ nodes(ids: $ids) {{ ... on {name} {{ id {asked} }} }} }}"
            ids = {"ids": [f"{name}:{row['id']}" for row in ROWS[accesses(GRAPHQL)[name].table.name]]}
        for _ in range(NARROWED):
            yield text, ids | {k: writer.value(GraphQLNonNull(a.type)) for k, a in taken.items()}


# ---- answering twice
@functools.cache
def oracle() -> Oracle:
    return Oracle(GRAPHQL, ROWS, HOOKS, most_counted=3)


@functools.cache
def told_cases() -> list[Case]:
    pool = harvest()
    found, people = [], list(PEOPLE.values())
    for text, variables in sweeps():
        assert validate(GRAPHQL, parse(text)) == [], text
        for viewer in people:
            found.append(Case(text, variables, viewer, expected(oracle(), text, variables, viewer)))
    writer = RealWriter(GRAPHQL, 3, pool, skip=SKIP)
    for n, (text, variables) in enumerate(narrowing(writer)):
        viewer = people[n % len(people)]
        found.append(Case(text, variables, viewer, expected(oracle(), text, variables, viewer)))
    for n in range(DOCUMENTS):
        document: Document = writer.fresh()
        assert validate(GRAPHQL, parse(document.text)) == [], document.text
        for turn in range(2):
            viewer, variables = people[(n + turn * (1 + n % 5)) % len(people)], document.values()
            wanted = expected(oracle(), document.text, variables, viewer)
            if not isinstance(wanted, set):
                pool.take(wanted, document.places)
            found.append(Case(document.text, variables, viewer, wanted))
    return found


def fresh() -> Reader:
    return Reader(GRAPHQL, Me, settings=claims.SETTINGS, most_counted=3)


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
            wrong.append(
                f"{who(case.viewer)}: {difference(got, case.expected)}\n{case.text}\n{str(case.variables)[:300]}"
            )
    assert not wrong, f"{len(wrong)} of {len(told_cases())}:\n" + "\n\n".join(wrong[:5])
    assert len(told_cases()) > 2 * DOCUMENTS + 200


# ---- the test of the test
@functools.cache
def probes(place: str) -> list[Case]:
    """The field `Type.field` alone (of a type: its ids), of some rows, asked by everybody.

    What a mutant of the place is asked first: a whole sweep takes a hundred times as long to compile, and there are a
    hundred mutants.
    """
    name, _, field = place.partition(".")
    type_, ids = next(((t, ids) for t, ids in nodes() if t.name == PARTS.get(name, name)), (None, []))
    if type_ is None:
        return []
    fields = [f for f, real in type_.fields.items() if get_named_type(real.type).name == name] if name in PARTS else []
    asked = " ".join(filter(None, (leaf(type_, f, 1) for f in fields or [field or "id"])))
    text = f"query Probe($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {type_.name} {{ {asked} }} }} }}"
    if not asked:
        return []
    given = {"ids": ids}
    return [Case(text, given, viewer, expected(oracle(), text, given, viewer)) for viewer in PEOPLE.values()]


def true(*_: Any) -> Any:
    return sa.true()


@contextlib.contextmanager
def instead(changes: list[tuple[Any, str, Any]]) -> Iterator[None]:
    with contextlib.ExitStack() as all_:
        for thing, name, value in changes:
            all_.enter_context(without(thing, name, value))
        yield


def hooks() -> Iterator[tuple[str, Any, str, Any]]:
    """Every hook of the schema's declarations: where, the declaration, the hook's name, the function that was given."""
    for name, type_ in GRAPHQL.type_map.items():
        made_from = definition(type_)
        access = getattr(getattr(made_from, "origin", None), "__dict__", {}).get("__reading__")
        if getattr(access, "visible", None) is not None:
            yield name, access, "visible", some(access).visible.__wrapped__
        for field, real in getattr(type_, "fields", {}).items():
            found = declared(real) if hasattr(real, "args") else None
            for rule in ("when", "present", "where_row", "narrow", "on"):
                if callable(getattr(found, rule, None)) and f"{name}.{field}" not in SKIP:
                    yield f"{name}.{field}", found, rule, getattr(found, rule).__wrapped__


def guards() -> list[str]:
    """The functions of `visibility.py` that say who sees a row or a field."""
    named = [
        n for n, f in vars(visibility).items() if getattr(f, "__module__", "") == visibility.__name__ and callable(f)
    ]
    used = {
        f.__name__
        for _, _, rule, f in hooks()
        if rule in ("visible", "when", "present") and f is not visibility.everybody
    }
    return [n for n in named if n.startswith("sees_") or n in used]


@dataclasses.dataclass
class Mutant:
    """What is broken - (thing, attribute, what stands there instead) - and where: what may tell is asked first.

    `near`: a text by which to know the documents that are likely to tell.
    """

    changes: list[tuple[Any, str, Any]]
    places: tuple[str, ...]
    near: tuple[str, ...] = ()

    def cases(self) -> list[Case]:
        """Those that ask for the place alone, then the documents that are likely to tell, then all others."""
        near = (*self.near, *map(swept, self.places))
        alone = [case for place in self.places for case in probes(place)]
        return alone + sorted(
            told_cases(), key=lambda c: not any(n in (c.text[:90] if "..." in n else c.text) for n in near)
        )


def mutants() -> dict[str, Mutant]:
    made: dict[str, Mutant] = {}
    for name in guards():  # everywhere at once: in declarations, and inside the other predicates
        own = getattr(visibility, name)
        uses = [(place, found, rule) for place, found, rule, f in hooks() if f is own]
        ends = {k: (table, true if f is own else f) for k, (table, f) in visibility._END_KINDS.items()}
        changes = [
            *[(found, rule, true) for _, found, rule in uses],
            (visibility, name, true),
            (visibility, "_END_KINDS", ends),
        ]
        made[name] = Mutant(changes, tuple(place for place, _, _ in uses))
    for place, found, rule, f in hooks():  # one at a time
        if f is visibility.everybody or place.startswith(BEHIND_ANOTHER):
            continue
        field = place.partition(".")[2]
        near = (f" {field}(",) if rule == "narrow" else ("{ viewer {",) if place.startswith("Viewer") else ()
        instead_ = None if rule in ("where_row", "narrow") else true
        made[f"{rule} of {place}"] = Mutant([(found, rule, instead_)], (place,), near)
    for kind, (table, _) in visibility._END_KINDS.items():
        if kind != "panel":  # everybody's
            changed = visibility._END_KINDS | {kind: (table, true)}
            made[f"a source's {kind}"] = Mutant([(visibility, "_END_KINDS", changed)], ("Source.end", "Source"))
    for name in ("_stands_in", "_in_audience", "wrote", "end_is_seen", "end_may_be_told"):
        all_three = ("Source", "Source.end", "Document", "Contribution")
        made[f"{name} always"] = Mutant([(visibility, name, true)], all_three)
        made[f"{name} never"] = Mutant([(visibility, name, lambda *_: sa.false())], all_three)
    for few in (visibility.SMALL - 1, visibility.SMALL + 1):
        made[f"{few} are enough"] = Mutant([(visibility, "SMALL", few)], ("Source",))
        made[f"{few} hidden sources are enough"] = Mutant([(derived, "SMALL", few)], ("Paragraph",))
    return made


PARTS = dict.fromkeys(("Target", "Objective", "Authorship", "Attribution"), "Contribution")


def swept(place: str) -> str:
    """The sweep that asks for this type."""
    type_ = place.partition(".")[0]
    return f"... on {PARTS.get(type_, type_)} "


# Reached only through what has the same guard: a receipt through its contribution, tags through theirs, and where one
# is written to, and one's calendar, through what shows nobody else's. The function's own mutants above take both away.
BEHIND_ANOTHER = ("Receipt.", "Target", "Objective", "Viewer.contact", "Viewer.calendar")
# Row-level security says the same of `authorship` and of clearances a second time: past it, the predicate must be
# missed.
BEHIND_THE_WALL = (
    "sees_authorship", "visible of Authorship", "sees_clearance", "visible of Clearance", "visible of ClearanceRule",
)  # fmt: skip


async def killed(connection: Any, changes: list[tuple[Any, str, Any]], cases: list[Case]) -> bool:
    with instead(changes):
        reader = fresh()
        for case in cases:
            try:
                got = await answered(reader, connection, case)
            except asyncpg.PostgresError:  # a broken reader may also break down
                return True
            if not agree(got, case.expected, case.text):
                return True
    return False


@pytest.mark.once
async def test_every_guard_taken_away_is_found(connections):
    survivors = []
    for name, mutant in mutants().items():
        if not await killed(connections[name in BEHIND_THE_WALL], mutant.changes, mutant.cases()):
            survivors.append(name)
    assert survivors == []
    assert len(mutants()) > 60
    assert len(guards()) >= 16


async def test_row_level_security_is_told_who_reads(connections):
    """Nobody announced: authors no longer see what is theirs."""
    cases = [c for c in told_cases() if "... on Contribution " in c.text[:90]]
    with without(claims, "SETTINGS", {}):
        reader = fresh()
        assert not all([agree(await answered(reader, connections[0], c), c.expected) for c in cases])


async def test_the_predicates_hold_without_row_level_security(connections):
    """Each of the two walls stands by itself: the same answers past row-level security."""
    reader = fresh()
    for case in told_cases():
        if "Sweep" in case.text and "uthorship" in case.text:
            got = await answered(reader, connections[1], case)
            assert agree(got, case.expected, case.text), (
                f"{who(case.viewer)}: {difference(got, case.expected)}\n{case.text}"
            )
