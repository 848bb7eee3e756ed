"""How long the lists in a request's variables are, before a single entry of theirs is looked at.

To coerce an entry takes from a microsecond to fifty: a hundred thousand codes would hold the event loop for seconds,
and nobody else would be answered meanwhile. So lists are measured first, by the types of the variables, and a request
with one that is too long is refused. What the lists that pass are worth is counted by `forum/reading/cost.py`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLInputObjectType,
    GraphQLSchema,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    get_named_type,
    is_input_object_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
    type_from_ast,
    visit,
)

from ...reading.cost import may_hold_list
from ..limits import Limits, check_text
from ..problem import Problem

Holding = tuple[tuple[str, Any, int], ...]  # the variables that may hold a list: type, and the limit if it is one


class Lists:
    """What a schema says of lists. Those that reading takes (a filter's codes, ids) are short; an act's may be longer,
    because they are written down: speakers of a meeting, addressees of a call."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self.schema, self.limits = schema, limits
        self._written = _only_written(schema)

    def holding(self, operation: OperationDefinitionNode) -> Holding:
        """The operation's variables in which a list can stand. For most operations there are none."""
        holding = []
        writes = operation.operation is OperationType.MUTATION
        own = self.limits.list_written if writes else self.limits.list_read
        for definition in operation.variable_definitions or ():
            type_ = type_from_ast(self.schema, definition.type)
            if type_ is not None and may_hold_list(type_):
                holding.append((definition.variable.name.value, type_, own))
        return tuple(holding)

    def check(self, holding: Holding, variables: Mapping[str, Any]) -> None:
        """Refuse (LIST_TOO_LONG) a list over its limit, and lists that together are over theirs."""
        together = 0
        for name, type_, own in holding:
            if name in variables:
                for path, length, limit in self._lists(type_, variables[name], f"${name}", own):
                    if length > limit:
                        raise too_long(path, length, limit)
                    together += length
        if together > self.limits.list_entries:
            raise too_long("all lists together", together, self.limits.list_entries)

    def _lists(self, type_: Any, value: Any, path: str, limit: int) -> Iterator[tuple[str, int, int]]:
        if is_non_null_type(type_):
            type_ = type_.of_type
        if is_list_type(type_):
            inside = value if isinstance(value, list) else [value]  # one value stands for a list of it
            yield path, len(inside), limit
            if may_hold_list(type_.of_type):
                for item in inside:
                    yield from self._lists(type_.of_type, item, path, limit)
        elif isinstance(value, dict) and is_input_object_type(type_):
            own = self.limits.list_written if type_.name in self._written else self.limits.list_read
            for name, field in type_.fields.items():
                if name in value and may_hold_list(field.type):
                    yield from self._lists(field.type, value[name], f"{path}.{name}", own)


def _only_written(schema: GraphQLSchema) -> frozenset[str]:
    """The input types that acts alone take."""

    def inside(type_: GraphQLInputObjectType, names: set[str]) -> set[str]:
        if type_.name not in names:
            names.add(type_.name)
            for field in type_.fields.values():
                named = get_named_type(field.type)
                if is_input_object_type(named):
                    inside(named, names)
        return names

    read, written = set[str](), set[str]()
    for type_ in schema.type_map.values():
        if not is_object_type(type_):
            continue
        of = written if type_ is schema.mutation_type else read
        for field in type_.fields.values():
            for argument in field.args.values():
                named = get_named_type(argument.type)
                if is_input_object_type(named):
                    inside(named, of)
    return frozenset(written - read)


class _Literals(Visitor):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def enter_list_value(self, node: ListValueNode, *_: object) -> None:
        if len(node.values) > self.limit:
            raise too_long("a list in the document", len(node.values), self.limit)


def check_literals(text: str, document: DocumentNode, limits: Limits) -> None:
    """Refuse (LIST_TOO_LONG) a list written into the document. Before validation, which looks at each entry."""
    if "[" in text:
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
        writes = any(d.operation is OperationType.MUTATION for d in operations)
        visit(document, _Literals(limits.list_written if writes else limits.list_read))


def check_values(variables: Mapping[str, object], limits: Limits) -> None:
    """Refuse BAD_TEXT, and (BAD_VARIABLES) more values than any request needs, whatever they are called."""
    try:
        check_text(dict(variables), most=limits.values)
    except OverflowError:
        raise Problem(
            "BAD_VARIABLES",
            f"The variables hold more than {limits.values} values. Send what is long in several requests.",
            of_document=True,
            facts={"limit": limits.values},
        ) from None


def too_long(where: str, actual: int, limit: int) -> Problem:
    """LIST_TOO_LONG: with the limit, and how many there were."""
    return Problem(
        "LIST_TOO_LONG",
        f"A list is too long ({where}): it has {actual} entries, and at most {limit} are taken. Send it in parts.",
        of_document=True,
        facts={"list": where, "actual": actual, "limit": limit},
    )
