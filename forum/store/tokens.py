"""Tokens of the service: listed, and revoked. Their times are real time, as those of the signed string are; never the
shifted clock's."""

from uuid import UUID

import sqlalchemy as sa

from ..domain.token import FIRST_LIFE, Token, TokenIssuer
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh


@need
async def listed(unit: UnitOfWork, subject: str | None, *, ended: bool) -> tuple[Token, ...]:
    """The tokens of one subject, or of all; `ended`: also those that were revoked or have expired."""
    k = t.token
    rows = sa.select(k).order_by(k.c.subject, k.c.issued_at, k.c.id)
    if subject is not None:
        rows = rows.where(k.c.subject == subject)
    if not ended:
        rows = rows.where(_good(k))
    return tuple(noun_of(Token, row) for row in await unit.all(rows))


@write
async def first_of(unit: UnitOfWork, subject: str, purpose: str) -> Token:
    """Put a first token of who came in by an invitation on the list, and give it as it is to be signed."""
    now = (await unit.scalar(sa.select(sa.func.clock_timestamp()))).replace(microsecond=0)
    token = Token(
        id=fresh(), subject=subject, purpose=purpose, issued_by=TokenIssuer.INVITATION, issued_at=now,
        expires_at=now + FIRST_LIFE,
    )  # fmt: skip
    await unit.add(t.token, columns_of(token))
    return token


@need
async def is_of(unit: UnitOfWork, token: UUID, person: UUID) -> bool:
    """Whether a token is this person's."""
    k, p = t.token, t.person
    found = await unit.scalar(
        sa.select(sa.exists().where(k.c.id == token, p.c.id == person, p.c.subject == k.c.subject))
    )
    return bool(found)


@write
async def revoke(unit: UnitOfWork, *tokens: UUID) -> tuple[UUID, ...]:
    """Revoke these, now; which of them were good until then."""
    k = t.token
    ending = sa.update(k).where(k.c.id.in_(tokens), _good(k)).values(revoked_at=sa.func.clock_timestamp())
    return tuple((await unit.run(ending.returning(k.c.id))).scalars())


def _good(k: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(k.c.revoked_at.is_(None), k.c.expires_at > sa.func.clock_timestamp())
