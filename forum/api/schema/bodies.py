"""Who takes part: mechanisms, organisations, people, participations and mandates."""

import enum
from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, lives, many, one
from ...reading.visibility import everybody, sees_mandate, sees_person
from ...store.tables import schema as t
from .common import Node, value
from .links import (
    EditionLink,
    ForumLink,
    MandateLink,
    MechanismLink,
    OrganisationLink,
    ParticipationLink,
    PersonLink,
    TrackLink,
)
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


@strawberry.enum(description="What an organisation holds for a term.")
class Office(enum.Enum):
    CHAIR = value("chair", "The chair.")
    CO_CHAIR = value("co_chair", "One of several chairs.")
    MEMBER = value("member", "A seat in the body.")


@strawberry.enum(description="What a person does for an organisation or a forum.")
class Role(enum.Enum):
    SECRETARIAT = value("secretariat", "Runs the edition for the chair.")
    PENHOLDER = value("penholder", "Writes the text.")
    COORDINATOR = value("coordinator", "Coordinates a mechanism and releases what it decided together.")
    NATIONAL_FOCAL_POINT = value("national_focal_point", "Speaks for a state and releases its inputs.")
    DELEGATE = value("delegate", "Belongs to a delegation.")
    REPRESENTATIVE = value("representative", "Speaks for an organisation.")
    RESOURCE_PERSON = value("resource_person", "Advises on a theme.")
    NOTE_TAKER = value("note_taker", "Keeps the record of a meeting.")
    MODERATOR = value("moderator", "Leads a session or panel.")
    LIAISON = value("liaison", "Delivers texts to bodies outside and reports what became of them.")


@strawberry.type(
    description="One of the groups that take part as such: states, civil society, business, mayors, youth."
)
@lives(t.mechanism, ("code", "id"), visible=everybody)
class Mechanism(Node):
    code: str = col(description="Its short name, as in `civil_society`.")
    name: str = col(description="Its name.")
    forum: ForumLink | None = one("forum_id", description="The body it has of its own, with its own meetings.")


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


@strawberry.type(description="A person, as those who signed in see one another.")
@lives(t.person, ("id",), visible=sees_person)
class Person(Node):
    name: str = col(description="The person's name.")
    mandates: Connection[MandateLink] = many("person_id", description="What the person does or did, and for whom.")


@strawberry.type(description="An organisation takes part in a forum, from an instant to an instant.")
@lives(t.participation, ("starts_at", "id"), visible=everybody)
class Participation(Node):
    forum: ForumLink | None = one("forum_id", description="The forum.")
    organisation: OrganisationLink | None = one("organisation_id", description="The organisation.")
    status: ParticipationStatus = col(description="As what it takes part.")
    mechanisms: list[str] = col(description="Codes of the mechanisms it belongs to here: none, one or several.")
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, that instant not included; null while no end is set.")


@strawberry.type(
    description="An organisation holds an office for a term, or a person acts in a role with a scope. Say under which one "
    "you act with `actingAs`."
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
