"""Values of a request's arguments, and the forms a document takes.

A plan is good for every request that gives the same answers to the questions the compiler asked about variables: is a
cursor given, which filter fields are set, what type is in an id. Those answers are the plan's key; nothing else of a
variable may steer the compiler, so values reach the statement as parameters only.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    Undefined,
    ValueNode,
    VariableNode,
    coerce_input_literal,
    get_named_type,
)

from ..domain.names import spelled
from .declarations import python_name
from .values import clean, parted, plain

Variables: TypeAlias = Mapping[str, Any]  # of a request, coerced by graphql-core
Arguments: TypeAlias = Mapping[str, Any]  # of a field, and the fields of an input object, coerced likewise
JsonObject: TypeAlias = dict[str, Any]  # read from JSON
SCALARS: dict[str, Any] = {
    "Int": sa.Integer,
    "Float": sa.Double,
    "Boolean": sa.Boolean,
    "ID": sa.Uuid,
    "UUID": sa.Uuid,
    "DateTime": sa.DateTime(timezone=True),
    "Date": sa.Date,
    "Decimal": sa.Numeric,
}


@dataclass(frozen=True)
class Value:
    """What an argument is worth, once the variables are known. Absent is `Undefined`."""

    get: Callable[[Variables], Any]
    moves: bool = True  # whether it depends on a variable at all


def fixed(value: Any) -> Value:
    """A value that no variable changes."""
    return Value(lambda _: value, moves=False)


ABSENT = fixed(Undefined)


def value_of(node: ValueNode | None, type_: Any, default: Any = Undefined) -> Value:
    """The value of a literal or variable of an input type, as PostgreSQL takes it; `default` where none is given."""
    default = plain(default)
    if node is None:
        return fixed(default)
    if isinstance(node, VariableNode):
        name = node.name.value
        return Value(lambda v: plain(v[name]) if name in v else default)
    if isinstance(type_, GraphQLNonNull):
        return value_of(node, type_.of_type, default)
    if isinstance(node, NullValueNode):
        return fixed(None)
    if isinstance(type_, GraphQLList):
        inner = node.values if isinstance(node, ListValueNode) else (node,)
        items = [value_of(n, type_.of_type, None) for n in inner]
        return Value(lambda v: [i.get(v) for i in items], any(i.moves for i in items))
    if isinstance(type_, GraphQLInputObjectType) and isinstance(node, ObjectValueNode):
        return _object(node, type_)
    return fixed(plain(coerce_input_literal(node, type_)))


def _object(node: ObjectValueNode, type_: GraphQLInputObjectType) -> Value:
    sent = {f.name.value: f.value for f in node.fields}
    fields = {
        name: value_of(sent.get(name), f.type, f.default_value)
        for name, f in type_.fields.items()
        if name in sent or f.default_value is not Undefined
    }

    def get(v: Variables) -> dict[str, Any]:
        got = {name: f.get(v) for name, f in fields.items()}
        return {name: value for name, value in got.items() if value is not Undefined}

    return Value(get, any(f.moves for f in fields.values()))


class Form:
    """The questions one compilation asked, in order, with the answers it got."""

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self.asked: dict[Hashable, tuple[Callable[[Variables], Hashable], Hashable]] = {}

    def shape(self, key: Hashable, value: Value, probe: Callable[[Any], Hashable]) -> Any:
        """The only way to let a value steer the statement. The answer becomes part of the plan's key."""
        if not value.moves:
            return probe(value.get(self.variables))
        if key not in self.asked:

            def question(variables: Variables) -> Hashable:  # a closure, kept in the tree of plans
                return probe(value.get(variables))

            self.asked[key] = (question, question(self.variables))
        return self.asked[key][1]


@dataclass
class _Fork:
    question: Callable[[Variables], Hashable]
    ways: dict[Hashable, Any] = field(default_factory=dict)


class Plans:
    """The plans of one selection, found by asking again what their compilation asked. Forgets all when it grows past
    `limit`: a document with so many forms is somebody trying."""

    def __init__(self, limit: int = 64) -> None:
        self.limit, self.count = limit, 0
        self.roots: dict[Hashable, Any] = {}

    def find(self, root: Hashable, variables: Variables) -> Any | None:
        """The plan of this form, or None when it was never compiled."""
        at = self.roots.get(root)
        while isinstance(at, _Fork):
            at = at.ways.get(at.question(variables))
        return at

    def keep(self, root: Hashable, form: Form, plan: Any) -> None:
        """Compilation is deterministic: the same answers lead to the same next question, so a tree holds them."""
        if self.count >= self.limit:
            self.count, self.roots = 0, {}
        ways, step = self.roots, root
        for question, answer in form.asked.values():
            fork = ways.setdefault(step, _Fork(question))
            ways, step = fork.ways, answer
        ways[step] = plan
        self.count += 1


class HookArguments(Mapping[str, Any]):
    """The arguments of one field as its hooks see them: by Python name, only those sent and not null, each a parameter
    (an input object: another `HookArguments`). An ID is its uuid; `tag(name)` is its type."""

    def __init__(self, compiler: Any, values: Mapping[str, Value], fields: Mapping[str, Any], key: Hashable) -> None:
        self._compiler, self._key = compiler, key
        self._fields = {python_name(f, name): (name, f) for name, f in fields.items()}
        self._values = values
        self._cache: dict[str, Any] = {}

    def _value(self, name: str) -> Value:
        return self._values.get(self._fields[name][0], ABSENT)

    def __contains__(self, name: object) -> bool:
        if name not in self._fields:
            return False
        return bool(self._compiler.form.shape((self._key, name, "sent"), self._value(str(name)), _is_sent))

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._fields if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, name: str) -> Any:
        if name not in self:
            raise KeyError(name)
        if name not in self._cache:
            self._cache[name] = self._parameter(name)
        return self._cache[name]

    def _parameter(self, name: str) -> Any:
        value, type_ = self._value(name), self._fields[name][1].type
        named = get_named_type(type_)
        if isinstance(named, GraphQLInputObjectType):
            inner = {
                n: Value(lambda v, n=n: (value.get(v) or {}).get(n, Undefined), value.moves)  # type: ignore[misc]
                for n in named.fields
            }
            return HookArguments(self._compiler, inner, named.fields, (self._key, name))
        return self._compiler.bind(*parameter_of(value, type_))

    def spelled(self, name: str) -> Any:
        """A name, in the one spelling in which names are kept (`domain/names.py`)."""
        get, kind = parameter_of(self._value(name), self._fields[name][1].type)
        return self._compiler.bind(lambda variables: spelled(get(variables)), kind)

    def shape(self, name: str) -> Any:
        """The value itself, for what must steer the statement (a direction): one plan for each value."""
        probe = lambda x: tuple(x) if isinstance(x, list) else x  # noqa: E731
        return self._compiler.form.shape((self._key, name, "value"), self._value(name), probe) if name in self else None

    def tag(self, name: str) -> str | None:
        """The type in an ID."""
        probe = lambda x: parted(x)[0]  # noqa: E731
        return self._compiler.form.shape((self._key, name, "tag"), self._value(name), probe) if name in self else None


def _is_sent(value: Any) -> bool:
    return value is not None and value is not Undefined


def parameter_of(value: Value, type_: Any) -> tuple[Callable[[Variables], Any], Any]:
    """How to get an argument for PostgreSQL, and as which type."""
    nullable = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
    if isinstance(nullable, GraphQLList):
        get, kind = parameter_of(Value(lambda v: v), nullable.of_type)
        return (lambda v: [get(x) for x in value.get(v) or ()]), ARRAY(kind)
    kind = SCALARS.get(nullable.name, sa.Text)
    if nullable.name == "ID":
        return (lambda v: parted(value.get(v))[1]), kind
    if kind is sa.Text:
        return (lambda v: clean(value.get(v))), kind
    return value.get, kind
