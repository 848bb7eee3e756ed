"""How the nouns of the API declare their fields, once: what a field is in the schema and where it comes from.

    @strawberry.type(description="...")
    @lives(tables.contribution, ("id",), visible=sees_contribution)
    class Contribution(Node):
        title: str = col(description="...")
        organisation: Organisation | None = to_one("organisation_id", when=named, description="...")
        comments: Connection[Comment] = many("contribution_id", description="...")

With `connection_types.py` the only file of this room that knows strawberry. Hooks are described in `declarations.py`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import strawberry

from . import declarations
from .connection_types import Connection as Connection  # what nouns are declared with stands here, all of it
from .declarations import Hook, trimmed
from .functions import function
from .prices import COMPUTED


@dataclass(frozen=True)
class Arg:
    """An argument of a field: its type, what it is for, and its default (none: it must be given)."""

    type: Any
    description: str
    default: Any = inspect.Parameter.empty


def arg(type_: Any, description: str, default: Any = inspect.Parameter.empty) -> Arg:
    """An argument for `single`, `sql`, `python`, `walk`, `many`: `arg(str, "The forum's short name")`."""
    return Arg(type_, description, default)


def lives(
    table: Any,
    order: tuple[str, ...] = ("created_at", "id"),
    *,
    visible: Hook | None = None,
    tag: str | None = None,
) -> Callable[[type], type]:
    """The type lives in `table` and is listed by `order` ("-name" is descending; the last one must be unique).
    `visible(row, me)` says who sees a row. `tag` is the word in its ids, its GraphQL name unless given."""

    def mark(cls: type) -> type:
        cls.__reading__ = declarations.Access(  # type: ignore[attr-defined]
            table, tuple(order), None if visible is None else trimmed(visible), tag
        )
        return cls

    return mark


def col(column: str | None = None, *, when: Hook | None = None, tag: str | None = None, **described: Any) -> Any:
    """A column of the row, by its own name unless `column` says another. `tag`: an ID field whose uuid is of
    that type."""
    return _field(declarations.Col(column=column, when=_hook(when), tag=tag), {}, described)


def sql(
    fn: Hook,
    *,
    when: Hook | None = None,
    args: Mapping[str, Arg] | None = None,
    tag: str | None = None,
    **described: Any,
) -> Any:
    """A scalar that the database computes: `fn(row, me, arguments)` -> expression. A non-null field is its author's
    promise."""
    return _field(declarations.Sql(fn=trimmed(fn), when=_hook(when), tag=tag), args or {}, described)


def to_one(fk: str | None = None, *, on: Hook | None = None, when: Hook | None = None, **described: Any) -> Any:
    """An object: by this row's foreign key, or by `on(row, other, me)`. Always nullable."""
    return _field(declarations.One(fk=fk, on=_hook(on), when=_hook(when)), {}, described)


def many(
    fk: str | None = None,
    *,
    on: Hook | Mapping[str, Hook] | None = None,
    walk: Hook | None = None,
    filter: Any = None,
    narrow: Hook | None = None,
    args: Mapping[str, Arg] | None = None,
    order: tuple[str, ...] | None = None,
    order_by: Any = None,
    orders: Mapping[str, tuple[str, ...]] | None = None,
    where_row: Hook | None = None,
    counted: Hook | None = None,
    when: Hook | None = None,
    default: int = declarations.PAGE_DEFAULT,
    **described: Any,
) -> Any:
    """A keyset connection of other rows: those whose column `fk` is this row's id, or `on(row, other, me)`; neither at
    the root. Over a union `on` is {type name: hook}. `walk(row, me, arguments)` gives a selectable in a table's place.

    `filter`: an input class, or `args`; both are read by `narrow(other, arguments, me)` -> conditions, where
    `arguments` holds only what was sent, by Python name. `order_by`: an enum class, `orders`: its member's name ->
    columns. `where_row(other, me)`: a fixed condition. `counted(count, me)`: what `totalCount` shows of a count."""
    declaration = declarations.Many(
        fk=fk,
        on={k: trimmed(v) for k, v in on.items()} if isinstance(on, Mapping) else _hook(on),
        walk=_hook(walk),
        order=order,
        orders=orders,
        filter=None if filter is None else "filter",
        narrow=_hook(narrow),
        where_row=_hook(where_row),
        counted=_hook(counted),
        when=_hook(when),
        default=default,
    )
    return _field(declaration, {**(args or {}), **_paging(filter, order_by, default)}, described)


def _paging(filter: Any, order_by: Any, default: int) -> dict[str, Arg]:
    taken = {}
    if filter is not None:
        taken["filter"] = arg(filter | None, "Which of them: fields are AND, lists are OR.", strawberry.UNSET)
    if order_by is not None:
        taken["order_by"] = arg(order_by | None, "In which order.", strawberry.UNSET)
    taken["first"] = arg(
        int | None, f"How many, 0 to {declarations.PAGE_MAXIMUM}; null means the default of {default}.", default
    )
    taken["after"] = arg(str | None, "Read on after this cursor of the same list.", strawberry.UNSET)
    return taken


def listed(
    fk: str | None = None,
    *,
    on: Hook | None = None,
    order: tuple[str, ...] | None = None,
    where_row: Hook | None = None,
    when: Hook | None = None,
    limit: int = declarations.LIST_MAXIMUM,
    **described: Any,
) -> Any:
    """A plain list `[T!]!` of at most `limit` rows: for what is few by its nature (the sections of a text)."""
    declaration = declarations.Listed(
        fk=fk, on=_hook(on), order=order, where_row=_hook(where_row), when=_hook(when), limit=limit
    )
    return _field(declaration, {}, described)


def walk(
    fn: Hook,
    *,
    order: tuple[str, ...],
    args: Mapping[str, Arg] | None = None,
    when: Hook | None = None,
    limit: int = declarations.LIST_MAXIMUM,
    **described: Any,
) -> Any:
    """A plain list whose rows come from `fn(row, me, arguments)` -> selectable, in `order` of its columns. CTEs in it
    must be made with `nesting=True`, and what refers to `row` correlated to it."""
    declaration = declarations.Listed(walk=trimmed(fn), order=order, when=_hook(when), limit=limit)
    return _field(declaration, args or {}, described)


def union_by(
    kind: str | Hook,
    id: str | Hook,
    *,
    kinds: Mapping[str, str] | None = None,
    otherwise: str | None = None,
    present: Hook | None = None,
    when: Hook | None = None,
    **described: Any,
) -> Any:
    """An object of a union or interface by this row's kind and id (columns or `fn(row, me)`). `kinds`: value of kind ->
    GraphQL type name; unless given, the name of the type's table. `otherwise`: see `declarations.UnionBy`. Always
    nullable."""
    declaration = declarations.UnionBy(
        kind=kind if isinstance(kind, str) else trimmed(kind),
        id=id if isinstance(id, str) else trimmed(id),
        kinds=kinds,
        otherwise=otherwise,
        present=_hook(present),
        when=_hook(when),
    )
    return _field(declaration, {}, described)


def node(**described: Any) -> Any:
    """`node(id: ID!): Node`."""
    return _field(declarations.Node(), {"id": arg(strawberry.ID, "The id of any thing, as `Type:uuid`.")}, described)


def nodes(**described: Any) -> Any:
    """`nodes(ids: [ID!]!): [Node]!`, in the order asked."""
    many_ids = arg(list[strawberry.ID], f"At most {declarations.PAGE_MAXIMUM} ids.")
    return _field(declarations.Nodes(), {"ids": many_ids}, described)


def single(where: Hook, *, args: Mapping[str, Arg], when: Hook | None = None, **described: Any) -> Any:
    """One object by its arguments: `where(other, arguments, row, me)` -> condition. Always nullable."""
    return _field(declarations.Single(where=trimmed(where), when=_hook(when)), args, described)


def part(*, present: Hook | None = None, when: Hook | None = None, **described: Any) -> Any:
    """An object made of this row's own columns (its type has no table). At the root, an object without a row."""
    return _field(declarations.Part(present=_hook(present), when=_hook(when)), {}, described)


def python(
    fn: Callable[..., Any],
    *,
    needs: tuple[str, ...] | Mapping[str, Hook] = (),
    args: Mapping[str, Arg] | None = None,
    when: Hook | None = None,
    cost: int = COMPUTED,
    **described: Any,
) -> Any:
    """Filled in after the statement, once for each place in the answer: `fn(what it needs, the field's args, context)`,
    each by name and of the type it is annotated with (`functions.py`) -> a leaf, or objects shown by walking the
    selection. A function with a parameter `rows: list[Row]` answers all places at once: `Row` is a dataclass of what it
    needs. `cost`: what one value counts, where it takes more than a moment; the description must say so."""
    taken = needs if isinstance(needs, tuple) else {name: trimmed(hook) for name, hook in needs.items()}
    fitted = function(fn, taken, args or {})
    return _field(declarations.Python(fn=fitted, needs=taken, when=_hook(when), cost=cost), args or {}, described)


def outcome(name: str, **described: Any) -> Any:
    """In a payload: the object whose id the action handed back under `name`. Always nullable."""
    return _field(declarations.Outcome(name=name), {}, described)


def projected(name: str, **described: Any) -> Any:
    """In a payload: Python objects handed over under `name` (the errors)."""
    return _field(declarations.Projected(name=name), {}, described)


def _hook(fn: Hook | None) -> Hook | None:
    return None if fn is None else trimmed(fn)


def _field(declaration: declarations.Declaration, args: Mapping[str, Arg], described: dict[str, Any]) -> Any:
    kept = {declarations.KEY: declaration, **described.pop("metadata", {})}
    if not args:
        return strawberry.field(metadata=kept, **described)
    return strawberry.field(resolver=_resolver(args), metadata=kept, **described)


def _resolver(args: Mapping[str, Arg]) -> Callable[..., None]:
    """A function that is never called: strawberry reads the field's arguments off its signature."""

    def resolver() -> None: ...

    parameters = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            default=a.default,
            annotation=Annotated[a.type, strawberry.argument(description=a.description)],
        )
        for name, a in args.items()
    ]
    resolver.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    resolver.__annotations__ = {p.name: p.annotation for p in parameters}
    return resolver
