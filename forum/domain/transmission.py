"""A text that was sent on: to a track on this service, or to a body outside it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class TransmissionKind(Words):
    """How a text was sent."""

    CONTRIBUTION = "contribution", "To a track on this service, where it is a contribution now."
    OUTSIDE = "outside", "To a body that is not on this service."


@dataclass(frozen=True, kw_only=True, slots=True)
class Transmission(Noun):
    """A frozen revision that was sent to a track here, or delivered outside."""

    id: UUID
    document_id: UUID
    revision_id: UUID
    kind: TransmissionKind
    to_track_id: UUID | None = None
    contribution_id: UUID | None = None
    outside_name: str | None = None
    outside_symbol: str | None = None
    outside_person: str | None = None
    delivered_on: date | None = None
    outcome: str | None = None
    hash: str
    sent_at: datetime
