"""Two databases in which the same is done at the same instants with the same random draws, but for one secret.

Both are copies of one scene. The clock is a function of the test's own that stands before PostgreSQL's; ids, salts and
receipt numbers come from generators that begin anew with every act, so that whoever draws more tells nothing by it.
"""

import datetime as dt
import json
import random
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest

from forum.actions.contribution import freezing as inputs_frozen
from forum.actions.core.runner import Runner
from forum.actions.document import freezing as texts_frozen
from forum.domain.secret_link import Links
from forum.store import unit
from forum.store.processes import Processes
from tests.support.scene import Scene

SECRET = "for-tests-only-" + "s" * 32

FROZEN = """
CREATE SCHEMA frozen;
CREATE TABLE frozen.instant (at timestamptz NOT NULL);
INSERT INTO frozen.instant SELECT '{at}'::timestamptz;
CREATE FUNCTION frozen.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT at FROM frozen.instant';
GRANT USAGE ON SCHEMA frozen TO PUBLIC;
GRANT SELECT ON frozen.instant TO PUBLIC;
ALTER DATABASE "{name}" SET search_path = frozen, pg_catalog, public;
"""
# Written by the secret itself, or by nobody the contract knows: who stands there is what must not be told.
SECRET_TABLES = frozenset(("authorship", "request_key", "alembic_version"))


class Draws:
    """Random draws that are the same in every world: they begin anew with each act."""

    def __init__(self, at: dt.datetime) -> None:
        self.base = int(at.timestamp() * 1000)
        self.begin(0)

    def begin(self, act: int) -> None:
        """From here on the draws of this act."""
        self.act, self.drawn = act, 0
        self.random = random.Random(act)

    def ordered(self) -> uuid.UUID:
        """In place of uuid7: in order of time."""
        self.drawn += 1
        tail = self.random.getrandbits(62)
        return uuid.UUID(int=(self.base + self.act * 1000 + self.drawn) << 80 | 7 << 76 | 2 << 62 | tail)

    def octets(self, number: int) -> bytes:
        """In place of the system's random bytes."""
        return self.random.randbytes(number)


@contextmanager
def drawn(draws: Draws) -> Iterator[None]:
    """All that the service draws at random comes from `draws`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unit, "uuid_utils", SimpleNamespace(uuid7=draws.ordered))
        patch.setattr(unit, "os", SimpleNamespace(urandom=draws.octets))
        for module in (inputs_frozen, texts_frozen):
            patch.setattr(module, "secrets", SimpleNamespace(token_bytes=draws.octets))
        yield


@dataclass
class World:
    """One of the two. `do` is one act, a minute after the one before."""

    name: str
    s: Scene
    draws: Draws
    superuser_url: str
    acts: int = 0

    async def do(self, act: str, subject: str, /, **fields: Any) -> dict[str, uuid.UUID]:
        """Do an act; the ids that came of it."""
        return await self._act(lambda: self.s.do(act, subject, key=uuid.UUID(int=self.acts, version=4), **fields))

    async def by_clock(self, act: str, **fields: Any) -> bool:
        """Let the service do an act at its instant."""
        return await self._act(lambda: self.s.by_clock(act, **fields))

    async def unseen(self, act: str, subject: str, /, **fields: Any) -> None:
        """An act of the secret, which the other world has not: the minute passes there too (`skip`)."""
        await self.do(act, subject, **fields)

    async def skip(self, acts: int = 1) -> None:
        """Let so many acts pass in which nothing is done."""
        self.acts += acts

    async def _act(self, done: Callable[[], Awaitable[Any]]) -> Any:
        self.acts += 1
        self.draws.begin(self.acts)
        await self.execute("UPDATE frozen.instant SET at = $1", self.s.now + dt.timedelta(minutes=self.acts))
        return await done()

    async def execute(self, sql: str, *values: Any) -> None:
        connection = await asyncpg.connect(self.superuser_url)
        try:
            await connection.execute(sql, *values)
        finally:
            await connection.close()

    async def tables(self) -> dict[str, list[str]]:
        """Every row of every table but those that hold the secret; looked at as the superuser."""
        connection = await asyncpg.connect(self.superuser_url)
        try:
            names = await connection.fetch(
                "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            )
            known = sorted(r["name"] for r in names if not r["name"].startswith("pgqueuer"))
            return {
                name: sorted(
                    r["said"] for r in await connection.fetch(f'SELECT row_to_json(x)::text AS said FROM "{name}" x')
                )
                for name in known
                if name not in SECRET_TABLES
            }
        finally:
            await connection.close()


async def copied(base: Scene, url: str, superuser_url: str, name: str, administrator: Any) -> World:
    """A world on a copy of the scene's database, its clock standing at the scene's instant. Everybody was here before:
    that somebody comes for the first time their side sees, whatever they come for (`docs/personal_data.md`)."""
    connection = await asyncpg.connect(superuser_url)
    try:
        await connection.execute(FROZEN.format(at=base.now.isoformat(), name=name))
        await connection.execute("UPDATE person SET came_in = true")
    finally:
        await connection.close()
    engine = unit.make_engine(url, 4)
    s = replace(base, engine=engine, runner=Runner(engine, Processes(), Links(SECRET)))
    return World(name, s, Draws(base.now), superuser_url)


def same(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """Where two dumps differ: the table, and the rows that only one of them has."""
    found = []
    for name in sorted({*one, *other}):
        a, b = set(one.get(name, ())), set(other.get(name, ()))
        found += [f"{name}: {json.loads(row)}" for row in sorted(a ^ b)]
    return found
