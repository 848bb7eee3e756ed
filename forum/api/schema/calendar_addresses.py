"""At which address a person's own dates are read by calendar programs: each knows their own."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives
from ...reading.visibility_mail import sees_calendar_address
from ...store.tables import names as t
from .common import Node


@strawberry.type(
    description="That calendar programs read your own dates at an address. The address is shown when `renewCalendar` "
    "makes it, and nowhere else; nobody else knows that there is one."
)
@lives(t.calendar_address, ("id",), visible=sees_calendar_address)
class CalendarAddress(Node):
    since: datetime = col(description="From when the address counts that was made last.")
