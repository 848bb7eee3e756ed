"""Clearance as acts need it: what is asked of an organisation's own side, what was cleared, and who could clear it.

Row-level security shows these rows to that side alone: to everybody else there are none, so no rule holds for them.
"""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.authority import SPEAKS_FOR
from ..domain.clearance import Clearance, ClearanceRule, ClearanceSubject, CommentWords, Speaker, clears
from ..domain.mandate import Role
from ..domain.mandates import MandateInForce, Place
from .carried import once
from .in_force import in_force
from .nouns import noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

_SCOPE = ("organisation_id", "forum_id", "edition_id", "track_id")


@need
async def rule_for_input(unit: UnitOfWork, contribution: UUID) -> ClearanceRule | None:
    """What the organisation whose input it is asks for; None where it asks for nothing, or it is no organisation's."""
    row = await unit.first(_for_input(), {"contribution": contribution})
    return None if row is None else noun_of(ClearanceRule, row)


@once
def _for_input() -> sa.Select[Any]:
    r, a = t.clearance_rule, t.authorship
    its = r.join(a, a.c.organisation_id == r.c.organisation_id)
    mine = a.c.subject_id == sa.bindparam("contribution")
    return sa.select(r).select_from(its).where(mine, _stands(ClearanceSubject.INPUT))


@need
async def rule_for_comments(unit: UnitOfWork, organisation: UUID) -> ClearanceRule | None:
    """What an organisation asks for before it comments; None where it asks for nothing."""
    r, asked = t.clearance_rule, _stands(ClearanceSubject.COMMENT)
    row = await unit.first(sa.select(r).where(r.c.organisation_id == organisation, asked))
    return None if row is None else noun_of(ClearanceRule, row)


def _stands(subject: ClearanceSubject) -> sa.ColumnElement[bool]:
    r = t.clearance_rule
    return sa.and_(r.c.ended_at.is_(None), r.c.subjects.contains([subject.value]))


@need
async def standing_rule(unit: UnitOfWork, organisation: UUID) -> ClearanceRule | None:
    """The one rule of an organisation that stands, whatever it is for. Whoever sets one for the same organisation waits
    until this is decided."""
    o, r = t.organisation, t.clearance_rule
    await unit.run(sa.select(o.c.id).where(o.c.id == organisation).with_for_update(key_share=True))
    row = await unit.first(sa.select(r).where(r.c.organisation_id == organisation, r.c.ended_at.is_(None)))
    return None if row is None else noun_of(ClearanceRule, row)


@need
async def of_revision(unit: UnitOfWork, contribution: UUID, revision: int) -> tuple[Clearance, ...]:
    """The clearances of one revision of an input that were not taken back. Held until the end: who takes one back
    meanwhile waits."""
    c = t.clearance
    return await _held(unit, sa.and_(c.c.contribution_id == contribution, c.c.revision == revision))


@need
async def of_words(unit: UnitOfWork, organisation: UUID, words: CommentWords) -> tuple[Clearance, ...]:
    """The clearances of a comment in these very words that was not made yet. Held until the end, as above."""
    c = t.clearance
    same = [c.c[f.name].is_not_distinct_from(getattr(words, f.name)) for f in fields(words)]
    return await _held(unit, sa.and_(c.c.organisation_id == organisation, c.c.comment_id.is_(None), *same))


async def _held(unit: UnitOfWork, these: sa.ColumnElement[bool]) -> tuple[Clearance, ...]:
    c = t.clearance
    rows = sa.select(c).where(these, c.c.taken_back_at.is_(None)).order_by(c.c.id).with_for_update(read=True)
    return tuple(noun_of(Clearance, row) for row in await unit.all(rows))


@need
async def speakers(unit: UnitOfWork, organisation: UUID, place: Place, at: datetime) -> tuple[Speaker, ...]:
    """Who could clear at a place what goes out in the organisation's name."""
    m, p = t.mandate, t.person
    mine = sa.and_(m.c.organisation_id == organisation, m.c.role.in_(SPEAKS_FOR), in_force(m, at))
    joined = m.join(p, p.c.id == m.c.person_id)
    rows = await unit.all(sa.select(m, p.c.name.label("person")).select_from(joined).where(mine).order_by(m.c.id))
    there = [row for row in rows if clears(_in_force(row), organisation, place)]
    return tuple(Speaker(row["person_id"], row["person"], row["role"]) for row in there)


def _in_force(row: dict[str, Any]) -> MandateInForce:
    return MandateInForce(row["id"], Role(row["role"]), *(row[name] for name in _SCOPE))


@write
async def used(unit: UnitOfWork, clearances: Sequence[Clearance], comment: UUID) -> None:
    """What was cleared has become a comment: the same clearances let no second one out."""
    c = t.clearance
    ids = [clearance.id for clearance in clearances]
    await unit.run(sa.update(c).where(c.c.id.in_(ids)).values(comment_id=comment))
