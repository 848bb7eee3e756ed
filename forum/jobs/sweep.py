"""Does what the clock has to do, whether the queue remembered it or not.

The queue's timers are nudges on real time; this asks the one clock itself, so it also catches a shifted clock and a lost
job. Several workers may sweep at once: each deed's conditional UPDATE lets one of them win (`trust.md`, hard deadlines).
"""

import asyncio
import contextlib
import logging

from ..actions.runner import Runner
from ..store import due
from ..store.unit import begin
from . import _by_clock

log = logging.getLogger(__name__)


async def sweep(runner: Runner) -> int:
    """Do all that is due now; how many deeds were done. One that fails is logged and does not hold up the others; it is
    still due at the next sweep."""
    async with begin(runner.engine) as unit:
        found = await due.due_now(unit)
    done = 0
    for one in found:
        try:
            done += await _by_clock.do(runner, one.deed, one.about)
        except Exception as error:
            # The kind only: a database error's text may quote what somebody wrote.
            log.warning("%s of %s failed in a sweep: %s", one.deed, one.about, type(error).__name__)
    return done


async def sweep_until(runner: Runner, stop: asyncio.Event, every: float) -> None:
    """Sweep every so many seconds until told to stop. A database that is away is asked again the next time round."""
    while not stop.is_set():
        try:
            await sweep(runner)
        except Exception as error:
            log.warning("A sweep failed: %s", type(error).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
