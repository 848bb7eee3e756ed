"""The root fields of an operation, collected once a document: what a mutation performs, and in which order.

As in the specification's CollectFields for a root that is one object type. Which of them a request includes depends on
its variables; what each one *is* must not, because the compiled payload of a field is kept with the document.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphql.execution.values import VariableValues

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_directive_values,
)

Conditions = tuple[SelectionNode, ...]  # the field and the fragments around it, those that carry directives
Found = tuple[FieldNode, Conditions]


@dataclass(frozen=True, eq=False)
class Root:
    """One root field. `ways` are the conditions of each place where it is written; one that holds is enough."""

    key: str
    node: FieldNode
    ways: tuple[Conditions, ...]

    def included(self, variables: VariableValues) -> bool:
        return any(all(_holds(node, variables) for node in way) for way in self.ways)


def roots(document: DocumentNode, operation: OperationDefinitionNode) -> tuple[Root, ...]:
    """The root fields by response key, in the order asked for. `document` is validated and within the limits."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    places_by_key: dict[str, list[Found]] = {}
    for node, way in _fields(operation.selection_set, fragments, ()):
        places_by_key.setdefault((node.alias or node.name).value, []).append((node, way))
    return tuple(Root(key, _joined(places), tuple(way for _, way in places)) for key, places in places_by_key.items())


def _fields(
    selections: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], around: Conditions
) -> Iterator[Found]:
    for node in selections.selections:
        way = (*around, node) if node.directives else around
        if isinstance(node, FieldNode):
            yield node, way
        elif isinstance(node, InlineFragmentNode):
            yield from _fields(node.selection_set, fragments, way)
        elif isinstance(node, FragmentSpreadNode):
            yield from _fields(fragments[node.name.value].selection_set, fragments, way)


def _joined(places: list[Found]) -> FieldNode:
    """A field written in several places is one, with the selections of each under the conditions of its place."""
    first = places[0][0]
    if len(places) == 1 or first.selection_set is None:
        return first
    parts = []
    for node, way in places:
        assert node.selection_set is not None
        part = InlineFragmentNode(directives=(), selection_set=node.selection_set)
        for carrier in reversed(way):
            part = InlineFragmentNode(directives=carrier.directives, selection_set=SelectionSetNode(selections=(part,)))
        parts.append(part)
    return FieldNode(
        alias=first.alias,
        name=first.name,
        arguments=first.arguments,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(parts)),
    )


def _holds(node: SelectionNode, variables: VariableValues) -> bool:
    """Whether its `@skip` and `@include` let the selection stand."""
    skip = get_directive_values(GraphQLSkipDirective, node, variables)
    include = get_directive_values(GraphQLIncludeDirective, node, variables)
    return not (skip and skip["if"]) and not (include and not include["if"])
