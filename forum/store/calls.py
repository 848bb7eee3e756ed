"""Calls: whom they are addressed to, opening and closing them once, and who may answer late."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import Addressee, Call, CallState
from .carried import once
from .clock import reading
from .due import taken_until
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh


@write
async def address(
    unit: UnitOfWork, call: UUID, forums: Sequence[UUID], statuses: Sequence[str], further: Sequence[UUID], at: datetime
) -> int:
    """Address a call to the participations of these statuses now, and to further organisations; how many there are."""
    p, o = t.participation, t.organisation
    now = sa.and_(p.c.starts_at <= at, sa.or_(p.c.ends_at.is_(None), p.c.ends_at > at))
    seated = sa.select(p.c.organisation_id).where(p.c.forum_id.in_(forums), p.c.status.in_(statuses), now)
    named = sa.select(o.c.id).where(o.c.id.in_(further))
    organisations = (await unit.run(sa.union(seated, named))).scalars()
    asked = [Addressee(id=fresh(), call_id=call, organisation_id=id_) for id_ in organisations]
    await unit.add(t.addressee, *map(columns_of, asked))
    return len(organisations)


@need
async def addressed(unit: UnitOfWork, track: UUID, organisations: Sequence[UUID]) -> frozenset[UUID]:
    """Those of the organisations to which a call of a track is addressed."""
    a, k = t.addressee, t.call
    asked = sa.select(a.c.organisation_id).join(k, k.c.id == a.c.call_id)
    return frozenset(
        (await unit.run(asked.where(k.c.track_id == track, a.c.organisation_id.in_(organisations)))).scalars()
    )


@write
async def open_(unit: UnitOfWork, call: UUID) -> Call | None:
    """Open a call whose instant has come, by the one clock; None where it is open already, or not yet due."""
    k = t.call
    due = sa.and_(k.c.id == call, k.c.state == CallState.OPEN, k.c.opened_at.is_(None), k.c.opens_at <= reading())
    row = await unit.first(sa.update(k).where(due).values(opened_at=k.c.opens_at).returning(k))
    return None if row is None else noun_of(Call, row)


@need
async def still_addressed(unit: UnitOfWork, earlier: Call, forums: Sequence[UUID], at: datetime) -> Sequence[UUID]:
    """The organisations an earlier call was addressed to, without those that had a seat in these forums then and have
    none now: who left the forum is not asked again, who was named beside it is."""
    a, p = t.addressee, t.participation

    def seated(when: datetime) -> sa.Exists:
        begun = sa.and_(p.c.starts_at <= when, sa.or_(p.c.ends_at.is_(None), p.c.ends_at > when))
        return sa.exists().where(p.c.organisation_id == a.c.organisation_id, p.c.forum_id.in_(forums), begun)

    left = sa.and_(seated(earlier.opens_at), ~seated(at))
    mine = sa.select(a.c.organisation_id).where(a.c.call_id == earlier.id, ~left).order_by(a.c.organisation_id)
    return (await unit.run(mine)).scalars()


@write
async def close(unit: UnitOfWork, call: UUID) -> Call | None:
    """Close a call whose deadline and grace have passed, by the one clock; None where it is closed already, or not due.

    The call was locked before (`places.locate` holds it alone, so submissions under way end first).
    """
    k = t.call
    due = sa.and_(k.c.id == call, k.c.state == CallState.OPEN, taken_until(k) <= reading())
    opened = sa.func.coalesce(k.c.opened_at, k.c.opens_at)
    done = (
        sa.update(k).where(due).values(state=CallState.CLOSED, closed_at=taken_until(k), opened_at=opened).returning(k)
    )
    row = await unit.first(done)
    return None if row is None else noun_of(Call, row)


@need
async def permit_of(unit: UnitOfWork, call: UUID, organisation: UUID | None) -> datetime | None:
    """Until when this organisation may still answer the call, where it was given a late permit."""
    until: datetime | None = await unit.scalar(_until(), {"call": call, "organisation": organisation})
    return until


@once
def _until() -> sa.Select[Any]:
    p, whose = t.late_permit, sa.bindparam("organisation", type_=sa.Uuid)
    return sa.select(p.c.until).where(p.c.call_id == sa.bindparam("call"), p.c.organisation_id == whose)
