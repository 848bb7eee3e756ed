"""Brings round the move of a track when its stage, a call or a consultation ends."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def turn_stage(runner: Runner, track: UUID) -> timedelta | None:
    """Move the track if an instant has come; else how long to the next. Safe to run again, and by several at once. A move
    that a gate holds back is not this job's: the sweep asks again."""
    return await _by_clock.nudge(runner, "turn_stage", track)
