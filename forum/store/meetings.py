"""Meetings with their agenda: written whole, figures and faults beside it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ..domain import agenda
from ..domain.agenda import Panel, Session, Speaker
from ..domain.figures import Figure
from ..domain.meeting import Meeting
from .nouns import columns_of
from .steps import write
from .tables import schema as t
from .unit import UnitOfWork, fresh


@write
async def add(unit: UnitOfWork, meeting: Meeting, recorded: agenda.Meeting, figures: Sequence[Figure]) -> None:
    """Write a meeting down with its agenda, figures and faults. Who is a woman is counted, not kept."""
    await unit.add(t.meeting, columns_of(meeting))
    id_ = meeting.id
    sessions = [_session(id_, n, s) for n, s in enumerate(recorded.sessions, 1)]
    await unit.add(t.session, *sessions)
    items = [(s, row["id"]) for s, row in zip(recorded.sessions, sessions, strict=True)]
    panels = [(p, _panel(id_, session, n, p)) for s, session in items for n, p in enumerate(s.items, 1)]
    await unit.add(t.panel, *[row for _, row in panels])
    people = [_speaker(row["id"], n, who) for p, row in panels for n, who in enumerate(p.people(), 1)]
    await unit.add(t.speaker, *people)
    await unit.add(t.figure, *[_figure(id_, figure) for figure in figures])
    faults = [
        {"id": fresh(), "meeting_id": id_, "kind": f.kind, "place": f.where, "message": f.says} for f in recorded.faults
    ]
    await unit.add(t.meeting_fault, *faults)


def _session(meeting: UUID, n: int, session: Session) -> dict[str, Any]:
    return {
        "id": fresh(),
        "meeting_id": meeting,
        "ordinal": n,
        "number": session.number,
        "title": session.title,
        "held_on": session.date,
        "time_as_written": session.time or None,
        "room": session.room or None,
    }


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
        "room": panel.room or None,
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
        "honorific": person.honorific,
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
