"""Reminders of calls: the rounds that are planned, and through whom the addressees without an answer are reminded.

Only the list of addressees is asked, never an input or who wrote one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import Reminder, ReminderState
from ..domain.mandates import Place
from ..domain.reminders import REMINDED
from . import notices
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh


@dataclass(frozen=True)
class Through:
    """The people through whom a round goes: those who speak for an addressee, and those who coordinate its
    mechanism."""

    organisations: int
    speaking: frozenset[UUID]
    coordinating: frozenset[UUID]


@write
async def plan(unit: UnitOfWork, call: UUID, dues: Sequence[datetime]) -> tuple[Reminder, ...]:
    """Make the waiting rounds of a call these and no others; those that came new, or wait again.

    What was sent stays sent, and a round at the very instant of one that was sent is not planned again. Whoever asks
    has locked the call.
    """
    r = t.reminder
    rounds = [noun_of(Reminder, row) for row in await unit.rows(r, "due_at", call_id=call)]
    stale = sa.and_(r.c.call_id == call, r.c.state == ReminderState.WAITING, r.c.due_at.not_in(dues))
    await unit.run(sa.update(r).where(stale).values(state=ReminderState.DROPPED))
    again = [known for known in rounds if known.state == ReminderState.DROPPED and known.due_at in dues]
    once_more = r.c.id.in_([reminder.id for reminder in again])
    await unit.run(sa.update(r).where(once_more).values(state=ReminderState.WAITING))
    planned = {reminder.due_at for reminder in rounds}
    new = [Reminder(id=fresh(), call_id=call, due_at=due) for due in dues if due not in planned]
    await unit.add(r, *map(columns_of, new))
    return (*new, *again)


@need
async def overtaken(unit: UnitOfWork, reminder: Reminder, now: datetime) -> bool:
    """Whether a later round of the same call is due as well: then that one goes out, and nobody is told twice at
    once."""
    r = t.reminder
    later = sa.and_(
        r.c.call_id == reminder.call_id,
        r.c.state == ReminderState.WAITING,
        r.c.due_at > reminder.due_at,
        r.c.due_at <= now,
    )
    return bool(await unit.scalar(sa.select(sa.exists().where(later))))


@need
async def through(unit: UnitOfWork, call: UUID, roles: Iterable[str], place: Place, at: datetime) -> Through:
    """Whom a round goes through at this instant: of the addressees whose answer is none yet, those who hold the
    roles."""
    a, wanted = t.addressee, frozenset(roles)
    waiting = sa.select(a.c.organisation_id).where(a.c.call_id == call, a.c.answer == REMINDED)
    organisations = list((await unit.run(waiting)).scalars())
    spoken = wanted - {"coordinator"}
    speaking = await unit.ask(notices.speaking_for(organisations, place, at, spoken)) if spoken else frozenset[UUID]()
    coordinating = frozenset[UUID]()
    if "coordinator" in wanted:
        coordinating = await unit.ask(notices.coordinating(organisations, place, at)) - speaking
    return Through(len(organisations), speaking, coordinating)
