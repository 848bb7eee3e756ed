"""The rounds of reminders of a call, planned as its process says: when it is issued, and anew when its deadline moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...domain import reminders as rules
from ...store import reminders
from ...store.unit import UnitOfWork
from ...workflow.process import Process, Track
from ..core.act import Job


async def plan(
    unit: UnitOfWork, process: Process, track: Track | None, call: Mapping[str, Any], now: datetime
) -> tuple[Job, ...]:
    """The call's rounds from now on, with the jobs that bring them round. None on a voluntary track, none for a call
    whose reminders are switched off; rounds that were planned and hold no more are dropped."""
    wanted = call.get("reminders", True) and not (track is not None and track.voluntary)
    days = process.reminders.days if wanted and process.reminders.through else ()
    dues = rules.rounds(call["opens_at"], call["closes_at"], call["zone"], days, now)
    new = await reminders.plan(unit, call["id"], dues)
    return tuple(Job("send_reminders", row["id"], row["due_at"]) for row in new)
