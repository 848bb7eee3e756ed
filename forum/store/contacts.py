"""Where people are reached: read and kept for the person, and for the letters that go there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ..domain.contact import Contact, Language
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, random_id


@need
async def contact_of(unit: UnitOfWork, person: UUID) -> Contact:
    """How a person is reached; nowhere, where the person has not said."""
    row = await unit.row(t.contact, person_id=person)
    return Contact(id=random_id(), person_id=person) if row is None else noun_of(Contact, row)


@write
async def keep(unit: UnitOfWork, contact: Contact) -> UUID:
    """Write down how a person is reached; of two that write at once the later one stands. Its id."""
    if await unit.add_once(t.contact, columns_of(contact)):
        return contact.id
    c = t.contact
    values = {name: value for name, value in columns_of(contact).items() if name not in ("id", "person_id")}
    changing = sa.update(c).where(c.c.person_id == contact.person_id).values(**values).returning(c.c.id)
    standing: UUID = (await unit.run(changing)).only()[0]
    return standing


@write
async def introduce(unit: UnitOfWork, person: UUID, address: str, language: Language, zone: str) -> bool:
    """Write down how a person is reached, where nobody has said so yet: what the person says stands. Whether it was
    written."""
    contact = Contact(id=random_id(), person_id=person, address=address, language=language, zone=zone)
    return await unit.add_once(t.contact, columns_of(contact))


@need
async def unknown_forum(unit: UnitOfWork, forums: Iterable[UUID]) -> UUID | None:
    """The first of these that is no forum here."""
    asked = tuple(forums)
    known = set((await unit.run(sa.select(t.forum.c.id).where(t.forum.c.id.in_(asked)))).scalars())
    return next((id_ for id_ in asked if id_ not in known), None)


async def reached(unit: UnitOfWork, people: Iterable[UUID]) -> Mapping[UUID, Contact]:
    """Those of these people who have an address, by person."""
    c = t.contact
    asked = sa.literal(sorted(set(people)), ARRAY(sa.Uuid))
    rows = await unit.all(sa.select(c).where(c.c.person_id == sa.any_(asked), c.c.address.isnot(None)))
    return {row["person_id"]: noun_of(Contact, row) for row in rows}


async def all_reached(unit: UnitOfWork) -> Mapping[UUID, tuple[str, Contact]]:
    """Everybody who has an address and holds a mandate: the subject and the contact, by person."""
    c, p, m = t.contact, t.person, t.mandate
    holds = sa.exists().where(m.c.person_id == p.c.id)
    wanted = sa.select(c, p.c.subject).join(p, p.c.id == c.c.person_id).where(c.c.address.isnot(None), holds)
    return {row["person_id"]: (row["subject"], noun_of(Contact, row)) for row in await unit.all(wanted)}


async def refused(unit: UnitOfWork, contact: Contact, since: datetime | None) -> None:
    """Write down since when an address is refused (None: it is taken), where it is still the person's address."""
    c = t.contact
    changing = sa.update(c).where(c.c.id == contact.id, c.c.address == contact.address)
    was = c.c.refused_at.isnot(None) if since is None else c.c.refused_at.is_(None)
    await unit.run(changing.where(was).values(refused_at=since))
