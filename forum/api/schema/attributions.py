"""Under whose name a text stands, and, for its author's own side, who really wrote it."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_authorship
from ...store.tables import names as t
from .links import ForumLink, MandateLink, MechanismLink, OrganisationLink, PersonLink
from .vocabularies import AttributionKind, AuthorKind


@strawberry.type(description="Under whose name a text stands. Of what is not attributed, the label is all there is.")
class Attribution:
    kind: AttributionKind = col("attribution", description="Under what sort of name.")
    label: str = col(description="The exact words a reader sees for the author.")
    organisation: OrganisationLink | None = to_one(
        "named_organisation_id", description="The organisation, where it is named."
    )
    mechanism: MechanismLink | None = to_one(
        on=lambda row, other: other.c.code == row.c.named_mechanism, description="The mechanism, where it is named."
    )


@strawberry.type(description="Who really wrote a contribution or comment: told to the author's own side only.")
@lives(t.authorship, ("subject_id",), visible=sees_authorship)
class Authorship:
    kind: AuthorKind | None = col("author_kind", description="What sort of author.")
    organisation: OrganisationLink | None = to_one("organisation_id", description="The organisation.")
    mechanism: MechanismLink | None = to_one(
        on=lambda row, other: other.c.code == row.c.mechanism_code, description="The mechanism."
    )
    forum: ForumLink | None = to_one("forum_id", description="The forum.")
    person: PersonLink | None = to_one("person_id", description="Who entered it.")
    mandate: MandateLink | None = to_one("mandate_id", description="Under which mandate.")
    released_by: PersonLink | None = to_one("released_by_id", description="Who released it.")
    written_at: datetime = col(description="When it was begun.")
    submitted_at: datetime | None = col(description="When it was handed in.")
