"""Keyset connections: one page of rows, its edges, where it ends, and counts (`counts.py`) where they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from graphql import SelectionSetNode, Undefined, get_named_type

from . import declarations
from .compile import Compiler, as_json, handles
from .counts import BOUNDED, COUNTED, Counts, keys_of
from .forms import HookArguments
from .keyset import after, before
from .plan import Place, Spot
from .relations import EMPTY, by_kind
from .rows import Row
from .values import Key, const, cursor, keys, list_mark, refused, whole

PLACE, KIND = "0", "1"  # labels no table uses
_ROWS = frozenset(("nodes", "edges", "pageInfo"))


@dataclass(frozen=True)
class Source:
    """Rows to page through: a fresh alias, who may be in it, the order, and the table where they stand in one."""

    row: Row
    where: list[Any]
    order: tuple[Key, ...]
    mark: str  # what its cursors begin with
    table: Any = None


@handles(declarations.Many)
def connection(c: Compiler, spot: Spot) -> Any:
    """Refuses (PAGE_TOO_LARGE, BAD_CURSOR) at every execution, whatever is selected of the page."""
    source = _source(c, spot, c.arguments(spot))
    asked = {nodes[0].name.value for nodes in c.collect(get_named_type(spot.field.type), spot.sets).values()}
    limit = _limit(c, spot)
    size = c.bind(limit, sa.Integer)
    # The row past the page is looked for only where somebody asks whether there is one.
    most = c.bind(lambda v: one_more(limit(v)), sa.Integer) if "pageInfo" in asked else size
    counts = Counts.of(c, source, spot.declaration.counted, shared=bool(asked & _ROWS and asked & BOUNDED))
    passed = after(c, spot, source.row, source.order, source.mark)
    if counts.first is None:
        ordered = [k.sorted(source.row) for k in source.order]
        inner = sa.select(source.row.source).where(*source.where, *passed).order_by(*ordered).limit(most)
    else:
        few = c.subquery(_few(c, spot, source, counts, passed).limit(most))
        row, last = c.table(source.table), source.order[-1].name  # the last key of every order is unique
        inner = sa.select(row.source).select_from(few.source, row.source).where(row.c[last] == few.c[last])
        ordered = [k.sorted(few) for k in source.order]
    if "pageInfo" in asked:
        inner = inner.add_columns(sa.func.row_number().over(order_by=ordered).label(PLACE))
    previous = before(source.row, source.where, passed)
    return _Page(c, spot, c.subquery(inner), source, size, previous, counts).json()


def _few(c: Compiler, spot: Spot, source: Source, counts: Counts, passed: list[Any]) -> sa.Select[Any]:
    """The keys of the page's rows, in order. They begin those that are counted; behind a cursor they are of those where
    these are all, and else are looked for as if nobody counted: PostgreSQL knows which before it begins either."""
    assert counts.first is not None
    in_order = [k.sorted(counts.first) for k in source.order]
    if not passed:
        return keys_of(counts.first, source.order).order_by(*in_order)
    counted = keys_of(counts.first, source.order).where(
        counts.exact, *after(c, spot, counts.first, source.order, source.mark)
    )
    looked = keys_of(source.row, source.order).where(*source.where, *passed, sa.not_(counts.exact))
    both = c.subquery(sa.union_all(counted, looked))
    return sa.select(both.source).order_by(*[k.sorted(both) for k in source.order])


def _limit(c: Compiler, spot: Spot) -> Callable[[Any], int]:
    value, default, maximum = spot.value("first"), spot.declaration.default, c.maximum

    def limit(variables: Any) -> int:
        first = value.get(variables)
        first = default if first is None or first is Undefined else first
        if not 0 <= first <= maximum:
            raise refused(f"first: 0 to {maximum}, not {first}.", "PAGE_TOO_LARGE", spot.nodes)
        return int(first)

    c.checks.append(limit)
    return limit


def one_more(size: int) -> int:
    """The row past the page tells whether there is a next one."""
    return size + 1


# ---- where the rows come from
def _source(c: Compiler, spot: Spot, arguments: HookArguments) -> Source:
    d: declarations.Many = spot.declaration
    names = _order(c, spot, arguments)
    mark = list_mark(f"{spot.type.name}.{spot.nodes[0].name.value}", names or ())
    if d.walk is not None:
        row = c.subquery(d.walk(spot.row, c.me, arguments))
        return Source(row, _narrowed(c, d, row, arguments), keys(row.source, names or ()), mark)
    if isinstance(d.on, dict):
        return _union(c, spot, arguments, names, mark)
    item = _item_type(spot)
    access, other, where = c.access(item.name)
    where += _related(c, spot, other, d.on) + _narrowed(c, d, other, arguments)
    return Source(other, where, keys(access.table, names or access.order), mark, access.table)


def _order(c: Compiler, spot: Spot, arguments: HookArguments) -> tuple[str, ...] | None:
    d: declarations.Many = spot.declaration
    if d.orders is None or "orderBy" not in spot.field.args:
        return d.order
    asked = arguments.shape("order_by")
    enum = get_named_type(spot.field.args["orderBy"].type)
    name = next((n for n, v in enum.values.items() if getattr(v.value, "value", v.value) == asked), None)
    return d.order if name is None else d.orders[name]


def _related(c: Compiler, spot: Spot, other: Any, on: Any) -> list[Any]:
    d: declarations.Many = spot.declaration
    tied = [other.c[d.fk] == spot.row.c.id] if d.fk is not None else []
    return tied if on is None else [*tied, on(spot.row, other, c.me)]


def _narrowed(c: Compiler, d: declarations.Many, other: Any, arguments: HookArguments) -> list[Any]:
    where = [] if d.where_row is None else [d.where_row(other, c.me)]
    if d.narrow is None:
        return where
    sent: Any = arguments if d.filter is None else arguments.get(d.filter, {})
    narrowed = d.narrow(other, sent, c.me)
    return where + (list(narrowed) if not isinstance(narrowed, sa.ClauseElement) else [narrowed])


def _union(c: Compiler, spot: Spot, arguments: HookArguments, names: tuple[str, ...] | None, mark: str) -> Source:
    """A union: one branch a member, with the same order columns, its kind and its id."""
    d: declarations.Many = spot.declaration
    branches: list[Any] = []
    order: tuple[Key, ...] = ()
    for name, on in sorted(dict(d.on or {}).items()):  # type: ignore[arg-type]
        access, other, where = c.access(name)
        order = keys(access.table, names or access.order)
        columns = [k.of(other).label(f"k{i}") for i, k in enumerate(order)]
        branch = sa.select(*columns, const(name).label(KIND), other.c.id.label("id")).select_from(other.source)
        branches.append(branch.where(*where, *_related(c, spot, other, on), *_narrowed(c, d, other, arguments)))
    order = tuple(Key(f"k{i}", k.type, k.descending) for i, k in enumerate(order))
    return Source(c.subquery(sa.union_all(*branches)), [], order, mark)


def _item_type(spot: Spot) -> Any:
    return get_named_type(get_named_type(spot.field.type).fields["nodes"].type)


# ---- what is shown of it
@dataclass
class _Page:
    """The page's rows become JSON one by one, are gathered in one aggregate, and laid out by response key."""

    c: Compiler
    spot: Spot
    page: Row
    source: Source
    size: Any
    previous: Any  # whether rows stand before the page
    counts: Counts

    def __post_init__(self) -> None:
        self.gathered: dict[str, Any] = {}
        self.type = get_named_type(self.spot.field.type)
        self.cursor = cursor(self.page, self.source.order, self.source.mark)

    def json(self) -> Any:
        laid: list[tuple[str, Any]] = []
        for key, nodes in self.c.collect(self.type, self.spot.sets).items():
            self.c.counted(nodes)
            inside, sets = (*self.spot.inside, key), [n.selection_set for n in nodes if n.selection_set is not None]
            name = nodes[0].name.value
            if name == "__typename":
                laid.append((key, const(self.type.name)))
            elif name in COUNTED:
                laid.append((key, self.counts.shown(name)))
            elif name == "nodes":
                laid.append((key, self._gather(self._item(sets, inside))))
            elif name == "edges":
                laid.append((key, self._gather(self._edge(sets, inside))))
            else:
                laid.append((key, ("pageInfo", sets)))
        return self._laid_out(laid)

    def _laid_out(self, laid: list[tuple[str, Any]]) -> Any:
        infos = {key: self._info(column[1]) for key, column in laid if isinstance(column, tuple)}
        gathered = [a.label(name) for name, a in self.gathered.items()]
        aggregates = self.c.subquery(sa.select(*gathered).select_from(self.page.source)) if gathered else None
        columns: list[Any] = []
        for key, column in laid:
            if key in infos:
                columns.append(as_json(infos[key](aggregates)).label(key))
            else:
                columns.append((_of(aggregates, column)).label(key))
        page = sa.select(*columns) if aggregates is None else sa.select(*columns).select_from(aggregates.source)
        return as_json(self.counts.beside(page))

    def _gather(self, item: Any) -> str:
        if PLACE in self.page.c:
            kept: Any = sa.func.json_agg(aggregate_order_by(item, self.page.c[PLACE]))
            kept = kept.filter(self.page.c[PLACE] <= self.size)
        else:
            kept = sa.func.json_agg(aggregate_order_by(item, *[k.sorted(self.page) for k in self.source.order]))
        return self._keep(sa.func.coalesce(kept, EMPTY))

    def _keep(self, aggregate: Any) -> str:
        name = f"a{len(self.gathered)}"
        self.gathered[name] = aggregate
        return name

    def _item(self, sets: list[SelectionSetNode], path: tuple[str, ...]) -> Any:
        if KIND not in self.page.c:
            return as_json(sa.select(*self.c.columns(_item_type(self.spot), self.page, sets, path)))
        kinds = {name: name for name in self.spot.declaration.on}
        named = (self.page.c[KIND], self.page.c.id)
        return by_kind(self.c, Place(sets, path), _item_type(self.spot), named, kinds)

    def _edge(self, sets: list[SelectionSetNode], path: tuple[str, ...]) -> Any:
        edge, columns = get_named_type(self.type.fields["edges"].type), list[Any]()
        for key, nodes in self.c.collect(edge, sets).items():
            self.c.counted(nodes)
            name = nodes[0].name.value
            if name == "__typename":
                column = const(edge.name)
            elif name == "cursor":
                column = self.cursor
            else:
                column = self._item([n.selection_set for n in nodes if n.selection_set is not None], (*path, key))
            columns.append(column.label(key))
        return as_json(sa.select(*columns))

    def _info(self, sets: list[SelectionSetNode]) -> Callable[[Any], Any]:
        info = get_named_type(self.type.fields["pageInfo"].type)
        shown: dict[str, Any] = {}
        for key, nodes in self.c.collect(info, sets).items():
            self.c.counted(nodes)
            name = nodes[0].name.value
            if name == "__typename":
                shown[key] = const(info.name)
            elif name == "hasNextPage":
                shown[key] = self._keep(sa.func.count() > self.size)
            elif name == "hasPreviousPage":
                shown[key] = self.previous
            else:
                shown[key] = self._keep(self._end(first=name == "startCursor"))
        return lambda aggregates: sa.select(*[_of(aggregates, s).label(k) for k, s in shown.items()])

    def _end(self, *, first: bool) -> Any:
        """The cursor of the first or the last row shown."""
        place = self.page.c[PLACE]
        marks = sa.func.array_agg(
            aggregate_order_by(self.cursor, place if first else place.desc()), type_=ARRAY(sa.Text)
        )
        return sa.type_coerce(marks.filter(place <= self.size), ARRAY(sa.Text))[whole(1)]


def _of(aggregates: Row | None, column: Any) -> Any:
    """The column itself, or, where it is a name, the aggregate of that name."""
    return aggregates.c[column] if isinstance(column, str) and aggregates is not None else column
