"""A meeting's figures, computed from its agenda by a stated rule, beside what its record states.

The rule: speakers are the panels' speakers, the keynote and general remarks, and the moderators other than those left
out - by default the host who opens the meeting. Who only opens it, special guests and presenters are left out. A person
is counted once. Women are counted where the record's honorific tells it. Stated figures are kept as they stand.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .agenda import Meeting, Panel, Speaker

_COUNTED = ("speaker", "keynote", "general remarks", "moderator")
_HOST = "welcome remarks"

_SPEAKERS = (
    "panel speakers, keynote and general remarks, and moderators other than {left_out}; each person once; "
    "opening-only speakers, special guests and presenters left out"
)
_RULES = {
    "participants": "not on the agenda: stated only",
    "sessions": "numbered sessions of the agenda",
    "panels": "panels of the agenda",
    "women": "speakers by the rule whose honorific in the record is a woman's",
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
    return frozenset(p.name for item in meeting.items() for p in item.people() if p.role == _HOST)


def speakers(meeting: Meeting, left_out: Collection[str] | None = None) -> tuple[Speaker, ...]:
    """Who is counted as a speaker, each once, in the order of the agenda. `left_out`: names of moderators not
    counted."""
    away = hosts(meeting) if left_out is None else frozenset(left_out)
    by_name: dict[str, Speaker] = {}
    for item in meeting.items():
        for person in item.people():
            if _counts(item, person, away):
                by_name.setdefault(person.name.casefold(), person)
    return tuple(by_name.values())


def count(
    meeting: Meeting,
    left_out: Collection[str] | None = None,
    region_of: Mapping[str, str] | None = None,
) -> tuple[Figure, ...]:
    """Participants, sessions, panels, speakers, women, countries, regions. `region_of` maps a country's name to its
    region; without it, or where it lacks one of the countries, regions are not computed."""
    counted = speakers(meeting, left_out)
    countries = {p.country for p in counted if p.country}
    known = region_of is not None and countries <= set(region_of)
    computed = {
        "participants": None,
        "sessions": sum(1 for session in meeting.sessions if session.number is not None),
        "panels": sum(len(session.panels()) for session in meeting.sessions),
        "speakers": len(counted),
        "women": sum(1 for p in counted if p.gender == "F"),
        "countries": len(countries),
        "regions": len({region_of[c] for c in countries}) if known and region_of else None,
    }
    away = sorted(hosts(meeting) if left_out is None else left_out)
    rules = {**_RULES, "speakers": _SPEAKERS.format(left_out=", ".join(away) or "nobody")}
    return tuple(_figure(meeting, what, n, rules[what]) for what, n in computed.items())


def _counts(item: Panel, person: Speaker, away: Collection[str]) -> bool:
    if person.role == "speaker":
        return item.kind == "panel"
    return person.role in _COUNTED and not (person.role == "moderator" and person.name in away)


def _figure(meeting: Meeting, what: str, computed: int | None, rule: str) -> Figure:
    stated = meeting.stated_figure(what)
    return Figure(what, computed, stated.text if stated else None, stated.value if stated else None, rule)
