"""Reminders of a call, in rounds."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_reminder
from ...store.tables import names as t
from .common import Node
from .links import CallLink
from .vocabularies import ReminderState


@strawberry.type(
    description="A round of reminders of a call, through the focal points and coordinators of addressees whose answer "
    "is none yet. An input shared without attribution changes no answer, so it changes nothing here either."
)
@lives(t.reminder, ("due_at", "id"), visible=sees_reminder)
class Reminder(Node):
    call: CallLink | None = to_one("call_id", description="The call.")
    due_at: datetime = col(description="When it goes out.")
    state: ReminderState = col(description="How it stands.")
    sent_to: int | None = col(description="How many people it went to; null while it has not gone out.")
