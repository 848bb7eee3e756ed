"""Plans: one for each form and no more, no cost that runs away, nothing of a caller in the statement's text."""

import datetime as dt
import math
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from forum.errors import Misconfigured
from forum.reading.compile import _compiled
from forum.reading.cost import CAP
from forum.reading.forms import Form, Plans, Value
from forum.reading.run import Reader
from forum.reading.values import Key, as_uuid, const, cursor, list_mark, uncursor, written
from graphql import GraphQLError, parse, validate
from tests.support.reading import sample
from tests.support.typed import details, first_operation
from tests.support.work import A_SECOND, counted

NOBODY = SimpleNamespace(form=frozenset(), values={})
AUTHOR = SimpleNamespace(form=frozenset({"author"}), values={})


def prepared(reader: Reader, text: str) -> Any:
    document = parse(text)
    assert validate(sample.core, document) == []
    return reader.prepare(document, first_operation(document))


@pytest.fixture
def reader() -> Reader:
    return Reader(sample.core, sample.Me, settings=sample.SETTINGS)


# ---- forms
def test_values_share_a_plan_and_forms_do_not(reader):
    text = (
        "query($n: Int, $a: String, $f: ContributionFilter) { contributions(first: $n, after: $a, filter: $f) { "
        "nodes { id } } }"
    )
    one = prepared(reader, text)
    key = "2026-03-01T12:00:00.000000Z|" + str(uuid.uuid4())
    for variables, plans in [
        ({}, 1), ({"n": 3}, 1), ({"n": None}, 1), ({"a": key}, 2), ({"a": key, "n": 5}, 2),
        ({"f": {"minWords": 3}}, 3), ({"f": {"minWords": 9}}, 3), ({"f": {"minWords": None}}, 4), ({"f": {}}, 4),
        ({"f": {"minWords": 9, "mechanism": sample.Mechanism.STATES}}, 5),
    ]:  # fmt: skip
        reader.plan(one, variables, NOBODY)
        assert reader.known(one, variables, NOBODY)
        assert reader.compiled == plans, variables
    assert not reader.known(one, {"a": key}, AUTHOR)


def test_the_same_text_is_prepared_once(reader):
    assert prepared(reader, "{ editions { totalCount } }") is prepared(reader, "{ editions { totalCount } }")
    assert prepared(reader, "{ editions { totalCount } } ") is not prepared(reader, "{ editions { totalCount } }")


def test_what_is_kept_is_bounded():
    reader = Reader(sample.core, sample.Me, documents=3)
    for i in range(9):
        prepared(reader, f"{{ a{i}: __typename }}")
    assert len(reader.prepared) == 3


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=12))
def test_a_plan_is_found_by_its_answers_only(asked):
    """A compiler that asks the second question only when the first is answered with yes, the fourth only with no."""

    def compiled(variables: dict[str, bool]) -> tuple[Form, tuple]:
        form = Form(variables)

        def ask(i: int) -> bool:
            return form.shape(i, Value(lambda v: v[str(i)]), bool)

        answers = (ask(0) and ask(1), ask(2) or ask(3))
        return form, answers

    plans, made = Plans(), {}
    for bits in asked:
        variables = {str(i): bit for i, bit in enumerate(bits)}
        form, answers = compiled(variables)
        found = plans.find("", variables)
        asked_now = tuple((k, a) for k, (_, a) in form.asked.items())
        assert (found is not None) == (asked_now in made)
        if found is None:
            plans.keep("", form, answers)
            made[asked_now] = answers
        else:
            assert found == answers


def test_plans_of_one_document_are_bounded():
    plans = Plans(limit=5)
    for n in range(20):
        form = Form({"x": n})
        form.shape("x", Value(lambda v: v["x"]), lambda x: x)
        plans.keep("", form, n)
        assert plans.find("", {"x": n}) == n
    assert plans.count <= 5


# ---- the statement
def test_nothing_of_a_caller_stands_in_the_statement(reader):
    text = (
        '{ search(text: "zqx\'--", first: 17) { nodes { id } } organisation(name: "zqy") { id } node(id: '
        '"Edition:zqz") { id } greeting(name: "zqw") }'
    )
    plan = reader.plan(prepared(reader, text), {}, NOBODY)
    assert "zq" not in plan.sql
    assert "17" not in plan.sql


def test_only_what_touches_authorship_is_guarded(reader):
    plain = prepared(reader, '{ organisation(name: "x") { name } }')
    assert not reader.plan(plain, {}, AUTHOR).guarded
    deep = prepared(reader, '{ node(id: "Comment:x") { ... on Comment { body } } }')
    assert not reader.plan(deep, {}, NOBODY).guarded
    plan = reader.plan(deep, {}, AUTHOR)
    assert plan.guarded
    assert plan.sql.startswith("WITH told AS MATERIALIZED")


def test_a_list_of_constants_in_a_predicate_is_written_out():
    done = _compiled(sa.select(sample.edition.c.id).where(sample.edition.c.stage.in_(["call", "drafting"])))
    assert "POSTCOMPILE" not in str(done)
    assert [done.params[n] for n in done.positiontup] == ["call", "drafting"]


@pytest.mark.parametrize("word", ["", "it's", "a;b", "é", 'a"b', "a\\b", "a\nb"])
def test_a_constant_is_a_plain_word(word):
    with pytest.raises(Misconfigured):
        const(word)


# ---- what may not run away
def test_fragments_that_double_are_judged_by_their_length(reader):
    levels = 30
    parts = [
        f"fragment F{i} on Contribution {{ comments {{ nodes {{ contribution {{ ...F{i + 1} ...F{i + 1} title }} }} "
        f"}} }}"
        for i in range(levels)
    ]
    text = "\n".join(
        [*parts, f"fragment F{levels} on Contribution {{ title }}", "{ contributions { nodes { ...F0 ...F0 } } }"]
    )
    document = parse(text)  # not validated: graphql-core's own validation is another room's worry
    cost, work = counted(lambda: reader.cost(reader.prepare(document, first_operation(document)), {}))
    assert cost == CAP
    assert work < A_SECOND


def test_fragments_that_double_in_breadth_are_refused(reader):
    parts = [
        f"fragment F{i} on Contribution {{ a{i}: edition {{ contributions {{ nodes {{ ...F{i + 1} }} edges {{ node {{ "
        f"...F{i + 1} }} }} }} }} }}"
        for i in range(12)
    ]
    text = "\n".join([*parts, "fragment F12 on Contribution { title }", "{ contributions { nodes { ...F0 } } }"])
    bomb = prepared(reader, text)
    code, work = counted(lambda: _planned(reader, bomb, NOBODY))
    assert code == "TOO_MANY_FIELDS"
    assert work < A_SECOND


@pytest.mark.parametrize("depth", [6, 20])
def test_a_deep_document_compiles_in_time_or_is_refused(reader, depth):
    """Time exponential in the depth, once ours by walking the finished statement, must not come back."""
    inner = "comments { nodes { contribution { " * depth + "id" + " } } }" * depth
    document = parse(f"{{ contributions {{ nodes {{ {inner} }} }} }}")
    code, work = counted(lambda: _planned(reader, reader.prepare(document, first_operation(document)), AUTHOR))
    assert code == (None if depth < 10 else "TOO_DEEP")
    assert work < A_SECOND


def _planned(reader: Reader, document: Any, viewer: Any) -> str | None:
    """None for a statement that was made, or the code of the refusal."""
    try:
        assert reader.plan(document, {}, viewer).guarded
    except GraphQLError as refused:
        return (refused.extensions or {})["code"]
    return None


@pytest.mark.parametrize(
    ("text", "variables", "cost"),
    [
        ("{ __typename }", {}, 0),
        ("{ viewer { signedIn } }", {}, 1),
        ("{ editions { nodes { id title } } }", {}, 1 + 20 * (0.5 + 2 * 0.03)),
        ("{ editions(first: 3) { totalCount nodes { id } } }", {}, 1 + 1 + 3 * (0.5 + 0.03)),
        (
            "{ editions(first: 3) { nodes { contributions(first: 2) { totalCount nodes { id } } } } }",
            {},
            1 + 3 * (0.5 + 1 + 12 + 2 * (0.5 + 0.03)),  # an edition has many of them
        ),
        ("{ contributions { exactCount } }", {}, 1 + 400),
        ("{ contributions { totalCount countIsExact } }", {}, 1 + 20 + 20),
        ("{ a: contributions { ...T } } fragment T on ContributionConnection { exactCount }", {}, 1 + 400),
        (
            "query($n: Int) { editions(first: $n) { nodes { contributions(first: $n) { nodes { id } } } } }",
            {"n": 5},
            1 + 5 * (0.5 + 1 + 5 * (0.5 + 0.03)),
        ),
        ("query($n: Int) { editions(first: $n) { nodes { id } } }", {"n": None}, 1 + 20 * (0.5 + 0.03)),
        (
            "query($n: Int) { editions(first: $n) { ...P edges { node { id } } } } fragment P on EditionConnection { "
            "nodes { id } }",
            {"n": 4},
            1 + 2 * 4 * (0.5 + 0.03),
        ),
        ("query($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a", "b"]}, 2 * (2 + 0.03)),
        ('{ node(id: "x") { ... on Contribution { excerpt sections { id } } } }', {}, 2 + 6 + 0.6 + 3 * (0.1 + 0.03)),
    ],
)
def test_cost_by_the_published_formula(reader, text, variables, cost):
    assert reader.cost(prepared(reader, text), variables) == math.ceil(cost)


# ---- values
MOMENTS = st.datetimes(timezones=st.just(dt.UTC))


@given(MOMENTS, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.uuids())
def test_a_cursor_is_read_as_it_was_written(at, text, key):
    order = (Key("at", sa.DateTime(timezone=True)), Key("name", sa.Text()), Key("id", sa.Uuid()))
    assert uncursor("|".join(("m", written(at), text, str(key))), order, "m") == [at, text, key]


@given(st.text(max_size=60))
def test_whatever_else_is_sent_as_a_cursor_is_refused(text):
    order = (Key("at", sa.DateTime(timezone=True)), Key("id", sa.Uuid()))
    with pytest.raises(GraphQLError) as caught:
        uncursor(text, order, "m")
    assert details(caught)["code"] == "BAD_CURSOR"


def test_a_cursor_is_its_list_s_mark_and_the_columns():
    assert "CAST(edition.id AS TEXT)" in str(cursor(sample.edition, (Key("id", sa.Uuid()),), "m"))


def test_lists_and_orders_have_marks_of_their_own():
    marks = [list_mark(place, names) for place in ("Query.a", "Query.b", "A.b") for names in ((), ("id",), ("-id",))]
    assert len(set(marks)) == 9
    assert not any("|" in mark for mark in marks)


def test_ids_have_one_spelling():
    key = uuid.uuid4()
    assert as_uuid(str(key)) == key
    for other in (str(key).upper(), key.hex, f"{{{key}}}", f"urn:uuid:{key}", "", None, 3):
        assert as_uuid(other) is None or other == str(key)


def test_a_time_without_a_zone_never_reaches_an_answer():
    with pytest.raises(Misconfigured):
        written(dt.datetime(2026, 1, 1))  # noqa: DTZ001
