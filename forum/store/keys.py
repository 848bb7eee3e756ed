"""Idempotency: the same key and body is the same request, answered by the same things (`api.md`, retry on bad lines)."""

from collections.abc import Mapping
from uuid import UUID

import orjson
import sqlalchemy as sa

from ..errors import KeyReused
from . import tables as t
from .unit import Unit

_NOTHING_YET = ""


async def take(unit: Unit, person: UUID, act: str, key: UUID, body_hash: bytes) -> dict[str, UUID] | None:
    """Take the key, or give the ids that came of the request that took it first. Waits for one still under way.

    Refuses (KeyReused) another body under the same key.
    """
    row = {"person_id": person, "act": act, "key": key, "body_hash": body_hash, "outcome": _NOTHING_YET}
    if await unit.add_once(t.request_key, {**row, "at": sa.func.clock_timestamp()}):
        return None
    kept = await unit.row(t.request_key, person_id=person, act=act, key=key)
    if kept is None or bytes(kept["body_hash"]) != body_hash:
        raise KeyReused(key=key).at("idempotencyKey")
    return {name: UUID(value) for name, value in orjson.loads(kept["outcome"]).items()}


async def keep(unit: Unit, person: UUID, act: str, key: UUID, ids: Mapping[str, UUID]) -> None:
    """Write down what came of the request, in its own transaction."""
    k = t.request_key.c
    mine = sa.and_(k.person_id == person, k.act == act, k.key == key)
    # default=str: ids read by asyncpg are of its own class.
    await unit.run(sa.update(t.request_key).where(mine).values(outcome=orjson.dumps(ids, default=str).decode()))
