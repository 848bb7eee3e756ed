"""Clearance inside a delegation: what an organisation asks of its own people, and who of them cleared what."""

from datetime import datetime

import strawberry

from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_clearance
from ...store.tables import names as t
from .common import Node
from .links import CommentLink, ContributionLink, DocumentLink, OrganisationLink, ParagraphLink, PersonLink
from .vocabularies import AttributionKind, Audience, ClearanceSubject, Role


@strawberry.type(
    description="What an organisation asks for before anything goes out in its name: so many of its own people, and "
    "somebody in each of these roles. For its own side alone."
)
@lives(t.clearance_rule, ("-set_at", "id"), visible=sees_clearance)
class ClearanceRule(Node):
    organisation: OrganisationLink | None = to_one("organisation_id", description="The organisation.")
    subjects: list[ClearanceSubject] = col(description="For what it is asked.")
    people: int = col(description="How many people, in whatever role.")
    roles: list[Role] = col(description="Roles of which somebody has to be among them.")
    set_at: datetime = col(description="From when.")
    set_by: PersonLink | None = to_one("set_by_id", description="The administrator who said so.")
    ended_at: datetime | None = col(description="Until when; null of the one that stands.")
    ended_by: PersonLink | None = to_one("ended_by_id", description="The administrator who ended it.")


@strawberry.type(
    description="A person's word that one version may go out in their organisation's name: a revision of an input, or "
    "a comment in these words. For the organisation's own side alone."
)
@lives(t.clearance, ("-cleared_at", "id"), visible=sees_clearance)
class Clearance(Node):
    organisation: OrganisationLink | None = to_one("organisation_id", description="The organisation.")
    person: PersonLink | None = to_one("person_id", description="Who cleared it.")
    role: Role = col(description="In which role.")
    cleared_at: datetime = col(description="When.")
    taken_back_at: datetime | None = col(description="When it was taken back; it counts no more.")
    contribution: ContributionLink | None = to_one("contribution_id", description="The input, where it is one.")
    revision: int | None = col(description="Its revision. A clearance of a former one does not count.")
    document: DocumentLink | None = to_one("document_id", description="Of a comment, the text it is on.")
    paragraph: ParagraphLink | None = to_one("paragraph_id", description="Of a comment on a paragraph, that paragraph.")
    words: str | None = col("markdown", description="What the comment says, in CommonMark.")
    proposed_text: str | None = col(description="The words it proposes instead, in CommonMark.")
    audience: Audience | None = col(description="Who will read it.")
    attribution: AttributionKind | None = col(description="What of its author will be named.")
    mechanism: str | None = col(description="The mechanism that will be named, by its code.")
    comment: CommentLink | None = to_one("comment_id", description="The comment, once it was made.")
