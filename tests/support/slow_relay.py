"""A relay that takes its time over each letter, as a process of its own: `python -m tests.support.slow_relay 0.05`.

It prints the port on loopback that it listens at, and ends with its input.
"""

import asyncio
import sys
from typing import Any

from aiosmtpd.smtp import SMTP


class Slow:
    """Takes every letter, after so many seconds, and keeps none."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await asyncio.sleep(self.seconds)
        return "250 OK"


async def listen(seconds: float) -> None:
    """Until the input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Slow(seconds)), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(listen(float(sys.argv[1])))
