"""Enters a whole meeting from its file and reports the faults of its agenda; or says beforehand what was understood."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid5

from ..domain.agenda import Meeting, Panel, day_of
from ..domain.agenda import Session as Part
from ..domain.figures import count
from ..domain.meetings import read
from ..domain.persons import persons
from .session import Json, Session

_SPACE = UUID("0b0f1f5e-5c1d-4a33-8f0a-7d7b0c1e9a41")


async def import_meeting(session: Session, content: bytes, *, track: str) -> tuple[Meeting, Json]:
    """Enter a meeting; what was read, and the payload with figures and faults. Refuses (FileRefused) a broken file."""
    meeting = read(content)
    key = uuid5(_SPACE, f"{track} {sha256(content).hexdigest()}")
    payload = await session.do("RecordMeeting", idempotencyKey=key, track=track, **_fields(meeting))
    return meeting, payload["meeting"]


async def revise_meeting(session: Session, content: bytes, *, meeting: str, reason: str) -> tuple[Meeting, Json]:
    """Put a meeting that was entered right by its file as it reads now; what was read, and the whole payload. Refuses
    (FileRefused) a broken file."""
    revised = read(content)
    payload = await session.do("ReviseMeeting", meeting=meeting, reason=reason, **_fields(revised))
    return revised, payload


def changed(correction: Json) -> list[str]:
    """What reads otherwise since a revision, line by line."""
    return [
        f"  {place['what']}: {place['was'] or 'nothing'} -> {place['reads'] or 'nothing'}"
        for place in correction["changes"]
    ]


def plan(content: bytes) -> list[str]:
    """What was understood of the file, line by line, without a service: counted, doubted, and left out. Refuses
    (FileRefused) a broken file."""
    meeting = read(content)
    figures = [(f.what, f.computed, f.stated_text, f.rule) for f in count(meeting)]
    return [
        *_understood(meeting),
        *_counted(figures),
        *_faults((f.where, f.says) for f in meeting.faults),
        *_left(meeting),
    ]


def report(meeting: Meeting, entered: Json) -> list[str]:
    """What was entered, line by line, as the service counted and doubted it."""
    figures = [(f["what"], f["computed"], f["statedText"], f["rule"]) for f in entered["figures"]]
    faults = _faults((f["place"], f["message"]) for f in entered["faults"])
    return [*_understood(meeting), *_counted(figures), *faults, *_left(meeting)]


def _understood(meeting: Meeting) -> list[str]:
    items, people = meeting.items(), persons(meeting)
    kinds = ", ".join(f"{n} {kind}" for kind, n in Counter(item.kind for item in items).items())
    appearances = sum(len(item.people()) for item in items)
    days = f"{meeting.starts_on} to {meeting.ends_on}"
    sessions = sum(1 for session in meeting.sessions if session.number is not None)
    return [
        f'"{meeting.title}", {days}, {meeting.venue or "no venue"}, {meeting.city or "no city"}.',
        f"  Agenda: {sessions} numbered sessions, {len(items)} items ({kinds or 'none'}).",
        f"  People: {len(people)}, who stand there {appearances} times.",
    ]


def _counted(figures: Iterable[tuple[str, int | None, str | None, str | None]]) -> list[str]:
    lines = ["Figures:"]
    for what, computed, stated, rule in figures:
        values = [f"{computed} by the rule ({rule})"] if computed is not None else []
        values += [f"{stated} as stated"] if stated else []
        lines.append(f"  {what}: {'; '.join(values) or 'not in the record'}")
    return lines


def _faults(faults: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f"  {place}: {says}" for place, says in faults]
    return ["Faults of the agenda:", *lines] if lines else ["The agenda has no fault."]


def _left(meeting: Meeting) -> list[str]:
    """What the file holds and a meeting here has no place for; nothing is dropped in silence."""
    lines = [f"  {place}" for place in meeting.left]
    if meeting.dates:
        lines.append("  workshop.dates.as_written: the dates themselves are entered")
    words = len(meeting.preamble) + len(meeting.conclusions) + len(meeting.closing)
    if words:
        lines.append(
            f"  workshop.summary_of_conclusions: {len(meeting.preamble)} paragraphs before and {len(meeting.closing)} "
            f"after {len(meeting.conclusions)} conclusions; a text of its own, drafted with this meeting"
        )
    return ["In the file, and not entered with the meeting:", *lines] if lines else ["All of the file is entered."]


# ---- as the service takes it
def _fields(meeting: Meeting) -> Json:
    return {
        "title": meeting.title,
        "theme": meeting.theme,
        "series": meeting.series,
        "label": meeting.label,
        "startsOn": meeting.starts_on.isoformat(),
        "endsOn": meeting.ends_on.isoformat(),
        "venue": meeting.venue,
        "city": meeting.city,
        "sessions": [_session(s, meeting.starts_on) for s in meeting.sessions],
        "stated": [{"what": s.what, "text": s.text, "value": s.value} for s in meeting.stated],
    }


def _session(part: Part, begins: date) -> Json:
    return {**_held(part, begins), "panels": [_panel(i, begins) for i in part.items]}


def _held(held: Part | Panel, begins: date) -> Json:
    """What a session and an item have in common. The day stands beside the date only where the file has the two
    disagree, which the service then reports."""
    agree = held.date is not None and held.day == day_of(begins, held.date)
    return {
        "title": held.title,
        "number": held.number,
        "time": held.time,
        "room": held.room,
        "day": None if agree else held.day,
        "heldOn": None if held.date is None else held.date.isoformat(),
    }


def _panel(item: Panel, begins: date) -> Json:
    return {
        **_held(item, begins),
        "kind": item.kind,
        "description": item.description,
        "questions": list(item.questions),
        "speakers": [
            {
                "name": p.name, "role": p.role, "function": p.function or "", "organisation": p.organisation or "",
                "country": p.country, "gender": p.gender, "note": p.note, "honorific": p.honorific,
            }
            for p in item.people()
        ],
    }  # fmt: skip
