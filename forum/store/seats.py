"""Seats as acts need them: whether another stands for the same time, what would be lost with one, and whom to tell."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.authority import SPEAKS_FOR
from ..domain.body import Participation
from ..domain.mandate import Office
from .in_force import in_force
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork


@need
async def standing(unit: UnitOfWork, wanted: Participation) -> UUID | None:
    """Another seat of the organisation in the forum, for a time that overlaps. Whoever gives one to the same
    organisation waits until this is decided."""
    o, p = t.organisation, t.participation
    await unit.run(sa.select(o.c.id).where(o.c.id == wanted.organisation_id).with_for_update(key_share=True))
    mine = sa.and_(p.c.forum_id == wanted.forum_id, p.c.organisation_id == wanted.organisation_id, p.c.id != wanted.id)
    before = sa.true() if wanted.ends_at is None else p.c.starts_at < wanted.ends_at
    after = sa.or_(p.c.ends_at.is_(None), p.c.ends_at > wanted.starts_at)
    found: UUID | None = await unit.scalar(sa.select(p.c.id).where(mine, before, after).limit(1))
    return found


@need
async def office_held(unit: UnitOfWork, seat: Participation, at: datetime) -> Office | None:
    """An office which the organisation of a seat holds in the same body at an instant."""
    m = t.mandate
    mine = sa.and_(m.c.organisation_id == seat.organisation_id, m.c.forum_id == seat.forum_id, m.c.office.isnot(None))
    found = await unit.scalar(sa.select(m.c.office).where(mine, in_force(m, at)).order_by(m.c.office).limit(1))
    return None if found is None else Office(found)


@need
async def call_open(unit: UnitOfWork, seat: Participation, at: datetime) -> str | None:
    """The title of a call of the forum that is addressed to the organisation of a seat and goes on after an instant: in
    most processes only who takes part answers one."""
    k, a = t.call, t.addressee
    theirs = sa.and_(k.c.forum_id == seat.forum_id, a.c.organisation_id == seat.organisation_id)
    goes_on = sa.and_(k.c.state == "open", k.c.closes_at > at)
    found: str | None = await unit.scalar(
        sa.select(k.c.title).join(a, a.c.call_id == k.c.id).where(theirs, goes_on).order_by(k.c.closes_at).limit(1)
    )
    return found


@need
async def asked_until(unit: UnitOfWork, body: UUID) -> datetime | None:
    """Until when the last of the texts that lie before a body in silence lies there; None where none does."""
    s = t.silence
    until: datetime | None = await unit.scalar(
        sa.select(sa.func.max(s.c.ends_at)).where(s.c.body_id == body, s.c.state == "running")
    )
    return until


@need
async def speakers(unit: UnitOfWork, organisation: UUID, at: datetime) -> frozenset[UUID]:
    """The people who speak for an organisation, its administrators among them."""
    m = t.mandate
    mine = sa.and_(m.c.organisation_id == organisation, m.c.role.in_(SPEAKS_FOR), in_force(m, at))
    return frozenset((await unit.run(sa.select(m.c.person_id).where(mine))).scalars())


@need
async def mechanisms(unit: UnitOfWork) -> frozenset[str]:
    """The codes of all mechanisms here."""
    return frozenset((await unit.run(sa.select(t.mechanism.c.code))).scalars())
