"""What a refusal is: a sentence, a stable code, and the facts that help. Which there are stands in `errors.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, dataclass_transform

from . import spoken_words as words


@dataclass_transform(kw_only_default=True, eq_default=False)
class Refusal(Exception):
    """Why a thing was not done. `path` names the field of the input it hangs on, outermost first."""

    says: ClassVar[str] = "This was refused."
    path: tuple[str, ...] = ()

    def __init_subclass__(cls) -> None:
        dataclass(eq=False, kw_only=True, repr=False)(cls)

    def __post_init__(self) -> None:
        """A member of an enumeration is told as its word: what is answered does not hang on who raised it."""
        for name, value in self.facts().items():
            if isinstance(value, StrEnum):
                setattr(self, name, value.value)
            elif isinstance(value, tuple) and any(isinstance(item, StrEnum) for item in value):
                setattr(self, name, tuple(str(item) for item in value))

    @classmethod
    def stable_code(cls) -> str:
        """`DeadlinePassed` -> `DEADLINE_PASSED`: what clients switch on; sentences may be reworded, codes never."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).upper()

    @property
    def code(self) -> str:
        return self.stable_code()

    @property
    def message(self) -> str:
        """What a person reads: words of the code stand in it as the glossary has them."""
        sentence = self.says.format(**{name: _said(name, value) for name, value in self.facts().items()})
        return sentence.strip()

    def facts(self) -> dict[str, object]:
        """The refusal's own fields, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "path"}  # type: ignore[arg-type]

    def at_path(self, *path: str) -> Refusal:
        """The same refusal, hung on an input field."""
        self.path = path + self.path
        return self

    def __str__(self) -> str:
        return self.message


class Several(Refusal):
    """Several things are wrong with one request: each has its own sentence, hung on its own field."""

    says = "{each}"
    each: tuple[Refusal, ...]


# How facts are said that are words of the code: by their name in whichever refusal has them.
_WORDS: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "act": words.does,
        "who": lambda who: " or ".join(filter(None, (", ".join(who[:-1]), who[-1]))) if who else "none",
        "roles": lambda roles: ", ".join(map(words.doers, roles)),
        "yours": lambda roles: ", ".join(map(words.role, roles)),
        "options": lambda mandates: ", ".join(map(words.role, mandates)),
        "state": words.state,
        "needs": words.one_of,
        "word": lambda word: words.quoted((word,)),
        "words": words.quoted,
        "allowed": lambda places: ", ".join(map(words.plain, places)) or "nobody",
        "document": words.plain,
        "receiver": words.plain,
        "audience": words.plain,
        "agreed": words.plain,
    }
)


def _said(name: str, value: object) -> str:
    speak = _WORDS.get(name)
    return _spoken(value) if speak is None else speak(value)


def _spoken(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value) or "none"
    return str(value)
