"""Tells the other server processes what was spent here, and hears what was spent there: over the database they share.

NOTIFY, and no table: what is told is worth something for seconds, and nothing of it is to be kept. A process that
cannot reach the database goes on by what it knows itself.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

import asyncpg

log = logging.getLogger("forum.store")

CHANNEL = "forum_spent"
SECONDS = 1.0
_LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


async def share(
    url: str, messages: Callable[[], Iterable[str]], heard: Callable[[str], None], seconds: float = SECONDS
) -> None:
    """Until cancelled: hand to `heard` what the other processes send, and send what `messages` gives, every so many
    seconds."""
    while True:
        try:
            await _share(url, messages, heard, seconds)
        except _LOST as error:
            log.warning("spending is not shared for the moment: %s", type(error).__name__)
            await asyncio.sleep(seconds)


async def _share(url: str, messages: Callable[[], Iterable[str]], heard: Callable[[str], None], seconds: float) -> None:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        own = connection.get_server_pid()

        def others(_: Any, pid: int, __: str, message: str) -> None:
            if pid != own:
                heard(message)

        await connection.add_listener(CHANNEL, others)
        while not connection.is_closed():
            await asyncio.sleep(seconds)
            for message in messages():
                await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, message)
    finally:
        connection.terminate()
