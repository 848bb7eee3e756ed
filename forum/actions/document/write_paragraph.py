"""A paragraph is added to a document. Its identity is given once; numbers and places follow the order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain import numbering
from ...errors import InvalidValue, NotFound, WordNotAllowed
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts

MOST = 5_000
_Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class WriteParagraph(Command):
    """Add a paragraph to a document that is a draft or circulated. It stands at the end of its part unless `after` says
    where. Paragraphs and conclusions get running numbers; the paragraphs that follow are numbered anew."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "paragraph": "Paragraph"}

    document: UUID = arg("The document.", of="Document")
    text: str = arg("CommonMark without HTML.")
    kind: str = arg("What it is in the text.", default="paragraph", scalar="ParagraphKind")
    part: int | None = arg(
        "The part it stands in, counted from 1; left out: that of `after` or `parent`, or none.", default=None
    )
    parent: UUID | None = arg("The paragraph it belongs to: a bullet's conclusion.", of="Paragraph", default=None)
    recommendation: UUID | None = arg("The recommendation whose text it is.", of="Recommendation", default=None)
    number: str | None = arg(
        'A number of its own: "5 bis". Left out: the running number, where its kind has one.', default=None
    )
    weight: str | None = arg('The weight words of a conclusion: "several speakers".', default=None)
    after: UUID | None = arg("The paragraph it follows; left out: it comes last.", of="Paragraph", default=None)


async def write_paragraph(do: WriteParagraph, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, an unknown kind, and a part, parent or neighbour the document does not have."""
    document = texts.need_editable("write_paragraph", context)
    if do.kind not in stored.PARAGRAPH_KINDS:
        raise WordNotAllowed(word=do.kind, words=stored.PARAGRAPH_KINDS).at_path("kind")
    rows = list(await stored.paragraphs(unit, document["id"]))
    if len(rows) >= MOST:
        raise InvalidValue(reason=f"A document may have {MOST} paragraphs.").at_path("document")
    if do.recommendation is not None:
        await texts.need_recommendation(unit, document["id"], do.recommendation, "recommendation")
    parent, after = _find(rows, do.parent, "parent"), _find(rows, do.after, "after")
    near = after or parent
    section = do.part if do.part is not None else near["section"] if near else None
    index = _index(rows, do, section)
    new = _new(do, document["id"], await _part(unit, document["id"], section))
    home = section or next((r["section"] for r in reversed(rows[:index]) if r["section"]), 1)
    counted = do.kind in texts.NUMBERED and new["number"] is None
    new["w_id"] = numbering.mint(home, [r["w_id"] for r in rows], numbered=counted)
    order = [*rows[:index], {**new, "section": section, "withdrawn": False, "ordinal": 0, "e_id": ""}, *rows[index:]]
    try:
        place = texts.placed(order)[index]
    except InvalidValue as refusal:
        raise refusal.at_path("after") from None
    await unit.add(t.paragraph, {**new, **place})
    await texts.renumber(context, unit, [*order[:index], {**order[index], **place}, *order[index + 1 :]])
    entry = Entry("paragraph", new["id"], {"kind": do.kind, "w_id": new["w_id"]})
    return Outcome({"document": document["id"], "paragraph": new["id"]}, (entry,))


def _new(do: WriteParagraph, document: UUID, part: UUID | None) -> dict[str, Any]:
    return {
        "id": fresh(),
        "document_id": document,
        "part_id": part,
        "parent_id": do.parent,
        "recommendation_id": do.recommendation,
        "kind": do.kind,
        "number": texts.maybe(do.number),
        "markdown": texts.filled(do.text, "text"),
        "weight": texts.maybe(do.weight),
    }


def _find(rows: _Rows, id_: UUID | None, field: str) -> Mapping[str, Any] | None:
    found = None if id_ is None else next((r for r in rows if r["id"] == id_), None)
    if id_ is not None and found is None:
        raise NotFound(what="paragraph of this document").at_path(field)
    return found


def _index(rows: _Rows, do: WriteParagraph, section: int | None) -> int:
    """Where in the order it goes: after its neighbour, its parent's last, the last of its part, or the end."""
    if do.after is not None and do.parent is not None:
        return 1 + next(n for n, r in enumerate(rows) if r["id"] == do.after)
    if do.after is not None or do.parent is not None:
        # What belongs to a paragraph stays with it: its bullets are not parted from it.
        near = do.after or do.parent
        return 1 + max(n for n, r in enumerate(rows) if near in (r["id"], r["parent_id"]))
    if section is None:
        return len(rows)
    # Outside all parts: what opens the text comes before the first, its closing after the last.
    index, reached = 0, 0
    for n, row in enumerate(rows, 1):
        reached = row["section"] or reached
        if reached <= section and not (row["section"] is None and row["kind"] == "closing"):
            index = n
    return index


async def _part(unit: UnitOfWork, document: UUID, section: int | None) -> UUID | None:
    if section is None:
        return None
    row = await unit.row(t.part, document_id=document, ordinal=section)
    if row is None:
        raise NotFound(what="part of this document").at_path("part")
    return row["id"]
