"""A sentence that people are told, kept apart from its facts: so that it can be said again in the reader's language,
with instants in the reader's zone.

The text is in English, and is the key under which the catalogues (`forum/languages`) have its translations. What a
person wrote stands in it as it was written; what a process says, in the reader's language where it has that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Union

from ..times import aware, spoken
from ..worded import Worded, in_language, worded
from .reminders import deadline

Fact = Union[str, int, "Instant", "Saying", tuple["Saying", ...]]


@dataclass(frozen=True)
class Instant:
    """A point in time as people of a zone read it; `utc`: in UTC as well, as deadlines are."""

    at: datetime
    zone: str
    utc: bool = True

    def __str__(self) -> str:
        return (deadline if self.utc else spoken)(self.at, self.zone)


@dataclass(frozen=True)
class Saying:
    """An English sentence with `{names}` in it, and the fact of each name. As `str`: the whole sentence in English."""

    text: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**{name: _english(fact) for name, fact in self.facts.items()})

    @property
    def kept(self) -> str:
        """As it is kept: JSON, from which `read` makes the same again."""
        return json.dumps(_plain(self), ensure_ascii=False)


def saying(text: str, **facts: Fact) -> Saying:
    """A sentence in English and the facts that stand in it. Every text that is given here is in the catalogues (a test
    reads the code for them)."""
    return Saying(text, facts)


def read(kept: str) -> Saying:
    """What was kept."""
    whole = _made(json.loads(kept))
    assert isinstance(whole, Saying)  # nothing else is kept
    return whole


def _english(fact: Fact) -> str:
    if isinstance(fact, str):
        return in_language(fact, "en")
    return "; ".join(map(str, fact)) if isinstance(fact, tuple) else str(fact)


def _plain(fact: Fact) -> Any:
    if isinstance(fact, Saying):
        return {"text": fact.text, "facts": {name: _plain(value) for name, value in fact.facts.items()}}
    if isinstance(fact, Worded):
        return {"own": fact.own, "by_language": fact.by_language}
    if isinstance(fact, Instant):
        return {"at": aware(fact.at).isoformat(), "zone": fact.zone, "utc": fact.utc}
    return [_plain(each) for each in fact] if isinstance(fact, tuple) else fact


def _made(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_made(each) for each in plain)
    if not isinstance(plain, dict):
        return plain
    if "own" in plain:
        return worded(plain["own"], plain["by_language"])
    if "text" in plain:
        return Saying(plain["text"], {name: _made(value) for name, value in plain["facts"].items()})
    return Instant(datetime.fromisoformat(plain["at"]), plain["zone"], plain["utc"])
