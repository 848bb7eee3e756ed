"""What is wrong with the people and the figures of an agenda: who cannot be counted, or not for sure."""

from __future__ import annotations

from collections.abc import Iterator

from . import figures
from .agenda import Fault, Meeting, Panel
from .agenda_words import ROLES, is_nobody, role_of
from .persons import Person, namesakes, persons


def people(meeting: Meeting, placed: list[tuple[str, Panel]]) -> Iterator[Fault]:
    """Names still to come, roles whose words are not known, and people of one name who are counted as several."""
    where = {id(item): place for place, item in placed}
    for place, item in placed:
        for person in item.people():
            if is_nobody(person.name):
                yield Fault("not_named", place, f'"{person.name}" is no name yet; nobody is counted for it.')
            elif role_of(person.role) is None:
                known = ", ".join(ROLES)
                says = f'{person.name} stands there as "{person.role}", which says nothing here; not counted for it.'
                yield Fault("unknown_role", place, f"{says} Known are, in six languages: {known}.")
    for alike in namesakes(persons(meeting)):
        listed = "; ".join(_described(person, where) for person in alike)
        says = (
            f'"{alike[0].facts.name}" is counted as {len(alike)} people: {listed}. If they are one, write them alike.'
        )
        yield Fault("same_name", where[id(alike[1].appearances[0].item)], says)


def differing(meeting: Meeting) -> list[Fault]:
    """Stated figures that are not what the agenda gives by the rule."""
    return [
        Fault("figure_differs", f.what, f"The record states {f.stated_text}; the agenda gives {f.computed} ({f.rule}).")
        for f in figures.count(meeting)
        if f.differs
    ]


def _described(person: Person, where: dict[int, str]) -> str:
    facts, item = person.facts, person.appearances[0].item
    of = ", ".join(word for word in (facts.organisation, facts.country) if word) or "of no country or organisation"
    return f"{of} ({where[id(item)]})"
