"""Waits for a database that is away: it restarts in seconds, and what was being done must not fail for good by that."""

import asyncio
import contextlib

import asyncpg

PAUSE = 0.1  # seconds between two tries: a restarted server is found at once, one that is away is not hammered


async def until_answers(url: str, stop: asyncio.Event) -> bool:
    """Wait until the database answers a question on a connection of its own; False where `stop` was set first."""
    while not stop.is_set():
        with contextlib.suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            connection = await asyncpg.connect(url, timeout=5, command_timeout=5)
            try:
                await connection.fetchval("SELECT 1")
                return True
            finally:
                connection.terminate()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), PAUSE)
    return False
