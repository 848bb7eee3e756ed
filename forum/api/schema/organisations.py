"""Organisations, and where they take part."""

from datetime import datetime

import strawberry

from ...domain.regions import regional_group
from ...reading import derived_mandates
from ...reading.declare import Connection, arg, col, lives, many, python, to_one
from ...reading.visibility import everybody, sees_why_seat_ended
from ...reading.visibility_invitations import in_state
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node
from .links import (
    ClearanceRuleLink,
    CorrectionLink,
    ForumLink,
    InvitationLink,
    MandateLink,
    OrganisationLink,
    ParticipationLink,
)
from .scalars import CountryCode
from .vocabularies import InvitationState, OrganisationKind, ParticipationStatus, RegionalGroup


@strawberry.type(description="A state, a city, a network, a federation, an agency.")
@lives(t.organisation, ("name", "id"), visible=everybody)
class Organisation(Node):
    name: str = col(description="Its name; of a state, the one the United Nations use.")
    short_name: str | None = col(description="A shorter name in use.")
    acts: list[ActAnswer] = acts_here("Organisation")
    kind: OrganisationKind = col(description="What sort of body it is.")
    country_code: CountryCode | None = col(description="Of a state, its code; of others, null.")
    regional_group: RegionalGroup | None = python(
        regional_group,
        needs=("country_code",),
        description="Of a Member State of the United Nations, the regional group it is elected by; of others, null.",
    )
    participations: Connection[ParticipationLink] = many(
        "organisation_id", description="Where it takes part, and took part."
    )
    mandates: Connection[MandateLink] = many(
        "organisation_id", description="Offices it holds or held, and who acts for it."
    )
    people: Connection[MandateLink] = many(
        on=derived_mandates.people_of,
        description="Who speaks for it and whom it lent to forums, with what waits; for its own side, else empty.",
    )
    invitations: Connection[InvitationLink] = many(
        "organisation_id",
        args={"state": arg(InvitationState | None, "Only in this state.", strawberry.UNSET)},
        narrow=in_state,
        description="Who is asked in to act for it, by its administrators or by forums: for the side that asked, else "
        "empty.",
    )
    corrections: Connection[CorrectionLink] = many(
        "organisation_id", description="Its former names: what was put right, in the order of time."
    )
    clearance_rules: Connection[ClearanceRuleLink] = many(
        "organisation_id",
        description="What it asks of its own people before anything goes out, the newest first; for its own side, else "
        "empty.",
    )


@strawberry.type(description="An organisation takes part in a forum, from an instant to an instant.")
@lives(t.participation, ("starts_at", "id"), visible=everybody)
class Participation(Node):
    forum: ForumLink | None = to_one("forum_id", description="The forum.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="The organisation.")
    status: ParticipationStatus = col(description="As what it takes part.")
    mechanisms: list[str] = col(description="Codes of the mechanisms it belongs to here: none, one or several.")
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")
    end_reason: str | None = col(
        when=sees_why_seat_ended,
        description="Why it ended, changed or is to; for the organisation's own side and the forum's team.",
    )
