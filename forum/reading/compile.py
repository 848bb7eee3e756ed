"""A selection of a validated document -> one statement whose only value is the finished JSON.

The compiler knows the tree of selections, rows and conditions; what each kind of field becomes stands in
`relations.py` and `page.py`, and every access of a table goes through `Compiler.access`, which puts its predicate on.
Nothing here knows a table or a type: the schema is an argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, NamedTuple, cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg as dialect

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
)

from ..errors import Misconfigured
from .forms import Form, Given, Value, Variables, value_of
from .rows import Row
from .shapes import Access, Declaration, accesses, declared
from .values import const, refused

ALIAS_BYTES, FIELDS = 63, 500
INTROSPECTION = frozenset(("__schema", "__type"))
_AUTHORSHIP = re.compile(r"\bauthorship\b")
_DIALECT = dialect.dialect()
Handler = Callable[["Compiler", "Spot"], sa.ColumnElement]
HANDLERS: dict[type[Declaration], Handler] = {}


def handles(kind: type[Declaration]) -> Callable[[Handler], Handler]:
    """Registers what a kind of declaration becomes."""

    def mark(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return mark


@dataclass(frozen=True)
class Catalogue:
    """What is known of a schema once and for all: its types and where they live."""

    schema: GraphQLSchema
    accesses: Mapping[str, Access]
    by_tag: Mapping[str, str]

    @staticmethod
    def of(schema: GraphQLSchema) -> Catalogue:
        found = accesses(schema)
        return Catalogue(schema, found, {str(a.tag): name for name, a in found.items()})

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
    fn: Callable[..., Any] | None
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


@dataclass
class Compiler:
    """One compilation: of one selection, for one form of variables and viewer."""

    catalogue: Catalogue
    fragments: Mapping[str, FragmentDefinitionNode]
    form: Form
    me: Any
    maximum: int
    settings: Mapping[str, sa.ColumnElement]
    getters: dict[str, tuple[str, Any]] = dataclass_field(default_factory=dict)
    checks: list[Callable[[Variables], Any]] = dataclass_field(default_factory=list)
    fills: list[Fill] = dataclass_field(default_factory=list)
    count: int = 0
    names: int = 0

    # ---- the whole
    def plan(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Plan:
        """The statement of a selection on a root or payload type."""
        inner = sa.select(*self.columns(type_, None, sets, ())).subquery()
        body = sa.select(sa.func.row_to_json(inner.table_valued()))
        guarded = _AUTHORSHIP.search(str(body.compile(dialect=_DIALECT))) is not None
        if guarded and self.settings:
            body = self._announced(body)
        done = body.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})
        parameters = tuple(self._parameter(name, done) for name in done.positiontup or ())
        return Plan(str(done), parameters, tuple(self.checks), tuple(self.fills), guarded)

    def _announced(self, body: sa.Select) -> sa.Select:
        """Tells row-level security who asks, for this statement's transaction only. The scan of the materialised CTE
        precedes the target list, in which the whole answer stands; were it ever otherwise, the policy would see no one
        and hide every row."""
        calls = [
            sa.func.set_config(const(name), sa.func.coalesce(value, sa.literal_column("''")), sa.true())
            for name, value in self.settings.items()
        ]
        told = sa.select(*[c.label(f"s{i}") for i, c in enumerate(calls)]).cte("told").prefix_with("MATERIALIZED")
        return sa.select(body.scalar_subquery()).select_from(told)

    def _parameter(self, name: str, done: Any) -> tuple[str, Any]:
        if name in self.getters:
            return self.getters[name]
        value = done.params.get(name)
        return ("viewer", name) if value is None else ("constant", value)

    # ---- parameters
    def bind(self, get: Callable[[Variables], Any], type_: Any) -> sa.BindParameter:
        """A parameter whose value is taken from the variables."""
        return self._bind("variable", get, type_)

    def bind_outside(self, name: str, type_: Any) -> sa.BindParameter:
        """A parameter handed over by the caller: an outcome's id."""
        return self._bind("id", name, type_)

    def _bind(self, kind: str, source: Any, type_: Any) -> sa.BindParameter:
        name = f"v{len(self.getters)}"
        self.getters[name] = (kind, source)
        return sa.bindparam(name, type_=type_, required=True)

    def given(self, spot: Spot) -> Given:
        """The field's arguments for its hooks."""
        return Given(self, spot.values(), spot.field.args, (spot.path, spot.type.name, spot.key))

    # ---- rows
    def table(self, table: sa.Table) -> Row:
        """The table under a fresh name."""
        name = self.name()
        return Row(name, table.alias(name))

    def subquery(self, select: Any) -> Row:
        """A subquery under a fresh name."""
        name = self.name()
        return Row(name, select.subquery(name))

    def name(self) -> str:
        """A name no other row of the statement has."""
        self.names += 1
        return f"r{self.names}"

    def access(self, type_name: str) -> tuple[Access, Row, list[Any]]:
        """Where a type lives: a fresh row of it, and the conditions under which the viewer sees one."""
        found = self.catalogue.accesses.get(type_name)
        if found is None:
            raise Misconfigured(reason=f"{type_name} has no table: declare where it lives.")
        row = self.table(found.table)
        return found, row, [] if found.visible is None else [found.visible(row, self.me)]

    # ---- selections
    def included(self, node: Any) -> bool:
        for directive in node.directives or ():
            if directive.name.value not in ("skip", "include"):
                continue
            told = value_of(directive.arguments[0].value, self.catalogue.schema.type_map["Boolean"])
            if bool(self.form.shape(("directive", id(directive)), told, bool)) == (directive.name.value == "skip"):
                return False
        return True

    def collect(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields selected on an object type, merged by response key, each fragment once."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(type_, sets, found, set())
        for key in found:
            if len(key.encode()) > ALIAS_BYTES:  # PostgreSQL would cut it silently
                raise refused(f"An alias has at most {ALIAS_BYTES} bytes: {key}", "ALIAS_TOO_LONG", found[key])
        return found

    def _collect(self, type_: Any, sets: Sequence[SelectionSetNode], found: dict, visited: set[str]) -> None:
        for selection in [s for one in sets for s in one.selections]:
            if not self.included(selection):
                continue
            if isinstance(selection, FieldNode):
                found.setdefault((selection.alias or selection.name).value, []).append(selection)
                continue
            inside: Any = selection
            if not isinstance(selection, InlineFragmentNode):
                name = inside.name.value
                if name in visited:
                    continue
                visited.add(name)
                inside = self.fragments[name]
            if self._applies(inside.type_condition, type_):
                self._collect(type_, [inside.selection_set], found, visited)

    def _applies(self, condition: Any, type_: GraphQLObjectType) -> bool:
        if condition is None:
            return True
        on = self.catalogue.schema.type_map[condition.name.value]
        return on is type_ or (is_abstract_type(on) and self.catalogue.schema.is_sub_type(on, type_))

    def columns(self, type_: GraphQLObjectType, row: Any, sets: Sequence[SelectionSetNode], path: tuple[str, ...]) -> list:
        """The selected fields of one object as labelled columns."""
        made: list[Any] = []
        for key, nodes in self.collect(type_, sets).items():
            name = nodes[0].name.value
            if name in INTROSPECTION:  # graphql-core answers those
                continue
            self.counted(nodes)
            if name == "__typename":
                made.append(const(type_.name).label(key))
            else:
                made += self._field(type_, row, key, nodes, path)
        return made or [sa.null().label("0")]

    def counted(self, nodes: Any) -> None:
        self.count += 1
        if self.count > FIELDS:
            raise refused(f"A document has at most {FIELDS} fields, fragments written out.", "TOO_MANY_FIELDS", nodes)

    def _field(self, type_: Any, row: Any, key: str, nodes: Sequence[FieldNode], path: tuple[str, ...]) -> list:
        found = type_.fields[nodes[0].name.value]
        declaration = declared(found)
        if declaration is None:
            raise Misconfigured(reason=f"{type_.name}.{nodes[0].name.value} has no declaration.")
        spot = Spot(type_, row, key, nodes, path, found, declaration)
        made = HANDLERS[type(declaration)](self, spot)
        if declaration.when is not None:
            made = sa.case((declaration.when(row, self.me), made))
        return [made.label(key), *spot.extras]


def as_json(select: sa.Select) -> sa.ScalarSelect:
    """`(select row_to_json(r) from (...) r)`. The one way objects are made: unlike json_build_object it has no limit of
    50 keys."""
    inner = select.subquery()
    return sa.select(sa.func.row_to_json(inner.table_valued())).scalar_subquery()
