"""Brings round the opening of a call at its instant."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def open_call(runner: Runner, call: UUID) -> timedelta | None:
    """Open the call if its instant has come; else how long to wait. Safe to run again, and by several at once."""
    return await _by_clock.nudge(runner, "open_call", call)
