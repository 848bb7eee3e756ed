"""Performs the scheduled acts whose instant has come, whether or not the queue holds a job for them.

The queue's timers run on real time; the sweep asks the one clock of the database, so it also catches a clock that was
shifted and a job that was lost. Several workers may sweep at once: the conditional UPDATE of each act lets exactly one
of them succeed.
"""

import asyncio
import contextlib
import logging

from ..actions.core.runner import Runner
from ..store import due
from ..store.unit import begin
from .scheduled import perform

log = logging.getLogger(__name__)

HELD_EVERY = 3  # a move that a gate holds back is tried in every third round: cheap, and nobody waits long
_QUIET = 64  # while every sweep fails: rounds without a line in the log, at most


async def sweep(runner: Runner, *, held: bool = True) -> int:
    """Perform all that is due now; gives how many acts were done. An act that fails is logged and does not hold up the
    others; it is still due at the next sweep. `held`: try also what a gate held back before."""
    async with begin(runner.engine) as unit:
        acts = await unit.ask(due.due_now(runner.processes))
    done = 0
    for act in acts:
        if act.held and not held:
            continue
        try:
            done += await perform(runner, act.act, act.about)
        except Exception as error:
            # The kind only: a database error's text may quote what somebody wrote.
            log.warning("%s of %s failed in a sweep: %s", act.act, act.about, type(error).__name__)
    return done


async def sweep_until(runner: Runner, stop: asyncio.Event, every: float) -> None:
    """Sweep every so many seconds until `stop` is set. A database that is away is asked again in the next round; the
    log mentions it ever more rarely, at last in one round of 64."""
    rounds = failed = 0
    while not stop.is_set():
        try:
            await sweep(runner, held=rounds % HELD_EVERY == 0)
            if failed:
                log.info("A sweep succeeded again after %d that failed.", failed)
            failed = 0
        except Exception as error:
            failed += 1
            if _is_logged(failed):
                log.warning("A sweep failed: %s (%d in a row)", type(error).__name__, failed)
        rounds += 1
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)


def _is_logged(failed: int) -> bool:
    """The first, the second, the fourth, the eighth ... then each 64th."""
    return failed % _QUIET == 0 or (failed < _QUIET and failed & (failed - 1) == 0)
