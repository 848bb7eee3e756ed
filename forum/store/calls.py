"""Calls: whom they are addressed to, and closing them once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from . import tables as t
from .unit import Unit, fresh


async def address(
    unit: Unit, call: UUID, forums: Sequence[UUID], statuses: Sequence[str], further: Sequence[UUID], at: datetime
) -> int:
    """Address a call to the participations of these statuses now, and to further organisations; how many there are."""
    p, o = t.participation, t.organisation
    now = sa.and_(p.c.starts_at <= at, sa.or_(p.c.ends_at.is_(None), p.c.ends_at > at))
    seated = sa.select(p.c.organisation_id).where(p.c.forum_id.in_(forums), p.c.status.in_(statuses), now)
    named = sa.select(o.c.id).where(o.c.id.in_(further))
    organisations = (await unit.run(sa.union(seated, named))).scalars().all()
    await unit.add(t.addressee, *[{"id": fresh(), "call_id": call, "organisation_id": i} for i in organisations])
    return len(organisations)


async def close(unit: Unit, call: UUID) -> Mapping[str, Any] | None:
    """Close a call whose deadline has come, by the one clock; None where it is closed already, or not yet due.

    The call was locked before (`places.locate` holds it shared, so submissions under way end first).
    """
    k = t.call
    clock = sa.select(sa.func.clock_timestamp() + t.clock.c.shift).scalar_subquery()
    due = sa.and_(k.c.id == call, k.c.state == "open", k.c.closes_at <= clock)
    done = sa.update(k).where(due).values(state="closed", closed_at=k.c.closes_at).returning(k)
    return await unit.first(done)
