"""Invitations as acts need them: whether the same waits already, and who invited."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.invitation import Invitation, InvitationState, Offer
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork

_SAME = ("organisation_id", "forum_id", "role", "mechanism_code", "given_by_forum_id")


@need
async def waiting(unit: UnitOfWork, wanted: Invitation, now: datetime) -> UUID | None:
    """An open invitation of the same side, to the same address, for the same. Who invites for the same organisation at
    once waits until this is decided. Capitals in an address make no other one here, as in every mail box there is."""
    o, i = t.organisation, t.invitation
    await unit.run(sa.select(o.c.id).where(o.c.id == wanted.organisation_id).with_for_update(key_share=True))
    mine = [i.c[name].is_not_distinct_from(getattr(wanted, name)) for name in _SAME]
    to = sa.func.lower(i.c.address) == (wanted.address or "").lower()
    open_ = sa.and_(i.c.state == InvitationState.OPEN, i.c.open_until > now)
    found: UUID | None = await unit.scalar(sa.select(i.c.id).where(*mine, to, open_).limit(1))
    return found


@need
async def subject_of(unit: UnitOfWork, person: UUID) -> str:
    """The subject under which a person of the service signs in."""
    row = await unit.row(t.person, id=person)
    if row is None:
        raise LookupError(person)
    subject: str = row["subject"]
    return subject


@need
async def offer(unit: UnitOfWork, invitation: Invitation) -> Offer:
    """What an open invitation says to whoever holds its link, with the names in it."""
    o, f, m, p = t.organisation, t.forum, t.mechanism, t.person
    names = {
        "organisation": sa.select(o.c.name).where(o.c.id == invitation.organisation_id),
        "forum": sa.select(f.c.name).where(f.c.id == invitation.forum_id),
        "mechanism": sa.select(m.c.name).where(m.c.code == invitation.mechanism_code),
        "invited_by": sa.select(p.c.name).where(p.c.id == invitation.invited_by_id),
    }
    row = await unit.first(sa.select(*(asked.scalar_subquery().label(name) for name, asked in names.items())))
    assert row is not None  # a select without a table has one row
    return Offer(
        name=invitation.name or "", role=invitation.role, starts_at=invitation.starts_at, ends_at=invitation.ends_at,
        zone=invitation.zone, open_until=invitation.open_until, **row,
    )  # fmt: skip
