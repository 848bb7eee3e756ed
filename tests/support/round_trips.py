"""What goes over the write side's connections: each statement, BEGIN and COMMIT included, in its order."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest

from forum.store.transactions import Connection, Engine

SENT = frozenset(("execute", "executemany", "fetch", "fetchrow", "fetchval", "prepare"))


class _Noted:
    """asyncpg's connection, with what is sent noted. What is prepared is sent once: text and parameters together."""

    def __init__(self, raw: Any, sent: list[str]) -> None:
        self._raw, self._sent = raw, sent

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._raw, name)
        if name not in SENT:
            return found

        def noted(sql: str, *more: Any, **named: Any) -> Any:
            self._sent.append(sql)
            return found(sql, *more, **named)

        return noted


@contextmanager
def round_trips(engine: Engine) -> Iterator[list[str]]:
    """The statements that this engine's transactions send meanwhile."""
    sent: list[str] = []
    connect = engine.connect

    @asynccontextmanager
    async def connected() -> AsyncIterator[Connection]:
        sent.append("BEGIN")
        async with connect() as connection:
            connection.raw = _Noted(connection.raw, sent)
            yield connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "connect", connected)
        yield sent
