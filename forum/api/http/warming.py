"""Compiles the trusted documents, each in its most usual form, while the service answers already.

A document has many forms (`forum.reading`); the usual one has its optional variables left out. To parse, validate and
compile them all takes seconds of processor, and a server that is started again is to answer at once: so it happens in
the workshop, beside the event loop, and whoever asks for one that is not ready yet waits for that one alone.
"""

import asyncio
import gc
import logging
from collections.abc import Iterator
from functools import partial
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
from .execute import Service
from .plans import Plan

_log = logging.getLogger(__name__)
_SAMPLES = {"String": "x", "Int": 1, "Boolean": True, "Date": "2020-01-01", "DateTime": "2020-01-01T00:00:00Z"}


async def warm(service: Service) -> int:
    """Prepare every trusted document and compile each query for a viewer of each form; how many plans there are then.
    Refuses (Misconfigured) a document that is not valid."""
    count = 0
    for name in service.documents.names:
        for plan in await service.plans.workshop.do("", name, partial(service.plans.read_trusted, name)):
            if not plan.is_mutation and plan.prepared is not None:
                count += await _compile(service, plan)
    return count


async def _compile(service: Service, plan: Plan) -> int:
    definitions = plan.operation.variable_definitions or ()
    variables = get_variable_values(service.schema, definitions, _sample(service.schema, plan))
    if isinstance(variables, list):
        return 0  # it asks for what no sample stands for: its first caller compiles it
    for viewer in service.forms:
        if not service.reader.known(plan.prepared, variables.coerced, viewer):
            work = service.reader.compiling(plan.prepared, variables.coerced, viewer)
            (await service.plans.workshop.do("", (id(plan.prepared), viewer.form), work))()
    return len(service.forms)


def begin(service: Service) -> asyncio.Task[int]:
    """The same as a task of its own, to be cancelled when the service ends."""
    task = asyncio.create_task(warm(service))
    task.add_done_callback(_ended)
    return task


def _ended(task: asyncio.Task[int]) -> None:
    if task.cancelled():
        return
    if (error := task.exception()) is not None:
        _log.error("Not all trusted documents are ready: %s", error)
    gc.freeze()  # plans stay to the end: the collector of garbage need not look at them again


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
