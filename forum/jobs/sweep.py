"""Does what the clock has to do, whether the queue remembered it or not.

The queue's timers are nudges on real time; this asks the one clock itself, so it also catches a shifted clock and a lost
job. Several workers may sweep at once: each deed's conditional UPDATE lets one of them win (`trust.md`, hard deadlines).
"""

import asyncio
import contextlib
import logging

from ..actions.core.runner import Runner
from ..store import due
from ..store.unit import begin
from . import _by_clock

log = logging.getLogger(__name__)

HELD_EVERY = 3  # a move that a gate holds back is tried in every third round: it hinders nobody, and nobody waits long
_QUIET = 64  # rounds without a word, at most, while every sweep fails


async def sweep(runner: Runner, *, held: bool = True) -> int:
    """Do all that is due now; how many deeds were done. One that fails is logged and does not hold up the others; it is
    still due at the next sweep. `held`: also what a gate held back before."""
    async with begin(runner.engine) as unit:
        found = await due.due_now(unit, runner.processes)
    done = 0
    for one in found:
        if one.held and not held:
            continue
        try:
            done += await _by_clock.do(runner, one.deed, one.about)
        except Exception as error:
            # The kind only: a database error's text may quote what somebody wrote.
            log.warning("%s of %s failed in a sweep: %s", one.deed, one.about, type(error).__name__)
    return done


async def sweep_until(runner: Runner, stop: asyncio.Event, every: float) -> None:
    """Sweep every so many seconds until told to stop. A database that is away is asked again the next time round; what is
    said of it grows rarer, from each round to one in 64."""
    rounds = failed = 0
    while not stop.is_set():
        try:
            await sweep(runner, held=rounds % HELD_EVERY == 0)
            if failed:
                log.info("A sweep succeeded again after %d that failed.", failed)
            failed = 0
        except Exception as error:
            failed += 1
            if _is_told(failed):
                log.warning("A sweep failed: %s (%d in a row)", type(error).__name__, failed)
        rounds += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)


def _is_told(failed: int) -> bool:
    """The first, the second, the fourth, the eighth ... then each 64th."""
    return failed % _QUIET == 0 or (failed < _QUIET and failed & (failed - 1) == 0)
