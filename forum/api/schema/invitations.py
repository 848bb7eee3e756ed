"""Invitations, as the inviter's side reads them."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, sql, to_one
from ...reading.visibility_invitations import delivery_of_invitation, sees_invitation, state_of_invitation
from ...store.tables import names as t
from .common import Node
from .links import ForumLink, MandateLink, MechanismLink, OrganisationLink, PersonLink
from .refusals import ErrorCode
from .vocabularies import InvitationDelivery, InvitationState, Language, Role, RowOutcome


@strawberry.type(
    description="Somebody is asked in, to take a role. Read by the side that invited: the office of the forum, or the "
    "administrators of the organisation. Name and address are blanked 30 days after its end."
)
@lives(t.invitation, ("invited_at", "id"), visible=sees_invitation)
class Invitation(Node):
    address: str | None = col(description="The e-mail address it is for; null once it was blanked.")
    name: str | None = col(description="The person's name as the inviter wrote it; null once it was blanked.")
    organisation: OrganisationLink | None = to_one(
        "organisation_id", description="The organisation for which the person is to act."
    )
    forum: ForumLink | None = to_one("forum_id", description="The forum whose office invited; else null.")
    role: Role = col(description="The role that is offered.")
    mechanism: MechanismLink | None = to_one(
        on=lambda row, other: other.c.code == row.c.mechanism_code,
        description="The mechanism to be coordinated, of a coordinator.",
    )
    starts_at: datetime = col(description="From when the role is to be held.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")
    zone: str = col(description="The time zone in which its ends were named, as in `Europe/Zurich`.")
    language: Language = col(description="The language of its mail.")
    delivery: InvitationDelivery = sql(
        delivery_of_invitation, description="How it came to the person: by mail, and what became of that, or by hand."
    )
    invited_by: PersonLink | None = to_one("invited_by_id", description="Who invited.")
    invited_under: MandateLink | None = to_one("invited_under_id", description="Under which mandate.")
    invited_at: datetime = col(description="When.")
    open_until: datetime = col(description="The first instant at which its link opens nothing any more.")
    state: InvitationState = sql(state_of_invitation, description="How far it has got.")
    answered_at: datetime | None = col(description="When it was accepted, declined or taken back.")
    reason: str | None = col(description="Why it was taken back.")
    mandate: MandateLink | None = to_one("mandate_id", description="The mandate that came of it.")


@strawberry.type(description="Why one of many cannot be asked in: the refusal that the act would answer with.")
class RowError:
    code: ErrorCode = strawberry.field(description="The stable code.")
    message: str = strawberry.field(description="A sentence that says what to do.")
    path: list[str] = strawberry.field(description="The field of the input it hangs on, outermost first.")


@strawberry.type(description="One of many who are asked in at once (invitePeople), and what comes of it.")
class InvitedRow:
    row: int = strawberry.field(description="Its place in the list that was sent, counted from 0.")
    outcome: RowOutcome = strawberry.field(description="What comes of it, or would.")
    errors: list[RowError] = strawberry.field(description="Why it cannot be made, of a dry run; else empty.")
    invitation: strawberry.ID | None = strawberry.field(description="The invitation that was made, by its id.")
    open_until: datetime | None = strawberry.field(description="The first instant at which its link opens nothing.")
    link: str | None = strawberry.field(
        description="The signed link of the invitation that was made, to be handed to the person."
    )
