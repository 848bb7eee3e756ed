"""Contributions, which people call inputs: their receipt, and what became of them."""

from datetime import datetime

import strawberry

from ...reading import derived
from ...reading.declare import Connection, col, listed, lives, many, part, sql, to_one
from ...reading.lineage_walk import contribution_of
from ...reading.visibility import has_receipt, sees_contribution, tells_how, wrote
from ...reading.visibility_corrections import of_contribution
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .attributions import Attribution
from .common import Node
from .input_versions import InputVersion, SectionChange, changes_here, versions_here
from .lineage import lineage
from .links import (
    AuthorshipLink,
    CallLink,
    ClearanceLink,
    CorrectionLink,
    DispositionLink,
    EditionLink,
    ForumLink,
    HistoryLink,
    ObjectiveLink,
    PracticeLink,
    SectionLink,
    SourceLink,
    StepLink,
    TargetLink,
    ThemeLink,
    TrackLink,
    TransmissionLink,
)
from .scalars import LanguageTag
from .vocabularies import ContributionKind, ContributionState, Visibility


@strawberry.type(description="Proof that a contribution came in.")
class Receipt:
    number: str | None = col(
        "receipt_number", when=has_receipt, description="Its number: random words, telling no order."
    )
    hash: str | None = col(
        "receipt_hash", when=has_receipt, description="sha256 of the salted snapshot of what came in."
    )
    at: datetime | None = col(
        "submitted_at",
        when=has_receipt,
        description="The server's time; null of what is not attributed: its author reads it in `authorship`.",
    )


@strawberry.type(description="What people call an input: an answer to a call, a collective text, a received text.")
@lives(t.contribution, ("id",), visible=sees_contribution)
class Contribution(Node):
    title: str = col(description="Its title.")
    forum: ForumLink | None = to_one("forum_id", description="The forum it was sent to.")
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    track: TrackLink | None = to_one("track_id", description="The track.")
    call: CallLink | None = to_one("call_id", description="The call it answers, where it answers one.")
    state: ContributionState = col(description="How far it has got.")
    kind: ContributionKind = col(description="What sort it is.")
    visibility: Visibility = col(description="Who may read it.")
    language: LanguageTag = col(description="In which language it is written.")
    attribution: Attribution = part(description="Under whose name it stands.")
    sections: list[SectionLink] = listed("contribution_id", description="Its sections, in order.")
    practices: Connection[PracticeLink] = many("contribution_id", description="The practices it lists, in order.")
    targets: list[TargetLink] = listed(
        "contribution_id",
        where_row=derived.of_scheme("sdg", whole=True),
        description="The SDG codes it is tagged with itself; its practices have their own.",
    )
    objectives: list[ObjectiveLink] = listed(
        "contribution_id",
        where_row=derived.of_scheme("gcm", whole=True),
        description="The objectives and principles of the Global Compact it is tagged with.",
    )
    themes: list[ThemeLink] = listed(on=derived.themes_of, description="The themes of its edition it is tagged with.")
    revision: int = col(description="Counts its saved versions; give it as `expectedRevision`.")
    released: bool = sql(
        lambda row: derived.same(row.c.released_revision, row.c.revision),
        description="Whether this very revision was released.",
    )
    length: int = col(description="Its length as it was counted.")
    on_behalf: bool | None = col(
        when=tells_how, description="Whether the secretariat entered it for its author; null of what is not attributed."
    )
    late: bool | None = col(
        when=tells_how, description="Whether it came after the deadline; null of what is not attributed."
    )
    return_reason: str | None = col(
        when=tells_how, description="Why it was returned for clarification; null of what is not attributed."
    )
    mend_until: datetime | None = col(
        when=tells_how,
        description="Returned: until then its author may mend it and hand it in again; null once it was, and of what "
        "is not attributed.",
    )
    receipt: Receipt | None = part(present=has_receipt, description="Its receipt, for its sender and the secretariat.")
    corrections: Connection[CorrectionLink] = many(
        on=of_contribution,
        description="Where it was entered on behalf of its author and taken back: for its own side; the team reads it "
        "at the call. Of a received text the corrigenda and addenda that its sender issued.",
    )
    dispositions: Connection[DispositionLink] = many("contribution_id", description="What became of it.")
    used_in: Connection[SourceLink] = many(
        on=lambda row, other: contribution_of(other, row.c.id),
        description="Where texts carry it, one of its sections or one of its practices.",
    )
    transmission: TransmissionLink | None = to_one(
        on=lambda row, other: other.c.contribution_id == row.c.id, description="Of a received text: how it came here."
    )
    versions: list[InputVersion] | None = versions_here()
    changes: list[SectionChange] | None = changes_here()
    mine: bool = sql(wrote, description="Whether your own side wrote it.")
    authorship: AuthorshipLink | None = to_one(
        on=lambda row, other: other.c.subject_id == row.c.id,
        description="Who really wrote it: for the author's own side.",
    )
    clearances: Connection[ClearanceLink] = many(
        "contribution_id",
        description="Who of your own side cleared it, and which revision; empty for everybody else.",
    )
    history: Connection[HistoryLink] = many(
        "subject_id", description="What was done with it, as far as you may see it."
    )
    acts: list[ActAnswer] = acts_here("Contribution")
    lineage: list[StepLink] = lineage("contribution")
