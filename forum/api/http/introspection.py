"""Answers `__schema` and `__type`: the only fields that graphql-core executes, everything else is compiled.

An operation that asks for both is split by its root fields, here for graphql-core and the rest for `forum.reading`, and
the two answers are merged. The answer never depends on who asks, so it is kept. Its work is bounded beforehand by an
estimate that is measured on the schema itself: what the usual tools ask for passes, several times that does not.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import orjson

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    execute_sync,
    get_introspection_query,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
    parse,
)

from ..limits import INTROSPECTION, too_large
from ..problem import of_errors

KEPT = 16  # answers; a full one is some hundred kilobytes
ALLOWED = 1.5  # times the work of the full introspection query

Key = tuple[str, str, bytes]
Fragments = Mapping[str, FragmentDefinitionNode]


@dataclass(frozen=True, eq=False)
class Split:
    """One query operation in its two parts; None where the part would be empty."""

    introspection: DocumentNode | None
    rest: tuple[DocumentNode, OperationDefinitionNode] | None


def split(document: DocumentNode, operation: OperationDefinitionNode) -> Split:
    """Separate the root fields `__schema` and `__type` from the others. `document` is validated and within the
    limits."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    wanted = _part(operation.selection_set, fragments, True)
    if wanted is None:
        return Split(None, (document, operation))
    rest = _part(operation.selection_set, fragments, False)
    introspection = _only(operation, wanted, fragments)[0]
    return Split(introspection, _only(operation, rest, fragments) if rest else None)


def _only(
    operation: OperationDefinitionNode, selections: SelectionSetNode, fragments: Fragments
) -> tuple[DocumentNode, OperationDefinitionNode]:
    alone = OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=operation.directives,
        selection_set=selections,
    )
    return DocumentNode(definitions=(alone, *fragments.values())), alone


def _part(selection_set: SelectionSetNode, fragments: Fragments, wanted: bool) -> SelectionSetNode | None:
    kept: list[SelectionNode] = []
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            if (selection.name.value in INTROSPECTION) == wanted:
                kept.append(selection)
            continue
        inner: InlineFragmentNode | FragmentDefinitionNode
        if isinstance(selection, FragmentSpreadNode):
            inner = fragments[selection.name.value]
        else:
            assert isinstance(selection, InlineFragmentNode)
            inner = selection
        if part := _part(inner.selection_set, fragments, wanted):
            spelt = InlineFragmentNode(
                type_condition=inner.type_condition, directives=selection.directives, selection_set=part
            )
            kept.append(spelt)
    return SelectionSetNode(selections=tuple(kept)) if kept else None


class Introspector:
    """Introspection of one schema: bounded, executed by graphql-core, and kept."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.executed = 0
        self._many = _multiplicities(schema)
        self.most = int(self.work(parse(get_introspection_query(specified_by_url=True))) * ALLOWED)
        self._answers: OrderedDict[Key, bytes] = OrderedDict()

    def work(self, document: DocumentNode) -> float:
        """About how many fields the first operation of this document would have executed."""
        fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        return _work(operation.selection_set, fragments, {}, lambda name: self._many.get(name, 1.0))

    def check(self, document: DocumentNode) -> None:
        """Refuse (QUERY_TOO_LARGE) introspection that costs much more than the full introspection query."""
        work = int(self.work(document))
        if work > self.most:
            raise too_large("fields of introspection", work, self.most)

    def key(self, digest: str, document: DocumentNode, variables: Mapping[str, object]) -> Key:
        """What its answer is kept under. `document` holds one operation; `digest` names the text it came from."""
        operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
        name = operation.name.value if operation.name else ""
        used = {v.variable.name.value for v in operation.variable_definitions or ()} & set(variables)
        return digest, name, orjson.dumps({v: variables[v] for v in sorted(used)}, default=str)

    def kept(self, key: Key) -> bytes | None:
        """The JSON object of the root fields, if it was executed lately."""
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def execute(self, document: DocumentNode, variables: Mapping[str, object]) -> bytes:
        """The same, executed: it touches nothing that is shared, and takes long."""
        self.executed += 1
        result = execute_sync(self.schema, document, variable_values=dict(variables))
        if result.errors:
            raise of_errors("INVALID_DOCUMENT", result.errors)
        return orjson.dumps(result.data)

    def keep(self, key: Key, answer: bytes) -> None:
        """Keep an answer; the one longest unasked for is forgotten."""
        self._answers[key] = answer
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)


def _multiplicities(schema: GraphQLSchema) -> dict[str, float]:
    """How long each list of the introspection types is: exactly for types and directives, on average for the others."""
    types = list(schema.type_map.values())
    composite = [t for t in types if is_object_type(t) or is_interface_type(t)]
    fields = [f for t in composite for f in t.fields.values()]
    inputs = [t for t in types if is_input_object_type(t)]
    enums = [t for t in types if is_enum_type(t)]
    return {
        "types": len(types),
        "directives": len(schema.directives),
        "fields": len(fields) / len(types),
        "args": sum(len(f.args) for f in fields) / max(1, len(fields)),
        "inputFields": sum(len(t.fields) for t in inputs) / len(types),
        "enumValues": sum(len(t.values) for t in enums) / len(types),
        "interfaces": sum(len(t.interfaces) for t in composite) / len(types),
        "possibleTypes": 1.0,
        "locations": 5.0,
        "ofType": 0.5,
    }


def _work(
    selection_set: SelectionSetNode | None, fragments: Fragments, known: dict[str, float], many: Callable[[str], float]
) -> float:
    if selection_set is None:
        return 0.0
    total = 0.0
    for selection in selection_set.selections:
        if isinstance(selection, FieldNode):
            total += 1 + many(selection.name.value) * _work(selection.selection_set, fragments, known, many)
        elif isinstance(selection, InlineFragmentNode):
            total += _work(selection.selection_set, fragments, known, many)
        elif isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name not in known:
                known[name] = _work(fragments[name].selection_set, fragments, known, many)
            total += known[name]
    return total
