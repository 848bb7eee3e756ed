"""A meeting's figures, computed from its agenda by a stated rule, beside what its record states.

The rule: speakers are the panels' speakers, the keynote and general remarks, and the moderators other than those left
out - by default the host who opens the meeting. Who only opens it, special guests and presenters are left out. A person
is counted once (`persons.py` says who is one person), and who is still to be named is not counted. Roles are read in
the words of six languages (`agenda_words.py`). Women are counted where the record's honorific tells it. Stated figures
are kept as they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .agenda import Meeting, Panel, Speaker
from .agenda_words import is_nobody, person_key, role_of
from .names import key
from .persons import Person, persons

_COUNTED = ("speaker", "keynote", "general remarks", "moderator")
_HOST = "welcome remarks"

_SPEAKERS = (
    "panel speakers, keynote and general remarks, and moderators other than {left_out}; each person once, names "
    "compared without regard to capitals, spaces and invisible signs, and one name with two countries or organisations "
    "counted as two people; opening-only speakers, special guests, presenters and names still to come left out"
)
_RULES = {
    "participants": "not on the agenda: stated only",
    "sessions": "numbered sessions of the agenda",
    "panels": "panels of the agenda; a session that names speakers and holds no items is one",
    "women": "speakers by the rule whose honorific in the record, wherever they stand in it, is a woman's",
    "countries": "countries the record gives for speakers by the rule",
    "regions": "regions of those countries",
}


@dataclass(frozen=True)
class Figure:
    """`computed` by `rule` (None where the agenda cannot tell), and the record's own words and number, if any."""

    what: str
    computed: int | None
    stated_text: str | None
    stated_value: int | None
    rule: str

    @property
    def differs(self) -> bool:
        return None not in (self.computed, self.stated_value) and self.computed != self.stated_value


def hosts(meeting: Meeting) -> frozenset[str]:
    """Who opens the meeting as its host: their moderating is not counted as speaking."""
    people = [p for item in meeting.items() for p in item.people() if role_of(p.role) == _HOST]
    return frozenset(p.name for p in people if not is_nobody(p.name))


def speakers(meeting: Meeting, left_out: Collection[str] | None = None) -> tuple[Speaker, ...]:
    """Who is counted as a speaker, each once, in the order of the agenda. `left_out`: names of moderators not
    counted."""
    away = {person_key(name) for name in (hosts(meeting) if left_out is None else left_out)}
    first = [(place, person) for person in persons(meeting) if (place := _first(person, away)) is not None]
    return tuple(person.facts for _, person in sorted(first, key=lambda found: found[0]))


def count(
    meeting: Meeting,
    left_out: Collection[str] | None = None,
    region_of: Mapping[str, str] | None = None,
) -> tuple[Figure, ...]:
    """Participants, sessions, panels, speakers, women, countries, regions. `region_of` maps a country's name to its
    region; without it, or where it lacks one of the countries, regions are not computed."""
    counted = speakers(meeting, left_out)
    countries = {key(p.country): p.country for p in counted if p.country}
    regions = {key(country): region for country, region in (region_of or {}).items()}
    computed = {
        "participants": None,
        "sessions": sum(1 for session in meeting.sessions if session.number is not None),
        "panels": sum(len(session.panels()) for session in meeting.sessions),
        "speakers": len(counted),
        "women": sum(1 for p in counted if p.gender == "F"),
        "countries": len(countries),
        "regions": len({regions[c] for c in countries}) if regions and countries.keys() <= regions.keys() else None,
    }
    away = sorted(hosts(meeting) if left_out is None else left_out)
    rules = {**_RULES, "speakers": _SPEAKERS.format(left_out=", ".join(away) or "nobody")}
    return tuple(_figure(meeting, what, n, rules[what]) for what, n in computed.items())


def _first(person: Person, away: Collection[str]) -> tuple[int, int] | None:
    """The place of the first appearance that counts; None where none does."""
    return next((a.place for a in person.appearances if _counts(a.item, a.speaker, away)), None)


def _counts(item: Panel, person: Speaker, away: Collection[str]) -> bool:
    role = role_of(person.role)
    if role == "speaker":
        return item.kind == "panel"
    return role in _COUNTED and not (role == "moderator" and person_key(person.name) in away)


def _figure(meeting: Meeting, what: str, computed: int | None, rule: str) -> Figure:
    stated = meeting.stated_figure(what)
    return Figure(what, computed, stated.text if stated else None, stated.value if stated else None, rule)
