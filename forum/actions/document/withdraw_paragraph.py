"""A paragraph is taken out of a text, with what hangs under it; its identity is never used again."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.paragraph import Paragraph, hanging_under, need_revision, need_standing, withdraw
from ...domain.text import filled
from ...errors import InvalidValue, ParagraphAnswersFor
from ...store import silences, texts
from ...store.facts import FIRST
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .renumbering import renumber, reword
from .scope import document_of, editable, need_paragraph


@dataclass(frozen=True)
class WithdrawParagraph(Command):
    """Take a paragraph out of a text, with the bullets under it. Its identity is never used again, running numbers
    close up. Answers that say an input is reflected in it must be given anew, or `carryTo` names the paragraph that
    takes its place: answers and sources go over to that one. Without `carryTo` its sources stay with it, since earlier
    revisions carried them."""

    on = ("paragraph", "paragraph")
    gives = {"document": "Document", "paragraph": "Paragraph"}

    paragraph: UUID = arg("The paragraph.", of="Paragraph")
    expected_revision: int = arg("The revision that was read.")
    reason: str = arg("Why, for the history: read by the text's own team.")
    carry_to: UUID | None = arg("The paragraph that takes its place.", of="Paragraph", default=None)


async def withdraw_paragraph(do: WithdrawParagraph, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, (StaleRevision) another revision than the one read, a paragraph that was
    withdrawn before, an empty reason, and (ParagraphAnswersFor) answers that point to it and nothing to carry them."""
    document, paragraph = editable("withdraw_paragraph", context), context.target(Paragraph)
    need_revision(paragraph, do.expected_revision)
    need_standing(paragraph, "paragraph")
    reason = filled(do.reason, "reason")
    order = await store.ask(texts.paragraphs(document.id))
    leaving = hanging_under(paragraph.id, order)
    carried = await _carried(do, context, store, tuple(before.id for before in leaving))
    gone = {before.id: withdraw(before) for before in leaving}
    for before in leaving:
        await store.write(change(before, gone[before.id]))
    left = [replace(placed, paragraph=gone.get(placed.paragraph.id, placed.paragraph)) for placed in order]
    await renumber(context, store, left)
    detail = {"reason": reason, "with_it": [before.w_id for before in leaving if before.id != paragraph.id], **carried}
    return Outcome({"document": document.id, "paragraph": paragraph.id}, (Entry("paragraph", paragraph.id, detail),))


async def _carried(
    do: WithdrawParagraph, context: ActContext, store: Store, leaving: tuple[UUID, ...]
) -> dict[str, str | int]:
    """Answers and sources go over to the paragraph that takes its place; without one, no answer may point here.

    Gives what the history says of it.
    """
    answers = await store.ask(silences.answers_reflected_in(leaving))
    if do.carry_to is None:
        if answers:
            ids = tuple(f"Disposition:{answer.id}" for answer in answers[:FIRST])
            raise ParagraphAnswersFor(open_count=len(answers), open_ids=ids).at_path("carryTo")
        return {}
    if do.carry_to in leaving:
        raise InvalidValue(reason="A paragraph that leaves the text cannot take its own place.").at_path("carryTo")
    heir = await need_paragraph(store, document_of(context).id, do.carry_to, "carryTo")
    count, sources = await store.write(silences.carry(leaving, do.carry_to))
    await reword(context, store, heir)
    return {"carry_to": heir.w_id, "answers": count, "sources": sources}
