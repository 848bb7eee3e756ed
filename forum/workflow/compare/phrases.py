"""How a comparison speaks: roles, acts, dates, lists and lengths in plain words."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from ...spoken_words import PEOPLE, plain
from ...worded import languages_of
from ..when import When, spoken


def people(roles: Iterable[str]) -> str:
    """Roles as people: "delegates and national focal points"; in the order of the vocabulary."""
    held = set(roles)
    known = [role for role in PEOPLE if role in held]
    return listed(
        [*(PEOPLE[role] for role in known), *sorted(plain(role) for role in held - set(known))], none="nobody"
    )


def listed(words: Iterable[str], *, none: str = "none", last: str = "and") -> str:
    """Several words as a list in a sentence: "a, b and c"; `none` where there are none."""
    each = list(words)
    if not each:
        return none
    return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} {last} {each[-1]}"


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning, and nothing else changed."""
    return sentence[:1].upper() + sentence[1:]


def in_words(value: Any) -> str:
    """A value of the model in words."""
    if value is None:
        return "left open"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, timedelta):
        return spoken(value)
    if isinstance(value, When):
        return value.written
    if isinstance(value, frozenset):
        return listed(sorted(in_words(item) for item in value))
    if isinstance(value, tuple):
        return listed([in_words(item) for item in value])
    if isinstance(value, str):
        return _in_each(value) if languages_of(value) else _text(value)
    return str(value)


def _in_each(text: str) -> str:
    """A text with what it is in other languages: `"Drafting" (fr: "Rédaction")`."""
    own, *others = sorted(languages_of(text).items(), key=lambda each: each[1] != text)
    beside = ", ".join(f'{tag}: "{words}"' for tag, words in others)
    return f'"{own[1]}" ({beside})' if beside else f'"{own[1]}"'


def _text(value: str) -> str:
    if not value:
        return "left open"
    return plain(value) if value.replace("_", "").isalnum() and value.islower() else f'"{value}"'


def longer(before: timedelta, after: timedelta) -> str:
    """ "5 days shorter", "2 weeks longer"."""
    apart = after - before
    return f"{spoken(abs(apart))} {'longer' if apart > timedelta(0) else 'shorter'}"


def later(before: timedelta) -> str:
    """How far an instant moved: "5 days later", "5 days earlier"."""
    return f"{spoken(abs(before))} {'later' if before > timedelta(0) else 'earlier'}"


def titled(name: str, thing: Any, *among: Mapping[str, Any]) -> str:
    """A thing by its title; with its name beside it where another one there has the same title."""
    title = getattr(thing, "title", "") or plain(name)
    twins = {
        key
        for things in among
        for key, candidate in things.items()
        if (getattr(candidate, "title", "") or plain(key)) == title
    }
    return f"{title} ({plain(name)})" if twins - {name} else title
