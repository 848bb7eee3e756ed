"""What is used of strawberry without its promise still holds for the version that is installed."""

import re
from importlib.metadata import version

import strawberry

from forum.reading.strawberry_internals import VERSION, definition, graphql_schema
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLSchema
from tests.support.sources import ROOT, tracked

INTERNALS = "forum/reading/strawberry_internals.py"


@strawberry.type
class Thing:
    long_name: str = strawberry.field(metadata={"reading": "kept"})

    @strawberry.field
    def counted(self, at_most: int) -> int:
        return at_most


@strawberry.type
class Query:
    thing: Thing


CORE = graphql_schema(strawberry.Schema(query=Query))


def test_the_version_is_the_one_that_was_looked_at() -> None:
    installed = version("strawberry-graphql")
    assert installed == VERSION, (
        f"strawberry-graphql is {installed} now, and {INTERNALS} was written against {VERSION}: look whether the new "
        "version has a public way to graphql-core's schema and to the declarations behind it, run the tests of this "
        f"file and of tests/reading, and then set VERSION in {INTERNALS}."
    )


def test_graphql_core_s_schema_is_strawberry_s_own() -> None:
    assert isinstance(CORE, GraphQLSchema), "strawberry.Schema no longer keeps graphql-core's schema as `_schema`"
    assert CORE.query_type is not None
    assert list(CORE.query_type.fields) == ["thing"]


def test_every_object_leads_back_to_its_declaration() -> None:
    lost = "strawberry no longer keeps its definitions in the extensions of graphql-core's objects"
    thing = CORE.type_map["Thing"]
    assert isinstance(thing, GraphQLObjectType)
    assert definition(thing) is not None, lost
    assert definition(thing).origin is Thing
    field = thing.fields["longName"]
    assert definition(field).metadata["reading"] == "kept", lost
    assert definition(field).python_name == "long_name"
    assert definition(thing.fields["counted"].args["atMost"]).python_name == "at_most"


def test_what_strawberry_did_not_make_has_no_declaration() -> None:
    kind = CORE.type_map["__TypeKind"]
    assert isinstance(kind, GraphQLEnumType)
    assert definition(kind) is None


# Written in two halves, so that this file does not hold what it looks for.
PRIVATE = re.compile("|".join(("[.]_" + "schema\\b", "__straw" + "berry", "_type_" + "definition",
    "_enum_" + "definition",
                               "strawberry-" + "definition", "strawberry[.]_")))  # fmt: skip


def test_nothing_else_reaches_behind_strawberry() -> None:
    python = [name for name in tracked() if name.endswith(".py") and name != INTERNALS]
    found = [f"{name}: {hit}" for name in python for hit in PRIVATE.findall((ROOT / name).read_text("utf-8"))]
    assert not found
