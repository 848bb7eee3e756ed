"""A meeting's record as JSON -> a Meeting with its faults.

Shape: `workshop` (title, series_event, label, theme, dates, venue, programme of sessions and items) and in it, where
there is one, `summary_of_conclusions` (preamble, preamble_facts, sections, closing). Other names are passed over.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time, timedelta

from ..errors import FileRefused
from . import faults
from .agenda import Conclusion, Meeting, Panel, Session, Speaker, Stated
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
    ("regions", "regions"),
)


def read(record: str | bytes) -> Meeting:
    """The meeting of a record. Refuses (FileRefused, naming the place in the file) what is not JSON or not of the
    shape; what is merely wrong in the agenda is kept, and named in `faults`."""
    workshop = load(record).get("workshop")
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
        sessions=_programme(workshop.get("programme"), begins),
    )
    if len(meeting.items()) > _MOST_ITEMS:
        raise FileRefused(reason=f"The programme has {len(meeting.items()):,} items; at most {_MOST_ITEMS} are read.")
    if summary.value is not None:
        meeting = _with_summary(meeting, summary)
    return replace(meeting, faults=faults.find(meeting))


def slot(written: str) -> tuple[time | None, time | None]:
    """ "10:30 - 13:00" -> its two clock times; None for one that cannot be read ("1630") or is not there."""
    match = _SLOT.fullmatch(written.strip())
    return (_clock(match[1]), _clock(match[2])) if match else (_clock(written), None)


def _clock(written: str) -> time | None:
    match = _CLOCK.fullmatch(written.strip())
    return time(int(match[1]), int(match[2])) if match else None


def _programme(programme: Shape, begins: date) -> tuple[Session, ...]:
    sessions = []
    for entry in programme.each():
        if entry.get("kind").maybe_text() != "session":
            sessions.append(Session(title="", items=(_item(entry, begins),)))
            continue
        starts, ends = slot(entry.get("time").maybe_text(most=60))
        session = Session(
            title=entry.get("title").maybe_text(),
            number=entry.get("number").maybe_whole(),
            items=tuple(_item(item, begins) for item in entry.get("items").each()),
            day=entry.get("day").maybe_whole(),
            starts=starts,
            ends=ends,
        )
        sessions.append(session)
    return tuple(sessions)


def _item(item: Shape, begins: date) -> Panel:
    day = item.get("day").maybe_whole()
    if day is not None and not 1 <= day <= 366:
        item.get("day").refuse("a day counted from 1")
    written = item.get("time").maybe_text(most=60)
    starts, ends = slot(written)
    return Panel(
        kind=item.get("kind").text(most=60),
        title=item.get("title").maybe_text(),
        number=item.get("number").maybe_whole(),
        day=day,
        date=_date(begins, day, item),
        time=written,
        starts=starts,
        ends=ends,
        description=item.get("description_summary").maybe_text(),
        questions=tuple(q.text() for q in item.get("guiding_questions").each()),
        moderator=_maybe_speaker(item.get("moderator"), "moderator"),
        keynote=_maybe_speaker(item.get("keynote"), "keynote"),
        speakers=tuple(_speaker(s, "speaker") for s in item.get("speakers").each()),
    )


def _date(begins: date, day: int | None, item: Shape) -> date | None:
    if item.get("date").value is not None:
        return item.get("date").day()
    try:
        return None if day is None else begins + timedelta(days=day - 1)
    except OverflowError:
        return item.get("day").refuse("a day within the calendar")


def _maybe_speaker(person: Shape, role: str) -> Speaker | None:
    return None if person.value is None else _speaker(person, role)


def _speaker(person: Shape, role: str) -> Speaker:
    gender = person.get("gender_from_honorific").maybe_text()
    if gender not in ("", "F", "M"):
        person.get("gender_from_honorific").refuse('"F", "M" or null')
    honorific = person.get("honorific_report").maybe_text() or person.get("honorific_agenda").maybe_text()
    return Speaker(
        name=person.get("name").text(most=300),
        function=person.get("function_as_written").maybe_text(),
        organisation=person.get("organisation").maybe_text(),
        country=person.get("country").maybe_text(most=300) or None,
        honorific=honorific or None,
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
