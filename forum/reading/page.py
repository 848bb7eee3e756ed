"""Keyset connections: one page of rows, its edges, where it ends, and a count only where one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from graphql import SelectionSetNode, Undefined, get_named_type

from . import declarations
from .compile import Compiler, as_json, handles
from .forms import HookArguments
from .keyset import after, before
from .plan import Place, Spot
from .relations import EMPTY, by_kind
from .rows import Row
from .values import Key, const, cursor, keys, refused, whole

PLACE, KIND = "0", "1"  # labels no table uses
_ROWS = frozenset(("nodes", "edges", "pageInfo"))


@dataclass(frozen=True)
class Source:
    """Rows to page through: a fresh alias, who may be in it, the order, and the table where they stand in one."""

    row: Row
    where: list[Any]
    order: tuple[Key, ...]
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
    once = None
    if source.table is not None and "totalCount" in asked and asked & _ROWS:
        source, once = _judged_once(c, source)
    passed = after(c, spot, source.row, source.order)
    where = source.where + passed
    ordered = [k.sorted(source.row) for k in source.order]
    inner = sa.select(source.row.source).where(*where).order_by(*ordered).limit(most)
    if once is not None:
        inner, ordered = _whole(c, source, c.subquery(inner))
    if "pageInfo" in asked:
        inner = inner.add_columns(sa.func.row_number().over(order_by=ordered).label(PLACE))
    counting = sa.select(sa.func.count().label("n")).select_from(source.row.source).where(*source.where)
    previous = before(source.row, source.where, passed)
    return _Page(c, spot, c.subquery(inner), source, size, previous, once).json(lambda: _total(c, spot, counting))


def _judged_once(c: Compiler, source: Source) -> tuple[Source, sa.CTE]:
    """The list as the keys of its rows, worked out once for the count and the page: whoever decides that a row is in it
    is asked once, and an index may hold all that is asked."""
    name = c.name()
    marks = [source.row.c[k.name].label(k.name) for k in source.order]
    keyed = sa.select(*marks).select_from(source.row.source).where(*source.where).cte(name)
    # Referred to by its name alone: where it is defined is `_laid_out`'s business.
    listed = Row(name, sa.table(name, *[sa.column(k.name, k.type) for k in source.order]))
    return Source(listed, [], source.order, source.table), keyed.prefix_with("MATERIALIZED")


def _whole(c: Compiler, source: Source, few: Row) -> tuple[sa.Select[Any], list[Any]]:
    """The whole rows of a page of keys, and what they are ordered by. The last key of every order is unique."""
    row, last = c.table(source.table), source.order[-1].name
    joined = sa.select(row.source).select_from(few.source, row.source).where(row.c[last] == few.c[last])
    return joined, [k.sorted(few) for k in source.order]


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
    if d.walk is not None:
        row = c.subquery(d.walk(spot.row, c.me, arguments))
        return Source(row, _narrowed(c, d, row, arguments), keys(row.source, names or ()))
    if isinstance(d.on, dict):
        return _union(c, spot, arguments, names)
    item = _item_type(spot)
    access, other, where = c.access(item.name)
    where += _related(c, spot, other, d.on) + _narrowed(c, d, other, arguments)
    return Source(other, where, keys(access.table, names or access.order), access.table)


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


def _union(c: Compiler, spot: Spot, arguments: HookArguments, names: tuple[str, ...] | None) -> Source:
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
    return Source(
        c.subquery(sa.union_all(*branches)), [], tuple(Key(f"k{i}", k.type, k.descending) for i, k in enumerate(order))
    )


def _item_type(spot: Spot) -> Any:
    return get_named_type(get_named_type(spot.field.type).fields["nodes"].type)


def _total(c: Compiler, spot: Spot, counting: Any) -> Any:
    """How many rows of the list the viewer sees, as `counted` shows it."""
    d: declarations.Many = spot.declaration
    if d.counted is None:
        return counting.scalar_subquery()
    counted = c.subquery(counting)
    return sa.select(d.counted(counted.c.n, c.me)).select_from(counted.source).scalar_subquery()


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
    once: sa.CTE | None = None  # the keys of all rows of the list, where count and page share them

    def __post_init__(self) -> None:
        self.gathered: dict[str, Any] = {}
        self.type = get_named_type(self.spot.field.type)

    def json(self, total: Callable[[], Any]) -> Any:
        laid: list[tuple[str, Any]] = []
        for key, nodes in self.c.collect(self.type, self.spot.sets).items():
            self.c.counted(nodes)
            inside, sets = (*self.spot.inside, key), [n.selection_set for n in nodes if n.selection_set is not None]
            name = nodes[0].name.value
            if name == "__typename":
                laid.append((key, const(self.type.name)))
            elif name == "totalCount":
                laid.append((key, total()))
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
        return as_json(page if self.once is None else page.add_cte(self.once, nest_here=True))

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
                column = cursor(self.page, self.source.order)
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
            aggregate_order_by(cursor(self.page, self.source.order), place if first else place.desc()),
            type_=ARRAY(sa.Text),
        )
        return sa.type_coerce(marks.filter(place <= self.size), ARRAY(sa.Text))[whole(1)]


def _of(aggregates: Row | None, column: Any) -> Any:
    """The column itself, or, where it is a name, the aggregate of that name."""
    return aggregates.c[column] if isinstance(column, str) and aggregates is not None else column
