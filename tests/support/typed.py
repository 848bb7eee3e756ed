"""What a test knows to be there, said to the type checker as well: each helper fails where it is not."""

from collections.abc import Mapping
from typing import Any, TypeVar

import pytest

from forum.refusal import Refusal
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)

Item = TypeVar("Item")

# Wrong arguments of an act, the refusal they meet, and where in the input it points.
Refused = list[tuple[dict[str, Any], type[Refusal], tuple[str, ...]]]
RefusedAt = list[tuple[dict[str, Any], type[Refusal], str]]


def some(value: Item | None) -> Item:
    """The value, which is not None."""
    assert value is not None
    return value


def fields_of(schema: GraphQLSchema, type_: str) -> dict[str, GraphQLField]:
    """The fields of an object or an interface by its name."""
    found = schema.type_map[type_]
    assert isinstance(found, GraphQLObjectType | GraphQLInterfaceType)
    return found.fields


def query_fields(schema: GraphQLSchema) -> dict[str, GraphQLField]:
    return some(schema.query_type).fields


def first_operation(document: DocumentNode) -> OperationDefinitionNode:
    return next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))


def details(caught: pytest.ExceptionInfo[GraphQLError]) -> Mapping[str, Any]:
    """What a GraphQL error carries beside its sentence, its `code` among it."""
    return some(caught.value.extensions)
