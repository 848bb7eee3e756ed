"""Reminders of calls: the rounds that are planned, and through whom the addressees without an answer are reminded.

Only the list of addressees is asked, never an input or who wrote one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.mandates import Place
from ..domain.reminders import REMINDED
from . import notices
from .tables import schema as t
from .unit import UnitOfWork, fresh


@dataclass(frozen=True)
class Through:
    """The people through whom a round goes: those who speak for an addressee, and those who coordinate its mechanism."""

    organisations: int
    speaking: frozenset[UUID]
    coordinating: frozenset[UUID]


async def plan(unit: UnitOfWork, call: UUID, dues: Sequence[datetime]) -> list[Mapping[str, Any]]:
    """Make the waiting rounds of a call these and no others; those that came new. What was sent stays sent, and a round
    at the very instant of one that was sent is not planned again. The call is locked by whoever asks."""
    r = t.reminder
    known = {row["due_at"]: row for row in await unit.rows(r, "due_at", call_id=call)}
    stale = sa.and_(r.c.call_id == call, r.c.state == "waiting", r.c.due_at.not_in(dues))
    await unit.run(sa.update(r).where(stale).values(state="dropped"))
    again = [row["id"] for due, row in known.items() if row["state"] == "dropped" and due in dues]
    await unit.run(sa.update(r).where(r.c.id.in_(again)).values(state="waiting"))
    new = [{"id": fresh(), "call_id": call, "due_at": due} for due in dues if due not in known]
    await unit.add(r, *new)
    return [*new, *({"id": row["id"], "due_at": row["due_at"]} for row in known.values() if row["id"] in again)]


async def overtaken(unit: UnitOfWork, reminder: Mapping[str, Any], now: datetime) -> bool:
    """Whether a later round of the same call is due as well: then that one goes out, and nobody is told twice at once."""
    r = t.reminder
    later = sa.and_(
        r.c.call_id == reminder["call_id"], r.c.state == "waiting", r.c.due_at > reminder["due_at"], r.c.due_at <= now
    )
    return bool(await unit.scalar(sa.select(sa.exists().where(later))))


async def through(unit: UnitOfWork, call: UUID, roles: Iterable[str], place: Place, at: datetime) -> Through:
    """Whom a round goes through at this instant: of the addressees whose answer is none yet, those who hold the roles."""
    a, wanted = t.addressee, frozenset(roles)
    waiting = sa.select(a.c.organisation_id).where(a.c.call_id == call, a.c.answer == REMINDED)
    organisations = list((await unit.run(waiting)).scalars())
    spoken = wanted - {"coordinator"}
    speaking = await unit.ask(notices.speaking_for(organisations, place, at, spoken)) if spoken else frozenset[UUID]()
    coordinating = frozenset[UUID]()
    if "coordinator" in wanted:
        coordinating = await unit.ask(notices.coordinating(organisations, place, at)) - speaking
    return Through(len(organisations), speaking, coordinating)
