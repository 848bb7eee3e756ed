"""Brings round a round of reminders at its instant."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def send_reminders(runner: Runner, reminder: UUID) -> timedelta | None:
    """Send the round if its instant has come; else how long to wait. Safe to run again, and by several at once."""
    return await _by_clock.nudge(runner, "send_reminders", reminder)
