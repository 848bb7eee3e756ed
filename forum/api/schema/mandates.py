"""Mandates: an office that an organisation holds for a term, or a role in which a person acts."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, one
from ...reading.visibility import sees_mandate
from ...store.tables import names as t
from .common import Node
from .links import EditionLink, ForumLink, MechanismLink, OrganisationLink, PersonLink, TrackLink
from .vocabularies import Office, Role


@strawberry.type(
    description="An organisation holds an office for a term, or a person acts in a role with a scope. Say under which "
    "one you act with `actingAs`."
)
@lives(t.mandate, ("starts_at", "id"), visible=sees_mandate)
class Mandate(Node):
    office: Office | None = col(description="The office, where this is an organisation's term; else null.")
    role: Role | None = col(description="The role, where this is a person's; else null.")
    organisation: OrganisationLink | None = one("organisation_id", description="Who holds the office or is acted for.")
    person: PersonLink | None = one("person_id", description="Who acts in the role.")
    forum: ForumLink | None = one("forum_id", description="The forum it is for.")
    edition: EditionLink | None = one("edition_id", description="The edition it is bound to, where it is.")
    track: TrackLink | None = one("track_id", description="The track it is bound to, where it is.")
    mechanism: MechanismLink | None = one(
        on=lambda row, other: other.c.code == row.c.mechanism_code,
        description="The mechanism coordinated, of a coordinator.",
    )
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")
    zone: str = col(description="The time zone in which its ends were named, as in `Europe/Zurich`.")
