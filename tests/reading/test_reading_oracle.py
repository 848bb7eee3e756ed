"""Hundreds of random documents answered twice, by the compiler and by the oracle; and the test of that test: take any
rule away, and some document must tell."""

import contextlib
import dataclasses
import functools
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import asyncpg
import orjson
import pytest
import sqlalchemy as sa
from graphql.execution.values import get_variable_values

from forum.reading import forms, keyset, page
from forum.reading.declarations import declared
from forum.reading.run import Reader, create_pool
from forum.reading.strawberry_internals import definition
from forum.reading.values import Key
from forum.store.roles import APP
from graphql import GraphQLError, parse, validate
from tests.support.reading import rows, sample
from tests.support.reading.documents import Harvest, Writer
from tests.support.reading.oracle import Oracle
from tests.support.typed import fields_of, first_operation, some

DOCUMENTS = 260
ROWS = rows.made()


# ---- every rule a second time
def own(row: dict, me: Any, db: Any) -> bool:
    return any(a["subject_id"] == row["id"] and a["organisation_id"] in me.organisations for a in db["authorship"])


def sees(c: dict, me: Any, db: Any) -> bool:
    return (
        c["visibility"] == "PUBLIC"
        or (c["visibility"] == "MECHANISM" and c["mechanism"] in me.mechanisms)
        or own(c, me, db)
    )


def parent(x: dict, db: Any) -> dict:
    return next(c for c in db["contribution"] if c["id"] == x["contribution_id"])


def told(row: dict, me: Any, db: Any) -> bool:
    return row["attributed"] or own(row, me, db)


def narrowed(c: dict, given: dict, me: Any, db: Any) -> bool:
    words = c["words"]
    return (
        ("mechanism" not in given or c["mechanism"] == given["mechanism"])
        and ("min_words" not in given or (words is not None and words >= given["min_words"]))
        and ("titles" not in given or c["title"] in given["titles"])
        and ("edition" not in given or c["edition_id"] == given["edition"])
        and ("at_most" not in given.get("size", {}) or (words is not None and words <= given["size"]["at_most"]))
    )


def lineage(row: dict, given: dict, me: Any, db: Any) -> list[dict]:
    steps = [link for link in db["link"] if link["from_id"] == row["id"]]
    steps = [{**link, "depth": 1} for link in steps if "relation" not in given or link["relation"] == given["relation"]]
    found = list(steps)
    while steps:
        steps = [
            {**n, "depth": s["depth"] + 1}
            for s in steps
            if s["depth"] < given["depth"]
            for n in db["link"]
            if n["from_id"] == s["to_id"]
        ]
        found += steps
    return found


def longer(row: dict, given: dict, me: Any, db: Any) -> bool | None:
    return None if row["words"] is None else row["words"] > given["count"]


def grades(row: dict, given: dict, me: Any, db: Any) -> list[dict]:
    double = None if row["words"] is None else row["words"] * 2
    return [{"mark": len(row["title"]), "given": None}, {"mark": double, "given": "x"}]


HOOKS: dict[tuple[str, str], Any] = {
    ("visible", "Contribution"): sees,
    ("visible", "Comment"): lambda k, me, db: (
        (not k["internal"] or k["organisation_id"] in me.organisations) and sees(parent(k, db), me, db)
    ),
    ("visible", "Section"): lambda s, me, db: sees(parent(s, db), me, db),
    ("visible", "Authorship"): lambda a, me, db: (
        a["organisation_id"] in me.organisations and a["note"] != "for the file"
    ),
    ("when", "Contribution.organisation"): told,
    ("when", "Contribution.country"): told,
    ("when", "Contribution.longerThan"): told,
    ("when", "Contribution.grades"): told,
    ("when", "Receipt.organisation"): told,
    ("present", "Contribution.receipt"): lambda c, me, db: c["receipt_number"] is not None,
    ("present", "Step.end"): lambda s, me, db: s["layer"] != "gone",
    ("on", "Contribution.authorship"): lambda c, a, me, db: a["subject_id"] == c["id"],
    ("on", "Edition.feed:Contribution"): lambda e, c, me, db: c["edition_id"] == e["id"],
    ("on", "Edition.feed:Comment"): lambda e, k, me, db: parent(k, db)["edition_id"] == e["id"],
    ("on", "Viewer.organisations"): lambda _, o, me, db: o["id"] in me.organisations,
    ("narrow", "Edition.contributions"): narrowed,
    ("narrow", "Query.contributions"): narrowed,
    ("narrow", "Query.search"): lambda c, given, me, db: given["text"].lower() in c["title"].lower(),
    ("where", "Query.organisation"): lambda o, given, row, me, db: o["name"] == given["name"],
    ("counted", "Edition.contributions"): lambda n, me: n if n >= 3 else None,
    ("sql", "Contribution.loud"): lambda c, given, me, db: c["title"].upper(),
    ("sql", "Contribution.longerThan"): longer,
    ("sql", "Viewer.signedIn"): lambda _, given, me, db: len(me.organisations) > 0,
    ("walk", "Contribution.lineage"): lineage,
    ("python", "Contribution.excerpt"): lambda c, given, me, db: " ".join(c["body"].split()[: given["length"]]),
    ("python", "Contribution.grades"): grades,
    ("python", "Query.greeting"): lambda _, given, me, db: f"hello {given['name']}",
}


def viewers() -> list[Any]:
    """Nobody, a member, a member of two with a mechanism, one with mechanisms only."""
    o = [x["id"] for x in ROWS["organisation"]]
    made = []
    for organisations, mechanisms in (
        ([], []),
        ([o[0]], []),
        ([o[1], o[2]], ["STATES"]),
        ([], ["CIVIL_SOCIETY", "STATES"]),
    ):
        values = {"me_organisations": organisations, "me_mechanisms": mechanisms}
        form = frozenset({"author"} if organisations else ())
        made.append(SimpleNamespace(form=form, values=values, organisations=organisations, mechanisms=mechanisms))
    return made


# ---- answering twice
@dataclasses.dataclass
class Case:
    text: str
    variables: dict
    viewer: Any
    expected: Any  # what the oracle says: data as bytes, or a code


def expected(oracle: Oracle, text: str, variables: dict, viewer: Any) -> Any:
    result = oracle.answer(text, variables, viewer)
    if result.errors:
        codes = {e.extensions.get("code") if e.extensions else str(e.original_error or e) for e in result.errors}
        assert codes <= {"BAD_CURSOR", "PAGE_TOO_LARGE"}, (text, variables, result.errors)
        return codes
    return result.data


async def answered(reader: Reader, connection: Any, case: Case) -> Any:
    document = parse(case.text)
    operation = first_operation(document)
    coerced = get_variable_values(reader.schema, operation.variable_definitions or (), case.variables)
    assert not isinstance(coerced, list), coerced
    prepared = reader.prepare(document, operation)
    try:
        return orjson.loads(
            await (await reader.fetch(connection, prepared, coerced.coerced, case.viewer)).filled({"batches": 0})
        )
    except GraphQLError as error:
        return {some(error.extensions)["code"]}


def agree(got: Any, wanted: Any, text: str = "") -> bool:
    """Equal to the byte, the order of keys included. Of several request errors any one may be told; a cursor of one
    order sent with another is refused by us even where no row would have met it: here one of a list whose rows were
    asked for in an order, or of a list below an empty page."""
    if got == {"BAD_CURSOR"} and ("orderBy" in text or "first:0" in text):
        return True
    if isinstance(wanted, set) or isinstance(got, set):
        return isinstance(wanted, set) and isinstance(got, set) and bool(got & wanted)
    return orjson.dumps(got) == orjson.dumps(wanted)


def difference(got: Any, wanted: Any, at: str = "") -> str:
    """Where two answers part, for people."""
    if isinstance(got, dict) and isinstance(wanted, dict) and list(got) == list(wanted):
        return next((d for k in got if (d := difference(got[k], wanted[k], f"{at}.{k}"))), "")
    if isinstance(got, list) and isinstance(wanted, list) and len(got) == len(wanted):
        return next((d for i, g in enumerate(got) if (d := difference(g, wanted[i], f"{at}[{i}]"))), "")
    return (
        ""
        if orjson.dumps(got, default=list) == orjson.dumps(wanted, default=list)
        else f"{at}: got {got!r}, wanted {wanted!r}"
    )


@functools.cache
def told_cases() -> list[Case]:
    return list(cases(DOCUMENTS, seed=3))


def cases(count: int, seed: int) -> Iterator[Case]:
    """Each document with two sets of variables, so that a plan meets a request it was not compiled for."""
    oracle, harvest, people = Oracle(sample.core, ROWS, HOOKS, most_counted=3), Harvest(), viewers()
    writer = Writer(sample.core, seed, harvest)
    for n in range(count):
        document = writer.fresh()
        assert validate(sample.core, parse(document.text)) == [], document.text
        for turn in range(2):
            viewer, variables = people[(n + turn * n % 3) % len(people)], document.values()
            wanted = expected(oracle, document.text, variables, viewer)
            if not isinstance(wanted, set):
                harvest.take(wanted, document.places)
            yield Case(document.text, variables, viewer, wanted)


@pytest.fixture
async def connection(bare_database):
    owner = await asyncpg.connect(bare_database.owner_url)
    await rows.stored(owner, ROWS, APP)
    await owner.close()
    pool = await create_pool(bare_database.app_url, 1)
    async with pool.acquire() as one:
        yield one
    await pool.close()


def fresh() -> Reader:
    return Reader(sample.core, sample.Me, settings=sample.SETTINGS, most_counted=3)


async def test_random_documents_answer_as_the_oracle_says(connection):
    reader, asked, full = fresh(), 0, 0
    for case in told_cases():
        got = await answered(reader, connection, case)
        assert agree(got, case.expected, case.text), f"{difference(got, case.expected)}\n{case.text}\n{case.variables}"
        asked += 1
        full += len(orjson.dumps(got, default=str)) > 100
    assert asked == 2 * DOCUMENTS
    assert full > DOCUMENTS  # most say something


# ---- the test of the test
@contextlib.contextmanager
def without(thing: Any, name: str, value: Any = None) -> Iterator[None]:
    before = getattr(thing, name)
    change = setattr if isinstance(thing, type) else object.__setattr__  # frozen ones too
    change(thing, name, value)
    try:
        yield
    finally:
        change(thing, name, before)


def mutants() -> dict[str, Any]:
    """A broken reader for each rule: name -> context in which it is broken."""
    made: dict[str, Any] = {}
    for name, type_ in sample.core.type_map.items():
        if name.startswith("__"):
            continue
        for field, real in getattr(type_, "fields", {}).items():
            found = declared(real) if hasattr(real, "args") else None
            for rule in ("when", "present", "counted", "narrow"):
                if getattr(found, rule, None) is not None:
                    made[f"{rule} of {name}.{field}"] = lambda found=found, rule=rule: without(found, rule)
        access = definition(sample.core.type_map[name])
        access = getattr(getattr(access, "origin", None), "__reading__", None)
        if getattr(access, "visible", None) is not None:
            made[f"predicate of {name}"] = lambda access=access: without(access, "visible")
    made |= {
        "a cursor's own row again": lambda: without(keyset, "beyond", lambda a, b, down: a <= b if down else a >= b),
        "nothing before a page": lambda: without(page, "before", lambda row, where, passed: sa.false()),
        "one row too many": lambda: without(page, "one_more", lambda n: n),
        "one row too few": lambda: without(page, "one_more", lambda n: max(n - 1, 0)),
        "the other way round": lambda: without(
            Key, "sorted", lambda k, row: k.of(row) if k.descending else k.of(row).desc()
        ),
        "never descending": lambda: without(Key, "sorted", lambda k, row: k.of(row)),
        "nobody announced": lambda: without(sample, "SETTINGS", {}),
        "forms confused": lambda: without(
            forms.Form, "shape", lambda form, key, value, probe: probe(value.get(form.variables))
        ),
        "a short list": lambda: without(declared(fields_of(sample.core, "Contribution")["sections"]), "limit", 2),
        "a long list": lambda: without(declared(fields_of(sample.core, "Contribution")["sections"]), "limit", 4),
    }
    return made


@pytest.mark.once
async def test_every_mutant_is_found(connection):
    survivors = []
    for name, broken in mutants().items():
        # Those that name the broken field are asked first: they are likely to tell.
        field = name.rpartition(".")[2]
        near = sorted(told_cases(), key=lambda case: field not in case.text)
        with broken():
            reader = fresh()
            for case in near:
                try:
                    got = await answered(reader, connection, case)
                except Exception:  # a broken reader may also break down
                    break
                if not agree(got, case.expected, case.text):
                    break
            else:
                survivors.append(name)
    assert survivors == []
    assert len(mutants()) > 20
