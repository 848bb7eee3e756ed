"""Transmissions: where a text went, and what became of it there."""

from datetime import date, datetime

import strawberry

from ...reading import derived
from ...reading.declare import col, lives, to_one
from ...reading.visibility import sees_part_of_document
from ...store.tables import names as t
from .common import Node
from .links import ContributionLink, DocumentLink, EditionLink, RevisionLink, TrackLink
from .vocabularies import TransmissionKind


@strawberry.type(description="A frozen version of a text goes to another body.")
@lives(t.transmission, ("sent_at", "id"), visible=sees_part_of_document)
class Transmission(Node):
    document: DocumentLink | None = to_one("document_id", description="The text.")
    revision: RevisionLink | None = to_one("revision_id", description="The version that was sent.")
    kind: TransmissionKind = col(description="How it was sent.")
    to_track: TrackLink | None = to_one("to_track_id", description="The track that received it.")
    to_edition: EditionLink | None = to_one(on=derived.edition_of_track, description="The edition that received it.")
    contribution: ContributionLink | None = to_one("contribution_id", description="The contribution it is there.")
    outside_name: str | None = col(description="The body outside that received it.")
    outside_symbol: str | None = col(description="The symbol it bears there.")
    outside_person: str | None = col(description="Who took it.")
    delivered_on: date | None = col(description="On which day it was delivered outside.")
    outcome: str | None = col(description="What became of it there; null while that is not known.")
    hash: str = col(description="sha256 of the salted snapshot that was sent, in hex.")
    sent_at: datetime = col(description="When it was sent.")
