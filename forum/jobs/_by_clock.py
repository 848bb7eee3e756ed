"""How a job nudges a deed of the clock: the deed asks the clock itself, the job only brings it round at the instant."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.catalogue import CATALOGUE
from ..actions.core.runner import Runner
from ..store import due
from ..store.unit import begin


async def do(runner: Runner, name: str, about: UUID) -> bool:
    """Do the deed by the clock; False where it is done already or not due."""
    command = CATALOGUE[name].command
    return await runner.by_clock(CATALOGUE[name], command(**{command.on[1]: about}))


async def nudge(runner: Runner, name: str, about: UUID) -> timedelta | None:
    """Do the deed; None when there is nothing left to do, else how long to wait before the next nudge.

    A job may come a little early: the queue counts from the start of the transaction that put it there, the deed's
    instant from the one clock. Nothing is ever done early, it is tried again.
    """
    if await do(runner, name, about):
        return None
    async with begin(runner.engine) as unit:
        return await due.remaining(unit, name, about)
