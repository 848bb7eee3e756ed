"""A selection of a validated document -> one statement whose only value is the finished JSON.

The compiler knows the tree of selections, rows and conditions; what each kind of field becomes stands in
`relations.py` and `page.py`, and every access of a table goes through `Compiler.access`, which puts its predicate on.
Nothing here knows a table or a type: the schema is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGCompiler_asyncpg

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    InlineFragmentNode,
    SelectionSetNode,
    is_abstract_type,
)

from ..errors import Misconfigured
from .declarations import Access, Declaration, declared
from .dialect import new_dialect
from .forms import Form, HookArguments, Variables, value_of
from .plan import Catalogue, Fill, Plan, Spot
from .rows import Row
from .values import const, refused

ALIAS_BYTES, FIELDS = 63, 500
INTROSPECTION = frozenset(("__schema", "__type"))
OWN_SIDES = frozenset(("authorship", "clearance", "clearance_rule"))  # the tables under row-level security
Handler = Callable[["Compiler", "Spot"], sa.ColumnElement[Any]]
HANDLERS: dict[type[Declaration], Handler] = {}


class _Statement(PGCompiler_asyncpg):
    """Notes the tables it writes into a FROM. (Walking the finished statement instead takes time exponential in its
    depth: every column of a subquery leads back into it.)"""

    @property
    def read(self) -> set[str]:
        names: set[str] = self.__dict__.setdefault("_read", set())
        return names

    def visit_table(self, table: Any, asfrom: bool = False, **kw: Any) -> str:  # type: ignore[override]
        if asfrom:
            self.read.add(table.name)
        return str(super().visit_table(table, asfrom=asfrom, **kw))  # type: ignore[no-untyped-call]  # SQLAlchemy's


_DIALECT = new_dialect()
_DIALECT.statement_compiler = _Statement


def _compiled(statement: sa.Select[Any]) -> Any:
    return statement.compile(dialect=_DIALECT, compile_kwargs={"render_postcompile": True})


def handles(kind: type[Declaration]) -> Callable[[Handler], Handler]:
    """Registers what a kind of declaration becomes."""

    def mark(handler: Handler) -> Handler:
        HANDLERS[kind] = handler
        return handler

    return mark


@dataclass
class Compiler:
    """One compilation: of one selection, for one form of variables and viewer."""

    catalogue: Catalogue
    fragments: Mapping[str, FragmentDefinitionNode]
    form: Form
    me: Any
    maximum: int
    most_counted: int
    settings: Mapping[str, sa.ColumnElement[Any]]
    getters: dict[str, tuple[str, Any]] = field(default_factory=dict)
    checks: list[Callable[[Variables], Any]] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    count: int = 0
    names: int = 0

    # ---- the whole
    def plan(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> Plan:
        """The statement of a selection on a root or payload type."""
        body = sa.select(as_json(sa.select(*self.columns(type_, None, sets, ()))))
        done = _compiled(body)
        guarded = not OWN_SIDES.isdisjoint(done.read)
        if guarded and self.settings:
            done = _compiled(self._announced(body))
        parameters = tuple(self._parameter(name, done) for name in done.positiontup or ())
        return Plan(str(done), parameters, tuple(self.checks), tuple(self.fills), guarded)

    def _announced(self, body: sa.Select[Any]) -> sa.Select[Any]:
        """Tells row-level security who asks, for this statement's transaction only. The scan of the materialised CTE
        precedes the target list, in which the whole answer stands; were it ever otherwise, the policy would see no one
        and hide every row."""
        calls = [
            sa.func.set_config(const(name), sa.func.coalesce(value, sa.literal_column("''")), sa.true())
            for name, value in self.settings.items()
        ]
        announced = sa.select(*[c.label(f"s{i}") for i, c in enumerate(calls)]).cte("told").prefix_with("MATERIALIZED")
        return body.select_from(announced)

    def _parameter(self, name: str, done: Any) -> tuple[str, Any]:
        if name in self.getters:
            return self.getters[name]
        value = done.params.get(name)
        return ("viewer", name) if value is None else ("constant", value)

    # ---- parameters
    def bind(self, get: Callable[[Variables], Any], type_: Any) -> sa.BindParameter[Any]:
        """A parameter whose value is taken from the variables."""
        return self._bind("variable", get, type_)

    def bind_outside(self, name: str, type_: Any) -> sa.BindParameter[Any]:
        """A parameter handed over by the caller: an outcome's id."""
        return self._bind("id", name, type_)

    def _bind(self, kind: str, source: Any, type_: Any) -> sa.BindParameter[Any]:
        name = f"v{len(self.getters)}"
        self.getters[name] = (kind, source)
        return sa.bindparam(name, type_=type_, required=True)

    def arguments(self, spot: Spot) -> HookArguments:
        """The field's arguments for its hooks."""
        return HookArguments(self, spot.values(), spot.field.args, (spot.path, spot.type.name, spot.key))

    # ---- rows
    def table(self, table: sa.TableClause) -> Row:
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
        access = self.catalogue.accesses.get(type_name)
        if access is None:
            raise Misconfigured(reason=f"{type_name} has no table: declare where it lives.")
        row = self.table(access.table)
        return access, row, [] if access.visible is None else [access.visible(row, self.me)]

    # ---- selections
    def included(self, node: Any) -> bool:
        for directive in node.directives or ():
            if directive.name.value not in ("skip", "include"):
                continue
            condition = value_of(directive.arguments[0].value, self.catalogue.schema.type_map["Boolean"])
            if bool(self.form.shape(("directive", id(directive)), condition, bool)) == (directive.name.value == "skip"):
                return False
        return True

    def collect(self, type_: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields selected on an object type, merged by response key, each fragment once."""
        nodes_by_key: dict[str, list[FieldNode]] = {}
        self._collect(type_, sets, nodes_by_key, set())
        for key in nodes_by_key:
            if len(key.encode()) > ALIAS_BYTES:  # PostgreSQL would cut it silently
                raise refused(f"An alias has at most {ALIAS_BYTES} bytes: {key}", "ALIAS_TOO_LONG", nodes_by_key[key])
        return nodes_by_key

    def _collect(
        self, type_: Any, sets: Sequence[SelectionSetNode], nodes_by_key: dict[str, list[FieldNode]], visited: set[str]
    ) -> None:
        for selection in [s for selection_set in sets for s in selection_set.selections]:
            if not self.included(selection):
                continue
            if isinstance(selection, FieldNode):
                nodes_by_key.setdefault((selection.alias or selection.name).value, []).append(selection)
                continue
            inside: Any = selection
            if not isinstance(selection, InlineFragmentNode):
                name = inside.name.value
                if name in visited:
                    continue
                visited.add(name)
                inside = self.fragments[name]
            if self._applies(inside.type_condition, type_):
                self._collect(type_, [inside.selection_set], nodes_by_key, visited)

    def _applies(self, condition: Any, type_: GraphQLObjectType) -> bool:
        if condition is None:
            return True
        on = self.catalogue.schema.type_map[condition.name.value]
        return on is type_ or (is_abstract_type(on) and self.catalogue.schema.is_sub_type(on, type_))

    def columns(
        self, type_: GraphQLObjectType, row: Any, sets: Sequence[SelectionSetNode], path: tuple[str, ...]
    ) -> list[Any]:
        """The selected fields of one object as labelled columns."""
        columns: list[Any] = []
        for key, nodes in self.collect(type_, sets).items():
            name = nodes[0].name.value
            if name in INTROSPECTION:  # graphql-core answers those
                continue
            self.counted(nodes)
            if name == "__typename":
                columns.append(const(type_.name).label(key))
            else:
                columns += self._field(type_, row, key, nodes, path)
        return columns

    def counted(self, nodes: Any) -> None:
        self.count += 1
        if self.count > FIELDS:
            raise refused(f"A document has at most {FIELDS} fields, fragments written out.", "TOO_MANY_FIELDS", nodes)

    def _field(self, type_: Any, row: Any, key: str, nodes: Sequence[FieldNode], path: tuple[str, ...]) -> list[Any]:
        field = type_.fields[nodes[0].name.value]
        declaration = declared(field)
        if declaration is None:
            raise Misconfigured(reason=f"{type_.name}.{nodes[0].name.value} has no declaration.")
        spot = Spot(type_, row, key, nodes, path, field, declaration)
        column = HANDLERS[type(declaration)](self, spot)
        if declaration.when is not None:
            column = sa.case((declaration.when(row, self.me), column))
        return [column.label(key), *spot.extras]


def as_json(select: sa.Select[Any]) -> sa.ScalarSelect[Any]:
    """`(select row_to_json(r) from (...) r)`. The one way objects are made: unlike json_build_object it has no limit of
    50 keys."""
    if not select.selected_columns:  # every field was skipped
        return select.add_columns(sa.literal_column("'{}'::json")).scalar_subquery()
    inner = select.subquery()
    return sa.select(sa.func.row_to_json(inner.table_valued())).scalar_subquery()
