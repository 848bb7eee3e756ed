"""Sign-ins of browsers: begun, found by the hash of their secret, ended.

What a browser brings about is one statement on a connection of the readers' pool, and commits by itself: to sign in and
out is no act of a process. What a person ends in a list of theirs is (`end_sign_in`).
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.sign_in import KEPT_DAYS, MOST
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

_STANDS = """s.ended_at IS NULL AND s.ends_at > clock_timestamp()
  AND s.last_used_at + make_interval(secs => s.idle_seconds) > clock_timestamp()"""
_BEGIN = f"""
WITH mine AS (SELECT id FROM person WHERE subject = $1),
replaced AS (UPDATE sign_in SET ended_at = clock_timestamp() WHERE secret_hash = $8 AND ended_at IS NULL),
oldest AS (UPDATE sign_in SET ended_at = clock_timestamp() WHERE id IN (
  SELECT s.id FROM sign_in s, mine WHERE s.person_id = mine.id AND s.ended_at IS NULL AND s.ends_at > clock_timestamp()
    AND s.secret_hash IS DISTINCT FROM $8 ORDER BY s.began_at DESC OFFSET {MOST - 1})),
forgotten AS (DELETE FROM sign_in s USING mine WHERE s.person_id = mine.id
  AND coalesce(s.ended_at, s.ends_at) < clock_timestamp() - make_interval(days => {KEPT_DAYS}))
INSERT INTO sign_in 
  (id, person_id, secret_hash, issuer, client, began_at, last_used_at, ends_at, idle_seconds, account_id,
  provider_session)
SELECT $2, mine.id, $3, $4, $5, at, at, at + make_interval(secs => $6), $7, $9, $10 FROM mine, clock_timestamp() AS at
RETURNING id
"""
_FIND = f"""SELECT s.id, p.subject FROM sign_in s JOIN person p ON p.id = s.person_id
WHERE s.secret_hash = $1 AND {_STANDS}"""
_END = """UPDATE sign_in s SET ended_at = clock_timestamp() FROM person p
WHERE p.id = s.person_id AND p.subject = $1 AND s.ended_at IS NULL AND ($2::uuid IS NULL OR s.id = $2) RETURNING s.id"""


async def begin(
    connection: Any,
    subject: str,
    id_: UUID,
    secret_hash: bytes,
    *,
    issuer: str,
    client: str,
    longest: int,
    idle: int,
    replaces: bytes | None,
    account: UUID | None = None,
    provider_session: str | None = None,
) -> bool:
    """A new sign-in of a person, for `longest` seconds at most and `idle` without use; the one whose secret has the
    hash `replaces` ends, as does the person's oldest beyond `MOST`. `account`: at the provider that answered for the
    person, with its session there. False where the subject is nobody here."""
    row = await connection.fetchrow(
        _BEGIN, subject, id_, secret_hash, issuer, client, float(longest), idle, replaces, account, provider_session
    )
    return row is not None


async def find(connection: Any, secret_hash: bytes) -> tuple[UUID, str] | None:
    """The sign-in of this secret's hash and its person's subject, while it stands by its own limits."""
    row = await connection.fetchrow(_FIND, secret_hash)
    return None if row is None else (UUID(str(row["id"])), row["subject"])


async def end(connection: Any, subject: str, sign_in: UUID | None = None) -> tuple[UUID, ...]:
    """End one sign-in of a person, or all; which of them did not have an end yet."""
    return tuple(UUID(str(row["id"])) for row in await connection.fetch(_END, subject, sign_in))


@need
async def standing(unit: UnitOfWork, person: UUID) -> frozenset[UUID]:
    """A person's sign-ins that stand by their own limits."""
    s = t.sign_in.alias("s")
    found = await unit.all(sa.select(s.c.id).where(s.c.person_id == person, sa.text(_STANDS)))
    return frozenset(row["id"] for row in found)


@write
async def end_now(unit: UnitOfWork, *sign_ins: UUID) -> None:
    """End these."""
    s = t.sign_in
    await unit.run(sa.update(s).where(s.c.id.in_(sign_ins)).values(ended_at=sa.func.clock_timestamp()))
