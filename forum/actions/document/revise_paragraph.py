"""A paragraph's text is changed, against the revision that was read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...errors import StaleRevision
from ...store import texts as stored
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts


@dataclass(frozen=True)
class ReviseParagraph(Command):
    """Change a paragraph's text or weight words, or put a withdrawn one back. What is left out stays as it is; a paragraph
    that comes back has its old identity, and the others are numbered anew."""

    on = ("paragraph", "paragraph")
    gives = {"document": "Document", "paragraph": "Paragraph"}

    paragraph: UUID = arg("The paragraph.", of="Paragraph")
    expected_revision: int = arg("The revision that was edited.")
    text: str | None = arg("Its new text, CommonMark without HTML.", default=None)
    weight: str | None = arg("Its weight words; empty takes them away.", default=None)
    put_back: bool = arg("True puts a paragraph that was withdrawn back into the text.", default=False)


async def revise_paragraph(do: ReviseParagraph, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, and (StaleRevision, with the current text) another revision than the one read."""
    document, row = texts.need_editable("revise_paragraph", context), context.row
    if do.expected_revision != row["revision"]:
        stale = StaleRevision(expected=do.expected_revision, current=row["revision"], current_text=row["markdown"])
        raise stale.at_path("expectedRevision")
    changed: dict[str, Any] = {"revision": row["revision"] + 1}
    if do.text is not None:
        changed["markdown"] = texts.filled(do.text, "text")
    if do.weight is not None:
        changed["weight"] = texts.maybe(do.weight)
    if do.put_back:
        changed["withdrawn"] = False
    await unit.change(t.paragraph, context.place.id, **changed)
    if do.put_back and row["withdrawn"]:
        await texts.renumber(context, unit, await stored.paragraphs(unit, document["id"]))
    detail = {"revision": changed["revision"], **({"put_back": True} if do.put_back else {})}
    return Outcome(
        {"document": document["id"], "paragraph": context.place.id}, (Entry("paragraph", context.place.id, detail),)
    )
