"""Brings round the end of a silence procedure at its instant."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def close_silence(runner: Runner, silence: UUID) -> timedelta | None:
    """Close the silence if its time has run out; else how long to wait. Safe to run again, and by several at once."""
    return await _by_clock.nudge(runner, "close_silence", silence)
