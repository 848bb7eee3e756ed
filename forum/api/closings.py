"""How texts end and where they go: silence procedures, objections, transmissions."""

import enum
from datetime import date, datetime

import strawberry

from ..reading import derived
from ..reading.declare import Connection, col, lives, many, one
from ..reading.visibility import sees_objection, sees_part_of_document, sees_silence
from ..store import tables as t
from .common import Node, value
from .links import (
    ContributionLink,
    DocumentLink,
    EditionLink,
    ForumLink,
    ObjectionLink,
    OrganisationLink,
    ParagraphLink,
    RevisionLink,
    SilenceLink,
    TrackLink,
)


@strawberry.enum(description="How a silence procedure stands.")
class SilenceState(enum.Enum):
    RUNNING = value("running", "The clock runs.")
    PASSED = value("passed", "Nobody objected before the clock ended.")
    BROKEN = value("broken", "Somebody objected.")


@strawberry.enum(description="How a text was sent.")
class TransmissionKind(enum.Enum):
    CONTRIBUTION = value("contribution", "To a track on this service, where it is a contribution now.")
    OUTSIDE = value("outside", "To a body that is not on this service.")


@strawberry.type(description="A text is put to a body: it stands unless somebody objects before the clock ends.")
@lives(t.silence, ("starts_at", "id"), visible=sees_silence)
class Silence(Node):
    document: DocumentLink | None = one("document_id", description="The text.")
    revision: RevisionLink | None = one("revision_id", description="The version that was put.")
    body: ForumLink | None = one("body_id", description="The body that was asked.")
    state: SilenceState = col(description="How it stands.")
    hours: int = col(description="How long the clock runs.")
    starts_at: datetime = col(description="When it began.")
    ends_at: datetime = col(description="When it ends; who objects must do so before this instant.")
    closed_at: datetime | None = col(description="When it was closed, one way or the other.")
    words: str | None = col(description="The sentence that records how it ended.")
    objections: Connection[ObjectionLink] = many("silence_id", description="Who objected, and why.")


@strawberry.type(description="A member of the body breaks the silence, or places a reservation on a paragraph.")
@lives(t.objection, ("broken_at", "id"), visible=sees_objection)
class Objection(Node):
    silence: SilenceLink | None = one("silence_id", description="The silence that was broken.")
    organisation: OrganisationLink | None = one("organisation_id", description="Who objected.")
    paragraph: ParagraphLink | None = one("paragraph_id", description="The paragraph, where it is about one.")
    reason: str = col(description="Why.")
    proposed_text: str | None = col(description="The words proposed instead.")
    broken_at: datetime = col(description="When.")


@strawberry.type(description="A frozen version of a text goes to another body.")
@lives(t.transmission, ("sent_at", "id"), visible=sees_part_of_document)
class Transmission(Node):
    document: DocumentLink | None = one("document_id", description="The text.")
    revision: RevisionLink | None = one("revision_id", description="The version that was sent.")
    kind: TransmissionKind = col(description="How it was sent.")
    to_track: TrackLink | None = one("to_track_id", description="The track that received it.")
    to_edition: EditionLink | None = one(on=derived.edition_of_track, description="The edition that received it.")
    contribution: ContributionLink | None = one("contribution_id", description="The contribution it is there.")
    outside_name: str | None = col(description="The body outside that received it.")
    outside_symbol: str | None = col(description="The symbol it bears there.")
    outside_person: str | None = col(description="Who took it.")
    delivered_on: date | None = col(description="On which day it was delivered outside.")
    outcome: str | None = col(description="What became of it there; null while that is not known.")
    hash: str = col(description="sha256 of the salted snapshot that was sent, in hex.")
    sent_at: datetime = col(description="When it was sent.")
