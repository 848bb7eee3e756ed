"""The start-up check: what could bubble, leak or have no plan is refused before the first request.

A compiled read has no partial errors, so a null must never meet a `!`. Whatever is guarded is nullable, and so is every
relation to a thing that the viewer may not be allowed to see; every non-null column is NOT NULL in its table. A cursor
holds what a list is ordered by, so no list is ordered by a guarded column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from ..errors import Misconfigured
from . import declarations
from .compile import ALIAS_BYTES
from .declarations import declared, python_name
from .plan import Catalogue
from .values import keys

_ALWAYS_NULLABLE = (
    declarations.One,
    declarations.Single,
    declarations.UnionBy,
    declarations.Outcome,
    declarations.Node,
)
_COUNTS = ("totalCount", "exactCount")
_CONNECTION = {"nodes", "edges", "pageInfo", "countIsExact", *_COUNTS}
Table = Any  # sa.TableClause, or None where the row is not of a table


def verify(schema: GraphQLSchema, metadata: sa.MetaData | None = None) -> int:
    """Refuse (Misconfigured, naming the field) a schema that cannot be read safely; gives the number of fields."""
    catalogue = Catalogue.of(schema)
    for name, access in catalogue.accesses.items():
        _lives(schema.type_map[name], access, metadata)
    visited: set[tuple[str, Any]] = set()
    waiting: list[tuple[Any, Table]] = [(schema.query_type, None), *((p, None) for p in _payloads(schema))]
    waiting += [(schema.type_map[name], access.table) for name, access in catalogue.accesses.items()]
    count = 0
    while waiting:
        type_, table = waiting.pop()
        if type_ is None or (type_.name, table) in visited:
            continue
        visited.add((type_.name, table))
        for name, field in type_.fields.items():
            waiting += _Field(catalogue, type_, name, field, table).checked()
            count += 1
    return count


def _payloads(schema: GraphQLSchema) -> Iterator[Any]:
    if schema.mutation_type is not None:
        for field in schema.mutation_type.fields.values():
            yield get_named_type(field.type)


def _lives(type_: Any, access: declarations.Access, metadata: sa.MetaData | None) -> None:
    known = None if metadata is None else metadata.tables.get(access.table.name)
    if metadata is not None and (known is None or known.c.keys() != access.table.c.keys()):
        raise Misconfigured(reason=f"{type_.name} lives in {access.table.name}, which is no table of the store.")
    _ordered(type_.name, type_, access.table, access.order)


def _ordered(where: str, type_: Any, table: sa.TableClause, order: tuple[str, ...]) -> None:
    for key in keys(table, order):
        column = table.c[key.name]
        if column.nullable:
            raise Misconfigured(
                reason=f"{where} is ordered by {column}, which may be null: a cursor could not hold it."
            )
        for name, field in type_.fields.items():
            declaration = declared(field)
            if (
                isinstance(declaration, declarations.Col)
                and declaration.when
                and _column(declaration, field, name) == key.name
            ):
                raise Misconfigured(reason=f"{where} is ordered by {column}, which {type_.name}.{name} guards.")
    last = table.c[keys(table, order)[-1].name]
    if not (last.primary_key or last.unique):
        raise Misconfigured(reason=f"{where} is ordered by {last} last, which is not unique: pages could skip rows.")


def _column(declaration: declarations.Col, field: Any, name: str) -> str:
    return declaration.column or python_name(field, name)


class _Field:
    """One field of one type, over rows of one table."""

    def __init__(self, catalogue: Catalogue, type_: GraphQLObjectType, name: str, field: Any, table: Table) -> None:
        self.catalogue, self.type, self.name, self.field, self.table = catalogue, type_, name, field, table
        self.place = f"{type_.name}.{name}"
        self.nullable = not isinstance(field.type, GraphQLNonNull)

    def refuse(self, reason: str) -> Misconfigured:
        return Misconfigured(reason=f"{self.place} {reason}")

    def checked(self) -> list[tuple[Any, Table]]:
        """Checks the field; gives the types to go on with, each with the table its rows come from."""
        declaration = declared(self.field)
        if declaration is None:
            raise self.refuse("has no declaration: say where it comes from (forum/reading/declare.py).")
        if len(self.name) > ALIAS_BYTES:
            raise self.refuse(f"has a name of more than {ALIAS_BYTES} bytes.")
        if declaration.when is not None and not self.nullable:
            raise self.refuse("is guarded, so it must be nullable.")
        if isinstance(declaration, _ALWAYS_NULLABLE) and not self.nullable:
            raise self.refuse("may name a thing that cannot be seen, so it must be nullable.")
        checks: dict[type, Callable[[Any], list[tuple[Any, Table]]]] = {
            declarations.Col: self._col,
            declarations.One: self._one,
            declarations.Single: self._one,
            declarations.Outcome: self._one,
            declarations.Many: self._many,
            declarations.Listed: self._listed,
            declarations.Part: self._part,
            declarations.UnionBy: self._union,
            declarations.Nodes: self._nodes,
            declarations.Python: self._python,
        }
        return checks.get(type(declaration), lambda _: [])(declaration)

    def _named(self) -> Any:
        return get_named_type(self.field.type)

    def _col(self, declaration: declarations.Col) -> list[tuple[Any, Table]]:
        if not is_leaf_type(self._named()):
            raise self.refuse("is an object, not a column: use to_one, listed, many or part.")
        if self.table is None:
            return []
        column = self._has(self.table, _column(declaration, self.field, self.name))
        if column.nullable and not self.nullable:
            raise self.refuse(f"is not nullable, but the column {column} is.")
        return []

    def _has(self, table: Table, name: str) -> Any:
        if table is not None and name not in table.c:
            raise self.refuse(f"needs a column {name}, which {table.name} has not.")
        return None if table is None else table.c[name]

    def _lives(self, type_: Any) -> declarations.Access:
        access = self.catalogue.accesses.get(type_.name)
        if access is None:
            raise self.refuse(f"gives a {type_.name}, which lives in no table.")
        return access

    def _one(self, declaration: Any) -> list[tuple[Any, Table]]:
        self._lives(self._named())
        if isinstance(declaration, declarations.One):
            if declaration.fk is None and declaration.on is None:
                raise self.refuse("needs a foreign key or a condition.")
            if declaration.fk is not None:
                self._has(self.table, declaration.fk)
        return []

    def _many(self, declaration: declarations.Many) -> list[tuple[Any, Table]]:
        connection = self._named()
        if not isinstance(connection, GraphQLObjectType) or set(connection.fields) != _CONNECTION:
            raise self.refuse("is a page, so its type must be Connection[...].")
        if declaration.counted is not None and any(
            isinstance(connection.fields[n].type, GraphQLNonNull) for n in _COUNTS
        ):
            raise self.refuse("may hide its count, so totalCount and exactCount must be nullable.")
        if declaration.filter is not None and declaration.narrow is None:
            raise self.refuse("takes a filter that nothing reads.")
        item = get_named_type(connection.fields["nodes"].type)
        orders = [o for o in (declaration.order, *(declaration.orders or {}).values()) if o is not None]
        if declaration.walk is not None:
            if not orders:
                raise self.refuse("needs an order: its rows are of no table.")
            return [(item, None)]
        members = list(declaration.on) if isinstance(declaration.on, dict) else [item.name]
        for name in members:
            access = self._lives(self.catalogue.schema.type_map[name])
            if declaration.fk is not None:
                self._has(access.table, declaration.fk)
            for order in orders:
                _ordered(self.place, self.catalogue.schema.type_map[name], access.table, order)
        return []

    def _listed(self, declaration: declarations.Listed) -> list[tuple[Any, Table]]:
        if not isinstance(get_nullable_type(self.field.type), GraphQLList):
            raise self.refuse("is a list, so its type must be one.")
        if declaration.walk is not None:
            return [(self._named(), None)]
        access = self._lives(self._named())
        if declaration.fk is not None:
            self._has(access.table, declaration.fk)
        if declaration.order is not None:
            keys(access.table, declaration.order)
        return []

    def _part(self, declaration: declarations.Part) -> list[tuple[Any, Table]]:
        if declaration.present is not None and not self.nullable:
            raise self.refuse("may be absent, so it must be nullable.")
        return [(self._named(), self.table)]

    def _union(self, declaration: declarations.UnionBy) -> list[tuple[Any, Table]]:
        for name in (declaration.kind, declaration.id):
            if isinstance(name, str):
                self._has(self.table, name)
        for name in (declaration.kinds or {}).values():
            self._lives(self.catalogue.schema.type_map[name])
        return (
            []
            if declaration.otherwise is None
            else [(self.catalogue.schema.type_map[declaration.otherwise], self.table)]
        )

    def _nodes(self, _: declarations.Nodes) -> list[tuple[Any, Table]]:
        inner = get_nullable_type(self.field.type)
        if not isinstance(inner, GraphQLList) or isinstance(inner.of_type, GraphQLNonNull):
            raise self.refuse("may name things that cannot be seen, so its items must be nullable.")
        return []

    def _python(self, declaration: declarations.Python) -> list[tuple[Any, Table]]:
        for name in declaration.needs if isinstance(declaration.needs, tuple) else ():
            self._has(self.table, name)
        return []
