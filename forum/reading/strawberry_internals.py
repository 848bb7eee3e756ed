"""All that is used of strawberry beyond what it documents; `tests/reading/test_reading_strawberry.py` watches over it.

Strawberry declares the contract, and here its execution is ours (`docs/decisions/0001-dependencies.md`). For that two
things are needed that it has no public way to: graphql-core's schema, which it makes and keeps to itself, and the way
from an object of that schema back to the declaration it was made from. Printing the schema and building it anew would
be public, and would lose both the declarations and what scalars and enumerations do.
"""

from typing import Any, cast

import strawberry
from strawberry.schema.schema_converter import GraphQLCoreConverter

from graphql import GraphQLSchema

VERSION = "0.341.2"  # the version that was looked at


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """The schema as graphql-core knows it: what documents are validated against, and what the reader compiles from."""
    return schema._schema


def definition(graphql_thing: Any) -> Any:
    """What strawberry made a type, field, argument or enumeration of graphql-core from; None where it made none.

    Of a field: a `StrawberryField` with its `metadata`; of an object type: a definition with its Python class as
    `origin`; of all of them, their Python name."""
    return cast(Any, graphql_thing.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF))
