"""What is wrong in an agenda, found before it is published: a checker reports, people mend.

A session's slot is the one printed for it; where none is printed, a session lies before the sessions that follow it.
What is held in different rooms may be held at the same time, and a side event may be held in a break. An agenda that
names no rooms has one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from . import fault_figures
from .agenda import Fault, Meeting, Panel, Session, day_of
from .names import key

MOST_FAULTS = 1_000


def find(meeting: Meeting) -> tuple[Fault, ...]:
    """Malformed times, days outside the meeting, dates against days, titles and numbers that stand twice, what is held
    at the same time in one place, panels outside their session's slot, people who cannot be told, and stated figures
    that differ from the computed ones - in that order, each in the agenda's order, and at most 1,000."""
    placed = [(_where(session, item), item) for session in meeting.sessions for item in session.items]
    found = (
        *_malformed(meeting, placed),
        *_days(meeting, placed),
        *_doubled(placed),
        *_numbered(meeting),
        *_overlapping(meeting, placed),
        *_outside(meeting),
        *fault_figures.people(meeting, placed),
        *fault_figures.differing(meeting),
    )
    if len(found) <= MOST_FAULTS:
        return found
    more = f"There are {len(found) - MOST_FAULTS:,} faults more. Mend these first."
    return (*found[:MOST_FAULTS], Fault("more", "agenda", more))


def _where(session: Session, item: Panel) -> str:
    named = f"{item.kind} {item.number}" if item.number is not None else item.kind
    return f"session {session.number}, {named}" if session.number is not None else named


def _named(session: Session) -> str:
    return f"session {session.number}" if session.number is not None else "session"


# ---- times, days, titles and numbers
def _held(meeting: Meeting, placed: list[tuple[str, Panel]]) -> list[tuple[str, Session | Panel]]:
    """Sessions with their own slots, and items: whatever has a day and a time."""
    return [*((_named(s), s) for s in meeting.sessions if not _is_panel(s)), *placed]


def _malformed(meeting: Meeting, placed: list[tuple[str, Panel]]) -> list[Fault]:
    return [
        Fault("malformed_time", where, f'The time is written "{held.time}": write both times, as in 16:30 - 17:00.')
        for where, held in _held(meeting, placed)
        if held.time and (held.starts is None or held.ends is None or held.ends <= held.starts)
    ]


def _is_panel(session: Session) -> bool:
    """A session that is itself a panel: its slot is the panel's."""
    return [item.time for item in session.items if item.title == session.title] == [session.time]


def _days(meeting: Meeting, placed: list[tuple[str, Panel]]) -> Iterator[Fault]:
    last = day_of(meeting.starts_on, meeting.ends_on)
    for where, held in _held(meeting, placed):
        if held.day is None:
            continue
        if not 1 <= held.day <= last:
            days = f"from {meeting.starts_on} to {meeting.ends_on}"
            yield Fault("day_outside", where, f"Day {held.day} is no day of the meeting, which lasts {days}.")
        if held.date is not None and day_of(meeting.starts_on, held.date) != held.day:
            says = f"Day {held.day} and {held.date} do not go together: the meeting starts on {meeting.starts_on}."
            yield Fault("date_differs", where, says)


def _doubled(placed: list[tuple[str, Panel]]) -> list[Fault]:
    first: dict[str, str] = {}
    faults = []
    for where, item in placed:
        title = key(item.title)
        if item.kind != "panel" or not title:
            continue
        if title in first:
            faults.append(Fault("doubled_title", where, f'"{item.title}" is also the title of {first[title]}.'))
        first.setdefault(title, where)
    return faults


def _numbered(meeting: Meeting) -> Iterator[Fault]:
    sessions: set[int] = set()
    for session in meeting.sessions:
        if session.number in sessions:
            yield Fault("doubled_number", _named(session), f"There are two sessions {session.number}.")
        sessions |= {session.number} if session.number is not None else set()
        items: set[tuple[str, int]] = set()
        for item in session.items:
            if item.number is not None and (item.kind, item.number) in items:
                says = f"There are two items {item.kind} {item.number} in one session."
                yield Fault("doubled_number", _where(session, item), says)
            items |= {(item.kind, item.number)} if item.number is not None else set()


# ---- what is held at the same time
@dataclass(frozen=True)
class _Stretch:
    where: str
    day: int
    starts: dt.time
    ends: dt.time
    time: str
    room: str
    kind: str
    session: int  # whose it is

    def meets(self, other: _Stretch) -> bool:
        together = max(self.starts, other.starts) < min(self.ends, other.ends)
        in_a_break = {self.kind, other.kind} == {"side event", "break"}
        return self.day == other.day and together and not _apart(self.room, other.room) and not in_a_break


def _stretches(meeting: Meeting, placed: list[tuple[str, Panel]]) -> tuple[list[_Stretch], list[_Stretch]]:
    """Of items, and of the slots that are printed for sessions."""
    whose = [n for n, session in enumerate(meeting.sessions) for _ in session.items]
    rooms = [item.room or session.room for session in meeting.sessions for item in session.items]
    items = [
        _Stretch(where, item.day, item.starts, item.ends, item.time, room, item.kind, session)
        for (where, item), session, room in zip(placed, whose, rooms, strict=True)
        if item.day is not None and item.starts is not None and item.ends is not None
    ]
    slots = [
        _Stretch(_named(s), s.day, s.starts, s.ends, s.time, s.room, "session", n)
        for n, s in enumerate(meeting.sessions)
        if s.day is not None and s.starts is not None and s.ends is not None and not _is_panel(s)
    ]
    return items, slots


def _overlapping(meeting: Meeting, placed: list[tuple[str, Panel]]) -> list[Fault]:
    items, slots = _stretches(meeting, placed)
    printed = {slot.session for slot in slots}
    # A slot is compared with other slots, and with what stands in sessions that have none.
    loose = [(slot, item) for slot in slots for item in items if item.session not in printed]
    return [
        Fault(
            "overlap",
            held.where,
            f"{held.where} ({held.time}) and {other.where} ({other.time}) stand at the same time on day {held.day}.",
        )
        for held, other in (*combinations(items, 2), *combinations(slots, 2), *loose)
        if held.meets(other)
    ]


# ---- panels outside their session's slot
def _outside(meeting: Meeting) -> list[Fault]:
    faults = []
    for at, session in enumerate(meeting.sessions):
        begins = [b for later in meeting.sessions[at + 1 :] if later.number is not None and (b := _begin(later))]
        for item in session.items:
            if session.number is None or item.day is None or item.starts is None:
                continue
            where, own, room = _where(session, item), (item.day, item.starts), item.room or session.room
            if _misses(session, item):
                faults.append(
                    Fault("outside_session", where, f"It stands outside the slot of session {session.number}.")
                )
            elif any(own >= begin and not _apart(room, other) for begin, other in begins):
                says = f"It stands on day {item.day} at {item.time}, when a later session has already begun."
                faults.append(Fault("outside_session", where, says))
    return faults


def _apart(room: str, other: str) -> bool:
    """In two rooms that are both known: what is held there may be held side by side."""
    return bool(room and other) and key(room) != key(other)


def _begin(session: Session) -> tuple[tuple[int, dt.time], str] | None:
    """When a session begins, and in which room."""
    if session.day is not None and session.starts is not None:
        return (session.day, session.starts), session.room
    timed = [i for i in session.items if i.day is not None and i.starts is not None]
    starts = [((i.day or 0, i.starts or dt.time()), i.room or session.room) for i in timed]
    return min(starts, default=None)


def _misses(session: Session, item: Panel) -> bool:
    if session.starts is None or session.ends is None or item.starts is None:
        return False
    late = item.ends is not None and item.ends > session.ends
    other_day = session.day is not None and item.day != session.day
    return other_day or item.starts < session.starts or late
