"""The end of an edition: what must come before it, and what it leaves open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import CallState
from ..domain.silence import SilenceState
from .due import TURN, taken_until
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork


@need
async def tracks_of(unit: UnitOfWork, edition: UUID) -> Sequence[UUID]:
    """The tracks of an edition, always in the same order: who locks them one by one never waits in a circle."""
    tr = t.track
    return (await unit.run(sa.select(tr.c.id).where(tr.c.edition_id == edition).order_by(tr.c.id))).scalars()


@need
async def undecided(unit: UnitOfWork, edition: UUID, ends_at: datetime) -> bool:
    """Whether a call or a silence that ends up to this instant has not been closed yet."""
    k, s, d = t.call, t.silence, t.document
    call = sa.exists().where(k.c.edition_id == edition, k.c.state == CallState.OPEN, taken_until(k) <= ends_at)
    silence = sa.exists().where(
        d.c.edition_id == edition, s.c.document_id == d.c.id, s.c.state == SilenceState.RUNNING, s.c.ends_at <= ends_at
    )
    return bool(await unit.scalar(sa.select(sa.or_(call, silence))))


@need
async def left_open(unit: UnitOfWork, edition: UUID) -> Mapping[str, list[str]]:
    """What runs on past the end, as ids by kind: `calls` and `silences` that end later, `documents` never closed."""
    k, s, d = t.call, t.silence, t.document
    calls = sa.select(k.c.id).where(k.c.edition_id == edition, k.c.state == CallState.OPEN).order_by(k.c.id)
    texts = sa.select(d.c.id).where(d.c.edition_id == edition, d.c.closed_at.is_(None)).order_by(d.c.id)
    silences = (
        sa.select(s.c.id)
        .join(d, d.c.id == s.c.document_id)
        .where(d.c.edition_id == edition, s.c.state == SilenceState.RUNNING)
    )
    queries = {"calls": calls, "documents": texts, "silences": silences.order_by(s.c.id)}
    return {name: [str(id_) for id_ in (await unit.run(query)).scalars()] for name, query in queries.items()}


# What an edition begins with, its dates, and what the clock does with it by itself: nobody has acted on it.
_NOT_IN_IT = ("open_edition", "clone_edition", "record_edition", "move_anchor", "close_edition", TURN)
NOT_TOLD = "an act that is not attributed"


@need
async def done_in(unit: UnitOfWork, edition: UUID) -> tuple[str, ...]:
    """The acts that were done in an edition since it was opened, or that point to it, each once and by name; of lines
    that tell nobody when they came about, only that there are some."""
    h, m, tr, s = t.history, t.mandate, t.track, t.transmission
    act = sa.case((h.c.at.is_(None), sa.literal(NOT_TOLD)), else_=h.c.act)
    mine = sa.select(act).where(h.c.edition_id == edition, h.c.act.notin_(_NOT_IN_IT))
    tracks = sa.select(tr.c.id).where(tr.c.edition_id == edition)
    scoped = sa.select(sa.literal("grant_mandate")).where(sa.or_(m.c.edition_id == edition, m.c.track_id.in_(tracks)))
    sent = sa.select(sa.literal("transmit_document")).where(s.c.to_track_id.in_(tracks))
    return tuple(sorted((await unit.run(sa.union(mine, scoped, sent))).scalars()))
