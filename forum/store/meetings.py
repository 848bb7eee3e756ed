"""Meetings with their agenda: written whole, figures and faults beside it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..domain.agenda import Meeting, Panel, Session, Speaker
from ..domain.figures import Figure
from .tables import schema as t
from .unit import UnitOfWork, fresh


async def add(unit: UnitOfWork, place: Mapping[str, Any], meeting: Meeting, figures: Sequence[Figure]) -> None:
    """Write a meeting down. `place`: its id, track_id, edition_id and ordinal. Who is a woman is counted, not kept."""
    id_ = place["id"]
    names = ("title", "series", "label", "starts_on", "ends_on", "venue", "city")
    own = {name: getattr(meeting, name) for name in names}
    await unit.add(t.meeting, {**place, **own, "theme": meeting.theme or None})
    sessions = [_session(id_, n, s) for n, s in enumerate(meeting.sessions, 1)]
    await unit.add(t.session, *sessions)
    items = [(s, row["id"]) for s, row in zip(meeting.sessions, sessions, strict=True)]
    panels = [(p, _panel(id_, session, n, p)) for s, session in items for n, p in enumerate(s.items, 1)]
    await unit.add(t.panel, *[row for _, row in panels])
    people = [_speaker(row["id"], n, who) for p, row in panels for n, who in enumerate(p.people(), 1)]
    await unit.add(t.speaker, *people)
    await unit.add(t.figure, *[_figure(id_, figure) for figure in figures])
    faults = [
        {"id": fresh(), "meeting_id": id_, "kind": f.kind, "place": f.where, "message": f.says} for f in meeting.faults
    ]
    await unit.add(t.meeting_fault, *faults)


def _session(meeting: UUID, n: int, session: Session) -> dict[str, Any]:
    return {"id": fresh(), "meeting_id": meeting, "ordinal": n, "number": session.number, "title": session.title}


def _panel(meeting: UUID, session: UUID, n: int, panel: Panel) -> dict[str, Any]:
    return {
        "id": fresh(),
        "meeting_id": meeting,
        "session_id": session,
        "ordinal": n,
        "kind": panel.kind,
        "number": panel.number,
        "title": panel.title,
        "held_on": panel.date,
        "time_as_written": panel.time or None,
        "description": panel.description or None,
        "questions": list(panel.questions),
    }


def _speaker(panel: UUID, n: int, person: Speaker) -> dict[str, Any]:
    return {
        "id": fresh(),
        "panel_id": panel,
        "ordinal": n,
        "role": person.role,
        "name": person.name,
        "function": person.function or None,
        "organisation": person.organisation or None,
        "country": person.country,
        "note": person.note,
    }


def _figure(meeting: UUID, figure: Figure) -> dict[str, Any]:
    return {
        "id": fresh(),
        "meeting_id": meeting,
        "what": figure.what,
        "computed": figure.computed,
        "stated_value": figure.stated_value,
        "stated_text": figure.stated_text,
        "rule": figure.rule,
    }
