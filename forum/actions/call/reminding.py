"""The rounds of reminders of a call, planned as its process says: when it is issued, and anew when its deadline
moves."""

from datetime import datetime

from ...domain import reminders as rules
from ...domain.call import Call
from ...store import reminders
from ...store.steps import Store
from ...workflow.process import Process, Track
from ..core.act import Job


async def plan(store: Store, process: Process, track: Track | None, call: Call, now: datetime) -> tuple[Job, ...]:
    """Plan the call's rounds from now on; the jobs that send them.

    None on a voluntary track, none for a call whose reminders are switched off; rounds that were planned and hold no
    more are dropped.
    """
    wanted = call.reminders and not (track is not None and track.voluntary)
    days = process.reminders.days if wanted and process.reminders.through else ()
    dues = rules.rounds(call.opens_at, call.closes_at, call.zone, days, now)
    planned = await store.write(reminders.plan(call.id, dues))
    return tuple(Job("send_reminders", reminder.id, reminder.due_at) for reminder in planned)
