"""Invitations as acts need them: whether the same waits or was accepted already, and who invited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.invitation import Invitation, InvitationState, Offer
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, random_id

_SAME = ("organisation_id", "forum_id", "role", "mechanism_code", "given_by_forum_id")


@need
async def alone(unit: UnitOfWork, *organisations: UUID) -> None:
    """Hold these organisations: who invites for one of them at the same time waits until this is decided. Held in one
    order, so that two who invite for many never wait for each other."""
    o = t.organisation
    held = sa.select(o.c.id).where(o.c.id.in_(organisations)).order_by(o.c.id)
    await unit.run(held.with_for_update(key_share=True))


@dataclass(frozen=True)
class Stands:
    """What stands already, by the ids of the invitations that are wanted: the same invitation, which waits for its
    answer; or the mandate that came of one, for a time that overlaps."""

    waits: Mapping[UUID, UUID]
    holds: Mapping[UUID, UUID]


@need
async def stands(unit: UnitOfWork, wanted: Sequence[Invitation], now: datetime) -> Stands:
    """What stands already of the same side, to the same address, for the same; the organisations are held (`alone`).
    What somebody holds is known as long as the address to which they were invited."""
    i, m = t.invitation, t.mandate
    addresses = sorted({_in_small(invitation.address) for invitation in wanted})
    organisations = sorted({invitation.organisation_id for invitation in wanted})
    open_ = sa.and_(i.c.state == InvitationState.OPEN, i.c.open_until > now)
    held = sa.and_(m.c.id.isnot(None), m.c.declined_at.is_(None), sa.or_(m.c.ends_at.is_(None), m.c.ends_at > now))
    terms = m.c.starts_at.label("begins"), m.c.ends_at.label("ends")
    rows = await unit.all(
        sa.select(i.c.id, i.c.address, i.c.mandate_id, *(i.c[name] for name in _SAME), *terms)
        .select_from(i.outerjoin(m, m.c.id == i.c.mandate_id))
        .where(i.c.organisation_id.in_(organisations), sa.func.lower(i.c.address).in_(addresses), sa.or_(open_, held))
        .order_by(i.c.invited_at)
    )
    found: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault((_in_small(row["address"]), *(row[name] for name in _SAME)), []).append(row)
    waits, holds = dict[UUID, UUID](), dict[UUID, UUID]()
    for invitation in wanted:
        same = (_in_small(invitation.address), *(getattr(invitation, name) for name in _SAME))
        for row in found.get(same, []):
            if row["mandate_id"] is None:
                waits[invitation.id] = row["id"]
            elif _overlap(invitation, row["begins"], row["ends"]):
                holds[invitation.id] = row["mandate_id"]
    return Stands(waits, holds)


def _overlap(invitation: Invitation, begins: datetime, ends: datetime | None) -> bool:
    before = ends is None or invitation.starts_at < ends
    return before and (invitation.ends_at is None or begins < invitation.ends_at)


def _in_small(address: str | None) -> str:
    """Capitals in an address make no other one here, as in every mail box there is; it is of ASCII."""
    return (address or "").lower()


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


@write
async def write_letters(unit: UnitOfWork, now: datetime, *invited: UUID) -> None:
    """Write the letters of invitations; their words are made when they are sent, so the links in them stand nowhere."""
    await unit.add(t.letter, *({"id": random_id(), "due_at": now, "invitation_id": id_} for id_ in invited))


@need
async def has_letter(unit: UnitOfWork, invitation: UUID) -> bool:
    """Whether an invitation has a letter: then its link was shown to nobody but whoever reads that."""
    x = t.letter
    return bool(await unit.scalar(sa.select(sa.exists().where(x.c.invitation_id == invitation))))
