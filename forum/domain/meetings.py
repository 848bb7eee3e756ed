"""A meeting's record as JSON -> a Meeting with its faults.

Shape: `workshop` (title, series_event, label, theme, dates, venue, programme of sessions and items, side_events) and in
it, where there is one, `summary_of_conclusions` (preamble, preamble_facts, sections, closing). What has other names is
not read, and each such place is named in `left`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from typing import Any

from ..errors import FileRefused
from . import faults
from .agenda import Conclusion, Meeting, Panel, Session, Speaker, Stated, day_and_date
from .agenda_words import KINDS, kind_of
from .shapes import Shape, load

_MOST_ITEMS = 400  # of a meeting; every pair of them is compared
_SLOT = re.compile(r"(.*?)\s*(?:-|\u2013|\u2014|\bto\b)\s*(.*)", re.S)
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
_FACTS = (
    ("participants", "participants"),
    ("sessions", "sessions"),
    ("panels", "panels"),
    ("speakers", "speakers"),
    ("women", "women_speakers"),
    ("countries", "countries"),
    ("regions", "regions"),
)


def read(record: str | bytes) -> Meeting:
    """The meeting of a record. Refuses (FileRefused, naming the place in the file) what is not JSON or not of the
    shape; what is merely wrong in the agenda is kept, and named in `faults`."""
    file = load(record)
    workshop = file.get("workshop")
    if workshop.value is None:
        workshop.refuse("an object")
    dates, venue, summary = workshop.get("dates"), workshop.get("venue"), workshop.get("summary_of_conclusions")
    begins = dates.get("start").day()
    ends = dates.get("end").day() if dates.get("end").value is not None else begins
    if ends < begins:
        raise FileRefused(reason=f"{dates.place}: the meeting ends on {ends}, before it starts on {begins}.")
    meeting = Meeting(
        title=workshop.get("title").text(),
        series=workshop.get("series_event").maybe_text(),
        label=workshop.get("label").maybe_text(),
        theme=workshop.get("theme").maybe_text(),
        starts_on=begins,
        ends_on=ends,
        dates=dates.get("as_written").maybe_text(),
        venue=venue.get("name").maybe_text() if venue.value is not None else "",
        city=venue.get("city").maybe_text() if venue.value is not None else "",
        sessions=_programme(workshop, begins),
    )
    if (longest := max(len(meeting.items()), len(meeting.sessions))) > _MOST_ITEMS:
        raise FileRefused(reason=f"The programme has {longest:,} items; at most {_MOST_ITEMS} are read.")
    if summary.value is not None:
        meeting = _with_summary(meeting, summary)
    return replace(meeting, faults=faults.find(meeting), left=file.left())


def slot(written: str) -> tuple[time | None, time | None]:
    """ "10:30 - 13:00" -> its two clock times; None for one that cannot be read ("1630") or is not there."""
    match = _SLOT.fullmatch(written.strip())
    return (_clock(match[1]), _clock(match[2])) if match else (_clock(written), None)


def _clock(written: str) -> time | None:
    match = _CLOCK.fullmatch(written.strip())
    return time(int(match[1]), int(match[2])) if match else None


def _programme(workshop: Shape, begins: date) -> tuple[Session, ...]:
    sessions = []
    for entry in workshop.get("programme").each():
        # An entry with items is a session, whatever it is called.
        kind = entry.get("kind").maybe_text(most=60)
        if kind == "session" or entry.get("items").value:
            sessions.append(_session(entry, begins))
            if kind not in ("", "session"):
                entry.asked.discard(entry.get("kind").place)  # a session of what sort has no place: `left` tells
        else:
            sessions.append(Session(title="", items=_items(entry, begins)))
    return (*sessions, *(Session(title="", items=(item,)) for item in _side_events(workshop, begins)))


def _session(entry: Shape, begins: date) -> Session:
    session = Session(items=(), **_held(entry, begins))
    items = [item for shape in entry.get("items").each() for item in _items(shape, begins, session.day)]
    own = _own(entry, session, is_panel=not items)
    return replace(session, items=(*own, *items, *_side_events(entry, begins, session.day)))


def _own(entry: Shape, session: Session, *, is_panel: bool) -> tuple[Panel, ...]:
    """What a session holds itself: it is a panel where it has no items, and beside them its own introduction."""
    item = Panel(
        kind="panel" if is_panel else "session",
        title=session.title,
        description=entry.first("description_summary", "description").maybe_text(),
        questions=_questions(entry),
        **_people(entry),
    )
    if not (item.people() or item.questions or item.description):
        return ()
    if not is_panel:  # its slot is the session's, and holds the other items
        return (item,)
    starts, ends = session.starts, session.ends
    placed = replace(item, day=session.day, date=session.date, time=session.time, starts=starts, ends=ends)
    return (replace(placed, room=session.room),)


def _items(item: Shape, begins: date, day: int | None = None) -> tuple[Panel, ...]:
    """An item, and the side events that are bound to it."""
    kind = item.get("kind")
    return (_item(item, _kind(kind), begins, day), *_side_events(item, begins, day))


def _side_events(holder: Shape, begins: date, day: int | None = None) -> Iterator[Panel]:
    return (_item(event, "side event", begins, day) for event in holder.get("side_events").each())


def _kind(kind: Shape) -> str:
    word = kind.text(most=60)
    known = kind_of(word)
    if known is None:
        kinds = ", ".join(KINDS)
        raise FileRefused(reason=f"{kind.place}: {word!r} is no kind of item here. Write one of these: {kinds}.")
    return known


def _item(item: Shape, kind: str, begins: date, inherited: int | None) -> Panel:
    return Panel(
        kind=kind,
        description=item.first("description_summary", "description").maybe_text(),
        questions=_questions(item),
        **_held(item, begins, inherited),
        **_people(item),
    )


def _held(entry: Shape, begins: date, inherited: int | None = None) -> dict[str, Any]:
    """What a session and an item have in common: title, number, day and slot, room."""
    day, held_on = _day(entry, begins)
    if day is None and inherited is not None:  # an item stands on its session's day unless it says otherwise
        day, held_on = _told(entry, begins, inherited, None)
    written = entry.get("time").maybe_text(most=60)
    starts, ends = slot(written)
    return {
        "title": entry.get("title").maybe_text(),
        "number": entry.get("number").maybe_whole(),
        "day": day,
        "date": held_on,
        "time": written,
        "starts": starts,
        "ends": ends,
        "room": entry.get("room").maybe_text(most=300),
    }


def _day(entry: Shape, begins: date) -> tuple[int | None, date | None]:
    """The day, counted from 1, and the date of a session or an item: either tells the other."""
    day = entry.get("day").maybe_whole()
    if day is not None and not 1 <= day <= 366:
        entry.get("day").refuse("a day counted from 1")
    held_on = None if entry.get("date").value is None else entry.get("date").day()
    return _told(entry, begins, day, held_on)


def _told(entry: Shape, begins: date, day: int | None, held_on: date | None) -> tuple[int | None, date | None]:
    try:
        return day_and_date(begins, day, held_on)
    except OverflowError:
        return entry.get("day").refuse("a day within the calendar")


def _questions(entry: Shape) -> tuple[str, ...]:
    return tuple(q.text() for q in entry.first("guiding_questions", "questions").each())


def _people(entry: Shape) -> dict[str, Any]:
    """Moderator and keynote, and everybody else in the order of the agenda: of each one or a list."""
    moderators, keynotes = _group(entry, "moderator"), _group(entry, "keynote")
    more = [p for role in ("speaker", "presenter") for p in _group(entry, role)]
    return {
        "moderator": moderators[0] if moderators else None,
        "keynote": keynotes[0] if keynotes else None,
        "speakers": (*moderators[1:], *keynotes[1:], *more),
    }


def _group(entry: Shape, role: str) -> tuple[Speaker, ...]:
    people: list[Speaker] = []
    for name in (role, f"{role}s"):
        shape = entry.get(name)
        if isinstance(shape.value, dict):
            people.append(_speaker(shape, role))
        else:
            people += [_speaker(each, role) for each in shape.each()]
    return tuple(people)


def _speaker(person: Shape, role: str) -> Speaker:
    gender = person.get("gender_from_honorific").maybe_text()
    if gender not in ("", "F", "M"):
        person.get("gender_from_honorific").refuse('"F", "M" or null')
    function = person.first("function_as_written", "function").maybe_text()
    name = person.get("name").maybe_text(most=300) or function[:300]  # an office may stand for a name
    if not name:
        person.get("name").refuse("text, or a function where no name is given,")
    honorifics = [person.get(f"honorific{of}").maybe_text(most=60) for of in ("_agenda", "_report", "")]
    return Speaker(
        name=name,
        function=function,
        organisation=person.get("organisation").maybe_text(),
        country=person.get("country").maybe_text(most=300) or None,
        honorific=" ".join(dict.fromkeys(h for h in honorifics if h)) or None,
        gender=gender or None,
        role=person.get("role").maybe_text(most=60) or role,
        note=person.get("note").maybe_text() or None,
    )


def _with_summary(meeting: Meeting, summary: Shape) -> Meeting:
    conclusions = [
        Conclusion(
            heading=section.get("heading").maybe_text(),
            number=conclusion.get("number").maybe_whole(),
            text=conclusion.get("text").text(),
            bullets=tuple(b.text() for b in conclusion.get("bullets").each()),
        )
        for section in summary.get("sections").each()
        for conclusion in section.get("conclusions").each()
    ]
    return replace(
        meeting,
        stated=_stated(summary.get("preamble_facts")),
        preamble=tuple(p.text() for p in summary.get("preamble").each()),
        conclusions=tuple(conclusions),
        closing=tuple(p.text() for p in summary.get("closing").each()),
    )


def _stated(facts: Shape) -> tuple[Stated, ...]:
    if facts.value is None:
        return ()
    figures = []
    for what, name in _FACTS:
        value = facts.get(name).maybe_whole()
        words = facts.get(f"{name}_as_written").maybe_text(most=500)
        if value is not None or words:
            figures.append(Stated(what, words or str(value), value))
    return tuple(figures)
