"""The no-objection procedure: a text stands unless a member of the body asked objects before an instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class SilenceState(Words):
    """How a silence procedure stands."""

    RUNNING = "running", "The clock runs."
    PASSED = "passed", "Nobody objected before the clock ended."
    BROKEN = "broken", "Somebody objected."


class ObjectionAnswer(Words):
    """What the drafters did about an objection."""

    TAKEN_UP = "taken_up", "The text was changed as was asked."
    TAKEN_UP_IN_PART = "taken_up_in_part", "The text was changed in part."
    WITHDRAWN = "withdrawn", "Whoever objected no longer does."
    EXPLAINED = "explained", "The text stays; the answer says why."


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence(Noun):
    """One round of a no-objection procedure: a frozen revision before a body, until an instant."""

    id: UUID
    document_id: UUID
    revision_id: UUID
    body_id: UUID
    state: SilenceState = SilenceState.RUNNING
    round: int = 1
    hours: int
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection(Noun):
    """What breaks a silence, and how it was answered."""

    id: UUID
    silence_id: UUID
    paragraph_id: UUID | None = None
    organisation_id: UUID
    reason: str
    proposed_text: str | None = None
    broken_at: datetime
    answer: str | None = None
    answer_kind: ObjectionAnswer | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation(Noun):
    """A member lets the text pass and says with which paragraph it cannot go along: printed as the process says.

    Placed anew, or taken back, the earlier one stays on the record with the instant from which it no longer stands.
    """

    id: UUID
    silence_id: UUID
    paragraph_id: UUID | None = None
    organisation_id: UUID
    words: str
    placed_at: datetime
    withdrawn_at: datetime | None = None
    published: bool = False  # the text passed, and the process prints reservations: its readers read this one
