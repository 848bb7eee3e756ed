"""What an answer should be, found another way: graphql-core executes plain resolvers over rows in memory.

Resolvers derive from the declarations in the schema; what the database would decide - predicates, guards, conditions,
computed values - is written a second time in Python and handed in as `hooks`: (what, place) -> function, where place is
`Type` or `Type.field`. A hook that is missing is an error, so a new guard cannot go unwatched.

    ("visible", "Type")           (row, me, db) -> bool
    ("when", "Type.field")        (row, me, db) -> bool          also ("present", ...)
    ("on", "Type.field[:Member]") (row, other, me, db) -> bool
    ("narrow", "Type.field")      (other, given, me, db) -> bool ("where_row": other, me, db)
    ("where", "Type.field")       (other, given, row, me, db) -> bool
    ("sql", "Type.field")         (row, given, me, db) -> value
    ("walk", "Type.field")        (row, given, me, db) -> rows
    ("counted", "Type.field")     (count, me) -> count or None
    ("kind", ...), ("id", ...)    (row, me, db) -> value         only where the declaration has no column's name
    ("python", "Type.field")      (row, given, me, db) -> value
"""

from __future__ import annotations

import datetime as dt
import enum
import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from forum.reading import declarations
from forum.reading.declarations import accesses, declared
from forum.reading.values import list_mark
from graphql import (
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    build_schema,
    execute,
    get_named_type,
    parse,
    print_schema,
)

Row = dict[str, Any]
Hooks = Mapping[tuple[str, str], Callable[..., Any]]


@dataclass
class Thing:
    """A row as an object of a type."""

    type: str
    row: Row


@dataclass
class Page:
    type: str
    shown: list[Thing]
    earlier: bool
    more: bool
    total: Any
    order: tuple[str, ...]
    mark: str


def snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def moment(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{value.microsecond:06d}Z"


@dataclass
class Oracle:
    schema: Any
    db: dict[str, list[Row]]
    hooks: Hooks
    maximum: int = 100
    most_counted: int = 1_000
    me: Any = None
    index: dict[str, dict[Any, Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plain = build_schema(print_schema(self.schema))
        self.accesses = accesses(self.schema)
        self.index = {table: {r.get("id"): r for r in rows} for table, rows in self.db.items()}

    def answer(self, text: str, variables: dict[str, Any], me: Any) -> Any:
        """The execution's result: data, or errors."""
        self.me: Any = me
        self.memo: dict[tuple[str, int], bool] = {}
        return execute(
            self.plain,
            parse(text),
            variable_values=variables,
            field_resolver=self.resolve,
            type_resolver=lambda v, *_: v["__typename"] if isinstance(v, dict) else v.type,
        )

    def hook(self, what: str, place: str, *given: Any) -> Any:
        return self.hooks[(what, place)](*given)

    # ---- rows
    def sees(self, type_: str, row: Row) -> bool:
        if self.accesses[type_].visible is None:
            return True
        key = (type_, id(row))
        if key not in self.memo:
            self.memo[key] = self.hook("visible", type_, row, self.me, self.db)
        return self.memo[key]

    def rows(self, type_: str) -> list[Row]:
        return [r for r in self.db[self.accesses[type_].table.name] if self.sees(type_, r)]

    def by_id(self, type_: str, key: Any) -> Thing | None:
        row = self.index[self.accesses[type_].table.name].get(key)
        return Thing(type_, row) if row is not None and self.sees(type_, row) else None

    # ---- fields
    def resolve(self, source: Any, info: Any, **args: Any) -> Any:
        type_, name = info.parent_type.name, info.field_name
        if isinstance(source, Page):
            return self.paged(source, name)
        if isinstance(source, dict):
            return source[snake(name)]
        if isinstance(source, tuple):
            return source[0] if name == "cursor" else source[1]
        real = self.schema.type_map[type_].fields[name]
        found, place = declared(real), f"{type_}.{name}"
        row = source.row if isinstance(source, Thing) else {}
        assert found is not None, place
        if found.when is not None and not self.hook("when", place, row, self.me, self.db):
            return None
        given = {snake(k): self.given(v, real.args[k].type) for k, v in args.items() if v is not None}
        return getattr(self, "_" + type(found).__name__.lower())(found, place, row, given, args, real)

    def given(self, value: Any, type_: Any) -> Any:
        """An argument as a hook takes it: ids as uuids, enums by value, names as Python's."""
        type_ = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if value is None:
            return None
        if isinstance(type_, GraphQLList):
            return [self.given(v, type_.of_type) for v in (value if isinstance(value, list) else [value])]
        if isinstance(type_, GraphQLInputObjectType):
            return {snake(k): self.given(v, type_.fields[k].type) for k, v in value.items() if v is not None}
        if isinstance(type_, GraphQLEnumType):
            return worth(type_.values[value].value)
        if type_.name == "ID":
            return self.parted(value)[1]
        return value

    def parted(self, text: str) -> tuple[str, uuid.UUID | None]:
        tag, _, rest = text.partition(":")
        whole = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", rest)
        return tag, uuid.UUID(rest) if whole else None

    def shown(self, value: Any, type_: Any, tag: str | None) -> Any:
        named = get_named_type(type_)
        if value is None:
            return None
        if isinstance(value, list):
            return [self.shown(v, named, tag) for v in value]
        if isinstance(named, GraphQLEnumType):
            return next(n for n, v in named.values.items() if worth(v.value) == value)
        if isinstance(value, uuid.UUID):
            return f"{tag}:{value}" if named.name == "ID" else str(value)
        if isinstance(value, dt.datetime):
            return moment(value)
        if isinstance(value, dt.date):
            return value.isoformat()
        return value.hex() if isinstance(value, bytes) else value

    def _col(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        type_, name = place.split(".")
        access = self.accesses.get(type_)
        tag = found.tag or (access.tag if access else None)
        return self.shown(row[found.column or declarations.python_name(real, name)], real.type, tag)

    def _sql(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        return self.shown(self.hook("sql", place, row, given, self.me, self.db), real.type, found.tag)

    def _one(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        target = get_named_type(real.type).name
        if found.on is None:
            return self.by_id(target, row[found.fk])
        fits = [r for r in self.rows(target) if self.hook("on", place, row, r, self.me, self.db)]
        fits = [r for r in fits if found.fk is None or r["id"] == row[found.fk]]
        return Thing(target, fits[0]) if fits else None

    def _single(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        target = get_named_type(real.type).name
        fits = [r for r in self.rows(target) if self.hook("where", place, r, given, row, self.me, self.db)]
        return Thing(target, fits[0]) if fits else None

    def _part(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        if found.present is not None and not self.hook("present", place, row, self.me, self.db):
            return None
        return Thing(get_named_type(real.type).name, row)

    def _unionby(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        members = {m.name for m in self.members(real.type)} & set(self.accesses)
        kinds = found.kinds or {self.accesses[m].table.name: m for m in members}
        read = lambda what, name: row[name] if isinstance(name, str) else self.hook(what, place, row, self.me, self.db)  # noqa: E731
        kind, key = read("kind", found.kind), read("id", found.id)
        end = self.by_id(kinds[kind], key) if kind in kinds else None
        if end is not None or found.otherwise is None:
            return end
        if found.present is not None and not self.hook("present", place, row, self.me, self.db):
            return None
        return Thing(found.otherwise, row)

    def members(self, type_: Any) -> list[Any]:
        named = get_named_type(type_)
        return (
            list(self.schema.get_possible_types(named))
            if hasattr(named, "types") or named.name in self.interfaces
            else [named]
        )

    @property
    def interfaces(self) -> set[str]:
        return {n for n, t in self.schema.type_map.items() if type(t).__name__ == "GraphQLInterfaceType"}

    def _node(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        return self.named(args["id"], real.type)

    def _nodes(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        return [self.named(i, real.type) for i in args["ids"]]

    def named(self, text: str, type_: Any) -> Any:
        tag, key = self.parted(text)
        members = {m.name for m in self.members(type_)}
        name = next((n for n, a in self.accesses.items() if a.tag == tag and n in members), None)
        return None if name is None else self.by_id(name, key)

    def _python(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        return self.hook("python", place, row, given, self.me, self.db)

    # ---- lists
    def _listed(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Any:
        target = get_named_type(real.type).name
        if found.walk is not None:
            rows, order = self.hook("walk", place, row, given, self.me, self.db), found.order
        else:
            rows, order = self.rows(target), found.order or self.accesses[target].order
        rows = [r for r in rows if self.fits(found, place, row, r)]
        return [Thing(target, r) for r in in_order(rows, order)[: found.limit]]

    def fits(self, found: Any, place: str, row: Row, other: Row, member: str = "") -> bool:
        if found.fk is not None and other[found.fk] != row["id"]:
            return False
        if found.on is not None and not self.hook("on", place + member, row, other, self.me, self.db):
            return False
        return found.where_row is None or self.hook("where_row", place, other, self.me, self.db)

    def _many(self, found: Any, place: str, row: Row, given: Any, args: Any, real: Any) -> Page:
        connection = get_named_type(real.type)
        item = get_named_type(connection.fields["nodes"].type).name
        order = (found.orders or {}).get(args.get("orderBy")) or found.order
        sent = given.get("filter", {}) if found.filter else given
        things: list[Thing] = []
        for name in found.on if isinstance(found.on, dict) else [item]:
            rows = self.rows(name) if found.walk is None else self.hook("walk", place, row, given, self.me, self.db)
            member = f":{name}" if isinstance(found.on, dict) else ""
            rows = [r for r in rows if self.fits(found, place, row, r, member)]
            if found.narrow is not None:
                rows = [r for r in rows if self.hook("narrow", place, r, sent, self.me, self.db)]
            things += [Thing(name, r) for r in rows]
        return self.page(found, place, connection.name, item, things, order, args)

    def page(self, found: Any, place: str, type_: str, item: str, things: list[Thing], order: Any, args: Any) -> Page:
        first = args.get("first")
        first = found.default if first is None else first
        if not 0 <= first <= self.maximum:
            raise GraphQLError("first", extensions={"code": "PAGE_TOO_LARGE"})
        counts = [
            n if found.counted is None else self.hook("counted", place, n, self.me)
            for n in (min(len(things), self.most_counted), len(things))
        ]
        total = (*counts, len(things) <= self.most_counted)
        members = list(found.on) if isinstance(found.on, dict) else [item]
        orders = {m: order or self.accesses[m].order for m in members}
        keyed = {id(t): [t.row[o.lstrip("-")] for o in orders[t.type]] for t in things}
        template = orders[members[0]]
        for position in reversed(range(len(template))):
            things.sort(key=lambda t: keyed[id(t)][position], reverse=template[position].startswith("-"))
        every = things
        if args.get("after") is not None:
            passed = self.read_cursor(args["after"], list_mark(place, order or ()), members[0], template, things)
            things = [t for t in things if after(keyed[id(t)], passed, template)]
        shown, earlier, mark = things[:first], len(things) < len(every), list_mark(place, order or ())
        return Page(type_, shown, earlier, len(things) > first, total, order, mark)

    def read_cursor(self, text: str, mark: str, member: str, order: tuple[str, ...], things: list[Thing]) -> list[Any]:
        names = [o.lstrip("-") for o in order]
        if member in self.accesses:
            kinds = [self.accesses[member].table.c[n].type.python_type for n in names]
        else:
            kinds = [type(things[0].row[n]) for n in names] if things else [str for _ in names]
        pattern = "\\|".join(r"(.*)" if k is str else r"([^|]*Z)" if k is dt.datetime else r"([^|]*)" for k in kinds)
        found = re.fullmatch(f"{mark}\\|{pattern}", text, re.DOTALL)
        try:
            if found is None:
                raise ValueError(text)
            return [_typed(part, kind) for part, kind in zip(found.groups(), kinds, strict=True)]
        except ValueError:
            raise GraphQLError("after", extensions={"code": "BAD_CURSOR"}) from None

    def paged(self, page: Page, name: str) -> Any:
        if name in ("totalCount", "exactCount", "countIsExact"):
            return page.total[("totalCount", "exactCount", "countIsExact").index(name)]
        if name == "nodes":
            return page.shown
        if name == "edges":
            return [(self.cursor(t, page), t) for t in page.shown]
        ends = [self.cursor(t, page) for t in (page.shown[0], page.shown[-1])] if page.shown else [None, None]
        before, beyond = {"has_previous_page": page.earlier}, {"has_next_page": page.more}
        return {**before, **beyond, "start_cursor": ends[0], "end_cursor": ends[1], "__typename": "PageInfo"}

    def cursor(self, thing: Thing, page: Page) -> str:
        values = [thing.row[o.lstrip("-")] for o in page.order or self.accesses[thing.type].order]
        return "|".join((page.mark, *(moment(v) if isinstance(v, dt.datetime) else str(v) for v in values)))


def worth(value: Any) -> Any:
    return value.value if isinstance(value, enum.Enum) else value


def _typed(part: str, kind: Any) -> Any:
    return kind.fromisoformat(part) if issubclass(kind, dt.date) else kind(part)


def in_order(rows: list[Row], order: tuple[str, ...]) -> list[Row]:
    """As the database orders: what is null comes last, and first where the order is turned round."""
    rows = list(rows)
    for name in reversed(order):
        rows.sort(
            key=lambda r: ((value := r[name.lstrip("-")]) is None, 0 if value is None else value),
            reverse=name.startswith("-"),
        )
    return rows


def after(values: list[Any], mark: list[Any], order: tuple[str, ...]) -> bool:
    for value, at, name in zip(values, mark, order, strict=True):
        if value != at:
            return value < at if name.startswith("-") else value > at
    return False
