"""It is recorded that the body asked has closed the text: endorsed it, or adopted it where the process says so."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.document import DocumentState
from ...domain.text import maybe
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .closing import body_name, close_document, closing_of, on_paper, zone_of
from .freezing import frozen
from .scope import editable

# The closings of a process that this act brings about; each is the state the text is in afterwards.
ENDINGS = (DocumentState.ENDORSED, DocumentState.ADOPTED)


@dataclass(frozen=True)
class EndorseDocument(Command):
    """Record that the body asked has endorsed the text - or adopted it, where the process knows that word. A text that
    is put to a body by no objection is endorsed by the clock instead."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document"}

    document: UUID = arg("The document.", of="Document")
    body: UUID | None = arg(
        "The body that closed it; left out: the one whose document it is.", of="Forum", default=None
    )
    label: str | None = arg('What the final revision is called, where one is frozen: "Final".', default=None)


async def endorse_document(do: EndorseDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed document, one that lies before a body, and one of a kind that ends otherwise."""
    before = editable("endorse_document", context)
    closing = closing_of("endorse_document", context, before, *ENDINGS)
    body = await body_name(store, do.body or context.place.forum_id, "body")
    document, revision = await frozen(context, store, before, maybe(do.label))
    words = on_paper(closing, context.now, zone_of(context), body)
    state = DocumentState(closing.name)
    await close_document("endorse_document", context, store, document, state, words, context.now)
    detail = {"revision": revision.number, "hash": revision.hash}
    return Outcome({"document": document.id}, (Entry("document", document.id, detail),))
