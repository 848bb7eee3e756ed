"""Organisations, and where they take part."""

import enum
from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, lives, many, one
from ...reading.visibility import everybody
from ...store.tables import schema as t
from .common import Node, value
from .links import ForumLink, MandateLink, OrganisationLink, ParticipationLink
from .scalars import CountryCode


@strawberry.enum(description="What sort of body an organisation is.")
class OrganisationKind(enum.Enum):
    STATE = value("state", "A state.")
    LOCAL_AUTHORITY = value("local_authority", "A city or another local or regional authority.")
    CIVIL_SOCIETY = value("civil_society", "A civil society organisation or network.")
    BUSINESS = value("business", "A company, an employers' federation or a chamber.")
    AGENCY = value("agency", "An intergovernmental organisation or agency.")
    ACADEMIA = value("academia", "A university or research body.")
    OTHER = value("other", "None of these.")


@strawberry.enum(description="As what an organisation takes part in a forum.")
class ParticipationStatus(enum.Enum):
    MEMBER = value("member", "A member.")
    OBSERVER = value("observer", "An observer.")
    PARTICIPANT = value("participant", "A participant.")


@strawberry.type(description="A state, a city, a network, a federation, an agency.")
@lives(t.organisation, ("name", "id"), visible=everybody)
class Organisation(Node):
    name: str = col(description="Its name; of a state, the one the United Nations use.")
    short_name: str | None = col(description="A shorter name in use.")
    kind: OrganisationKind = col(description="What sort of body it is.")
    country_code: CountryCode | None = col(description="Of a state, its code; of others, null.")
    participations: Connection[ParticipationLink] = many(
        "organisation_id", description="Where it takes part, and took part."
    )
    mandates: Connection[MandateLink] = many(
        "organisation_id", description="Offices it holds or held, and who acts for it."
    )


@strawberry.type(description="An organisation takes part in a forum, from an instant to an instant.")
@lives(t.participation, ("starts_at", "id"), visible=everybody)
class Participation(Node):
    forum: ForumLink | None = one("forum_id", description="The forum.")
    organisation: OrganisationLink | None = one("organisation_id", description="The organisation.")
    status: ParticipationStatus = col(description="As what it takes part.")
    mechanisms: list[str] = col(description="Codes of the mechanisms it belongs to here: none, one or several.")
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")
