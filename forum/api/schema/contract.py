"""Puts the contract together: Query and Mutation, the nouns, the refusals. It decides nothing.

`sdl()` is what stands in `graphql/schema.graphql`; `GRAPHQL` is graphql-core's schema, which the reader compiles from.
"""

from typing import Any

import strawberry

from graphql import GraphQLSchema, print_schema

from ...reading.strawberry_internals import graphql_schema
from .mutations import mutation_type
from .nouns import types
from .query import Query
from .refusals import TYPES
from .scalars import config

_NOUNS = types()
MUTATION: Any = mutation_type({noun.__name__: noun for noun in _NOUNS})
SCHEMA = strawberry.Schema(query=Query, mutation=MUTATION, types=[*_NOUNS, *TYPES], config=config())
GRAPHQL: GraphQLSchema = graphql_schema(SCHEMA)


def sdl() -> str:
    """The contract in the schema definition language, as `graphql/schema.graphql` keeps it."""
    return print_schema(GRAPHQL) + "\n"
