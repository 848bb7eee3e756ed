"""A comment on a circulated text, or on one of its paragraphs."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from .contribution import AttributionKind
from .document import Audience, Document, DocumentState
from .noun import Noun, need_state


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


def need_open(document: Document) -> None:
    """Refuses (WrongState) a text that does not lie before its readers: there is nothing to comment on."""
    need_state("add_comment", document.state, DocumentState.CIRCULATED)


def written(comment: Comment, now: datetime) -> Comment:
    """The comment with its instant, which is kept only where it is attributed: an instant could tell who wrote it."""
    return replace(comment, written_at=None if comment.attribution == AttributionKind.NONE else now)
