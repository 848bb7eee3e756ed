"""Mail goes round after round beside the queue: notices become letters, letters go to the relay."""

import asyncio
import contextlib
import logging

from .office import Office
from .posting import MOST, post
from .sending import send_due

log = logging.getLogger(__name__)

_SLOWEST = 60.0  # seconds between rounds while the relay or the database is away


async def carry(office: Office) -> bool:
    """One round: write the letters of all notices that wait, and send what is due. False where the relay was away."""
    while await post(office) == MOST:
        pass
    return await send_due(office)


async def carry_until(office: Office, stop: asyncio.Event, every: float) -> None:
    """Round after round until `stop` is set, every so many seconds; ever more rarely while it does not succeed."""
    wait = every
    while not stop.is_set():
        try:
            wait = every if await carry(office) else min(wait * 2, _SLOWEST)
        except Exception as error:
            log.warning("A round of mail failed: %s", type(error).__name__)
            wait = min(wait * 2, _SLOWEST)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), wait)
