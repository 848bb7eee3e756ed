"""More time: windows that were extended, those that are planned after them, and permits to hand in late."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from .tables import schema as t
from .unit import UnitOfWork


async def closing_with(unit: UnitOfWork, track: UUID, closes_at: datetime) -> Sequence[Mapping[str, Any]]:
    """The planned windows of a track that close at this very instant and were not extended: a call whose deadline it is
    took it from there."""
    w = t.stage_window
    return await unit.all(
        sa.select(w).where(w.c.track_id == track, w.c.closes_at == closes_at, ~w.c.extended).order_by(w.c.stage)
    )


async def following(unit: UnitOfWork, track: UUID, after: datetime, now: datetime) -> Sequence[Mapping[str, Any]]:
    """The windows of a track that are planned to follow an instant, in their order; those that have closed left out."""
    w = t.stage_window
    later = sa.func.coalesce(w.c.opens_at, w.c.closes_at) >= after
    ahead = sa.or_(w.c.closes_at.is_(None), w.c.closes_at > sa.func.greatest(after, now))
    mine = sa.select(w).where(w.c.track_id == track, later, ahead)
    return await unit.all(mine.order_by(sa.func.coalesce(w.c.opens_at, w.c.closes_at), w.c.stage))


@dataclass(frozen=True)
class Deadline:
    """A deadline that lies ahead: of a call, or of the consultation on a text. `extended`: by hand, at any time."""

    of: str
    id: UUID
    title: str
    track: UUID
    opens_at: datetime
    closes_at: datetime
    row: Mapping[str, Any]
    extended: bool


async def deadlines(unit: UnitOfWork, edition: UUID, now: datetime) -> list[Deadline]:
    """The deadlines of an edition that lie ahead, the next one first."""
    k, d, x = t.call, t.document, t.extension
    made = await unit.all(sa.select(x.c.call_id, x.c.document_id).where(x.c.edition_id == edition))
    extended = {row["call_id"] or row["document_id"] for row in made}
    calls = await unit.all(sa.select(k).where(k.c.edition_id == edition, k.c.state == "open", k.c.closes_at > now))
    texts = await unit.all(
        sa.select(d).where(d.c.edition_id == edition, d.c.state == "circulated", d.c.comments_close_at > now)
    )
    found = [
        Deadline("call", r["id"], r["title"], r["track_id"], r["opens_at"], r["closes_at"], r, r["id"] in extended)
        for r in calls
    ]
    found += [
        Deadline("consultation", r["id"], r["title"], r["track_id"], r["comments_open_at"], r["comments_close_at"], r, r["id"] in extended)
        for r in texts
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.closes_at, one.id))


async def hold(unit: UnitOfWork, edition: UUID) -> None:
    """Hold all that has a date in an edition until the transaction ends, texts before calls before tracks, as in every
    other deed: what is closing now is waited for."""
    for table in (t.document, t.call, t.track):
        await unit.run(
            sa.select(table.c.id).where(table.c.edition_id == edition).order_by(table.c.id).with_for_update()
        )


# ---- late permits
async def may_be_permitted(
    unit: UnitOfWork, call: UUID, organisation: UUID, forums: Iterable[UUID], at: datetime
) -> bool:
    """Whether the organisation was asked, or takes part in one of these bodies at this instant."""
    a, p = t.addressee, t.participation
    in_force = sa.and_(p.c.starts_at <= at, sa.or_(p.c.ends_at.is_(None), p.c.ends_at > at))
    asked = sa.exists().where(a.c.call_id == call, a.c.organisation_id == organisation)
    seated = sa.exists().where(p.c.organisation_id == organisation, p.c.forum_id.in_(list(forums)), in_force)
    return bool(await unit.scalar(sa.select(sa.or_(asked, seated))))


async def permit(unit: UnitOfWork, row: Mapping[str, Any]) -> None:
    """Write a permit in the place of the organisation's earlier one for the same call; the call is locked."""
    p = t.late_permit
    await unit.run(sa.delete(p).where(p.c.call_id == row["call_id"], p.c.organisation_id == row["organisation_id"]))
    await unit.add(p, row)
