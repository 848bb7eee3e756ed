"""How a Python function fills a field: it is called with typed values, each as the parameter of its name.

A parameter is something the field `needs` of the database, an argument of the field, or the request's `context`. What
comes from the database came as JSON, so each value is read as the parameter is annotated: `UUID`, `datetime`, `date`,
an enumeration, a dataclass (of a JSON object by its fields' names, of a JSON array in their order), and lists, tuples,
mappings and optionals of these. Everything else is handed on as it is.
"""

from __future__ import annotations

import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any, TypeAlias, cast
from uuid import UUID

from ..errors import Misconfigured
from .forms import Arguments, JsonObject

Read: TypeAlias = Callable[[Any], Any]
CONTEXT, TOGETHER = "context", "rows"


@dataclass(frozen=True)
class Function:
    """A function with what it takes. `row`: of one that answers all places at once, what it is given for each of them;
    else it is called once for each place. `reads` and `args`: how values are read, where that takes doing."""

    call: Callable[..., Any]
    row: type | None
    reads: Mapping[str, Read]
    args: Mapping[str, Read | None]
    takes_context: bool
    waits: bool

    async def values(self, needed: Sequence[JsonObject], args: Arguments, context: Any) -> Sequence[Any]:
        """One value a place, in order. `needed`: for each place what the statement selected for it, by name."""
        same = {name: args[name] if read is None else read(args[name]) for name, read in self.args.items()}
        if self.takes_context:
            same[CONTEXT] = context
        for name, read in self.reads.items():
            for place in needed:
                place[name] = read(place[name])
        if self.row is not None:
            row = self.row
            answers = self.call(**{TOGETHER: [row(**place) for place in needed]}, **same)
            return cast(Sequence[Any], await answers if self.waits else answers)
        if self.waits:
            return [await self.call(**place, **same) for place in needed]
        return [self.call(**place, **same) for place in needed]


def function(fn: Callable[..., Any], needs: Iterable[str], args: Iterable[str]) -> Function:
    """What a field needs and takes, held against the function's parameters. Refuses (Misconfigured) a function that
    leaves one of them out or asks for more."""
    hints = {name: hint for name, hint in typing.get_type_hints(fn).items() if name != "return"}
    parameters = list(inspect.signature(fn).parameters)
    needed, taken = list(needs), list(args)
    row = typing.get_args(hints[TOGETHER])[0] if TOGETHER in parameters else None
    own = set(parameters) - {CONTEXT, TOGETHER}
    expected = set(taken) if row else {*needed, *taken}
    rows = {f.name for f in fields(row)} if row else set(needed)
    if own != expected or rows != set(needed):
        raise Misconfigured(
            reason=f"{fn.__qualname__} takes {', '.join(parameters)}; the field has {', '.join([*needed, *taken])}."
        )
    of_needs = {name: reader(hint) for name, hint in (typing.get_type_hints(row) if row else hints).items()}
    return Function(
        fn,
        row,
        {name: read for name in needed if (read := of_needs.get(name)) is not None},
        {name: reader(hints.get(name, Any)) for name in taken},
        CONTEXT in parameters,
        inspect.iscoroutinefunction(fn),
    )


def reader(hint: Any) -> Read | None:
    """How a value of JSON becomes what is annotated; None where it is that already."""
    hint = getattr(hint, "__supertype__", hint)
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _optional([reader(inner_hint) for inner_hint in inner if inner_hint is not types.NoneType])
    if origin is tuple and Ellipsis not in inner:
        return _of_each([reader(inner_hint) for inner_hint in inner])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _of_values(reader(inner[1]))
    if origin in (list, tuple, Sequence):
        return _of_all(reader(inner[0]), tuple if origin is tuple else list)
    if is_dataclass(hint):
        return _of_dataclass(cast(type, hint))
    if hint in (datetime, date):
        return lambda value: hint.fromisoformat(value) if isinstance(value, str) else value
    if hint is UUID:
        return lambda value: UUID(value) if isinstance(value, str) else value
    return cast(Read, hint) if isinstance(hint, type) and issubclass(hint, enum.Enum) else None


def _optional(ways: list[Read | None]) -> Read | None:
    (read,) = ways  # an optional of one type: how would JSON tell two of them apart?
    return None if read is None else lambda value: None if value is None else read(value)


def _of_each(ways: list[Read | None]) -> Read:
    return lambda values: tuple(
        value if read is None else read(value) for read, value in zip(ways, values, strict=True)
    )


def _of_values(read: Read | None) -> Read | None:
    return None if read is None else lambda values: {name: read(value) for name, value in values.items()}


def _of_all(read: Read | None, kind: type) -> Read | None:
    if read is None:
        return None if kind is list else kind
    return lambda values: kind(read(value) for value in values)


def _of_dataclass(cls: type) -> Read:
    hints = typing.get_type_hints(cls)
    ways = {f.name: reader(hints[f.name]) for f in fields(cls) if f.init}
    whole = _of_each(list(ways.values()))

    def read(value: Any) -> Any:
        if isinstance(value, Mapping):
            return cls(
                **{name: way(value[name]) if way else value[name] for name, way in ways.items() if name in value}
            )
        return cls(*whole(value))

    return read
