"""What each kind of field becomes in the statement: columns, objects, lists, unions, ids, Python's fields."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from graphql import get_named_type

from . import declarations
from .compile import Compiler, as_json, handles
from .declarations import python_name
from .forms import parameter_of
from .plan import Fill, Place, Spot
from .project import projector, required
from .rows import Row
from .values import const, keys, parted, refused, shown, whole

EMPTY: Any = sa.literal_column("'[]'::json")


# ---- scalars
@handles(declarations.Col)
def column(c: Compiler, spot: Spot) -> Any:
    """A column of the row."""
    d: declarations.Col = spot.declaration
    name = d.column or python_name(spot.field, spot.nodes[0].name.value)
    return shown(spot.row.c[name], spot.field.type, d.tag or _tag(c, spot.type.name))


@handles(declarations.Sql)
def computed(c: Compiler, spot: Spot) -> Any:
    """A scalar that the database computes."""
    d: declarations.Sql = spot.declaration
    return shown(d.fn(spot.row, c.me, c.arguments(spot)), spot.field.type, d.tag)


def _tag(c: Compiler, type_name: str) -> str | None:
    access = c.catalogue.accesses.get(type_name)
    return None if access is None else access.tag


# ---- objects
@handles(declarations.One)
def to_one(c: Compiler, spot: Spot) -> Any:
    """An object by foreign key or condition."""
    d: declarations.One = spot.declaration
    target = get_named_type(spot.field.type)
    _, other, visible = c.access(target.name)
    select = sa.select(*c.columns(target, other, spot.sets, spot.inside)).select_from(other.source).where(*visible)
    if d.fk is not None:
        select = select.where(other.c.id == spot.row.c[d.fk])
    if d.on is not None:
        select = select.where(d.on(spot.row, other, c.me)).limit(whole(1))
    return as_json(select)


@handles(declarations.Single)
def single(c: Compiler, spot: Spot) -> Any:
    """One object by its arguments."""
    target = get_named_type(spot.field.type)
    _, other, visible = c.access(target.name)
    where = spot.declaration.where(other, c.arguments(spot), spot.row, c.me)
    select = sa.select(*c.columns(target, other, spot.sets, spot.inside)).select_from(other.source)
    return as_json(select.where(where, *visible).limit(whole(1)))


@handles(declarations.Part)
def part(c: Compiler, spot: Spot) -> Any:
    """An object made of the row's own columns."""
    d: declarations.Part = spot.declaration
    column = as_json(sa.select(*c.columns(get_named_type(spot.field.type), spot.row, spot.sets, spot.inside)))
    return column if d.present is None else sa.case((d.present(spot.row, c.me), column))


@handles(declarations.Outcome)
def outcome(c: Compiler, spot: Spot) -> Any:
    """The object whose id the act handed back."""
    target = get_named_type(spot.field.type)
    return _by_id(c, spot.place, target.name, c.bind_outside(spot.declaration.name, sa.Uuid))


def _by_id(c: Compiler, place: Place, type_name: str, key: Any) -> Any:
    """The object of that type and id, as far as the viewer sees it."""
    _, other, visible = c.access(type_name)
    columns = c.columns(c.catalogue.object(type_name), other, place.sets, place.path)
    return as_json(sa.select(*columns).select_from(other.source).where(other.c.id == key, *visible))


# ---- ids
@handles(declarations.Node)
def node(c: Compiler, spot: Spot) -> Any:
    """Any thing by its id: the type in the id chooses the branch."""
    value, members = spot.value("id"), _tags(c, spot)
    tag = c.form.shape((spot.path, spot.key, "tag"), value, lambda v: _known(parted(v)[0], members))
    if tag is None:
        return sa.null()
    return _by_id(c, spot.place, members[tag], c.bind(lambda v: parted(value.get(v))[1], sa.Uuid))


@handles(declarations.Nodes)
def nodes(c: Compiler, spot: Spot) -> Any:
    """Things by their ids, in the order asked."""
    value, members = spot.value("ids"), _tags(c, spot)

    def within(ids: Any) -> Any:
        if len(ids) > c.maximum:
            raise refused(f"At most {c.maximum} ids at once, not {len(ids)}.", "PAGE_TOO_LARGE", spot.nodes)
        return frozenset(t for t in (parted(i)[0] for i in ids) if t in members)

    tags = c.form.shape((spot.path, spot.key, "tags"), value, within)
    ids, _ = parameter_of(value, spot.field.args["ids"].type)
    texts = c.bind(lambda v: [parted(i)[0] for i in value.get(v)], ARRAY(sa.Text))
    name = c.name()
    series = sa.func.unnest(c.bind(ids, ARRAY(sa.Uuid)), texts).table_valued(
        sa.column("id", sa.Uuid), sa.column("tag", sa.Text), with_ordinality="place"
    )
    asked = Row(name, series.render_derived(name=name))
    ways = [(asked.c.tag == const(t), _by_id(c, spot.place, members[t], asked.c.id)) for t in sorted(tags)]
    item = sa.case(*ways) if ways else sa.literal_column("null::json")
    return sa.select(_aggregated(item, asked.c.place)).select_from(asked.source).scalar_subquery()


def _known(tag: str, members: dict[str, str]) -> str | None:
    return tag if tag in members else None


def _tags(c: Compiler, spot: Spot) -> dict[str, str]:
    members = {m.name for m in c.catalogue.members(get_named_type(spot.field.type))}
    return {tag: name for tag, name in c.catalogue.by_tag.items() if name in members}


# ---- lists
@handles(declarations.Listed)
def listed(c: Compiler, spot: Spot) -> Any:
    """A bounded list of other rows."""
    d: declarations.Listed = spot.declaration
    target = get_named_type(spot.field.type)
    where: list[Any] = []
    if d.walk is not None:
        other = c.subquery(d.walk(spot.row, c.me, c.arguments(spot)))
        order = keys(other.source, d.order or ())
    else:
        access, other, where = c.access(target.name)
        order = keys(access.table, d.order or access.order)
    if d.fk is not None:
        where.append(other.c[d.fk] == spot.row.c.id)
    if d.on is not None:
        where.append(d.on(spot.row, other, c.me))
    if d.where_row is not None:
        where.append(d.where_row(other, c.me))
    item = as_json(sa.select(*c.columns(target, other, spot.sets, spot.inside))).label("1")
    marks = [k.of(other).label(f"k{i}") for i, k in enumerate(order)]
    inner = sa.select(*marks, item).select_from(other.source).where(*where)
    rows = c.subquery(inner.order_by(*[k.sorted(other) for k in order]).limit(whole(d.limit)))
    sorted_ = [rows.c[f"k{i}"].desc() if k.descending else rows.c[f"k{i}"] for i, k in enumerate(order)]
    agg = sa.func.coalesce(sa.func.json_agg(aggregate_order_by(rows.c["1"], *sorted_)), EMPTY)
    return sa.select(agg).select_from(rows.source).scalar_subquery()


def _aggregated(item: Any, place: Any) -> Any:
    return sa.func.coalesce(sa.func.json_agg(aggregate_order_by(item, place)), EMPTY)


# ---- unions
@handles(declarations.UnionBy)
def union_by(c: Compiler, spot: Spot) -> Any:
    """One object of several types, by kind and id."""
    d: declarations.UnionBy = spot.declaration
    kind = spot.row.c[d.kind] if isinstance(d.kind, str) else d.kind(spot.row, c.me)
    key = spot.row.c[d.id] if isinstance(d.id, str) else d.id(spot.row, c.me)
    target = get_named_type(spot.field.type)
    member = by_kind(c, spot.place, target, (kind, key), d.kinds)
    if d.otherwise is None:
        return member
    columns = c.columns(c.catalogue.object(d.otherwise), spot.row, spot.sets, spot.inside)
    inner: Any = as_json(sa.select(*columns))
    if d.present is not None:
        inner = sa.case((d.present(spot.row, c.me), inner))
    return sa.func.coalesce(member, inner)


def by_kind(c: Compiler, place: Place, type_: Any, named: tuple[Any, Any], kinds: Any) -> Any:
    """The object that a kind and an id name, one way for each type the field can give."""
    kind, key = named
    members = [m.name for m in c.catalogue.members(type_) if m.name in c.catalogue.accesses]
    words = kinds or {c.catalogue.accesses[name].table.name: name for name in members}
    ways = [(kind == const(word), _by_id(c, place, words[word], key)) for word in sorted(words)]
    return sa.case(*ways)


# ---- what Python fills in
@handles(declarations.Python)
def filled(c: Compiler, spot: Spot) -> Any:
    """A field that Python fills in: what it needs is selected under hidden names."""
    d: declarations.Python = spot.declaration
    marker = f"{len(c.fills)}."  # no GraphQL name holds a dot or begins with a digit
    shown_if = sa.true() if d.when is None else d.when(spot.row, c.me)
    spot.extras.append(sa.case((shown_if, sa.true())).label(marker))
    hooks = d.needs if isinstance(d.needs, dict) else {}
    for name in d.needs:
        value = hooks[name](spot.row, c.me) if name in hooks else _raw(c, spot, name)
        spot.extras.append(value.label(marker + name))
    values = {python_name(f, name): spot.value(name) for name, f in spot.field.args.items()}
    c.fills.append(
        Fill(
            path=spot.path,
            key=spot.key,
            fn=d.fn,
            marker=marker,
            needs=tuple(d.needs),
            args=lambda v: {name: value.get(v) for name, value in values.items()},
            show=_shown(c, spot),
        )
    )
    return sa.null()


def _raw(c: Compiler, spot: Spot, name: str) -> Any:
    """A column for a Python field, under every guard that a field over the same column has."""
    value = spot.row.c[name]
    for other, field in spot.type.fields.items():
        declaration = declarations.declared(field)
        if (
            isinstance(declaration, declarations.Col)
            and declaration.when
            and (declaration.column or python_name(field, other)) == name
        ):
            value = sa.case((declaration.when(spot.row, c.me), value))
    return value


@handles(declarations.Projected)
def projected(c: Compiler, spot: Spot) -> Any:
    """A field whose Python objects come from outside."""
    c.fills.append(Fill((), spot.key, None, "", (), lambda _: {}, _shown(c, spot), source=spot.declaration.name))
    return sa.null()


def _shown(c: Compiler, spot: Spot) -> Any:
    show = projector(c, get_named_type(spot.field.type), spot.sets)
    return required(f"{spot.type.name}.{spot.nodes[0].name.value}", spot.field.type, show)
