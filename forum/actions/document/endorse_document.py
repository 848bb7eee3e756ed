"""It is recorded that the body asked has closed the text: endorsed it, or adopted it where the process says so."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.agreement import AgreementPurpose
from ...domain.body import ForumKind
from ...domain.document import MOST_NAME, DocumentState, final_label
from ...domain.text import maybe_line
from ...errors import InvalidValue
from ...refusal import phrased
from ...store import agreements
from ...store.steps import Store
from ...workflow.definition_parts import Closing
from ..agreement.agreeing import need_agreed, use_here
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .closing import body_name, close_document, closing_of, need_kind, on_paper, tell_closed
from .freezing import frozen
from .scope import document_of


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
    label: str | None = arg('What the closed text is called; left out: "Final", in its language.', default=None)


async def endorse_document(do: EndorseDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a document that is closed and does not end once more, one that lies before a body, one of a kind that
    ends otherwise, and (AgreementMissing) the name of a body that has not agreed, or with which the text has nothing to
    do."""
    before = document_of(context)
    closing = closing_of("endorse_document", context, before)
    body = await _body(do, closing, context, store)
    label = maybe_line(do.label, MOST_NAME, "label") or final_label(before)
    document, revision = await frozen(context, store, before, label)
    words = on_paper(context, closing, context.now, body)
    state = DocumentState(closing.name)
    await close_document("endorse_document", context, store, document, state, words, context.now, label)
    await tell_closed(context, store, document, words, revision.id)
    detail = {"revision": revision.number, "hash": revision.hash}
    return Outcome({"document": document.id}, (Entry("document", document.id, detail),))


async def _body(do: EndorseDocument, closing: Closing, context: ActContext, store: Store) -> str:
    """The name of the body that closes the text: it stands on paper as that body's word.

    Refuses (InvalidValue) one of another kind than the process asks; and, where it asks a role and no kind of body, one
    that this forum set up for something else: its own members close the text.
    """
    id_ = do.body or context.place.forum_id
    name = await body_name(store, id_, "body")
    bodies = await store.ask(agreements.bodies((id_,)))
    forums = (context.place.forum_id, *context.place.convened_by)
    for body in bodies if do.body is not None else ():
        need_kind(closing, body)
        if closing.by not in tuple(ForumKind) and body.id not in forums and body.parent_id in forums:
            other = phrased(
                "{name} was set up for something else: this text is closed by the forum itself. Leave it out.",
                name=body.name,
            )
            raise InvalidValue(reason=other).at_path("body")
    await need_agreed(context, store, use_here(context, AgreementPurpose.ENDORSE), bodies, "body")
    return name
