"""Mutation inputs, made from the commands of `forum/actions/`: one field each, with the command's own descriptions.

`read` turns what a client sent back into the command: ids to uuids, camelCase to the command's names.
"""

import enum
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any
from uuid import UUID

import strawberry

from ...actions.core.act import Command, camel
from ...errors import InvalidValue, UnknownCode
from ...reading.forms import Arguments
from ...times import need_offset_of
from .ids import ident
from .scalars import URL, CountryCode, LanguageTag
from .vocabularies import (
    AgreementPurpose,
    AttributionKind,
    Audience,
    ClearanceSubject,
    ForumKind,
    Language,
    Layer,
    LengthUnit,
    MeetingStatus,
    ObjectionAnswer,
    Office,
    OrganisationKind,
    Pace,
    ParagraphKind,
    ParticipationStatus,
    Power,
    Relation,
    Role,
    Visibility,
)

# Texts of a command that have a type of their own in the contract.
_SCALARS: Mapping[str | None, Any] = {"URL": URL, "LanguageTag": LanguageTag, "CountryCode": CountryCode}
LISTS_OF_WORDS: Mapping[str | None, Any] = {
    kind.__name__: kind
    for kind in (
        AgreementPurpose, AttributionKind, Audience, ClearanceSubject, ForumKind, Language, Layer, LengthUnit,
        MeetingStatus, ObjectionAnswer, Office, OrganisationKind, ParagraphKind, Pace, ParticipationStatus,
        Power, Relation, Role, Visibility,
    )
}  # fmt: skip
_NAMED: Mapping[str | None, Any] = {**_SCALARS, **LISTS_OF_WORDS}
_Options: typing.TypeAlias = dict[str, Any]  # what `strawberry.field` is told of a field
_PLAIN = (str, int, bool, datetime, date)
_ACTING_AS = "The mandate you act under; may be left out when only one of yours reaches this place."
_KEY = "A fresh UUID of yours: the same key and body give the same answer, however often a bad line makes you send it."


C = typing.TypeVar("C")


def pascal(name: str) -> str:
    """`submit_contribution` -> `SubmitContribution`, as types are named."""
    return "".join(word.capitalize() for word in name.split("_"))


def bare_type(hint: Any) -> tuple[Any, bool, bool]:
    """(the type itself, nullable?, a list?) of `X`, `X | None`, `tuple[X, ...]`."""
    nullable = typing.get_origin(hint) in (types.UnionType, typing.Union)
    if nullable:
        hint = next(a for a in typing.get_args(hint) if a is not types.NoneType)
    many = typing.get_origin(hint) is tuple
    return (typing.get_args(hint)[0] if many else hint), nullable, many


def _annotation(f: Field[Any], hint: Any) -> Any:
    bare, nullable, many = bare_type(hint)
    scalar = f.metadata.get("scalar")
    annotation: Any = None if scalar is None else _NAMED[scalar]
    if annotation is None:
        annotation = strawberry.ID if bare is UUID else bare if bare in _PLAIN else input_type(bare)
    annotation = typing.cast(Any, list)[annotation] if many else annotation
    return annotation | None if nullable else annotation


def _default(f: Field[Any]) -> _Options:
    if f.default is MISSING:
        return {}
    words = LISTS_OF_WORDS.get(f.metadata.get("scalar"))
    if isinstance(f.default, tuple):
        return {"default_factory": partial(list, [words(d) if words else d for d in f.default])}
    return {"default": words(f.default) if words and f.default is not None else f.default}


def _input(cls: type, more: Mapping[str, tuple[Any, _Options]], name: str | None = None) -> type:
    hints = typing.get_type_hints(cls)
    described_fields = {
        f.name: (_annotation(f, hints[f.name]), {"description": f.metadata["about"], **_default(f)})
        for f in fields(cls)
    }
    described_fields |= more
    # Fields that must be given come first: strawberry makes a plain dataclass of them.
    ordered = sorted(
        described_fields,
        key=lambda name: "default" in described_fields[name][1] or "default_factory" in described_fields[name][1],
    )
    body: dict[str, object] = {name: strawberry.field(**described_fields[name][1]) for name in ordered}
    body["__annotations__"] = {name: described_fields[name][0] for name in ordered}
    described = " ".join((cls.__doc__ or "").split())
    called = f"{name or cls.__name__}Input"
    return strawberry.input(type(called, (), body), name=called, description=described)


@cache
def input_type(cls: type) -> type:
    """The input object of a dataclass inside a command."""
    return _input(cls, {})


@cache
def command_input(command: type[Command], name: str | None = None) -> type:
    """A mutation's one argument: the command's fields, the mandate, the key. `name`: that of its deprecated twin."""
    key: tuple[Any, _Options] = (UUID, {"description": _KEY})
    if not command.creates:
        key = (UUID | None, {"description": _KEY, "default": None})
    acting = (strawberry.ID | None, {"description": _ACTING_AS, "default": None})
    return _input(command, {"acting_as": acting, "idempotency_key": key}, name)


# ---- back again
@cache
def _hints(cls: type) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def read(cls: type[C], arguments: Arguments, path: tuple[str, ...] = ()) -> C:
    """The command, or a dataclass inside one, from coerced input values by their GraphQL names.

    Refuses (InvalidValue) an instant whose offset is not that of the zone named beside it.
    """
    if isinstance(zone := arguments.get("zone"), str):
        _need_offsets(zone, arguments, path)
    hints = _hints(typing.cast(type, cls))
    values = {}
    for f in fields(cls):  # type: ignore[arg-type]
        name = camel(f.name)
        if name in arguments and not (arguments[name] is None and f.default is not MISSING):
            values[f.name] = _value(f, hints[f.name], arguments[name], (*path, name))
    return cls(**values)


def _value(f: Field[Any], hint: Any, value: Any, path: tuple[str, ...]) -> Any:
    bare, _, many = bare_type(hint)
    if value is None:
        return None
    if many:
        return tuple(_single(f, bare, item, (*path, str(n))) for n, item in enumerate(value))
    return _single(f, bare, value, path)


def _single(f: Field[Any], bare: Any, value: Any, path: tuple[str, ...]) -> Any:
    if bare is UUID:
        return ident(value, f.metadata["of"], *path)
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return read(typing.cast(type, bare), value, path) if is_dataclass(bare) else value


def _need_offsets(zone: str, value: Any, path: tuple[str, ...]) -> None:
    """Compare every instant in here with the zone in which its input speaks. A zone that is none the act refuses."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _need_offsets(zone, inner, (*path, name))
    elif isinstance(value, (list, tuple)):
        for n, item in enumerate(value):
            _need_offsets(zone, item, (*path, str(n)))
    elif isinstance(value, datetime):
        try:
            need_offset_of(zone, value)
        except UnknownCode:
            return
        except InvalidValue as refused:
            raise refused.at_path(*path) from None
