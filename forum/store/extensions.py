"""More time: windows that were extended, those that are planned after them, and permits to hand in late."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from . import tables as t
from .unit import Unit


async def closing_with(unit: Unit, track: UUID, closes_at: datetime) -> Sequence[Mapping[str, Any]]:
    """The planned windows of a track that close at this very instant and were not extended: a call whose deadline it is
    took it from there."""
    w = t.stage_window
    return await unit.all(sa.select(w).where(w.c.track_id == track, w.c.closes_at == closes_at, ~w.c.extended).order_by(w.c.stage))


async def following(unit: Unit, track: UUID, after: datetime, now: datetime) -> Sequence[Mapping[str, Any]]:
    """The windows of a track that are planned to follow an instant, in their order; those that have closed left out."""
    w = t.stage_window
    later = sa.func.coalesce(w.c.opens_at, w.c.closes_at) >= after
    ahead = sa.or_(w.c.closes_at.is_(None), w.c.closes_at > sa.func.greatest(after, now))
    mine = sa.select(w).where(w.c.track_id == track, later, ahead)
    return await unit.all(mine.order_by(sa.func.coalesce(w.c.opens_at, w.c.closes_at), w.c.stage))


async def of_calls(unit: Unit, calls: Iterable[UUID]) -> frozenset[UUID]:
    """Those of the calls that were extended by hand."""
    x = t.extension
    return frozenset((await unit.run(sa.select(x.c.call_id).where(x.c.call_id.in_(list(calls))))).scalars())


async def open_calls(unit: Unit, edition: UUID, now: datetime) -> Sequence[Mapping[str, Any]]:
    """The calls of an edition whose deadline lies ahead, held until the transaction ends, in one order."""
    k = t.call
    mine = sa.select(k).where(k.c.edition_id == edition, k.c.state == "open", k.c.closes_at > now)
    return await unit.all(mine.order_by(k.c.id).with_for_update())


# ---- late permits
async def may_be_permitted(unit: Unit, call: UUID, organisation: UUID, forums: Iterable[UUID], at: datetime) -> bool:
    """Whether the organisation was asked, or takes part in one of these bodies at this instant."""
    a, p = t.addressee, t.participation
    in_force = sa.and_(p.c.starts_at <= at, sa.or_(p.c.ends_at.is_(None), p.c.ends_at > at))
    asked = sa.exists().where(a.c.call_id == call, a.c.organisation_id == organisation)
    seated = sa.exists().where(p.c.organisation_id == organisation, p.c.forum_id.in_(list(forums)), in_force)
    return bool(await unit.scalar(sa.select(sa.or_(asked, seated))))


async def permit(unit: Unit, row: Mapping[str, Any]) -> None:
    """Write a permit in the place of the organisation's earlier one for the same call; the call is locked."""
    p = t.late_permit
    await unit.run(sa.delete(p).where(p.c.call_id == row["call_id"], p.c.organisation_id == row["organisation_id"]))
    await unit.add(p, row)
