"""An edge of the record: which text carries what, and how."""

from dataclasses import dataclass
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class Relation(Words):
    """How a text relates to what it carries."""

    CARRIES = "carries", "Takes it up as it is."
    MERGES = "merges", "Takes it up together with others."
    REWORDS = "rewords", "Takes it up in other words."
    QUOTES = "quotes", "Quotes it."
    CONTRADICTS = "contradicts", "Says otherwise."


@dataclass(frozen=True, kw_only=True, slots=True)
class Source(Noun):
    """A paragraph or recommendation carries exactly one of: contribution, section, practice, panel, comment, paragraph."""

    id: UUID
    document_id: UUID
    paragraph_id: UUID | None = None
    recommendation_id: UUID | None = None
    relation: Relation
    contribution_id: UUID | None = None
    section_id: UUID | None = None
    practice_id: UUID | None = None
    panel_id: UUID | None = None
    speaker_id: UUID | None = None
    comment_id: UUID | None = None
    from_paragraph_id: UUID | None = None
