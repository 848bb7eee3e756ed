"""How many connections one request holds at the same time, of the pools of reading and of writing together."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from forum import app
from forum.reading.run import create_pool
from forum.settings import Settings
from forum.store.transactions import Connection


class Held:
    """Notes what each task holds. Every request of a test runs in a task of its own."""

    def __init__(self) -> None:
        self._now: Counter[str] = Counter()
        self.taken = 0  # connections ever taken
        self.most = 0  # held by one request at once

    def take(self) -> str:
        task = asyncio.current_task()
        assert task is not None
        self._now[task.get_name()] += 1
        self.taken += 1
        self.most = max(self.most, self._now[task.get_name()])
        return task.get_name()

    def give_back(self, who: str) -> None:
        self._now[who] -= 1


class _Pool:
    """asyncpg's pool, with what is held noted."""

    def __init__(self, pool: Any, held: Held) -> None:
        self._pool, self._held = pool, held

    @asynccontextmanager
    async def acquire(self, timeout: float | None = None) -> AsyncIterator[Any]:  # noqa: ASYNC109 - asyncpg's own
        async with self._pool.acquire(timeout=timeout) as connection:
            who = self._held.take()
            try:
                yield connection
            finally:
                self._held.give_back(who)

    async def close(self) -> None:
        await self._pool.close()


@asynccontextmanager
async def counted(url: str, size: int, monkeypatch: Any) -> AsyncIterator[tuple[app.Parts, Held]]:
    """The service's parts over pools of this size, and what its requests hold of them."""
    held = Held()

    async def noted(url: str, size: int) -> Any:
        return _Pool(await create_pool(url, size), held)

    monkeypatch.setattr(app, "create_pool", noted)
    made = await app.parts(Settings(mode="test", secret="s" * 32, pool=size), url)
    connect = made.engine.connect

    @asynccontextmanager
    async def connected() -> AsyncIterator[Connection]:
        async with connect() as connection:
            who = held.take()
            try:
                yield connection
            finally:
                held.give_back(who)

    monkeypatch.setattr(made.engine, "connect", connected)
    try:
        yield made, held
    finally:
        await made.close()
