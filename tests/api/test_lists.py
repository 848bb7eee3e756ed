"""Lists in variables and documents: measured before their entries are looked at, refused with limit and actual number,
and paid for by the entry."""

from typing import Any

import pytest

from forum.api.http.lists import Lists, check_literals, check_values
from forum.api.limits import Limits
from forum.api.problem import Problem
from forum.api.schema.contract import GRAPHQL
from forum.reading.cost import Cost, entries
from graphql import GraphQLScalarType, OperationDefinitionNode, build_schema, parse
from tests.support.typed import first_operation
from tests.support.work import counted

LIMITS = Limits()
LISTS = Lists(GRAPHQL, LIMITS)
CODES = "query($f: ContributionFilter) { contributions(filter: $f) { totalCount } }"
IDS = "query($i: [ID!]!) { nodes(ids: $i) { id } }"
MEETING = "mutation($input: RecordMeetingInput!) { recordMeeting(input: $input) { errors { code } } }"


def _checked(text: str, **variables: Any) -> dict[str, Any]:
    """The facts of the refusal; empty where there is none."""
    try:
        LISTS.check(LISTS.holding(first_operation(parse(text))), variables)
    except Problem as problem:
        said = str(problem.facts["actual"]) in problem.message
        return (
            dict(problem.facts) if said and problem.code == "LIST_TOO_LONG" and problem.of_document else {"": problem}
        )
    return {}


@pytest.mark.parametrize(
    ("text", "variables", "refused"),
    [
        (CODES, {"f": {"targets": ["10.7"] * 100}}, {}),
        (CODES, {"f": {"targets": ["10.7"] * 101}}, {"list": "$f.targets", "actual": 101, "limit": 100}),
        (CODES, {"f": {"targets": ["x"] * 140_000}}, {"list": "$f.targets", "actual": 140_000, "limit": 100}),
        (CODES, {"f": {"targets": "10.7"}}, {}),
        (CODES, {"f": None}, {}),
        (CODES, {"f": ["no", "object"]}, {}),
        (CODES, {}, {}),
        (
            IDS,
            {"i": ["x"] * 101},
            {"list": "$i", "actual": 101, "limit": 100},
        ),
        ("query($i: ID!) { node(id: $i) { id } }", {"i": ["x"] * 101}, {}),  # no list stands there: coercion says so
        (MEETING, {"input": {"sessions": [{}] * 2_000}}, {}),
        (MEETING, {"input": {"sessions": [{}] * 2_001}}, {"list": "$input.sessions", "actual": 2_001, "limit": 2_000}),
        (
            MEETING,
            {"input": {"sessions": [{"panels": [{"speakers": [{}] * 2_001}]}]}},
            {"list": "$input.sessions.panels.speakers", "actual": 2_001, "limit": 2_000},
        ),
        (
            MEETING,
            {"input": {"sessions": [{"panels": [{"speakers": [{}] * 100}] * 10}] * 10}},
            {"list": "all lists together", "actual": 10_110, "limit": 5_000},
        ),
    ],
)
def test_a_list_has_a_limit(text: str, variables: dict[str, Any], refused: dict[str, Any]) -> None:
    assert _checked(text, **variables) == refused


def test_no_entry_is_looked_at_before_the_length() -> None:
    schema = build_schema("type Query { a(codes: [Code!], box: Box): Int } scalar Code input Box { codes: [[Code]] }")
    scalar = schema.type_map["Code"]
    assert isinstance(scalar, GraphQLScalarType)
    lists = Lists(schema, LIMITS)
    text = "query($c: [Code!], $b: Box) { a(codes: $c, box: $b) }"
    holding = lists.holding(first_operation(parse(text)))

    def work(length: int) -> int:
        def tried() -> None:
            with pytest.raises(Problem):
                lists.check(holding, {"c": ["1"] * length})

        return counted(tried)[1]

    assert work(100_000) == work(101)
    with pytest.raises(Problem) as refused:
        lists.check(holding, {"b": {"codes": [[1] * 100] * 60}})
    assert refused.value.facts["actual"] == 6_060


def test_most_operations_are_not_measured_at_all() -> None:
    for text in (
        "query($id: ID!) { node(id: $id) { id } }",
        "mutation($input: SubmitContributionInput!) { __typename }",
    ):
        assert LISTS.holding(first_operation(parse(text))) == ()


def test_a_list_written_into_the_document_is_refused_before_validation() -> None:
    text = "{ contributions(filter: {targets: [%s]}) { totalCount } }"
    check_literals(text, parse(text % ('"10.7" ' * 100)), LIMITS)
    with pytest.raises(Problem) as refused:
        check_literals(text, parse(text % ('"10.7" ' * 101)), LIMITS)
    assert refused.value.facts == {"list": "a list in the document", "actual": 101, "limit": 100}


def test_values_without_end_are_refused_whatever_they_are_called() -> None:
    check_values({"unknown": [1] * 39_000}, LIMITS)
    with pytest.raises(Problem) as refused:
        check_values({"unknown": [1] * 500_000}, LIMITS)
    assert refused.value.code == "BAD_VARIABLES"
    with pytest.raises(Problem) as refused:
        check_values({"unknown": ["a", {"b": "\x00"}]}, LIMITS)
    assert refused.value.code == "BAD_TEXT"


# ---- what they cost
def _cost(text: str, **variables: Any) -> int:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    cost = Cost(GRAPHQL, {}, 100)
    return cost.of(cost.root(GRAPHQL.query_type, [operation.selection_set]), variables)


def test_each_entry_counts_each_time_it_is_sent() -> None:
    page = "contributions(first: 10, filter: $f) { nodes { id } }"
    plain = _cost(f"query($f: ContributionFilter) {{ {page} }}", f={})
    given = {"targets": ["10.7"] * 90, "languages": ["en"] * 9}
    assert _cost(f"query($f: ContributionFilter) {{ {page} }}", f=given) == plain + 99
    twice = f"query($f: ContributionFilter) {{ a: {page} b: {page} }}"
    assert _cost(twice, f=given) == _cost(twice, f={}) + 2 * 99
    literal = '{ contributions(first: 10, filter: {targets: ["10.7", "10.2"]}) { nodes { id } } }'
    assert _cost(literal) == plain + 2


def test_inside_a_list_they_count_for_each_row() -> None:
    inside = 'query($f: ContributionFilter) { edition(forum: "a", name: "b") { calls(first: 5) { nodes { %s } } } }'
    page = "contributions(first: 1, filter: $f) { nodes { id } }"
    plain = _cost(inside % page, f={})
    assert _cost(inside % page, f={"targets": ["10.7"] * 20}) == plain + 5 * 20


def test_entries() -> None:
    assert [entries(one) for one in (None, 1, "abc", [1, [2, 3]], {"a": [1], "b": {"c": [[]]}})] == [0, 0, 0, 4, 2]
