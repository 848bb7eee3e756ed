"""Brings round the closing of a call at its deadline."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def close_call(runner: Runner, call: UUID) -> timedelta | None:
    """Close the call if its deadline has come; else how long to wait. Safe to run again, and by several at once."""
    return await _by_clock.nudge(runner, "close_call", call)
