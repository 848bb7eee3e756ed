"""An edge of the record: which text carries what, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from ..errors import InvalidValue
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
    """A paragraph or recommendation carries exactly one of: contribution, section, practice, panel, comment,
    paragraph."""

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


# What a source may be, as the contract names it -> the field that holds its id.
ENDS: Mapping[str, str] = MappingProxyType(
    {
        "Contribution": "contribution_id",
        "ContributionSection": "section_id",
        "Practice": "practice_id",
        "Panel": "panel_id",
        "Comment": "comment_id",
        "Paragraph": "from_paragraph_id",
    }
)


def need_one_passage(paragraph: UUID | None, recommendation: UUID | None) -> None:
    """Refuses (InvalidValue) an edge from neither or from both: it leads from one passage."""
    if (paragraph is None) == (recommendation is None):
        raise InvalidValue(reason="Name the paragraph or the recommendation, one of the two.").at_path("paragraph")


def need_other(paragraph: UUID | None, source: UUID) -> None:
    """Refuses (InvalidValue) a paragraph as its own source."""
    if source == paragraph:
        raise InvalidValue(reason="A paragraph is not its own source.").at_path("source")
