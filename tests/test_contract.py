"""The contract as printed: current, described to the last argument, and of one shape throughout."""

import re
from collections.abc import Iterator

import pytest

from forum.api.schema import contract as schema
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    is_introspection_type,
    is_required_argument,
    is_specified_directive,
    is_specified_scalar_type,
    validate_schema,
)
from tests.support.sources import ROOT

FIELDS = (GraphQLObjectType, GraphQLInterfaceType)


def ours() -> list[GraphQLNamedType]:
    """The types that this contract adds to the language's own."""
    every = schema.GRAPHQL.type_map.values()
    return [t for t in every if not is_introspection_type(t) and not is_specified_scalar_type(t)]


def described() -> Iterator[tuple[str, str | None]]:
    """Everything that can carry a description, by its coordinate (`Type.field(argument:)`), and the description."""
    for t in ours():
        yield t.name, t.description
        if isinstance(t, FIELDS):
            for name, field in t.fields.items():
                yield f"{t.name}.{name}", field.description
                yield from ((f"{t.name}.{name}({a}:)", arg.description) for a, arg in field.args.items())
        if isinstance(t, GraphQLInputObjectType):
            yield from ((f"{t.name}.{name}", field.description) for name, field in t.fields.items())
        if isinstance(t, GraphQLEnumType):
            yield from ((f"{t.name}.{name}", value.description) for name, value in t.values.items())
    for directive in schema.GRAPHQL.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description
            yield from ((f"@{directive.name}({a}:)", arg.description) for a, arg in directive.args.items())


def test_the_file_is_the_schema() -> None:
    """`graphql/schema.graphql` is printed from the code. When this fails, print it anew: `make schema`."""
    assert (ROOT / "graphql" / "schema.graphql").read_text("utf-8") == schema.sdl()


def test_the_schema_is_sound_by_itself() -> None:
    assert validate_schema(build_schema(schema.sdl())) == []


def test_everything_is_described() -> None:
    silent = [coordinate for coordinate, description in described() if not (description or "").strip()]
    assert not silent, "\n".join(["no description:", *silent])


def test_descriptions_say_something() -> None:
    """They are read by engineers who were never told: words, to an end, not a blank to be filled in."""
    odd = [
        f"{coordinate}: {text!r}"
        for coordinate, text in described()
        if text and (not re.search(r"[.:)\]?!}]$", text.rstrip()) or re.fullmatch(r"\W*\{\w+\}\W*", text))
    ]
    assert not odd, "\n".join(odd)


def test_names_follow_one_style() -> None:
    for t in ours():
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", t.name), t.name
        if isinstance(t, (*FIELDS, GraphQLInputObjectType)):
            for name in t.fields:
                assert re.fullmatch(r"[a-z][A-Za-z0-9]*", name), f"{t.name}.{name}"
        if isinstance(t, GraphQLEnumType):
            for name in t.values:
                assert re.fullmatch(r"[A-Z][A-Z0-9_]*", name), f"{t.name}.{name}"


def test_every_mutation_takes_one_input_and_gives_a_payload_with_errors() -> None:
    mutations = schema.GRAPHQL.mutation_type
    assert mutations is not None
    for name, field in mutations.fields.items():
        assert list(field.args) == ["input"], name
        assert is_required_argument(field.args["input"]), name
        taken = get_named_type(field.args["input"].type)
        assert isinstance(taken, GraphQLInputObjectType)
        assert {"actingAs", "idempotencyKey"} <= set(taken.fields), name
        payload = get_named_type(field.type)
        assert isinstance(payload, GraphQLObjectType)
        assert str(payload.fields["errors"].type) == "[UserError!]!", name
        results = [f for n, f in payload.fields.items() if n != "errors"]
        assert results, f"{name} gives nothing back"
        # Null where it was not done: a refusal is data, never an exception.
        assert not [f for f in results if str(f.type).endswith("!")], name


def test_every_refusal_is_a_type_of_the_contract() -> None:
    error = schema.GRAPHQL.type_map["UserError"]
    assert isinstance(error, GraphQLInterfaceType)
    kinds = schema.GRAPHQL.get_possible_types(error)
    assert {"DeadlinePassed", "StaleRevision", "TextTooLong", "GateClosed"} <= {t.name for t in kinds}
    for t in kinds:
        assert {"code", "message", "path"} <= set(t.fields), t.name


@pytest.mark.parametrize("name", ["DateTime", "Date", "URL", "LanguageTag", "CountryCode", "UUID"])
def test_a_scalar_names_its_specification(name: str) -> None:
    scalar = schema.GRAPHQL.type_map[name]
    assert getattr(scalar, "specified_by_url", None), name


def test_lists_that_may_grow_are_connections() -> None:
    for t in ours():
        if t.name.endswith("Connection") and isinstance(t, GraphQLObjectType):
            assert {"nodes", "edges", "pageInfo", "totalCount"} <= set(t.fields), t.name
            # A count may tell who is withheld, so that it must be free to say nothing.
            assert not str(t.fields["totalCount"].type).endswith("!"), t.name


def test_connections_are_paged_by_cursor() -> None:
    for t in ours():
        if isinstance(t, FIELDS):
            for name, field in t.fields.items():
                if get_named_type(field.type).name.endswith("Connection"):
                    assert {"first", "after"} <= set(field.args), f"{t.name}.{name}"
                    assert not {"offset", "page", "limit"} & set(field.args), f"{t.name}.{name}"
