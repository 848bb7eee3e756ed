"""Brings round the end of an edition at its instant."""

from datetime import timedelta
from uuid import UUID

from ..actions.core.runner import Runner
from . import _by_clock


async def close_edition(runner: Runner, edition: UUID) -> timedelta | None:
    """Close the edition if its end has come; else how long to wait. Safe to run again, and by several at once."""
    return await _by_clock.nudge(runner, "close_edition", edition)
