"""How a person is reached: each sees their own."""

from datetime import datetime

import strawberry

from ...reading import derived
from ...reading.declare import col, listed, lives
from ...reading.visibility_mail import sees_contact
from ...store.tables import names as t
from .common import Node
from .links import ForumLink
from .vocabularies import Language, Pace


@strawberry.type(description="Where and how you are written to; nobody else reads it. `setContact` changes it.")
@lives(t.contact, ("id",), visible=sees_contact)
class Contact(Node):
    address: str | None = col(description="Your mail address; null: you get no mail.")
    language: Language = col(description="The language you are written to in.")
    zone: str = col(description="The zone of your days, beside the forum's.")
    pace: Pace = col(description="How often you are written to.")
    muted: list[ForumLink] = listed(
        on=lambda row, other, me: other.c.id == derived.any_of(row.c.muted),
        description="The forums of which you get no mail, but for receipts.",
    )
    refused_at: datetime | None = col(
        description="Since when the mail server refuses this address; null where it does not."
    )
