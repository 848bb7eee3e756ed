"""Silences, with the objections and reservations of their rounds, and what hangs on a paragraph that is withdrawn."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.disposition import Disposition
from ..domain.silence import Silence
from .facts import FIRST
from .nouns import noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork


@need
async def newest(unit: UnitOfWork, document: UUID) -> Silence | None:
    """The round in which a text was put to a body last; None where it never was."""
    s = t.silence
    q = sa.select(s).where(s.c.document_id == document).order_by(s.c.round.desc(), s.c.starts_at.desc()).limit(1)
    row = await unit.first(q)
    return None if row is None else noun_of(Silence, row)


@need
async def objections_open(unit: UnitOfWork, silence: UUID) -> tuple[int, tuple[str, ...]]:
    """How many objections of a round have no answer, and the first of them, as ids of the contract."""
    o = t.objection
    mine = sa.and_(o.c.silence_id == silence, o.c.answered_at.is_(None))
    ids = (await unit.run(sa.select(o.c.id).where(mine).order_by(o.c.broken_at, o.c.id))).scalars()
    return len(ids), tuple(f"Objection:{id_}" for id_ in ids[:FIRST])


@need
async def objections_of(unit: UnitOfWork, silence: UUID, organisation: UUID, paragraph: UUID | None) -> tuple[str, ...]:
    """One member's objections that speak of a paragraph: on it or on the whole text; of the whole text (None), all of
    them."""
    o = t.objection
    mine = sa.and_(o.c.silence_id == silence, o.c.organisation_id == organisation)
    about = sa.true() if paragraph is None else sa.or_(o.c.paragraph_id == paragraph, o.c.paragraph_id.is_(None))
    rows = await unit.run(sa.select(o.c.id).where(mine, about).order_by(o.c.broken_at, o.c.id))
    return tuple(f"Objection:{id_}" for id_ in rows.scalars())


@write
async def reservations_give_way(
    unit: UnitOfWork, silence: UUID, organisation: UUID, paragraph: UUID | None, at: datetime
) -> tuple[UUID, ...]:
    """Take back a member's reservations on what it objects to: an objection to the whole text takes the place of
    all."""
    r = t.reservation
    mine = sa.and_(r.c.silence_id == silence, r.c.organisation_id == organisation, r.c.withdrawn_at.is_(None))
    about = sa.true() if paragraph is None else r.c.paragraph_id == paragraph
    back = sa.update(r).where(mine, about).values(withdrawn_at=at).returning(r.c.id)
    return tuple(sorted((await unit.run(back)).scalars()))


@write
async def publish_reservations(unit: UnitOfWork, silence: UUID) -> int:
    """Open the reservations that stand to the text's readers; how many there are."""
    r = t.reservation
    standing = sa.and_(r.c.silence_id == silence, r.c.withdrawn_at.is_(None))
    return (await unit.run(sa.update(r).where(standing).values(published=True))).rowcount


# ---- what hangs on a paragraph
@need
async def answers_reflected_in(unit: UnitOfWork, paragraphs: Sequence[UUID]) -> tuple[Disposition, ...]:
    """Answers to inputs and comments that say they are reflected in one of these paragraphs."""
    d = t.disposition
    rows = await unit.all(sa.select(d).where(d.c.paragraph_id.in_(paragraphs)).order_by(d.c.id))
    return tuple(noun_of(Disposition, row) for row in rows)


@write
async def carry(unit: UnitOfWork, paragraphs: Sequence[UUID], to: UUID) -> tuple[int, int]:
    """Let another paragraph carry what these carried: how many answers and sources went over. A source that the other
    paragraph names already, or is itself, stays where it was."""
    d, s, other = t.disposition, t.source, t.source.alias()
    answers = (await unit.run(sa.update(d).where(d.c.paragraph_id.in_(paragraphs)).values(paragraph_id=to))).rowcount
    ends = (
        "relation",
        "contribution_id",
        "section_id",
        "practice_id",
        "panel_id",
        "speaker_id",
        "comment_id",
        "from_paragraph_id",
    )
    named_already = sa.exists().where(
        other.c.paragraph_id == to, *[other.c[e].is_not_distinct_from(s.c[e]) for e in ends]
    )
    itself = s.c.from_paragraph_id.is_not_distinct_from(to)
    moved = sa.update(s).where(s.c.paragraph_id.in_(paragraphs), ~named_already, ~itself).values(paragraph_id=to)
    return answers, (await unit.run(moved)).rowcount
