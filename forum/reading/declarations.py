"""What a field of the schema can be: plain declarations, read by the compiler, the start-up check and the oracle.

They stand in the schema itself: `declare.py` puts them there, `declared` and `access_of` find them again.

Hooks are functions given by the nouns. Each may leave out its last arguments: `on(row, other)` and
`on(row, other, me)` are the same to us. `row` is the enclosing row, `other` the row looked for, `me` the viewer's
parameters, `arguments` those that were sent.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from ..errors import Misconfigured
from .prices import COMPUTED
from .strawberry_internals import definition

Hook = Callable[..., Any]
KEY = "reading"  # in the metadata of a strawberry field
PAGE_DEFAULT, PAGE_MAXIMUM, LIST_MAXIMUM = 20, 100, 200
COUNT_MAXIMUM = 200  # how far `totalCount` goes: all states, and what fits a page twice


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """`when(row, me)`: where it is not true the field answers null, whatever the row holds."""

    when: Hook | None = None


@dataclass(frozen=True, kw_only=True)
class Col(Declaration):
    """A column of the row; its own name unless `column` says another. `tag` makes an id of another type's uuid."""

    column: str | None = None
    tag: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sql(Declaration):
    """A scalar computed by the database: `fn(row, me, arguments)` -> expression."""

    fn: Hook
    tag: str | None = None


@dataclass(frozen=True, kw_only=True)
class One(Declaration):
    """An object by the row's foreign key, or by a condition `on(row, other, me)`."""

    fk: str | None = None
    on: Hook | None = None


@dataclass(frozen=True, kw_only=True)
class Many(Declaration):
    """A keyset connection. `fk` is the column of the *other* row that holds this row's id."""

    fk: str | None = None
    on: Hook | Mapping[str, Hook] | None = None
    walk: Hook | None = None
    order: tuple[str, ...] | None = None
    orders: Mapping[str, tuple[str, ...]] | None = None
    filter: str | None = None
    narrow: Hook | None = None
    where_row: Hook | None = None
    counted: Hook | None = None
    default: int = PAGE_DEFAULT


@dataclass(frozen=True, kw_only=True)
class Listed(Declaration):
    """A plain bounded list of objects; from a table, or from the selectable that `walk(row, me, arguments)` gives."""

    fk: str | None = None
    on: Hook | None = None
    walk: Hook | None = None
    order: tuple[str, ...] | None = None
    where_row: Hook | None = None
    limit: int = LIST_MAXIMUM


@dataclass(frozen=True, kw_only=True)
class UnionBy(Declaration):
    """One object of several types, by a kind and an id of this row. Where nothing may be seen, `otherwise` (a type made
    of this row's own columns) stands in its place, if `present(row, me)` says so."""

    kind: str | Hook
    id: str | Hook
    kinds: Mapping[str, str] | None = None
    otherwise: str | None = None
    present: Hook | None = None


@dataclass(frozen=True, kw_only=True)
class Node(Declaration):
    """`node(id:)`: the type is in the id."""


@dataclass(frozen=True, kw_only=True)
class Nodes(Declaration):
    """`nodes(ids:)`: in the order asked, null where there is nothing to see."""


@dataclass(frozen=True, kw_only=True)
class Single(Declaration):
    """One object by its arguments: `where(other, arguments, row, me)` -> condition."""

    where: Hook


@dataclass(frozen=True, kw_only=True)
class Part(Declaration):
    """An object made of this row's own columns; null where `present(row, me)` is not true."""

    present: Hook | None = None


@dataclass(frozen=True, kw_only=True)
class Python(Declaration):
    """Filled in after the statement by a function (`functions.py`). `needs`: columns of the row, or name ->
    `fn(row, me)`. `cost`: what one value counts."""

    fn: Any  # a `functions.Function`
    needs: tuple[str, ...] | Mapping[str, Hook] = ()
    cost: int = COMPUTED


@dataclass(frozen=True, kw_only=True)
class Outcome(Declaration):
    """In a mutation's payload: the object whose id the action handed back under `name`."""

    name: str


@dataclass(frozen=True, kw_only=True)
class Projected(Declaration):
    """In a mutation's payload: Python objects handed over under `name`, shown by walking the selection."""

    name: str


@dataclass(frozen=True)
class Access:
    """Where a type lives, in which order it is listed, and who sees a row: `visible(row, me)`."""

    table: sa.TableClause
    order: tuple[str, ...] = ("created_at", "id")
    visible: Hook | None = field(default=None)
    tag: str | None = None


def trimmed(fn: Hook) -> Hook:
    """The hook, taking and dropping whatever arguments it does not name."""
    kinds = [p.kind for p in inspect.signature(fn).parameters.values()]
    if inspect.Parameter.VAR_POSITIONAL in kinds:
        return fn
    count = sum(k in (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD) for k in kinds)

    def hook(*arguments: Any) -> Any:
        return fn(*arguments[:count])

    hook.__wrapped__ = fn  # type: ignore[attr-defined]
    return hook


def declared(graphql_field: Any) -> Declaration | None:
    """The declaration of a field of the schema, or None."""
    made_from = definition(graphql_field)
    return None if made_from is None else made_from.metadata.get(KEY)


def python_name(graphql_thing: Any, name: str) -> str:
    """The Python name of a field, argument or input field whose GraphQL name is `name`."""
    made_from = definition(graphql_thing)
    return name if made_from is None else made_from.python_name


def access_of(graphql_type: Any) -> Access | None:
    """Where an object type lives; None for a type without a table of its own."""
    made_from = definition(graphql_type)
    access = None if made_from is None else made_from.origin.__dict__.get("__reading__")
    if access is not None and access.tag is None:
        return Access(access.table, access.order, access.visible, graphql_type.name)
    return access


def accesses(schema: Any) -> dict[str, Access]:
    """Every type that lives in a table, by name. Refuses two types with one tag."""
    by_name = {name: access_of(t) for name, t in schema.type_map.items() if hasattr(t, "interfaces")}
    kept = {name: access for name, access in by_name.items() if access is not None}
    tags = [access.tag for access in kept.values()]
    for tag in tags:
        if tags.count(tag) > 1:
            raise Misconfigured(reason=f"two types share the tag {tag}: an id would not say which one it means.")
    return kept
