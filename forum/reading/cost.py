"""What a document may cost, computed before anything is compiled or executed.

Fragments are worked out once each, so a document whose fragments double level by level takes no more time to judge
than its length.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    InlineFragmentNode,
    SelectionSetNode,
    Undefined,
    get_named_type,
    get_nullable_type,
    is_input_object_type,
    is_list_type,
)

from . import declarations, prices
from .declarations import declared
from .forms import Value, value_of

FORMULA = (
    "The cost of a document, in points of about ten microseconds of processor time, is the sum over its fields, "
    f"rounded up: {prices.VALUE} for a value, {prices.PART} for an object made of the row's own values, "
    f"{prices.OBJECT} for another object and {prices.FOUND} for one that is looked for by the field's arguments; for a "
    f"page {prices.PAGE} + its size times ({prices.ROW} + the cost of what is selected of one row); for a plain list "
    f"{prices.LIST} + {prices.LIST_SIZE} times ({prices.LIST_ROW} + that); for a field computed outside the database "
    f"what its description says, or {prices.COMPUTED}. The size is `first` or its default, or the number of ids. "
    f"exactCount costs {prices.COUNT}, and where it goes over many rows up to {max(prices.COUNTS.values())}; "
    f"totalCount and countIsExact as much, and {prices.MOST_COUNTING} at most; a filter "
    f"on the query's own `contributions` {prices.FILTERED['Query.contributions']}. Each entry of a list in an argument "
    f"costs {prices.ENTRY}. A field under @skip or @include counts as if selected; each appearance counts."
)
CAP = 10**9  # beyond it nobody needs the exact number
FINE = 100  # parts of a point that are counted with
Size = Callable[[Mapping[str, Any]], int]
Terms = list[tuple[Size | None, int]]
_OWN: dict[type[declarations.Declaration], float] = {
    declarations.Col: prices.VALUE,
    declarations.Sql: prices.VALUE,
    declarations.Part: prices.PART,
    declarations.Single: prices.FOUND,
    declarations.Node: prices.FOUND,
    declarations.Nodes: 0,
    declarations.Listed: prices.LIST,
    declarations.Many: prices.PAGE,
}
_A_ROW = {declarations.Listed: prices.LIST_ROW, declarations.Nodes: prices.FOUND}


class Cost:
    """A program of sums and products, one step a selection set, evaluated per request in the order of its steps. It
    counts in hundredths of a point."""

    def __init__(self, schema: Any, fragments: Mapping[str, FragmentDefinitionNode], maximum: int) -> None:
        self.schema, self.fragments, self.maximum = schema, fragments, maximum
        self.steps: list[tuple[int, Terms]] = []
        self.known: dict[tuple[int, str, int, float], int] = {}
        self.counts: dict[int, float] = {}  # of a page, by its node: what its totalCount costs
        self._entry = self._add(prices.ENTRY, [])

    def root(self, type_: Any, sets: Sequence[SelectionSetNode]) -> int:
        """Adds a selection; gives the number of the step that holds its cost."""
        return self._add(0, [(None, self._step(selection, type_)) for selection in sets])

    def of(self, step: int, variables: Mapping[str, Any]) -> int:
        """The cost with these variables, in whole points, never more than CAP."""
        worth: list[int] = []
        for own, terms in self.steps[: step + 1]:
            total = own
            for size, inner in terms:
                total += worth[inner] if size is None else size(variables) * worth[inner]
            worth.append(min(total, CAP * FINE))
        return -(-worth[step] // FINE)

    def _add(self, points: float, terms: Terms) -> int:
        self.steps.append((round(points * FINE), terms))
        return len(self.steps) - 1

    def _step(
        self, selections: SelectionSetNode, type_: Any, size: Size | None = None, of: int = 0, row: float = 0
    ) -> int:
        """The step of a selection; inside a page, `size` is the size of the page `of` which it is. `row`: what the row
        itself costs of which something is selected."""
        key = (id(selections), type_.name, of, row)
        if key not in self.known:
            own = row
            terms: Terms = []
            for node in selections.selections:
                more, some = self._node(node, type_, size, of)
                own += more
                terms += some
            self.known[key] = self._add(own, terms)
        return self.known[key]

    def _node(self, node: Any, type_: Any, size: Size | None, of: int) -> tuple[float, Terms]:
        if isinstance(node, FieldNode):
            return self._field(node, type_, size, of)
        inside = node if isinstance(node, InlineFragmentNode) else self.fragments[node.name.value]
        on = self.schema.type_map[inside.type_condition.name.value] if inside.type_condition else type_
        return 0, [(None, self._step(inside.selection_set, on, size, of))]

    def _field(self, node: FieldNode, type_: Any, size: Size | None, of: int) -> tuple[float, Terms]:
        name = node.name.value
        field = getattr(type_, "fields", {}).get(name)
        if field is None or name.startswith("__"):
            return 0, []
        declaration = declared(field)
        own = _own(declaration, type_.name, node)
        if name in ("totalCount", "countIsExact"):
            own = min(self.counts.get(of, prices.COUNT), prices.MOST_COUNTING)
        if name == "exactCount":
            own = self.counts.get(of, prices.COUNT)
        # The ids of `nodes` are its size.
        sent = [] if isinstance(declaration, declarations.Nodes) else self._sent(node, field, type_.name)
        if node.selection_set is None:
            return own, sent
        named = get_named_type(field.type)
        if isinstance(declaration, declarations.Many):
            size = self._size(node, field, declaration)
            self.counts[id(node)] = prices.count(type_.name, name)
            return own, [*sent, (None, self._step(node.selection_set, named, size, id(node)))]
        if size is not None and name in ("nodes", "edges"):
            return own, [*sent, (size, self._step(node.selection_set, named, row=prices.ROW))]
        row = _A_ROW.get(type(declaration), 0)
        return own, [*sent, (self._size(node, field, declaration), self._step(node.selection_set, named, row=row))]

    def _sent(self, node: FieldNode, field: Any, type_name: str) -> Terms:
        """The entries of the lists that a field is given, in variables and written out: each is sent, every time; and
        the length of a text that has to be read."""
        terms: Terms = []
        text, points = prices.BY_LENGTH.get(f"{type_name}.{node.name.value}", ("", 0))
        for argument in node.arguments or ():
            type_ = field.args[argument.name.value].type
            if may_hold_list(type_):
                terms.append((_entries_of(value_of(argument.value, type_)), self._entry))
            if argument.name.value == text:
                terms.append((_length_of(value_of(argument.value, type_)), self._add(points, [])))
        return terms

    def _size(self, node: FieldNode, field: Any, declaration: Any) -> Size | None:
        arguments = {a.name.value: a.value for a in node.arguments or ()}
        if isinstance(declaration, declarations.Listed):
            return lambda _: min(declaration.limit, prices.LIST_SIZE)
        if isinstance(declaration, declarations.Nodes):
            ids = value_of(arguments.get("ids"), field.args["ids"].type)
            return lambda v: len(ids.get(v) or ())
        if isinstance(declaration, declarations.Many):
            first = value_of(arguments.get("first"), field.args["first"].type, field.args["first"].default_value)
            return lambda v: self._page(first, declaration, v)
        return None

    def _page(self, first: Value, declaration: declarations.Many, variables: Mapping[str, Any]) -> int:
        asked = first.get(variables)
        asked = declaration.default if asked is None or asked is Undefined else asked
        return max(0, min(asked, self.maximum))  # more is refused by the page itself


def _own(declaration: declarations.Declaration | None, type_: str, node: FieldNode) -> float:
    """What a field costs without what is selected of it. What belongs to a page or to a Python field is paid there."""
    if declaration is None:
        return 0
    if isinstance(declaration, declarations.Python):
        return declaration.cost
    arguments = frozenset(a.name.value for a in node.arguments or ())
    return _OWN.get(type(declaration), prices.OBJECT) + prices.besides(type_, node.name.value, arguments)


@lru_cache(maxsize=4096)
def may_hold_list(type_: Any) -> bool:
    """Whether a list can stand in a value of this input type."""
    return _holds_list(type_, frozenset())


def _holds_list(type_: Any, within: frozenset[str]) -> bool:
    nullable = get_nullable_type(type_)
    if is_list_type(nullable):
        return True
    if not is_input_object_type(nullable) or nullable.name in within:  # a type may name itself
        return False
    return any(_holds_list(f.type, within | {nullable.name}) for f in nullable.fields.values())


def _entries_of(value: Value) -> Size:
    return lambda variables: entries(value.get(variables))


def _length_of(value: Value) -> Size:
    """In KiB, begun ones included."""
    return lambda variables: len(str(value.get(variables))) // 1024 + 1


def entries(value: Any) -> int:
    """How many entries all lists in a value have."""
    if isinstance(value, (list, tuple)):
        return len(value) + sum(entries(item) for item in value if isinstance(item, (list, tuple, dict)))
    if isinstance(value, dict):
        return sum(entries(item) for item in value.values() if isinstance(item, (list, tuple, dict)))
    return 0
