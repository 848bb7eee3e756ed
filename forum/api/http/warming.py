"""Compiles the trusted documents at the start, each in its most usual form, so that nobody's first page waits for it.

A document has many forms (`forum.reading`); the usual one has its optional variables left out. Compiling is what costs,
and a client's own documents are charged for it; what the project ships is paid for here.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLInputType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    get_named_type,
    get_variable_values,
    is_list_type,
    is_non_null_type,
    type_from_ast,
)

from ...reading.forms import JsonObject
from ...reading.run import Reader
from .execute import Service
from .plans import Plan

_SAMPLES = {"String": "x", "Int": 1, "Boolean": True, "Date": "2020-01-01", "DateTime": "2020-01-01T00:00:00Z"}


def compile_trusted(service: Service, reader: Reader, viewers: Sequence[Any]) -> int:
    """Compile every trusted query for these viewers' forms; how many plans there are then."""
    count = 0
    for plan in service.plans.trusted_plans():
        if plan.is_mutation or plan.prepared is None:
            continue
        variables = get_variable_values(
            service.schema, plan.operation.variable_definitions or (), _sample(service.schema, plan)
        )
        if isinstance(variables, list):
            continue  # it asks for what no sample stands for: its first caller compiles it
        for viewer in viewers:
            reader.plan(plan.prepared, variables.coerced, viewer)
            count += 1
    return count


def _sample(schema: GraphQLSchema, plan: Plan) -> JsonObject:
    """A value for each variable that must be given."""
    kind = next(_types(plan.operation), "Contribution")
    values = {}
    for definition in plan.operation.variable_definitions or ():
        type_ = type_from_ast(schema, definition.type)
        if type_ is not None and is_non_null_type(type_) and definition.default_value is None:
            values[definition.variable.name.value] = _value(type_.of_type, kind)
    return values


def _value(type_: GraphQLInputType, kind: str) -> Any:
    if is_list_type(type_):
        return [_value(type_.of_type, kind)]
    named = get_named_type(type_)
    if named.name == "ID":
        return f"{kind}:{UUID(int=0)}"
    if isinstance(named, GraphQLEnumType):
        return next(iter(named.values))
    return _SAMPLES.get(named.name)


def _types(operation: OperationDefinitionNode) -> Iterator[str]:
    """The types that a document's root fields are narrowed to: `node(id:) { ... on Call { } }` takes a call's id."""
    for field in operation.selection_set.selections:
        if isinstance(field, FieldNode) and field.selection_set:
            for inside in field.selection_set.selections:
                if isinstance(inside, InlineFragmentNode) and inside.type_condition:
                    yield inside.type_condition.name.value
