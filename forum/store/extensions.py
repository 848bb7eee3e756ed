"""More time: windows that were extended, those that are planned after them, and permits to hand in late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import Call, CallState, LatePermit
from ..domain.document import Document, DocumentState
from ..domain.extension import ExtendedWindow
from ..domain.track import StageWindow
from .in_force import in_force
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork


@need
async def closing_with(unit: UnitOfWork, track: UUID, closes_at: datetime) -> tuple[StageWindow, ...]:
    """The planned windows of a track that close at this very instant and were not extended: a call whose deadline it is
    took it from there."""
    w = t.stage_window
    mine = sa.select(w).where(w.c.track_id == track, w.c.closes_at == closes_at, ~w.c.extended)
    return tuple(noun_of(StageWindow, row) for row in await unit.all(mine.order_by(w.c.stage)))


@need
async def following(unit: UnitOfWork, track: UUID, after: datetime, now: datetime) -> tuple[StageWindow, ...]:
    """The windows of a track that are planned to follow an instant, in their order; those that have closed left out."""
    w = t.stage_window
    later = sa.func.coalesce(w.c.opens_at, w.c.closes_at) >= after
    ahead = sa.or_(w.c.closes_at.is_(None), w.c.closes_at > sa.func.greatest(after, now))
    mine = sa.select(w).where(w.c.track_id == track, later, ahead)
    rows = await unit.all(mine.order_by(sa.func.coalesce(w.c.opens_at, w.c.closes_at), w.c.stage))
    return tuple(noun_of(StageWindow, row) for row in rows)


@dataclass(frozen=True)
class Deadline:
    """A deadline that lies ahead: of a call, or of the consultation on a text.

    `zone`: its own, which a text has not. `extended`: by hand, at any time.
    """

    of: ExtendedWindow
    id: UUID
    title: str
    track: UUID
    opens_at: datetime
    closes_at: datetime
    zone: str | None
    extended: bool


@need
async def deadlines(unit: UnitOfWork, edition: UUID, now: datetime) -> tuple[Deadline, ...]:
    """The deadlines of an edition that lie ahead, the next one first."""
    k, d, x = t.call, t.document, t.extension
    extensions = await unit.all(sa.select(x.c.call_id, x.c.document_id).where(x.c.edition_id == edition))
    extended = {row["call_id"] or row["document_id"] for row in extensions}
    open_calls = sa.select(k).where(k.c.edition_id == edition, k.c.state == CallState.OPEN, k.c.closes_at > now)
    calls = [noun_of(Call, row) for row in await unit.all(open_calls)]
    circulated = d.c.state == DocumentState.CIRCULATED
    before_readers = sa.select(d).where(d.c.edition_id == edition, circulated, d.c.comments_close_at > now)
    texts = [noun_of(Document, row) for row in await unit.all(before_readers)]
    ahead = [_of_call(call, call.id in extended) for call in calls]
    ahead += [
        Deadline(
            ExtendedWindow.CONSULTATION, text.id, text.title, text.track_id, text.comments_open_at,
            text.comments_close_at, None, text.id in extended,
        )
        for text in texts
        if text.comments_open_at is not None and text.comments_close_at is not None
    ]  # fmt: skip
    return tuple(sorted(ahead, key=lambda deadline: (deadline.closes_at, deadline.id)))


def _of_call(call: Call, extended: bool) -> Deadline:
    of = ExtendedWindow.CALL
    return Deadline(of, call.id, call.title, call.track_id, call.opens_at, call.closes_at, call.zone, extended)


@write
async def hold(unit: UnitOfWork, edition: UUID) -> None:
    """Hold all that has a date in an edition until the transaction ends, texts before calls before tracks, as in every
    other act: what is closing now is waited for."""
    for table in (t.document, t.call, t.track):
        await unit.run(
            sa.select(table.c.id).where(table.c.edition_id == edition).order_by(table.c.id).with_for_update()
        )


# ---- late permits
@need
async def may_be_permitted(
    unit: UnitOfWork, call: UUID, organisation: UUID, forums: Iterable[UUID], at: datetime
) -> bool:
    """Whether the organisation was asked, or takes part in one of these bodies at this instant."""
    a, p = t.addressee, t.participation
    asked = sa.exists().where(a.c.call_id == call, a.c.organisation_id == organisation)
    seated = sa.exists().where(p.c.organisation_id == organisation, p.c.forum_id.in_(list(forums)), in_force(p, at))
    return bool(await unit.scalar(sa.select(sa.or_(asked, seated))))


@write
async def permit(unit: UnitOfWork, permit: LatePermit) -> None:
    """Write a permit in the place of the organisation's earlier one for the same call; the call is locked."""
    p = t.late_permit
    earlier = sa.and_(p.c.call_id == permit.call_id, p.c.organisation_id == permit.organisation_id)
    await unit.run(sa.delete(p).where(earlier))
    await unit.add(p, columns_of(permit))
