"""A paragraph's text is changed, against the revision that was read."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.paragraph import COUNTED_KINDS, Paragraph, need_number_once, need_revision, revise
from ...store import texts
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .renumbering import renumber
from .scope import editable


@dataclass(frozen=True)
class ReviseParagraph(Command):
    """Change a paragraph's text or weight words, or put a withdrawn one back. What is left out stays as it is; a
    paragraph that comes back has its old identity, and the others are numbered anew."""

    on = ("paragraph", "paragraph")
    gives = {"document": "Document", "paragraph": "Paragraph"}

    paragraph: UUID = arg("The paragraph.", of="Paragraph")
    expected_revision: int = arg("The revision that was edited.")
    text: str | None = arg("Its new text, CommonMark without HTML, up to 10,000 characters.", default=None)
    weight: str | None = arg("Its weight words; empty takes them away.", default=None)
    put_back: bool = arg("True puts a paragraph that was withdrawn back into the text.", default=False)


async def revise_paragraph(do: ReviseParagraph, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, and (StaleRevision, with the current text) another revision than the one
    read, and (InvalidValue) to put back what has a number that another has taken since."""
    document, before = editable("revise_paragraph", context), context.target(Paragraph)
    need_revision(before, do.expected_revision)
    after = revise(before, do.text, do.weight, put_back=do.put_back)
    await store.write(change(before, after))
    if before.withdrawn and not after.withdrawn:
        order = await store.ask(texts.paragraphs(document.id))
        if not before.counted and before.kind in COUNTED_KINDS:
            others = [placed.paragraph for placed in order if placed.paragraph.id != before.id]
            need_number_once(before.number, others, "putBack")
        await renumber(context, store, order)
    detail = {"revision": after.revision, **({"put_back": True} if do.put_back else {})}
    return Outcome({"document": document.id, "paragraph": before.id}, (Entry("paragraph", before.id, detail),))
