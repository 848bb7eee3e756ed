"""Applications for admission, as the applicant and the registrar read them."""

from datetime import datetime

import strawberry

from ...reading.declare import Connection, col, lives, many, to_one
from ...reading.derived import twins_of
from ...reading.visibility import sees_application
from ...store.tables import names as t
from .common import Node
from .links import ForumLink, OrganisationLink, PersonLink
from .scalars import CountryCode
from .vocabularies import ApplicationState, OrganisationKind


@strawberry.type(
    description="Somebody asks that their organisation be admitted to this service. Read by the person who applied and "
    "by the office of the forum that was asked, by nobody else."
)
@lives(t.application, ("made_at", "id"), visible=sees_application)
class Application(Node):
    forum: ForumLink | None = to_one("forum_id", description="The forum that was asked.")
    person: PersonLink | None = to_one("person_id", description="Who applied, and is to administer the organisation.")
    name: str = col(description="The organisation's full name.")
    short_name: str | None = col(description="Its acronym, or a shorter name in use.")
    kind: OrganisationKind = col(description="What sort of body it is.")
    country_code: CountryCode | None = col(description="Of a state, its code.")
    about: str = col(description="What it says of itself.")
    state: ApplicationState = col(description="How far it has got.")
    made_at: datetime = col(description="When it was made.")
    answered_at: datetime | None = col(description="When it was answered, or taken back.")
    reason: str | None = col(description="Why it was declined, or taken back.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="The organisation that was admitted.")
    twins: Connection[OrganisationLink] = many(
        on=twins_of,
        description="Organisations here that share a name or an acronym with it, or are the state of its country.",
    )
