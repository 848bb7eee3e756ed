"""A paragraph is taken out of a text, with what hangs under it; its identity is never used again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...errors import InvalidValue, NotFound, ParagraphAnswersFor, StaleRevision
from ...store import silences
from ...store import texts as stored
from ...store.facts import FIRST
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts


@dataclass(frozen=True)
class WithdrawParagraph(Command):
    """Take a paragraph out of a text, with the bullets under it. Its identity is never used again, running numbers close
    up. Answers that say an input is reflected in it must be given anew, or `carryTo` names the paragraph that takes its
    place: answers and sources go over to that one. Without `carryTo` its sources stay with it, since earlier revisions
    carried them."""

    on = ("paragraph", "paragraph")
    gives = {"document": "Document", "paragraph": "Paragraph"}

    paragraph: UUID = arg("The paragraph.", of="Paragraph")
    expected_revision: int = arg("The revision that was read.")
    reason: str = arg("Why, for the history: read by the text's own team.")
    carry_to: UUID | None = arg("The paragraph that takes its place.", of="Paragraph", default=None)


async def withdraw_paragraph(do: WithdrawParagraph, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, (StaleRevision) another revision than the one read, a paragraph that was
    withdrawn before, an empty reason, and (ParagraphAnswersFor) answers that point to it and nothing to carry them."""
    document, row = texts.need_editable("withdraw_paragraph", context), context.row
    if do.expected_revision != row["revision"]:
        stale = StaleRevision(expected=do.expected_revision, current=row["revision"], current_text=row["markdown"])
        raise stale.at_path("expectedRevision")
    if row["withdrawn"]:
        raise NotFound(what="paragraph of this document").at_path("paragraph")
    reason = texts.filled(do.reason, "reason")
    rows = await stored.paragraphs(unit, document["id"])
    leaving = [r for r in rows if not r["withdrawn"] and _leaves(r, do.paragraph, rows)]
    carried = await _carried(do, context, unit, [r["id"] for r in leaving])
    for one in leaving:
        await unit.change(t.paragraph, one["id"], withdrawn=True, revision=one["revision"] + 1)
    gone = {r["id"] for r in leaving}
    await texts.renumber(context, unit, [{**r, "withdrawn": r["withdrawn"] or r["id"] in gone} for r in rows])
    detail = {"reason": reason, "with_it": [r["w_id"] for r in leaving if r["id"] != do.paragraph], **carried}
    return Outcome(
        {"document": document["id"], "paragraph": context.place.id}, (Entry("paragraph", context.place.id, detail),)
    )


def _leaves(row: Mapping[str, Any], id_: UUID, rows: Any) -> bool:
    """Whether the row is the paragraph, or hangs under it."""
    above = {r["id"]: r["parent_id"] for r in rows}
    at: UUID | None = row["id"]
    while at is not None and at != id_:
        at = above.get(at)
    return at == id_


async def _carried(do: WithdrawParagraph, context: ActContext, unit: UnitOfWork, leaving: list[UUID]) -> dict[str, Any]:
    """Answers and sources go over to the paragraph that takes its place; without one, no answer may point here."""
    answers = await silences.answers_reflected_in(unit, leaving)
    if do.carry_to is None:
        if answers:
            ids = tuple(f"Disposition:{row['id']}" for row in answers[:FIRST])
            raise ParagraphAnswersFor(open_count=len(answers), open_ids=ids).at_path("carryTo")
        return {}
    if do.carry_to in leaving:
        raise InvalidValue(reason="A paragraph that leaves the text cannot take its own place.").at_path("carryTo")
    there = await texts.need_paragraph(unit, context.row["document_id"], do.carry_to, "carryTo")
    count, sources = await silences.carry(unit, leaving, do.carry_to)
    await texts.reword(context, unit, there)
    return {"carry_to": there["w_id"], "answers": count, "sources": sources}
