"""What is wrong in an agenda, found before it is published: a checker reports, people mend.

A session's slot is the one printed for it; where none is printed, a session lies before the sessions that follow it.
"""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from . import figures
from .agenda import Fault, Meeting, Panel, Session


def find(meeting: Meeting) -> tuple[Fault, ...]:
    """Malformed times, doubled panel titles, items at the same time, panels outside their session's slot, and stated
    figures that differ from the computed ones - in that order, each in the agenda's order."""
    placed = [(_where(session, item), item) for session in meeting.sessions for item in session.items]
    return (
        *_malformed(placed),
        *_doubled(placed),
        *_overlapping(placed),
        *_outside(meeting),
        *_differing(meeting),
    )


def _where(session: Session, item: Panel) -> str:
    named = f"{item.kind} {item.number}" if item.number is not None else item.kind
    return f"session {session.number}, {named}" if session.number is not None else named


def _malformed(placed: list[tuple[str, Panel]]) -> list[Fault]:
    return [
        Fault("malformed_time", where, f'The time is written "{item.time}": write both times, as in 16:30 - 17:00.')
        for where, item in placed
        if item.time and (item.starts is None or item.ends is None or item.ends <= item.starts)
    ]


def _doubled(placed: list[tuple[str, Panel]]) -> list[Fault]:
    first: dict[str, str] = {}
    faults = []
    for where, item in placed:
        title = " ".join(item.title.casefold().split())
        if item.kind != "panel" or not title:
            continue
        if title in first:
            faults.append(Fault("doubled_title", where, f'"{item.title}" is also the title of {first[title]}.'))
        first.setdefault(title, where)
    return faults


def _overlapping(placed: list[tuple[str, Panel]]) -> list[Fault]:
    faults = []
    timed = [(where, item, item.starts, item.ends) for where, item in placed if item.day is not None]
    for (where, first, starts, ends), (other_where, second, begins, closes) in combinations(timed, 2):
        if first.day != second.day or starts is None or ends is None or begins is None or closes is None:
            continue
        if max(starts, begins) < min(ends, closes):
            says = (
                f"{where} ({first.time}) and {other_where} ({second.time}) stand at the same time on day {first.day}."
            )
            faults.append(Fault("overlap", where, says))
    return faults


def _outside(meeting: Meeting) -> list[Fault]:
    faults = []
    for at, session in enumerate(meeting.sessions):
        begins = [b for later in meeting.sessions[at + 1 :] if later.number is not None and (b := _begin(later))]
        for item in session.items:
            if session.number is None or item.day is None or item.starts is None:
                continue
            where, own = _where(session, item), (item.day, item.starts)
            if _misses(session, item):
                faults.append(
                    Fault("outside_session", where, f"It stands outside the slot of session {session.number}.")
                )
            elif any(own >= begin for begin in begins):
                says = f"It stands on day {item.day} at {item.time}, when a later session has already begun."
                faults.append(Fault("outside_session", where, says))
    return faults


def _begin(session: Session) -> tuple[int, dt.time] | None:
    if session.day is not None and session.starts is not None:
        return session.day, session.starts
    starts = [(item.day, item.starts) for item in session.items if item.day is not None and item.starts is not None]
    return min(starts, default=None)


def _misses(session: Session, item: Panel) -> bool:
    if session.starts is None or session.ends is None or item.starts is None:
        return False
    late = item.ends is not None and item.ends > session.ends
    other_day = session.day is not None and item.day != session.day
    return other_day or item.starts < session.starts or late


def _differing(meeting: Meeting) -> list[Fault]:
    return [
        Fault("figure_differs", f.what, f"The record states {f.stated_text}; the agenda gives {f.computed} ({f.rule}).")
        for f in figures.count(meeting)
        if f.differs
    ]
