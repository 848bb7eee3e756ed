"""Permits to hand in after the deadline."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_addressee
from ...store.tables import names as t
from .common import Node
from .links import CallLink, OrganisationLink


@strawberry.type(description="One organisation may hand in after the deadline; seen by it and the secretariat.")
@lives(t.late_permit, ("given_at", "id"), visible=sees_addressee)
class LatePermit(Node):
    call: CallLink | None = to_one("call_id", description="The call.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="Who may.")
    until: datetime = col(description="The first instant that is too late also for it.")
    reason: str = col(description="Why.")
    given_at: datetime = col(description="When it was given.")
