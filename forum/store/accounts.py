"""Accounts at identity providers: found, linked, ended; attempts to sign in; and what a provider ends.

What a browser or a provider brings about is one statement on a connection of the readers' pool, and commits by itself;
what the operator does goes through the runner.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.account import ATTEMPT_SECONDS, Account, Attempt, Proven
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh

LOGOUT_SECONDS = 900  # for so long a logout token is remembered: longer than one is taken

_KEEP = f"""
WITH forgotten AS (
  DELETE FROM sign_in_attempt WHERE began_at < clock_timestamp() - make_interval(secs => {ATTEMPT_SECONDS}))
INSERT INTO sign_in_attempt (id, state_hash, browser_hash, provider, nonce, verifier, invitation_id, began_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())
"""
_TAKE = f"""DELETE FROM sign_in_attempt WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3
AND began_at > clock_timestamp() - make_interval(secs => {ATTEMPT_SECONDS})
RETURNING provider, nonce, verifier, invitation_id, (SELECT open_until FROM invitation i WHERE i.id = invitation_id)"""
_FIND = """SELECT a.id, p.subject FROM account a JOIN person p ON p.id = a.person_id
WHERE a.issuer = $1 AND a.subject = $2 AND a.of_client = $3 AND a.ended_at IS NULL"""
_ONCE = f"""
WITH forgotten AS (
  DELETE FROM logout_token WHERE arrived_at < clock_timestamp() - make_interval(secs => {LOGOUT_SECONDS}))
INSERT INTO logout_token (id, issuer, jti, arrived_at) VALUES ($1, $2, $3, clock_timestamp())
ON CONFLICT DO NOTHING RETURNING id"""
_LOG_OUT = """UPDATE sign_in s SET ended_at = clock_timestamp() FROM account a
WHERE a.id = s.account_id AND a.issuer = $1 AND s.ended_at IS NULL
AND ($2::text IS NULL OR a.subject = $2) AND ($3::text IS NULL OR s.provider_session = $3) RETURNING s.id"""


async def keep_attempt(connection: Any, state_hash: bytes, browser_hash: bytes, attempt: Attempt) -> None:
    """Remember what a sign-in must come back with."""
    await connection.execute(
        _KEEP, fresh(), state_hash, browser_hash, attempt.provider, attempt.nonce, attempt.verifier,
        attempt.invitation_id,
    )  # fmt: skip


async def take_attempt(connection: Any, state_hash: bytes, browser_hash: bytes, provider: str) -> Attempt | None:
    """The attempt that this browser began with this provider, once; None where there is none, or not any more."""
    row = await connection.fetchrow(_TAKE, state_hash, browser_hash, provider)
    return None if row is None else Attempt(**row)


async def find(connection: Any, issuer: str, subject: str, *, of_client: bool = False) -> tuple[UUID, str] | None:
    """The account of this issuer and subject, and its person's subject here; None where nobody linked it. `of_client`:
    a program's, else a person's."""
    row = await connection.fetchrow(_FIND, issuer, subject, of_client)
    return None if row is None else (UUID(str(row["id"])), row["subject"])


async def log_out(connection: Any, issuer: str, jti: str, subject: str | None, session: str | None) -> int | None:
    """End what a provider says is over: the sign-ins of a subject, or of one session there; how many. None where this
    logout token was acted on before."""
    if await connection.fetchrow(_ONCE, fresh(), issuer, jti) is None:
        return None
    return len(await connection.fetch(_LOG_OUT, issuer, subject, session))


@write
async def link(unit: UnitOfWork, person: UUID, proven: Proven) -> tuple[Account | None, bool]:
    """Link an account to a person, unless it signs somebody in already: the link that stands then, and whether it is
    new. Waits for a rival's transaction."""
    now = await unit.scalar(sa.select(sa.func.clock_timestamp()))
    account = Account(id=fresh(), person_id=person, issuer=proven.issuer, subject=proven.subject, linked_at=now)
    if await unit.add_once(t.account, columns_of(account)):
        return account, True
    row = await unit.row(t.account, issuer=proven.issuer, subject=proven.subject, of_client=False, ended_at=None)
    return (None if row is None else noun_of(Account, row)), False


@need
async def proven_of(unit: UnitOfWork, person: UUID) -> frozenset[Proven]:
    """The accounts with which a person signs in; not those of programs that ask in their name."""
    a = t.account
    own = sa.and_(a.c.person_id == person, a.c.ended_at.is_(None), sa.not_(a.c.of_client))
    rows = await unit.all(sa.select(a.c.issuer, a.c.subject).where(own))
    return frozenset(Proven(row["issuer"], row["subject"]) for row in rows)


@need
async def linked(unit: UnitOfWork, subject: str | None) -> tuple[tuple[Account, str], ...]:
    """Accounts that are linked, each with its person's subject; of one person, or all."""
    a, p = t.account, t.person
    rows = sa.select(a, p.c.subject.label("person")).join(p, p.c.id == a.c.person_id).where(a.c.ended_at.is_(None))
    if subject is not None:
        rows = rows.where(p.c.subject == subject)
    found = await unit.all(rows.order_by(p.c.subject, a.c.issuer, a.c.id))
    return tuple((noun_of(Account, row), row["person"]) for row in found)
