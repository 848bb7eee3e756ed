"""What a refusal is: a sentence, a stable code, and the facts that help. Which there are stands in `errors.py`.

Its sentence is written in English, as a template; whoever answers a reader has a `Speaker` say it in their language
(`forum/languages/speaker.py`). Codes and facts are the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, dataclass_transform

from . import spoken_words as words
from .worded import in_language


class Phrased(str):
    """A sentence in English that remembers the template and the facts it was made of, so that it can be said anew in
    another language. Facts that are sentences are `Phrased` too, or refusals that have their own."""

    __slots__ = ("facts", "template")
    template: str
    facts: Mapping[str, object]


def phrased(template: str, /, **facts: object) -> Phrased:
    """The sentence of this template; the catalogues of refusals have the template in each language. A fact that is a
    tuple is words of the code after one another: they are said in the language too."""
    english = {name: _part(fact, ENGLISH) for name, fact in facts.items()}
    sentence = Phrased(template.format(**english))
    sentence.template, sentence.facts = template, facts
    return sentence


class Speaker(Protocol):
    """How one language says a refusal. `tag`: the language."""

    @property
    def tag(self) -> str: ...

    def text(self, text: str) -> str:
        """A sentence or a template; as it is where the language has no other."""
        ...

    def word(self, word: str) -> str:
        """An act, a role, a state or a thing, inside a sentence."""
        ...

    def apart(self, fact: str) -> str:
        """What somebody wrote or named, inside a sentence."""
        ...

    def listed(self, words: Iterable[str]) -> str:
        """Several words after one another."""
        ...

    def choice(self, words: Iterable[str]) -> str:
        """Several words of which one will do."""
        ...


class _English:
    """As everything is written."""

    tag = "en"

    def text(self, text: str) -> str:
        return text

    def word(self, word: str) -> str:
        return word

    def apart(self, fact: str) -> str:
        return in_language(fact, self.tag)

    def listed(self, words: Iterable[str]) -> str:
        return ", ".join(words)

    def choice(self, words: Iterable[str]) -> str:
        *others, last = words
        return f"{', '.join(others)} or {last}" if others else last


ENGLISH: Speaker = _English()


@dataclass_transform(kw_only_default=True, eq_default=False)
class Refusal(Exception):
    """Why a thing was not done. `path` names the field of the input it hangs on, outermost first; `speaker` says it."""

    says: ClassVar[str] = "This was refused."
    path: tuple[str, ...] = ()
    speaker = ENGLISH

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
        facts = {name: _spoken(name, value, self.speaker) for name, value in self.facts().items()}
        return self.speaker.text(self.says).format(**facts).strip()

    def spoken_by(self, speaker: Speaker) -> Refusal:
        """The same refusal, in another language."""
        self.speaker = speaker
        return self

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
_WORDS: Mapping[str, Callable[[Any, Speaker], str]] = MappingProxyType(
    {
        "act": lambda act, by: by.word(words.does(act)),
        "who": lambda who, by: by.choice(map(by.word, who)) if who else by.word("none"),
        "roles": lambda roles, by: by.listed(by.word(words.doers(role)) for role in roles),
        "yours": lambda roles, by: by.listed(by.word(words.role(role)) for role in roles),
        "options": lambda mandates, by: by.listed(by.word(words.role(role)) for role in mandates),
        "state": lambda state, by: by.word(words.state(state)),
        "needs": lambda states, by: by.choice(by.word(words.state(state)) for state in states or ("otherwise",)),
        "what": lambda thing, by: by.word(thing),
        "unit": lambda unit, by: by.word(unit),
        "word": lambda word, by: by.apart(words.quoted((word,))),
        "words": lambda allowed, by: by.apart(words.quoted(allowed)) if allowed else by.word("none at all"),
        "allowed": lambda places, by: by.listed(map(by.apart, map(words.plain, places))) or by.word("nobody"),
        "document": lambda kind, by: by.apart(words.plain(kind)),
        "receiver": lambda place, by: by.apart(words.plain(place)),
        "audience": lambda circle, by: by.word(words.plain(circle)),
        "agreed": lambda circle, by: by.word(words.plain(circle)),
    }
)
# Facts that are sentences, or parts of one, of our own.
_SENTENCES = frozenset(("duty", "first", "hint", "how", "matter", "meant", "near", "reason", "remedy", "sentence"))


def _spoken(name: str, value: object, by: Speaker) -> str:
    if value is None:
        return ""
    if isinstance(value, Phrased):
        return spoken(value, by)
    if name in _WORDS:
        return _WORDS[name](value, by)
    if name in _SENTENCES:
        return spoken(str(value) if not isinstance(value, str) else value, by)
    if isinstance(value, datetime):
        return by.apart(value.isoformat(timespec="seconds").replace("+00:00", "Z"))
    if isinstance(value, (list, tuple)):
        return by.listed(by.apart(v) if isinstance(v, str) else str(v) for v in value) or by.word("none")
    return by.apart(value) if isinstance(value, str) else str(value)  # ids and numbers have no direction of their own


def spoken(text: str, by: Speaker) -> str:
    """A sentence as a language says it, with the facts that it was made of."""
    if not isinstance(text, Phrased):
        return by.text(text)
    facts = {name: _part(fact, by) for name, fact in text.facts.items()}
    return by.text(text.template).format(**facts)


def _part(fact: object, by: Speaker) -> object:
    if isinstance(fact, Phrased):
        return spoken(fact, by)
    if isinstance(fact, Refusal):
        return fact.spoken_by(by).message
    if isinstance(fact, tuple):
        return by.listed(map(by.word, fact))
    return by.apart(fact) if isinstance(fact, str) else fact
