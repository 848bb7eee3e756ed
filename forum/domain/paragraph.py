"""A paragraph of a document: its identity, its place, its text."""

from dataclasses import dataclass
from uuid import UUID

from .enumeration import Words
from .noun import Noun


class ParagraphKind(Words):
    """What sort of paragraph it is."""

    PARAGRAPH = "paragraph", "An ordinary paragraph."
    PREAMBLE = "preamble", "Stands before the text proper."
    CONCLUSION = "conclusion", "A conclusion of a meeting."
    BULLET = "bullet", "A point of the paragraph above it."
    CLOSING = "closing", "Stands after the text proper."
    BOX = "box", "Stands apart, in a box."
    QUOTE = "quote", "Somebody's exact words."


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph(Noun):
    """A numbered or unnumbered passage; withdrawn ones keep their identity."""

    id: UUID
    document_id: UUID
    part_id: UUID | None = None
    parent_id: UUID | None = None
    recommendation_id: UUID | None = None
    kind: ParagraphKind = ParagraphKind.PARAGRAPH
    ordinal: int  # place in the document, 1..n without gaps
    w_id: str  # identity: never changes, never used again
    e_id: str  # place: renumbered (Akoma Ntoso)
    number: str | None = None
    markdown: str
    weight: str | None = None
    revision: int = 1
    withdrawn: bool = False
