"""Agreements between bodies as acts need them: those in force, the bodies they name, and the operator's list."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.agreement import Agreement, AgreementPurpose, AgreementState
from ..domain.body import Forum
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

_OPEN = (AgreementState.PROPOSED, AgreementState.AGREED)
_SCOPE = ("asking_id", "named_id", "purpose", "edition_name", "track_name")


@need
async def bodies(unit: UnitOfWork, ids: Sequence[UUID]) -> tuple[Forum, ...]:
    """The forums of these ids, in that order; an unknown one is left out."""
    rows = await unit.all(sa.select(t.forum).where(t.forum.c.id.in_(ids)))
    known = {row["id"]: noun_of(Forum, row) for row in rows}
    return tuple(known[id_] for id_ in dict.fromkeys(ids) if id_ in known)


@need
async def with_convenors(unit: UnitOfWork, body: UUID) -> tuple[Forum, ...]:
    """A body, then those that convene it: whose name is used where its name is."""
    c = t.convenor
    found = await unit.run(sa.select(c.c.convened_by_id).where(c.c.forum_id == body).order_by(c.c.id))
    return await unit.ask(bodies((body, *found.scalars())))


@need
async def called(unit: UnitOfWork, name: str) -> tuple[Forum, ...]:
    """The forums here that go by this name, acronym or short name, in whatever case."""
    f, wanted = t.forum, sa.func.lower(name)
    same = [sa.func.lower(f.c[column]) == wanted for column in ("name", "acronym", "slug")]
    rows = await unit.all(sa.select(f).where(sa.or_(*same)).order_by(f.c.slug))
    return tuple(noun_of(Forum, row) for row in rows)


@need
async def agreed(
    unit: UnitOfWork, asking: UUID, named: Sequence[UUID], purpose: AgreementPurpose
) -> tuple[Agreement, ...]:
    """What these bodies have agreed to for another. Held until the end: who ends one meanwhile waits."""
    a = t.agreement
    mine = sa.and_(a.c.asking_id == asking, a.c.named_id.in_(named), a.c.purpose == purpose)
    standing = sa.select(a).where(mine, a.c.state == AgreementState.AGREED).order_by(a.c.id)
    return tuple(noun_of(Agreement, row) for row in await unit.all(standing.with_for_update(read=True)))


@write
async def enter(unit: UnitOfWork, agreement: Agreement) -> UUID | None:
    """Write a proposal or an agreement down; the one that says the same and stands, where there is one, and then
    nothing is written."""
    if await unit.add_once(t.agreement, columns_of(agreement)):
        return None
    a = t.agreement
    same = [a.c[name].is_not_distinct_from(getattr(agreement, name)) for name in _SCOPE]
    there: UUID = await unit.scalar(sa.select(a.c.id).where(*same, a.c.state.in_(_OPEN)))
    return there


@need
async def open_ones(unit: UnitOfWork) -> tuple[tuple[Agreement, dict[str, Any]], ...]:
    """Agreements in force and proposals that wait, each with the short names of its two bodies."""
    a, asking, named = t.agreement, t.forum.alias("asking"), t.forum.alias("named")
    joined = a.join(asking, asking.c.id == a.c.asking_id).join(named, named.c.id == a.c.named_id)
    slugs = (asking.c.slug.label("asking"), named.c.slug.label("named"))
    order = (asking.c.slug, named.c.slug, a.c.purpose, a.c.id)
    rows = await unit.all(sa.select(a, *slugs).select_from(joined).where(a.c.state.in_(_OPEN)).order_by(*order))
    return tuple((noun_of(Agreement, row), row) for row in rows)
