"""It is recorded that the body asked has closed the text: endorsed it, or adopted it where the process says so."""

from dataclasses import dataclass
from uuid import UUID

from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts

_STATE = {"endorsed": "endorsed", "adopted": "adopted"}


@dataclass(frozen=True)
class EndorseDocument(Command):
    """Record that the body asked has endorsed the text - or adopted it, where the process knows that word. A text that is
    put to a body by no objection is endorsed by the clock instead."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document"}

    document: UUID = arg("The document.", of="Document")
    body: UUID | None = arg(
        "The body that closed it; left out: the one whose document it is.", of="Forum", default=None
    )
    label: str | None = arg('What the final revision is called, where one is frozen: "Final".', default=None)


async def endorse_document(do: EndorseDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed document, one that lies before a body, and one of a kind that ends otherwise."""
    document = texts.need_editable("endorse_document", context)
    closing = texts.closing_of("endorse_document", context, document, *_STATE)
    body = await texts.body_name(unit, do.body or context.place.forum_id, "body")
    revision = await texts.frozen(context, unit, document, texts.maybe(do.label))
    words = texts.on_paper(closing, context.now, texts.zone_of(context), body)
    await texts.close(context, unit, document, _STATE[closing.name], words, context.now)
    detail = {"revision": revision["number"], "hash": revision["hash"]}
    return Outcome({"document": document["id"]}, (Entry("document", document["id"], detail),))
