"""A form that was not sent on, with all that was typed: its sign-in has ended, it was drawn for somebody else, or its
words were sent before. One page keeps it, and can send it once the visitor has decided.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..api.schema.act_forms import FieldKind, FormField, act_form
from .page_words import Words

# Fields that a form carries for itself: nobody typed them.
CARRIED = frozenset(
    {"key", "at", "act", "actingAs", "back", "fixed", "revision", "twice", "more", "step", "basis", "looked"}
)
_STATUS = {"ended": 401, "another": 409, "sent": 409}
_AN_ID = re.compile(r"[A-Za-z]+:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Fields of pages of their own that are named otherwise than in the contract.
_WORDS = {"visibility": "Visibility", "attribution": "AttributionKind"}


class HeldBack(Exception):
    """A form that is not sent on. `why`: `ended`, `another` or `sent`; `key`: with which the visitor may send it;
    `back`: the page on which what was sent stands."""

    def __init__(self, why: str, fields: Mapping[str, str], key: str = "", back: str = "/") -> None:
        super().__init__(why)
        self.why, self.fields, self.key, self.back = why, fields, key, back

    @property
    def status(self) -> int:
        """Of the page that keeps it."""
        return _STATUS[self.why]


@dataclass(frozen=True)
class Typed:
    """A field that somebody filled in. `words`: what a value that was chosen means; empty where it was typed."""

    name: str
    label: str
    value: str
    words: str = ""


def typed(words: Words, fields: Mapping[str, str], act: str) -> Sequence[Typed]:
    """What was filled in, under the labels of the form; what nobody typed is left out. `act`: whose form it is, where
    it is one of `/do/`."""
    form = act_form(fields.get("act", "") or act)
    shown = ((name, value) for name, value in fields.items() if name not in CARRIED and value.strip())
    return [_typed(words, form.fields if form else (), name, value) for name, value in shown if not _AN_ID.match(value)]


def _typed(words: Words, asked: Sequence[FormField], name: str, value: str) -> Typed:
    labels, field = list[str](), None
    for part in name.split("."):
        if part.isdecimal():
            labels[-1] += f" {int(part) + 1}"
        elif field and field.kind == FieldKind.CHOICE and field.many:
            return Typed(name, ": ".join(labels), value, words.term(field.words, part))
        else:
            field = next((wanted for wanted in asked if wanted.name == part), None)
            asked = field.fields if field and field.fields else asked
            labels.append(_label(words, part))
    return Typed(name, ": ".join(labels), value, _meaning(words, field, name, value))


def _label(words: Words, part: str) -> str:
    if part.startswith("text-"):
        return f"{words.term('Field', 'text')} ({part.removeprefix('text-')})"
    return words.term("Field", part)


def _meaning(words: Words, field: FormField | None, name: str, value: str) -> str:
    kind: Any = field.words if field and field.kind == FieldKind.CHOICE else "" if field else _WORDS.get(name, "")
    if kind:
        return words.term(kind, value)
    return words.plain("yes") if field and field.kind == FieldKind.YES_NO and value == "yes" else ""
