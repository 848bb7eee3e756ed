"""The nouns of the contract: every word described, every scalar strict, every field readable."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.api.schema import scalars
from forum.api.schema.nouns import NODE_TYPES
from forum.reading.verify import verify
from forum.store.tables import schema as t
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInterfaceType,
    GraphQLScalarType,
    get_named_type,
    is_enum_type,
    is_leaf_type,
    is_required_argument,
    is_specified_scalar_type,
    is_union_type,
)
from tests.support.api import nouns_scene as scene
from tests.support.api.nouns_reader import AUTHOR, NOBODY, SCHEMA, TEAM, reading
from tests.support.typed import details, query_fields, some


@pytest.fixture
async def ask(database):
    async with reading(database) as asked:
        yield asked


# ---- the contract as a text
def _described() -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, type_ in SCHEMA.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        found.append((name, type_))
        for field_name, field in getattr(type_, "fields", {}).items():
            found.append((f"{name}.{field_name}", field))
            found += [(f"{name}.{field_name}({n})", a) for n, a in getattr(field, "args", {}).items()]
        if is_enum_type(type_):
            found += [(f"{name}.{n}", v) for n, v in type_.values.items()]
    return found


def test_everything_is_described():
    assert len(_described()) > 500
    assert [where for where, thing in _described() if not (thing.description or "").strip()] == []


def test_the_schema_can_be_read_safely():
    assert verify(SCHEMA, t.metadata) > 400


def test_every_node_is_known_by_its_id_and_lives_in_one_table_of_its_own():
    interface = SCHEMA.type_map["Node"]
    assert isinstance(interface, GraphQLInterfaceType)
    nodes = {type_.name for type_ in SCHEMA.get_possible_types(interface)}
    assert nodes == {cls.__name__ for cls in NODE_TYPES}
    assert all(declaration(cls).visible is not None for cls in NODE_TYPES), "each type says who sees a row of it"


def test_nothing_of_ours_says_adopted_about_what_the_gfmd_does():
    """A forum adopts the process it works by, and that is another thing: there the sentence speaks of it."""
    said = {
        where: thing.description.lower()
        for where, thing in _described()
        if "adopt" in (thing.description or "").lower()
    }
    about_processes = {
        where for where, words in said.items() if any(w in words for w in ("process", "template", "text"))
    }
    assert set(said) - about_processes == {"DocumentState.ADOPTED"}


# ---- scalars
@pytest.mark.parametrize(
    ("given_text", "read"),
    [
        ("2027-03-01T12:00:00+01:00", "2027-03-01T11:00:00+00:00"),
        ("2027-03-01t11:00:00z", "2027-03-01T11:00:00+00:00"),
        ("2027-03-01T11:00:00.123456789Z", "2027-03-01T11:00:00.123456+00:00"),
    ],
)
def test_instants_are_read_in_any_zone(given_text, read):
    assert scalars.instant(given_text).astimezone(dt.UTC).isoformat() == read


@pytest.mark.parametrize(
    ("type_", "value", "code"),
    [
        ("DateTime", "2027-03-01T12:00:00", "NAIVE_TIME"),
        ("DateTime", "2027-03-01", "INVALID_VALUE"),
        ("DateTime", "2027-02-30T12:00:00Z", "INVALID_VALUE"),
        ("DateTime", "0001-01-01T00:00:00+14:00", "INVALID_VALUE"),
        ("DateTime", 1, "INVALID_VALUE"),
        ("Date", "2027-02-30", "INVALID_VALUE"),
        ("Date", "20270201", "INVALID_VALUE"),
        ("URL", "javascript:alert(1)", "INVALID_VALUE"),
        ("URL", "https://exa mple.org", "INVALID_VALUE"),
        ("URL", "http://[", "INVALID_VALUE"),
        ("LanguageTag", "english, please", "UNKNOWN_CODE"),
        ("CountryCode", "NOR", "UNKNOWN_CODE"),
        ("UUID", "1" * 32, "INVALID_VALUE"),
        ("TargetCode", "10.99", "UNKNOWN_CODE"),
        ("ObjectiveCode", "24", "UNKNOWN_CODE"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code_and_a_remedy(type_, value, code):
    with pytest.raises(GraphQLError) as refused:
        scalar(type_).parse_value(value)
    assert details(refused)["code"] == code
    assert len(refused.value.message) > 30


def scalar(name: str) -> GraphQLScalarType | GraphQLEnumType:
    found = SCHEMA.type_map[name]
    assert isinstance(found, GraphQLScalarType | GraphQLEnumType)
    return found


def declaration(cls: Any) -> Any:
    """What a type of the schema declares of its rows."""
    return cls.__reading__


def _code(name: str, text: str) -> str:
    try:
        scalar(name).parse_value(text)
    except GraphQLError as refusal:
        return str(some(refusal.extensions)["code"])
    return "READ"


@given(st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?", fullmatch=True))
def test_no_text_breaks_a_scalar(text):
    for name in ("DateTime", "Date", "URL", "LanguageTag", "CountryCode", "UUID", "TargetCode", "ObjectiveCode"):
        assert _code(name, text) in ("READ", "NAIVE_TIME", "INVALID_VALUE", "UNKNOWN_CODE")


async def test_a_naive_time_is_refused_in_a_document_and_in_a_variable(ask):
    literal = '{ forum(slug: "gfmd") { mandates(at: "2027-03-01T12:00:00") { totalCount } } }'
    variable = 'query($at: DateTime) { forum(slug: "gfmd") { mandates(at: $at) { totalCount } } }'
    for text in (literal, variable):
        with pytest.raises(GraphQLError, match=r"has no zone\. Write it with an offset") as refused:
            await ask(text, {"at": "2027-03-01T12:00:00"})
        assert details(refused)["code"] == "NAIVE_TIME"


# ---- everything can be read
def selection(type_: Any, depth: int) -> str:
    """Every field of a type that needs no argument, so deep."""
    type_ = get_named_type(type_)
    if is_leaf_type(type_):
        return ""
    if is_union_type(type_):
        inner = " ".join(f"... on {m.name} {{ {_marked(m.name)} }}" for m in type_.types)
        return f"{{ __typename {inner} }}"
    found = ["__typename"]
    for name, field in type_.fields.items():
        if name == "acts":  # asks the runner, not the row: `test_acts.py`
            continue
        if any(is_required_argument(given) for given in field.args.values()):
            continue
        leaf = is_leaf_type(get_named_type(field.type))
        if leaf:
            found.append(name)
        elif depth > 0:
            deeper = depth if get_named_type(field.type).name.endswith(("Connection", "Edge")) else depth - 1
            found.append(name + selection(field.type, deeper) if name != "edges" else "edges { cursor }")
    return "{ " + " ".join(found) + " }"


def _marked(member: str) -> str:
    return "layer" if member == "Withheld" else f"{member.lower()}Id: id"


@pytest.mark.parametrize("viewer", [NOBODY, AUTHOR, TEAM], ids=["nobody", "author", "team"])
async def test_every_field_of_every_noun_can_be_read(ask, viewer):
    seen = {}
    for cls in NODE_TYPES:
        table = declaration(cls).table
        ids = [
            f"{cls.__name__}:{row['id']}" for of, rows in scene.everything() if of.name == table.name for row in rows
        ]
        text = (
            f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {cls.__name__} "
            f"{selection(SCHEMA.type_map[cls.__name__], 1)} }} }}"
        )
        found = (await ask(text, {"ids": ids}, viewer))["nodes"]
        seen[cls.__name__] = [n for n in found if n is not None]
        assert all(n["id"] in ids for n in seen[cls.__name__])
    empty = {name for name, found in seen.items() if not found}
    if viewer is TEAM:  # of clearance not even the team is told
        assert empty == {"Clearance", "ClearanceRule"}
    if viewer is NOBODY:
        assert empty == {
            "Addressee", "Application", "CalendarAddress", "Clearance", "ClearanceRule", "Contact", "HistoryEntry",
            "Invitation", "LatePermit", "MeetingFault", "Notice", "Objection", "Person", "Reminder", "Reservation",
            "SignIn", "Token",
        }  # fmt: skip
    if viewer is AUTHOR:  # who is told of, and permitted, what is the author's own
        assert empty == {"Invitation", "MeetingFault", "Objection", "Reminder", "Reservation"}
    told = [] if viewer is NOBODY else [f"Notice:{scene.key('notice ada')}"]
    assert [n["id"] for n in seen["Notice"]] == told, "and nobody else's"


@pytest.mark.parametrize("viewer", [NOBODY, AUTHOR, TEAM], ids=["nobody", "author", "team"])
async def test_every_root_answers(ask, viewer):
    for name in ("viewer", "forums", "calls", "contributions", "meetings", "organisations", "mechanisms"):
        answer = await ask(f"{{ {name} {selection(query_fields(SCHEMA)[name].type, 1)} }}", viewer=viewer)
        assert answer[name] is not None
