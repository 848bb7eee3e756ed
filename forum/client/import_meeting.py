"""Enters a whole meeting from its file, the faults of its agenda included, and reports them."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from ..domain.agenda import Meeting, Panel
from ..domain.agenda import Session as Part
from ..domain.meetings import read
from .session import Json, Session

_SPACE = UUID("0b0f1f5e-5c1d-4a33-8f0a-7d7b0c1e9a41")


async def import_meeting(session: Session, content: bytes, *, track: str) -> tuple[Meeting, Json]:
    """Enter a meeting; what was read, and the payload with figures and faults. Refuses (FileRefused) a broken file."""
    meeting = read(content)
    key = uuid5(_SPACE, f"{track} {sha256(content).hexdigest()}")
    payload = await session.do("RecordMeeting", idempotencyKey=key, track=track, **_fields(meeting))
    return meeting, payload["meeting"]


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
        "sessions": [_session(s) for s in meeting.sessions],
        "stated": [{"what": s.what, "text": s.text, "value": s.value} for s in meeting.stated],
    }


def _session(part: Part) -> Json:
    return {"title": part.title, "number": part.number, "panels": [_panel(i) for i in part.items]}


def _panel(item: Panel) -> Json:
    people: Sequence[Any] = [p for p in (item.moderator, item.keynote) if p is not None]
    return {
        "kind": item.kind,
        "title": item.title,
        "number": item.number,
        "day": item.day,
        "time": item.time,
        "description": item.description,
        "questions": list(item.questions),
        "speakers": [
            {
                "name": p.name, "role": p.role, "function": p.function or "", "organisation": p.organisation or "",
                "country": p.country, "gender": p.gender, "note": p.note,
            }
            for p in (*people, *item.speakers)
        ],
    }  # fmt: skip
