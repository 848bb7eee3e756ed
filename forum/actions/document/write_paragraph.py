"""A paragraph is added to a document. Its identity is given once; numbers and places follow the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ...domain import numbering
from ...domain.document import Part
from ...domain.enumeration import word_of
from ...domain.names import spelled
from ...domain.paragraph import (
    COUNTED_KINDS,
    MOST_NUMBER,
    Paragraph,
    ParagraphKind,
    PlacedParagraph,
    need_number_once,
    need_own_number,
    renumbered,
    weighed,
    worded,
)
from ...domain.text import maybe_line
from ...errors import InvalidValue, NotFound
from ...refusal import phrased
from ...store import texts
from ...store.records import add, first
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .renumbering import write_places
from .scope import editable, need_recommendation

MOST = 5_000
Order = Sequence[PlacedParagraph]


@dataclass(frozen=True)
class WriteParagraph(Command):
    """Add a paragraph to a document that is a draft or circulated. It stands at the end of its part unless `after` says
    where. Paragraphs and conclusions get running numbers; the paragraphs that follow are numbered anew."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "paragraph": "Paragraph"}

    document: UUID = arg("The document.", of="Document")
    text: str = arg("CommonMark without HTML, up to 10,000 characters.")
    kind: str = arg("What it is in the text.", default="paragraph", scalar="ParagraphKind")
    part: int | None = arg(
        "The part it stands in, counted from 1; left out: that of `after` or `parent`, or none.", default=None
    )
    parent: UUID | None = arg("The paragraph it belongs to: a bullet's conclusion.", of="Paragraph", default=None)
    recommendation: UUID | None = arg("The recommendation whose text it is.", of="Recommendation", default=None)
    number: str | None = arg(
        'A number of its own: "5 bis". Left out: the running number, where its kind has one.', default=None
    )
    weight: str | None = arg(
        'The weight words of a conclusion, up to 100 characters: "several speakers".', default=None
    )
    after: UUID | None = arg("The paragraph it follows; left out: it comes last.", of="Paragraph", default=None)


async def write_paragraph(do: WriteParagraph, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, an unknown kind, a part, parent or neighbour the document does not have, and
    a number that another paragraph has."""
    document = editable("write_paragraph", context)
    kind = word_of(ParagraphKind, do.kind, "kind")
    order = await store.ask(texts.paragraphs(document.id))
    if len(order) >= MOST:
        raise InvalidValue(reason=phrased("A document may have {most} paragraphs.", most=MOST)).at_path("document")
    if do.recommendation is not None:
        await need_recommendation(store, document.id, do.recommendation, "recommendation")
    number = _own_number(do, kind, order)
    parent, after = _find(order, do.parent, "parent"), _find(order, do.after, "after")
    near = after or parent
    ordinal = do.part if do.part is not None else near.part if near else None
    index = _index(order, do, ordinal)
    part = await _part(store, document.id, ordinal)
    w_id = _identity(kind, number, order, index, ordinal)
    new = PlacedParagraph(_new(do, document.id, kind, part, number, w_id), ordinal)
    together = (*order[:index], new, *order[index:])
    try:
        places = renumbered(together)
    except InvalidValue as refusal:
        raise refusal.at_path("after") from None
    await store.write(add(places[index]))
    others = [(before.paragraph, now) for before, now in zip(together, places, strict=True) if before is not new]
    await write_places(context, store, [now for before, now in others if now != before])
    entry = Entry("paragraph", new.paragraph.id, {"kind": do.kind, "w_id": new.paragraph.w_id})
    return Outcome({"document": document.id, "paragraph": new.paragraph.id}, (entry,))


def _own_number(do: WriteParagraph, kind: ParagraphKind, order: Order) -> str | None:
    """Its number, where it has one of its own. Refuses (InvalidValue) what the count gives, or what stands already."""
    number = spelled(maybe_line(do.number, MOST_NUMBER, "number") or "") or None
    if kind in COUNTED_KINDS:
        need_own_number(kind, number, "number")
        need_number_once(number, [placed.paragraph for placed in order], "number")
    return number


def _identity(kind: ParagraphKind, number: str | None, order: Order, index: int, part: int | None) -> str:
    """A `w_id` that no paragraph of the document ever had, in the part it stands in or, outside all, the one before."""
    home = part or next((placed.part for placed in reversed(order[:index]) if placed.part), 1)
    counted = kind in COUNTED_KINDS and number is None
    return numbering.mint(home, [placed.paragraph.w_id for placed in order], numbered=counted)


def _new(
    do: WriteParagraph, document: UUID, kind: ParagraphKind, part: UUID | None, number: str | None, w_id: str
) -> Paragraph:
    """The paragraph as it is written; its place is given with those of the others."""
    return Paragraph(
        id=fresh(),
        document_id=document,
        part_id=part,
        parent_id=do.parent,
        recommendation_id=do.recommendation,
        kind=kind,
        ordinal=0,
        w_id=w_id,
        e_id="",
        number=number,
        markdown=worded(do.text),
        weight=weighed(do.weight),
    )


def _find(order: Order, id_: UUID | None, field: str) -> PlacedParagraph | None:
    placed_paragraph = None if id_ is None else next((placed for placed in order if placed.paragraph.id == id_), None)
    if id_ is not None and placed_paragraph is None:
        raise NotFound(what="paragraph of this document").at_path(field)
    return placed_paragraph


def _index(order: Order, do: WriteParagraph, part: int | None) -> int:
    """Where in the order it goes: after its neighbour, its parent's last, the last of its part, or the end."""
    if do.after is not None and do.parent is not None:
        return 1 + next(n for n, placed in enumerate(order) if placed.paragraph.id == do.after)
    if do.after is not None or do.parent is not None:
        # What belongs to a paragraph stays with it: its bullets are not parted from it.
        near = do.after or do.parent
        family = ((placed.paragraph.id, placed.paragraph.parent_id) for placed in order)
        return 1 + max(n for n, ids in enumerate(family) if near in ids)
    if part is None:
        return len(order)
    # Outside all parts: what opens the text comes before the first, its closing after the last.
    index, reached = 0, 0
    for n, placed in enumerate(order, 1):
        reached = placed.part or reached
        closes = placed.part is None and placed.paragraph.kind == ParagraphKind.CLOSING
        if reached <= part and not closes:
            index = n
    return index


async def _part(store: Store, document: UUID, ordinal: int | None) -> UUID | None:
    if ordinal is None:
        return None
    part = await store.ask(first(Part, document_id=document, ordinal=ordinal))
    if part is None:
        raise NotFound(what="part of this document").at_path("part")
    return part.id
