"""Acts as forms: what a page asks for to send a mutation, made from the commands of `forum/actions/` as the mutations
are (`inputs.py`). One field each, with the command's own description, so that no page knows an act by name.
"""

import enum
import typing
from collections.abc import Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from ...actions.core.act import camel
from ...actions.core.catalogue import CATALOGUE
from ...workflow.act_names import ACTS
from .inputs import LISTS_OF_WORDS, bare_type, pascal


class FieldKind(enum.Enum):
    """How a field is filled in."""

    ID = "a thing, by its id"
    TEXT = "words"
    WHOLE = "a whole number"
    YES_NO = "yes or no"
    INSTANT = "a day and a time"
    DAY = "a day"
    CHOICE = "one of the words of an enumeration"
    GROUP = "fields of their own"


@dataclass(frozen=True)
class FormField:
    """One field of a mutation's input. `words`: the enumeration of a CHOICE, and `choices` its values; `of`: the type
    whose id an ID takes; `default`: what the act takes where nothing is sent, as the form shows it."""

    name: str
    about: str
    kind: FieldKind
    required: bool
    many: bool = False
    of: str = ""
    words: str = ""
    choices: tuple[str, ...] = ()
    default: str | bool | tuple[str, ...] | None = None
    fields: tuple["FormField", ...] = ()


@dataclass(frozen=True)
class ActForm:
    """An act as a form. `on`: the type of the thing it is on, and `on_field` the field that holds its id; `creates`:
    whether doing it twice makes two; `tells`: what its answer shows once and never again."""

    act: str
    about: str
    on: str
    on_field: str
    creates: bool
    tells: tuple[str, ...]
    fields: tuple[FormField, ...]

    @property
    def mutation(self) -> str:
        """The name of its mutation: `issueCall`."""
        return camel(self.act)


@cache
def act_form(name: str) -> ActForm | None:
    """The form of an act that clients may ask for, by its name (`issue_call`); None where there is none."""
    if name not in ACTS or name not in CATALOGUE:
        return None
    command = CATALOGUE[name].command
    kind, field = command.on
    return ActForm(
        name, " ".join((command.__doc__ or "").split()), pascal(kind), camel(field), command.creates,
        tuple(command.tells), _fields(command),
    )  # fmt: skip


def _fields(cls: type) -> tuple[FormField, ...]:
    hints = typing.get_type_hints(cls)
    return tuple(_field(f, hints[f.name]) for f in fields(cls))


def _field(f: Field[Any], hint: Any) -> FormField:
    bare, nullable, many = bare_type(hint)
    words = f.metadata.get("scalar")
    enumeration = LISTS_OF_WORDS.get(words)
    kind = FieldKind.CHOICE if enumeration else _kind(bare)
    return FormField(
        name=camel(f.name),
        about=f.metadata["about"],
        kind=kind,
        required=f.default is MISSING and not nullable,
        many=many,
        of=f.metadata.get("of") or "",
        words=str(words) if enumeration else "",
        choices=tuple(member.name for member in enumeration) if enumeration else (),
        default=_default(f.default, enumeration),
        fields=_fields(bare) if kind == FieldKind.GROUP else (),
    )


def _kind(bare: type) -> FieldKind:
    if is_dataclass(bare):
        return FieldKind.GROUP
    kinds: Sequence[tuple[type, FieldKind]] = (
        (UUID, FieldKind.ID), (bool, FieldKind.YES_NO), (int, FieldKind.WHOLE), (datetime, FieldKind.INSTANT),
        (date, FieldKind.DAY), (str, FieldKind.TEXT),
    )  # fmt: skip
    return next(kind for type_, kind in kinds if issubclass(bare, type_))


def _default(default: Any, enumeration: Any) -> str | bool | tuple[str, ...] | None:
    if default is MISSING or default is None:
        return None
    if isinstance(default, bool):
        return default
    if isinstance(default, tuple):
        return tuple(enumeration(word).name if enumeration else str(word) for word in default)
    return str(enumeration(default).name) if enumeration else str(default)
