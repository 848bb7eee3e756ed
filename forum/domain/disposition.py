"""What became of an input, a comment or a recommendation."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .noun import Noun


@dataclass(frozen=True, kw_only=True, slots=True)
class Disposition(Noun):
    """What a text says became of one thing, in the process's words."""

    id: UUID
    document_id: UUID
    contribution_id: UUID | None = None
    comment_id: UUID | None = None
    recommendation_id: UUID | None = None
    word: str
    words: str  # the sentence as the process words it
    reason: str | None = None
    paragraph_id: UUID | None = None
    noted_together_id: UUID | None = None
    given_at: datetime
