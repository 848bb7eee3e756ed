"""The addresses of people's own calendars: renewed, ended, and found by what a program sends."""

from secrets import token_bytes
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.calendar_address import OCTETS, CalendarAddress
from .nouns import columns_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork


@need
async def new_secret(_: UnitOfWork) -> bytes:
    """A secret that nobody had before."""
    return token_bytes(OCTETS)


@write
async def renew(unit: UnitOfWork, address: CalendarAddress) -> UUID:
    """Write down a person's address in place of the one before, which opens nothing any more. Its id, which stays."""
    if await unit.add_once(t.calendar_address, columns_of(address)):
        return address.id
    a = t.calendar_address
    changing = sa.update(a).where(a.c.person_id == address.person_id).values(hash=address.hash, since=address.since)
    standing: UUID = (await unit.run(changing.returning(a.c.id))).only()[0]
    return standing


async def reader_of(connection: Any, hash_: bytes) -> str | None:
    """The subject whose address has a secret of this hash, over a raw asyncpg connection; None where none has."""
    found: str | None = await connection.fetchval(
        "SELECT p.subject FROM calendar_address a JOIN person p ON p.id = a.person_id WHERE a.hash = $1", hash_
    )
    return found
