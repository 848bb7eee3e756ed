"""More time for a window, with its reason, on the record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class ExtendedWindow(Words):
    """Which window was given more time."""

    CALL = "call", "A call for contributions."
    CONSULTATION = "consultation", "The consultation on a text."
    SILENCE = "silence", "A silence."
    STAGE = "stage", "The planned window of a stage."


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension(Noun):
    """A window was given more time: what it was, what it is, and why. On the record."""

    id: UUID
    edition_id: UUID
    of: ExtendedWindow
    call_id: UUID | None = None
    document_id: UUID | None = None
    silence_id: UUID | None = None
    stage_window_id: UUID | None = None
    was: datetime
    closes_at: datetime
    reason: str
    made_at: datetime
