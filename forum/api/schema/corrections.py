"""Corrections: what was entered wrongly and put right, on the record, in one shape whatever it is of."""

from datetime import datetime

import strawberry

from ...domain import correction as rules
from ...reading.declare import col, lives, python, to_one
from ...reading.prices import FROZEN
from ...reading.visibility_corrections import sees_correction
from ...store.tables import names as t
from .common import Node
from .links import ContributionLink, DocumentLink, ForumLink, MandateLink, MeetingLink, OrganisationLink
from .vocabularies import CorrectionKind


@strawberry.type(description="One thing that reads otherwise since a correction.")
class CorrectedPlace:
    what: str = strawberry.field(description="Which one, in words: a name, a paragraph by its number, a place.")
    was: str | None = strawberry.field(description="What it said; null of what was not there.")
    reads: str | None = strawberry.field(description="What it says since; null of what is no longer there.")


def _changes(changes: str) -> list[CorrectedPlace]:
    return [CorrectedPlace(what=change.what, was=change.was, reads=change.reads) for change in rules.read(changes)]


@strawberry.type(
    description="Something was put right on the record: a name, a meeting, an entered input, or a closed text by a "
    "corrigendum (`Corr.1`) or an addendum (`Add.1`). What it said before is kept."
)
@lives(t.correction, ("made_at", "id"), visible=sees_correction)
class Correction(Node):
    kind: CorrectionKind = col(description="In which way.")
    number: int = col(description="Counts those of its kind for the same thing, from 1.")
    symbol: str | None = col(description="Of a corrigendum or addendum, its symbol, as in `GFMD/2020/SC.1/Corr.1`.")
    changes: list[CorrectedPlace] = python(
        _changes,
        needs=("changes",),
        cost=FROZEN,
        description="What reads otherwise, in order. It is dear, a whole programme may be in it: ask of few at once.",
    )
    reason: str = col(description="Why.")
    made_at: datetime = col(description="When it was put right.")
    mandate: MandateLink | None = to_one(
        "mandate_id", description="Under which mandate; null to those who may not see it."
    )
    forum: ForumLink | None = to_one("forum_id", description="The forum, where its name was put right.")
    organisation: OrganisationLink | None = to_one(
        "organisation_id", description="The organisation, where its name was put right."
    )
    meeting: MeetingLink | None = to_one("meeting_id", description="The meeting, where it is one.")
    contribution: ContributionLink | None = to_one(
        "contribution_id", description="The input that was taken back; null to those who do not see it any more."
    )
    document: DocumentLink | None = to_one("document_id", description="The text, where it is one.")
