"""Mandates: an office that an organisation holds for a term, or a role in which a person acts."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, sql, to_one
from ...reading.visibility import sees_giving, sees_mandate
from ...reading.visibility_invitations import came_in, sees_coming_in
from ...store.tables import names as t
from .common import Node
from .links import EditionLink, ForumLink, MechanismLink, OrganisationLink, PersonLink, TrackLink
from .vocabularies import GivenBy, Office, Role


@strawberry.type(
    description="An organisation holds an office for a term, or a person acts in a role with a scope. Say under which "
    "one you act with `actingAs`. A role that speaks for an organisation is in force once that accepted it."
)
@lives(t.mandate, ("starts_at", "id"), visible=sees_mandate)
class Mandate(Node):
    office: Office | None = col(description="The office, where this is an organisation's term; else null.")
    role: Role | None = col(description="The role, where this is a person's; else null.")
    organisation: OrganisationLink | None = to_one(
        "organisation_id", description="Who holds the office or is acted for."
    )
    person: PersonLink | None = to_one("person_id", description="Who acts in the role.")
    forum: ForumLink | None = to_one("forum_id", description="The forum it is for.")
    edition: EditionLink | None = to_one("edition_id", description="The edition it is bound to, where it is.")
    track: TrackLink | None = to_one("track_id", description="The track it is bound to, where it is.")
    mechanism: MechanismLink | None = to_one(
        on=lambda row, other: other.c.code == row.c.mechanism_code,
        description="The mechanism coordinated, of a coordinator.",
    )
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")
    zone: str = col(description="The time zone in which its ends were named, as in `Europe/Zurich`.")
    given_by: GivenBy | None = col(when=sees_giving, description="Whose word it rests on; for those it concerns.")
    given_by_forum: ForumLink | None = to_one(
        "given_by_forum_id", when=sees_giving, description="The forum that gave or proposed it; for those it concerns."
    )
    proposed_at: datetime | None = col(when=sees_giving, description="When it was proposed; for those it concerns.")
    accepted_at: datetime | None = col(
        when=sees_giving, description="Since when it is agreed; null while it waits. For those it concerns."
    )
    came_in: bool | None = sql(
        came_in,
        when=sees_coming_in,
        description="Whether its person ever signed in here or used a token, as whoever they are here; null of an "
        "office. For the office of the forum that gave it and the organisation's administrators, else null.",
    )
    declined_at: datetime | None = col(description="When it was declined; only those it concerns see one that was.")
    end_reason: str | None = col(
        when=sees_giving, description="Why it was declined, ended or is to end; for those it concerns."
    )
