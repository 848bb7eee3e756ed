"""Terms of reference: what a body is for and may do, from a date on."""

from datetime import date, datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .common import Node
from .links import ForumLink
from .vocabularies import Power


@strawberry.type(
    description="What a body is for and may do, from a date on. The newest in force count; the others stay."
)
@lives(t.terms_of_reference, ("starts_at", "id"), visible=everybody)
class TermsOfReference(Node):
    forum: ForumLink | None = to_one("forum_id", description="The body.")
    text: str = col(description="What it is for, CommonMark.")
    power: Power = col(description="What it can do for its parent.")
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, not included; null while no end is set.")
    reason: str | None = col(description="Why they were changed; null for those it was set up with.")
    decided_on: date | None = col(description="The day on which that was decided.")
