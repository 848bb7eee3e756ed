"""The acts that are scheduled for an instant, and the entry point in the queue that tries each of them.

The act itself asks the one clock whether its instant has come; a job only tries it at the right time. So every entry
point is safe to run early, again, and by several workers at once.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from ..actions.core.catalogue import CATALOGUE
from ..actions.core.runner import Runner
from ..store import due
from ..store.unit import begin

# Takes the runner and the id of what the act is on; None when nothing is left to do, else how long to wait before the
# next try.
EntryPoint = Callable[[Runner, UUID], Awaitable[timedelta | None]]

SCHEDULED = (
    "open_call",
    "close_call",
    "close_silence",
    "remind_members",
    "turn_stage",  # a move that a gate holds back waits for no instant: the sweep tries it again
    "close_invitation",
    "close_edition",
    "send_reminders",
)


async def perform(runner: Runner, name: str, about: UUID) -> bool:
    """Perform the act of this name on the thing with the id `about`; False where it was done before or is not due."""
    act = CATALOGUE[name]
    _, field = act.command.on
    return await runner.by_clock(act, act.command(**{field: about}))


def _entry_point(name: str) -> EntryPoint:
    async def entry_point(runner: Runner, about: UUID) -> timedelta | None:
        # A job may come a little early: the queue counts from the start of the transaction that put it there, the act
        # by the one clock. Nothing is done early, it is tried again.
        if await perform(runner, name, about):
            return None
        async with begin(runner.engine) as unit:
            return await unit.ask(due.remaining(name, about))

    return entry_point


# By the name under which jobs stand in the queue, which is the act's.
JOBS: Mapping[str, EntryPoint] = MappingProxyType({name: _entry_point(name) for name in SCHEDULED})
