"""Agreements: that one body is named by another, or has its texts."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_agreement, sees_dealing
from ...store.tables import names as t
from .common import Node
from .links import ForumLink, PersonLink
from .vocabularies import AgreementBasis, AgreementPurpose, AgreementState


@strawberry.type(
    description="A body agrees that another forum uses its name or sends it texts. Without one that is in force the "
    "other forum may not, unless it set the body up itself. What was agreed is public; what waits or was declined is "
    "for the teams of the two."
)
@lives(t.agreement, ("-proposed_at", "id"), visible=sees_agreement)
class Agreement(Node):
    asking: ForumLink | None = to_one("asking_id", description="The forum that asked: the one that names the other.")
    named: ForumLink | None = to_one("named_id", description="The body that is asked to agree.")
    purpose: AgreementPurpose = col(description="What it is to agree to.")
    edition_name: str | None = col(
        description="The one edition of the asking forum for which it holds, by name; null: it is standing."
    )
    track_name: str | None = col(description="The one track of that edition, by its short name; null: all of them.")
    state: AgreementState = col(description="How far it has got.")
    basis: AgreementBasis = col(description="What it rests on.")
    proposed_at: datetime = col(description="When it was proposed, or entered.")
    proposed_by: PersonLink | None = to_one(
        "proposed_by_id", when=sees_dealing, description="Who proposed it; for the teams of the two bodies."
    )
    answered_at: datetime | None = col(description="When it was accepted or declined; null while it waits.")
    answered_by: PersonLink | None = to_one(
        "answered_by_id", when=sees_dealing, description="Who answered; for the teams of the two bodies."
    )
    ended_at: datetime | None = col(description="When it was ended, or taken back.")
    ended_by: PersonLink | None = to_one(
        "ended_by_id", when=sees_dealing, description="Who ended it; for the teams of the two bodies."
    )
    reason: str | None = col(
        when=sees_dealing, description="Why it was declined or ended; for the teams of the two bodies."
    )
