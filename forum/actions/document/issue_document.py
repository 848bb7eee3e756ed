"""A document is issued under the responsibility that the process names."""

from dataclasses import dataclass
from uuid import UUID

from ...store.unit import Unit
from ..core.act import Command, Entry, Moment, Outcome, arg
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


async def issue_document(do: IssueDocument, at: Moment, unit: Unit) -> Outcome:
    """Refuses a closed document, and one of a kind that does not end by being issued."""
    document = texts.need_editable("issue_document", at)
    closing = texts.closing_of("issue_document", at, document, "issued")
    revision = await texts.frozen(at, unit, document, texts.maybe(do.label))
    body = await texts.body_name(unit, at.place.forum_id)
    words = texts.on_paper(closing, at.now, texts.zone_of(at), body)
    await texts.close(at, unit, document, "issued", words, at.now)
    detail = {"revision": revision["number"], "hash": revision["hash"]}
    return Outcome({"document": document["id"]}, (Entry("document", document["id"], detail),))
