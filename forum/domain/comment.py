"""A comment on a circulated text, or on one of its paragraphs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .contribution import AttributionKind
from .document import Audience
from .noun import Noun


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment(Noun):
    """What somebody said of a circulated text. Not attributed: nothing in it tells who wrote it, nor when."""

    id: UUID
    document_id: UUID
    paragraph_id: UUID | None = None
    revision_id: UUID | None = None
    markdown: str
    proposed_text: str | None = None
    audience: Audience
    attribution: AttributionKind
    named_organisation_id: UUID | None = None
    named_mechanism: str | None = None
    label: str
    written_at: datetime | None = None
