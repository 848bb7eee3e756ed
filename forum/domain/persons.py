"""Who is on an agenda: its people told apart, each with all the places where they stand.

Two appearances are of one person where the names are the same, read without regard to capitals, spaces and invisible
signs, and nothing speaks against it: another country, another organisation, another gender. Where something does, they
are two, and the secretariat is told, who knows better. What only one appearance gives, such as the country, holds for
the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .agenda import Meeting, Panel, Speaker
from .agenda_words import is_nobody, person_key
from .names import key

MOST_NAMESAKES = 20  # of one name; beyond so many nobody can be told apart, and one more is taken for the last


@dataclass(frozen=True)
class Appearance:
    """Somebody in one place of the agenda: `place` is which item, and which of its people."""

    place: tuple[int, int]
    item: Panel
    speaker: Speaker


@dataclass(frozen=True)
class Person:
    """Somebody with what all their appearances tell of them together, and those appearances in the agenda's order."""

    facts: Speaker
    appearances: tuple[Appearance, ...]


def persons(meeting: Meeting) -> tuple[Person, ...]:
    """The people of the agenda in its order, each once; who is still to be named is nobody."""
    found: list[Person] = []
    named: dict[str, list[int]] = {}
    for appearance in _appearances(meeting):
        speaker = appearance.speaker
        alike = named.setdefault(person_key(speaker.name), [])
        same = next((n for n in alike if _agree(found[n].facts, speaker)), None)
        if same is None and len(alike) < MOST_NAMESAKES:
            alike.append(len(found))
            found.append(Person(speaker, (appearance,)))
        else:
            n = alike[-1] if same is None else same
            found[n] = Person(_joined(found[n].facts, speaker), (*found[n].appearances, appearance))
    return tuple(found)


def _appearances(meeting: Meeting) -> Iterator[Appearance]:
    for n, item in enumerate(meeting.items()):
        for k, speaker in enumerate(item.people()):
            if not is_nobody(speaker.name):
                yield Appearance((n, k), item, speaker)


def namesakes(people: tuple[Person, ...]) -> tuple[tuple[Person, ...], ...]:
    """Those who have one name and are counted as several."""
    groups: dict[str, list[Person]] = {}
    for person in people:
        groups.setdefault(person_key(person.facts.name), []).append(person)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _agree(known: Speaker, other: Speaker) -> bool:
    """Nothing speaks against their being one person. An organisation may be written in full once and in short twice."""
    mine, theirs = key(known.organisation), key(other.organisation)
    organisations = not mine or not theirs or mine in theirs or theirs in mine
    countries = not known.country or not other.country or key(known.country) == key(other.country)
    return organisations and countries and (not known.gender or not other.gender or known.gender == other.gender)


def _joined(known: Speaker, other: Speaker) -> Speaker:
    return replace(
        known,
        function=known.function or other.function,
        organisation=known.organisation or other.organisation,
        country=known.country or other.country,
        honorific=known.honorific or other.honorific,
        gender=known.gender or other.gender,
    )
