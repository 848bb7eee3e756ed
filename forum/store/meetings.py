"""Meetings with their agenda: written whole, figures and faults beside it; and revised, what stays keeping its id."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ..domain import agenda
from ..domain.agenda import Panel, Session, Speaker
from ..domain.figures import Figure
from ..domain.meeting import Meeting
from ..domain.programme import Placed, placed, recorded
from .carried import once
from .nouns import columns_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh


@write
async def add(unit: UnitOfWork, meeting: Meeting, record: agenda.Meeting, figures: Sequence[Figure]) -> None:
    """Write a meeting down with its agenda, figures and faults. Who is a woman is counted, not kept."""
    await unit.add(t.meeting, columns_of(meeting))
    await _write(unit, meeting.id, placed(record.sessions))
    await _count(unit, meeting.id, record, figures)


@need
async def programme(unit: UnitOfWork, meeting: UUID) -> tuple[Placed, ...]:
    """The programme of a meeting as it stands on the record."""
    s, p, who = t.session, t.panel, t.speaker
    people = await unit.all(
        sa.select(who).join(p, p.c.id == who.c.panel_id).where(p.c.meeting_id == meeting).order_by(who.c.ordinal)
    )
    items = await unit.all(sa.select(p).where(p.c.meeting_id == meeting).order_by(p.c.ordinal))
    sessions = await unit.all(sa.select(s).where(s.c.meeting_id == meeting).order_by(s.c.ordinal))
    ids: list[UUID] = []
    read = [_read_session(row, items, people, ids) for row in sessions]
    return recorded(read, iter(ids))


@need
async def cited(unit: UnitOfWork, gone: Iterable[UUID]) -> tuple[UUID, ...]:
    """Which of these items and people are cited by a text: the ids of the citations, in order. They are held until the
    end: whoever is citing one now is waited for, and nobody cites one afterwards."""
    s, these = t.source, list(gone)
    for table in (t.panel, t.speaker):
        held = sa.select(table.c.id).where(table.c.id.in_(these)).order_by(table.c.id)
        await unit.run(held.with_for_update())
    found = sa.select(s.c.id).where(sa.or_(s.c.panel_id.in_(these), s.c.speaker_id.in_(these))).order_by(s.c.id)
    return tuple((await unit.run(found)).scalars())


@need
async def figures_of(unit: UnitOfWork, meeting: UUID) -> tuple[Figure, ...]:
    """The figures of a meeting as they stand, as counted and as its record states them."""
    rows = await unit.rows(t.figure, "what", meeting_id=meeting)
    return tuple(
        Figure(row["what"], row["computed"], row["stated_text"], row["stated_value"], row["rule"]) for row in rows
    )


@write
async def replace_programme(
    unit: UnitOfWork, meeting: UUID, new: Sequence[Placed], record: agenda.Meeting, figures: Sequence[Figure]
) -> None:
    """Write another programme over the one that stands: what has an id keeps it, what is not named is taken away."""
    s, p, who = t.session, t.panel, t.speaker
    mine = sa.select(p.c.id).where(p.c.meeting_id == meeting)
    # Places are unique: out of the way first, then each to where it stands now.
    for table, of in ((s, s.c.meeting_id == meeting), (p, p.c.meeting_id == meeting), (who, who.c.panel_id.in_(mine))):
        await unit.run(sa.update(table).where(of).values(ordinal=-table.c.ordinal))
    await _write(unit, meeting, new)
    for table, of in ((who, who.c.panel_id.in_(mine)), (p, p.c.meeting_id == meeting), (s, s.c.meeting_id == meeting)):
        await unit.run(sa.delete(table).where(of, table.c.ordinal < 0))
    for table in (t.figure, t.meeting_fault):
        await unit.run(sa.delete(table).where(table.c.meeting_id == meeting))
    await _count(unit, meeting, record, figures)


async def _write(unit: UnitOfWork, meeting: UUID, programme: Sequence[Placed]) -> None:
    sessions, items, people = [], [], []
    for n, session in enumerate(programme, 1):
        sessions.append(_session(meeting, n, session))
        for k, item in enumerate(session.parts, 1):
            items.append(_panel(meeting, sessions[-1]["id"], k, item))
            people += [_speaker(items[-1]["id"], place, person) for place, person in enumerate(item.parts, 1)]
    for table, rows in ((t.session, sessions), (t.panel, items), (t.speaker, people)):
        if rows:
            await unit.run_each(_written_over(table, tuple(rows[0])), rows)


@once
def _written_over(table: sa.Table, names: tuple[str, ...]) -> sa.Insert:
    """A row with these columns in place of the one of its id, where there is one."""
    new = insert(table).values({name: sa.bindparam(name) for name in names})
    over = {c.name: new.excluded[c.name] for c in table.c if c.name != "id"}
    return new.on_conflict_do_update(index_elements=["id"], set_=over)


async def _count(unit: UnitOfWork, meeting: UUID, record: agenda.Meeting, figures: Sequence[Figure]) -> None:
    await unit.add(t.figure, *[_figure(meeting, figure) for figure in figures])
    faults = [
        {"id": fresh(), "meeting_id": meeting, "kind": f.kind, "place": f.where, "message": f.says}
        for f in record.faults
    ]
    await unit.add(t.meeting_fault, *faults)


def _session(meeting: UUID, n: int, placed: Placed) -> dict[str, Any]:
    session = placed.thing
    assert isinstance(session, Session)
    return {
        "id": placed.id or fresh(),
        "meeting_id": meeting,
        "ordinal": n,
        "number": session.number,
        "title": session.title,
        "held_on": session.date,
        "time_as_written": session.time or None,
        "room": session.room or None,
    }


def _panel(meeting: UUID, session: UUID, n: int, placed: Placed) -> dict[str, Any]:
    panel = placed.thing
    assert isinstance(panel, Panel)
    return {
        "id": placed.id or fresh(),
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


def _speaker(panel: UUID, n: int, placed: Placed) -> dict[str, Any]:
    person = placed.thing
    assert isinstance(person, Speaker)
    return {
        "id": placed.id or fresh(),
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


# ---- rows back to a programme
def _read_session(
    row: Mapping[str, Any], items: Sequence[Mapping[str, Any]], people: Sequence[Mapping[str, Any]], ids: list[UUID]
) -> Session:
    """A session as the agenda has it; `ids` gets its own, then those of what it consists of."""
    ids.append(row["id"])
    mine = [_read_panel(item, people, ids) for item in items if item["session_id"] == row["id"]]
    return Session(
        row["title"], row["number"], tuple(mine), date=row["held_on"], time=row["time_as_written"] or "",
        room=row["room"] or "",
    )  # fmt: skip


def _read_panel(row: Mapping[str, Any], people: Sequence[Mapping[str, Any]], ids: list[UUID]) -> Panel:
    mine = [person for person in people if person["panel_id"] == row["id"]]
    ids += [row["id"], *(person["id"] for person in mine)]
    return Panel(
        row["kind"], row["title"], row["number"], date=row["held_on"], time=row["time_as_written"] or "",
        description=row["description"] or "", questions=tuple(row["questions"]),
        speakers=tuple(_read_speaker(person) for person in mine), room=row["room"] or "",
    )  # fmt: skip


def _read_speaker(row: Mapping[str, Any]) -> Speaker:
    return Speaker(
        row["name"], row["function"] or "", row["organisation"] or "", row["country"], row["honorific"],
        role=row["role"], note=row["note"],
    )  # fmt: skip
