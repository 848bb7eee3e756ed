"""A paragraph of a document: its identity, its place, its text; and the order in which paragraphs stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from ..errors import InvalidValue, NotFound, StaleRevision
from ..refusal import phrased
from . import numbering
from .enumeration import Words
from .names import key
from .noun import Noun
from .text import composed, maybe_line, need_characters


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

    @property
    def counted(self) -> bool:
        """Whether it has a running number, which is part of its identity; others have none, or one of their own."""
        return "__para_" in self.w_id

    @property
    def called(self) -> str:
        """How a sentence names it: by its number, else by its place."""
        return self.number or numbering.spoken(self.e_id)


@dataclass(frozen=True)
class PlacedParagraph:
    """A paragraph in the order of its document, with the ordinal of the part it stands in (None: outside all parts)."""

    paragraph: Paragraph
    part: int | None


MOST_CHARACTERS = 10_000  # of one paragraph: a page and a half; what is longer is several paragraphs
MOST_WEIGHT = 100  # characters: "several speakers"
MOST_NUMBER = 20  # characters: "5 bis"
COUNTED_KINDS = frozenset((ParagraphKind.PARAGRAPH, ParagraphKind.CONCLUSION))


# ---- rules
def worded(text: str) -> str:
    """The text of a paragraph as it is stored. Refuses (InvalidValue, TextTooLong, at `text`) none, and one that is no
    paragraph any more."""
    words = composed(text, "text")
    need_characters(words, MOST_CHARACTERS, "text")
    return words


def weighed(weight: str | None) -> str | None:
    """Weight words as they are stored; None for none. Refuses (InvalidValue, TextTooLong, at `weight`) more than a few
    words on a line."""
    return maybe_line(weight, MOST_WEIGHT, "weight")


def need_revision(paragraph: Paragraph, expected: int) -> None:
    """Refuses (StaleRevision, with the current text) where another revision was read than the one that stands."""
    if expected != paragraph.revision:
        stale = StaleRevision(expected=expected, current=paragraph.revision, current_text=paragraph.markdown)
        raise stale.at_path("expectedRevision")


def need_standing(paragraph: Paragraph | None, *path: str) -> Paragraph:
    """The paragraph. Refuses (NotFound, at `path`) none, and one that was withdrawn."""
    if paragraph is None or paragraph.withdrawn:
        raise NotFound(what="paragraph of this document").at_path(*path)
    return paragraph


def need_own_number(kind: ParagraphKind, number: str | None, *path: str) -> None:
    """Refuses (InvalidValue) digits alone as the own number of a kind that is counted: the count comes to them sooner
    or later, and then two paragraphs have it."""
    if kind in COUNTED_KINDS and number is not None and number.isdigit():
        reason = phrased(
            "Paragraphs and conclusions are counted by their order: leave {number} out. A number of its own is one "
            'that is not counted, as in "{number} bis".',
            number=number,
        )
        raise InvalidValue(reason=reason).at_path(*path)


def need_number_once(number: str | None, others: Iterable[Paragraph], *path: str) -> None:
    """Refuses (InvalidValue) the number of another paragraph or conclusion that stands, so that "paragraph 5 bis" is
    one place. Bullets, boxes and the like are counted within what they belong to."""
    standing = [p for p in others if not p.withdrawn and p.number and p.kind in COUNTED_KINDS]
    if number is not None and key(number) in [key(p.number or "") for p in standing]:
        raise InvalidValue(
            reason=phrased("A paragraph has the number {number} already. Give another.", number=number)
        ).at_path(*path)


# ---- transitions: the paragraph as it is afterwards, or a refusal
def revise(paragraph: Paragraph, text: str | None, weight: str | None, *, put_back: bool) -> Paragraph:
    """With a new text, new weight words, back in the text; what is None stays. Refuses (InvalidValue,
    TextTooLong) an empty text, and one that is longer than a paragraph, or than a weight, may be."""
    return replace(
        paragraph,
        revision=paragraph.revision + 1,
        markdown=paragraph.markdown if text is None else worded(text),
        weight=paragraph.weight if weight is None else weighed(weight),
        withdrawn=paragraph.withdrawn and not put_back,
    )


def withdraw(paragraph: Paragraph) -> Paragraph:
    """Out of the text; it keeps its identity. Refuses (NotFound) one that was withdrawn before."""
    need_standing(paragraph, "paragraph")
    return replace(paragraph, withdrawn=True, revision=paragraph.revision + 1)


# ---- order
def renumbered(order: Sequence[PlacedParagraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with their places in the order given: `ordinal`, `e_id` and `number`.

    A running number follows the order; a paragraph with a number of its own keeps it. A withdrawn paragraph keeps its
    identity and has no place. One outside all parts is counted with the part before it. Refuses (InvalidValue) parts
    that go back.
    """
    part, standing = 1, []
    for placed in order:
        if not placed.paragraph.withdrawn:
            part = placed.part or part
            standing.append(numbering.Paragraph(placed.paragraph.w_id, part, placed.paragraph.counted))
    places = {place.w_id: place for place in numbering.renumber(standing)}
    return tuple(_at(n, placed.paragraph, places.get(placed.paragraph.w_id)) for n, placed in enumerate(order, 1))


def _at(ordinal: int, paragraph: Paragraph, place: numbering.Place | None) -> Paragraph:
    own = None if paragraph.counted else paragraph.number
    number = own if place is None or place.number is None else str(place.number)
    return replace(paragraph, ordinal=ordinal, e_id="" if place is None else place.e_id, number=number)


def hanging_under(id_: UUID, order: Sequence[PlacedParagraph]) -> tuple[Paragraph, ...]:
    """The paragraph itself and all that hangs under it, as far as they were not withdrawn, in their order."""
    parent = {placed.paragraph.id: placed.paragraph.parent_id for placed in order}

    def hangs(above: UUID | None) -> bool:
        while above is not None and above != id_:
            above = parent.get(above)
        return above == id_

    return tuple(placed.paragraph for placed in order if not placed.paragraph.withdrawn and hangs(placed.paragraph.id))
