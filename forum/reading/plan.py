"""What a compilation works on and what it gives: the schema's catalogue, one field in one place, the finished plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, NamedTuple, cast

from graphql import FieldNode, GraphQLObjectType, GraphQLSchema, SelectionSetNode, is_abstract_type

from .declarations import Access, accesses
from .forms import Value, Variables, value_of
from .functions import Function


@dataclass(frozen=True)
class Catalogue:
    """What is known of a schema once and for all: its types and where they live."""

    schema: GraphQLSchema
    accesses: Mapping[str, Access]
    by_tag: Mapping[str, str]

    @staticmethod
    def of(schema: GraphQLSchema) -> Catalogue:
        by_name = accesses(schema)
        return Catalogue(schema, by_name, {str(a.tag): name for name, a in by_name.items()})

    def members(self, type_: Any) -> list[GraphQLObjectType]:
        """The object types a field of this type can give."""
        return list(self.schema.get_possible_types(type_)) if is_abstract_type(type_) else [type_]

    def object(self, name: str) -> GraphQLObjectType:
        return cast(GraphQLObjectType, self.schema.type_map[name])


@dataclass(frozen=True)
class Fill:
    """A field that Python fills in: where it stands, what it needs, and how its value is shown."""

    path: tuple[str, ...]
    key: str
    fn: Function | None
    marker: str
    needs: tuple[str, ...]
    args: Callable[[Variables], dict[str, Any]]
    show: Callable[[Any], Any]
    source: str = ""  # for what is handed over from outside: its name


@dataclass(frozen=True)
class Plan:
    """A statement and how to get its parameters: from the variables, the viewer, or the ids of an outcome."""

    sql: str
    parameters: tuple[tuple[str, Any], ...]
    checks: tuple[Callable[[Variables], Any], ...]
    fills: tuple[Fill, ...]
    guarded: bool


class Place(NamedTuple):
    """What is selected of an object, and where the object stands in the answer."""

    sets: list[SelectionSetNode]
    path: tuple[str, ...]


@dataclass
class Spot:
    """One field in one place of the selection."""

    type: GraphQLObjectType
    row: Any
    key: str
    nodes: Sequence[FieldNode]
    path: tuple[str, ...]
    field: Any
    declaration: Any
    extras: list[Any] = dataclass_field(default_factory=list)  # what a Python field needs beside it

    @property
    def sets(self) -> list[SelectionSetNode]:
        return [n.selection_set for n in self.nodes if n.selection_set is not None]

    @property
    def inside(self) -> tuple[str, ...]:
        return (*self.path, self.key)

    @property
    def place(self) -> Place:
        return Place(self.sets, self.inside)

    def value(self, name: str) -> Value:
        """The argument of that GraphQL name, its default where it is not given."""
        argument = self.field.args[name]
        node = next((a.value for a in self.nodes[0].arguments or () if a.name.value == name), None)
        return value_of(node, argument.type, argument.default_value)

    def values(self) -> dict[str, Value]:
        return {name: self.value(name) for name in self.field.args}
