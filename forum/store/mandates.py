"""Mandates as acts need them: whether the same stands already, who administers an organisation, what would be left."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.mandate import Held, Mandate, Role
from .in_force import in_force
from .nouns import noun_of
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork

_SAME = ("organisation_id", "person_id", "office", "role", "forum_id", "edition_id", "track_id", "mechanism_code")


@need
async def same(unit: UnitOfWork, wanted: Mandate, now: datetime) -> UUID | None:
    """The mandate that says the same for a time that overlaps: in force, to come, or waiting. Whoever gives one for
    the same organisation waits until this is decided."""
    if wanted.organisation_id is not None:
        await _hold(unit, t.organisation, wanted.organisation_id)
    m = t.mandate
    mine = [m.c[name].is_not_distinct_from(getattr(wanted, name)) for name in _SAME]
    stands = sa.and_(m.c.declined_at.is_(None), sa.or_(m.c.ends_at.is_(None), m.c.ends_at > now))
    before = sa.true() if wanted.ends_at is None else m.c.starts_at < wanted.ends_at
    after = sa.or_(m.c.ends_at.is_(None), m.c.ends_at > wanted.starts_at)
    twin: UUID | None = await unit.scalar(sa.select(m.c.id).where(*mine, stands, before, after).limit(1))
    return twin


@need
async def administrators(unit: UnitOfWork, organisation: UUID, at: datetime) -> frozenset[UUID]:
    """The people who say who speaks for an organisation."""
    m = t.mandate
    mine = sa.and_(m.c.role == Role.ADMINISTRATOR, m.c.organisation_id == organisation, in_force(m, at))
    return frozenset((await unit.run(sa.select(m.c.person_id).where(mine))).scalars())


@need
async def office(unit: UnitOfWork, forum: UUID, at: datetime) -> frozenset[UUID]:
    """The people of a forum's secretariat."""
    m = t.mandate
    mine = sa.and_(m.c.role == Role.SECRETARIAT, m.c.forum_id == forum, in_force(m, at))
    return frozenset((await unit.run(sa.select(m.c.person_id).where(mine))).scalars())


@need
async def left_alone(unit: UnitOfWork, ending: Mandate, ends_at: datetime) -> str | None:
    """What nobody would look after once this mandate has ended: a forum with a running edition, whose last secretariat
    it is, or an organisation, whose last administrator. Two who end at once wait for each other here."""
    m = t.mandate
    other = sa.and_(m.c.id != ending.id, m.c.role == ending.role, in_force(m, ends_at))
    if ending.role == Role.ADMINISTRATOR and ending.organisation_id is not None:
        await _hold(unit, t.organisation, ending.organisation_id)
        if await unit.scalar(sa.select(sa.exists().where(other, m.c.organisation_id == ending.organisation_id))):
            return None
        row = await unit.row(t.organisation, id=ending.organisation_id)
        return f"the word of {row['name']}" if row else None
    if ending.role != Role.SECRETARIAT or ending.forum_id is None:
        return None
    await _hold(unit, t.forum, ending.forum_id)
    e, f = t.edition, t.forum
    running = sa.exists().where(e.c.forum_id == f.c.id, e.c.state == "running")
    row = await unit.first(sa.select(f.c.name).where(f.c.id == ending.forum_id, running))
    if row is None or await unit.scalar(sa.select(sa.exists().where(other, m.c.forum_id == ending.forum_id))):
        return None
    return f"the running edition of {row['name']}"


@need
async def mechanism_known(unit: UnitOfWork, code: str | None) -> bool:
    """Whether there is a mechanism of this code."""
    return code is not None and await unit.row(t.mechanism, code=code) is not None


@need
async def of_people(unit: UnitOfWork, *, waiting: bool, now: datetime) -> tuple[tuple[Mandate, dict[str, Any]], ...]:
    """Mandates of people that have not ended, each with the names a person reads; `waiting`: those nobody accepted."""
    m, p, o, f = t.mandate, t.person, t.organisation, t.forum
    stands = sa.and_(m.c.declined_at.is_(None), sa.or_(m.c.ends_at.is_(None), m.c.ends_at > now))
    answered = m.c.accepted_at.is_(None) if waiting else m.c.accepted_at.isnot(None)
    names = (p.c.subject, p.c.name.label("person"), o.c.name.label("organisation"), f.c.slug.label("forum"))
    joined = (
        m.join(p, p.c.id == m.c.person_id)
        .outerjoin(o, o.c.id == m.c.organisation_id)
        .outerjoin(f, f.c.id == m.c.forum_id)
    )
    order = (o.c.name, f.c.slug, m.c.role, p.c.subject, m.c.id)
    rows = await unit.all(sa.select(m, *names).select_from(joined).where(stands, answered).order_by(*order))
    return tuple((noun_of(Mandate, row), row) for row in rows)


@need
async def latest_of(unit: UnitOfWork, person: UUID) -> tuple[Held, ...]:
    """The mandates of a person that were given last, in force or not: five at most."""
    m, o, f = t.mandate, t.organisation, t.forum
    joined = m.outerjoin(o, o.c.id == m.c.organisation_id).outerjoin(f, f.c.id == m.c.forum_id)
    names = (o.c.name.label("organisation"), f.c.slug.label("forum"))
    mine = sa.select(m, *names).select_from(joined).where(m.c.person_id == person)
    rows = await unit.all(mine.order_by(m.c.starts_at.desc(), m.c.id).limit(5))
    return tuple(Held(noun_of(Mandate, row), row["organisation"], row["forum"]) for row in rows)


async def _hold(unit: UnitOfWork, table: sa.Table, id_: UUID) -> None:
    """Lock a row: rows that point at it may still be written, and whoever locks it as well waits."""
    await unit.run(sa.select(table.c.id).where(table.c.id == id_).with_for_update(key_share=True))
