"""Idempotency: the same key and body is the same request, answered by the same things: a retry on a bad
line does nothing twice."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ..errors import KeyReused
from .carried import once
from .tables import schema as t
from .unit import UnitOfWork

_NOTHING_YET = ""


def _hash(person: UUID, act: str, key: UUID) -> bytes:
    return hashlib.sha256(f"{person} {act} {key}".encode()).digest()


async def take(unit: UnitOfWork, person: UUID, act: str, key: UUID, body_hash: bytes) -> dict[str, UUID] | None:
    """Take the key, or give the ids that came of the request that took it first. Waits for one still under way.

    Refuses (KeyReused) another body under the same key.
    """
    # The key salts the body's hash: the same words sent twice do not look alike.
    salted = hashlib.sha256(key.bytes + body_hash).digest()
    row = {"hash": _hash(person, act, key), "body_hash": salted, "outcome": _NOTHING_YET}
    if (await unit.run(_taking(), row)).rowcount:
        return None
    kept = await unit.row(t.request_key, hash=row["hash"])
    if kept is None or bytes(kept["body_hash"]) != salted:
        raise KeyReused(key=key).at_path("idempotencyKey")
    return {name: UUID(value) for name, value in orjson.loads(kept["outcome"]).items()}


async def keep(unit: UnitOfWork, person: UUID, act: str, key: UUID, ids: Mapping[str, UUID]) -> None:
    """Write down what came of the request, in its own transaction."""
    await unit.run(_keeping(), {"key": _hash(person, act, key), "ids": orjson.dumps(ids, default=str).decode()})


@once
def _taking() -> sa.Insert:
    row: dict[str, Any] = {name: sa.bindparam(name) for name in ("hash", "body_hash", "outcome")}
    return insert(t.request_key).values(**row, on_day=sa.func.current_date()).on_conflict_do_nothing()


@once
def _keeping() -> sa.Update:
    k = t.request_key
    return sa.update(k).where(k.c.hash == sa.bindparam("key")).values(outcome=sa.bindparam("ids"))
