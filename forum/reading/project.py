"""Python objects -> plain data, by walking a selection: errors in payloads, and what Python fields give back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLEnumType, GraphQLNonNull, is_abstract_type, is_leaf_type

from ..errors import Misconfigured
from .declarations import python_name
from .values import plain, written


def projector(compiler: Any, type_: Any, sets: Sequence[Any]) -> Callable[[Any], Any]:
    """A function that shows a value (or a list of them) of this type as the selection asks. All types that the value
    may have are worked out now, so that nothing is looked up while answering."""
    if isinstance(type_, GraphQLEnumType):
        return _word(type_)
    if is_leaf_type(type_):
        return _leaf
    shows = {member.name: _fields(compiler, member, sets) for member in compiler.catalogue.members(type_)}
    only = None if is_abstract_type(type_) else shows[type_.name]

    def show(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, (list, tuple)):
            return [show(v) for v in value]
        fields = only or shows.get(_name(value))
        if fields is None:
            raise Misconfigured(reason=f"{_name(value)} is no {type_.name} of the schema.")
        if isinstance(value, dict):
            return {key: inner(value.get(name)) if name else inner(value) for key, name, inner in fields}
        return {key: inner(getattr(value, name)) if name else inner(value) for key, name, inner in fields}

    return show


def _fields(compiler: Any, type_: Any, sets: Sequence[Any]) -> list[tuple[str, str, Callable[[Any], Any]]]:
    projections: list[tuple[str, str, Callable[[Any], Any]]] = []
    for key, nodes in compiler.collect(type_, sets).items():
        compiler.counted(nodes)
        name = nodes[0].name.value
        if name == "__typename":
            projections.append((key, "", _constant(type_.name)))
            continue
        field = type_.fields[name]
        named = field.type
        while hasattr(named, "of_type"):
            named = named.of_type
        inner = projector(compiler, named, [n.selection_set for n in nodes if n.selection_set is not None])
        projections.append((key, python_name(field, name), required(f"{type_.name}.{name}", field.type, inner)))
    return projections


def required(place: str, type_: Any, show: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same, refusing (Misconfigured) to put a null where the schema promises a value."""
    if not isinstance(type_, GraphQLNonNull):
        return show

    def sure(value: Any) -> Any:
        if value is None:
            raise Misconfigured(reason=f"{place} is never null, but its function gave none.")
        return show(value)

    return sure


def _constant(value: Any) -> Callable[[Any], Any]:
    return lambda _: value


def _leaf(value: Any) -> Any:
    if type(value) is str:
        return value
    if isinstance(value, (list, tuple)):
        return [_leaf(v) for v in value]
    return written(value)


def _word(type_: GraphQLEnumType) -> Callable[[Any], Any]:
    """A member of an enumeration, or the word that stands for it, as the contract names it."""
    names = {plain(value.value): name for name, value in type_.values.items()}

    def show(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [show(v) for v in value]
        if value is None:
            return None
        if (word := plain(value)) not in names:
            raise Misconfigured(reason=f"{word} is no word of {type_.name}.")
        return names[word]

    return show


def _name(value: Any) -> str:
    return str(value.get("__typename")) if isinstance(value, dict) else type(value).__name__
