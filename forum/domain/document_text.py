"""All that a text says: what a frozen revision holds, and how long it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import TextTooLong
from . import lengths, snapshot
from .document import Document, Part, Recommendation, Revision
from .paragraph import PlacedParagraph

Content = dict[str, Any]  # what a text or an input says, as plain JSON: what is frozen and hashed


@dataclass(frozen=True)
class DocumentText:
    """A document with all its paragraphs (withdrawn ones included), parts and recommendations, in their order."""

    document: Document
    paragraphs: tuple[PlacedParagraph, ...]
    parts: tuple[Part, ...]
    recommendations: tuple[Recommendation, ...]


def content(text: DocumentText) -> Content:
    """What is frozen: plain data in a fixed order. Neither who wrote it nor where it comes from is in it."""
    identity = {placed.paragraph.id: placed.paragraph.w_id for placed in text.paragraphs}
    ordinal = {advice.id: advice.ordinal for advice in text.recommendations}
    return {
        "kind": text.document.kind,
        "language": text.document.language,
        "paragraphs": [
            {
                "e_id": placed.paragraph.e_id,
                "kind": str(placed.paragraph.kind),
                "number": placed.paragraph.number,
                "parent": None if placed.paragraph.parent_id is None else identity.get(placed.paragraph.parent_id),
                "part": placed.part,
                "recommendation": _ordinal(placed, ordinal),
                "text": placed.paragraph.markdown,
                "w_id": placed.paragraph.w_id,
                "weight": placed.paragraph.weight,
            }
            for placed in text.paragraphs
            if not placed.paragraph.withdrawn
        ],
        "parts": [{"heading": part.heading, "number": part.number} for part in text.parts],
        "recommendations": [
            {"addressee": advice.addressee, "heading": advice.heading} for advice in text.recommendations
        ],
        "symbol": text.document.symbol,
        "title": text.document.title,
    }


def need_length(text: DocumentText, most_words: int) -> None:
    """Refuses (TextTooLong) a text longer than its kind may be; 0: no limit. Paragraphs and headings count, the title
    does not."""
    language = text.document.language
    if not most_words:
        return
    actual = sum(lengths.count(passage, language) for passage in _passages(text))
    if actual > most_words:
        unit = lengths.unit_for(language, "words")
        too_long = TextTooLong(section=text.document.symbol, limit=most_words, actual=actual, unit=unit)
        raise too_long.at_path("document")


def still_holds(revision: Revision, frozen: Content) -> bool:
    """Whether the content is still the one that the revision froze."""
    return snapshot.fits(frozen, bytes(revision.salt), revision.hash)


def _ordinal(placed: PlacedParagraph, ordinals: dict[Any, int]) -> int | None:
    id_ = placed.paragraph.recommendation_id
    return None if id_ is None else ordinals.get(id_)


def _passages(text: DocumentText) -> Iterator[str]:
    yield from (placed.paragraph.markdown for placed in text.paragraphs if not placed.paragraph.withdrawn)
    yield from (part.heading for part in text.parts)
    yield from (advice.heading for advice in text.recommendations)
