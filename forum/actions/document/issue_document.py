"""A document is issued under the responsibility that the process names."""

from dataclasses import dataclass
from uuid import UUID

from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import texts


@dataclass(frozen=True)
class IssueDocument(Command):
    """Issue a document. Its text is frozen, unless it still is the last frozen revision, and read by the audience that
    the process gives this kind."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document"}

    document: UUID = arg("The document.", of="Document")
    label: str | None = arg('What the final revision is called, where one is frozen: "Final".', default=None)


async def issue_document(do: IssueDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed document, and one of a kind that does not end by being issued."""
    document = texts.need_editable("issue_document", context)
    closing = texts.closing_of("issue_document", context, document, "issued")
    revision = await texts.frozen(context, unit, document, texts.maybe(do.label))
    body = await texts.body_name(unit, context.place.forum_id)
    words = texts.on_paper(closing, context.now, texts.zone_of(context), body)
    await texts.close(context, unit, document, "issued", words, context.now)
    detail = {"revision": revision["number"], "hash": revision["hash"]}
    return Outcome({"document": document["id"]}, (Entry("document", document["id"], detail),))
