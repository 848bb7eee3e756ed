"""A document is issued under the responsibility that the process names."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.document import MOST_NAME, DocumentState, final_label
from ...domain.text import maybe_line
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .closing import body_name, close_document, closing_of, on_paper, tell_closed
from .freezing import frozen
from .scope import document_of


@dataclass(frozen=True)
class IssueDocument(Command):
    """Issue a document. Its text is frozen, unless it still is the last frozen revision, and read by the audience that
    the process gives this kind, which is told."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document"}

    document: UUID = arg("The document.", of="Document")
    label: str | None = arg('What the issued text is called; left out: "Final", in its language.', default=None)


async def issue_document(do: IssueDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a document that is closed and does not end once more, and one of a kind that does not end by being
    issued."""
    before = document_of(context)
    closing = closing_of("issue_document", context, before)
    label = maybe_line(do.label, MOST_NAME, "label") or final_label(before)
    document, revision = await frozen(context, store, before, label)
    body = await body_name(store, context.place.forum_id)
    words = on_paper(context, closing, context.now, body)
    await close_document("issue_document", context, store, document, DocumentState.ISSUED, words, context.now, label)
    await tell_closed(context, store, document, words, revision.id)
    detail = {"revision": revision.number, "hash": revision.hash}
    return Outcome({"document": document.id}, (Entry("document", document.id, detail),))
