"""How texts end, as the process says: by which act, with which words on paper, and who reads them from then on."""

from datetime import datetime
from uuid import UUID

from ... import times
from ...domain.body import Forum
from ...domain.document import Audience, Document, DocumentState, Ending, close, final_label
from ...domain.noun import need_state
from ...errors import NotFound, WordNotAllowed
from ...store.records import by_id, change
from ...store.steps import Store
from ...workflow.definition_parts import Closing
from ...workflow.definition_parts import Document as DocumentKind
from ..core.act import ActContext


def kind_of(context: ActContext, document: Document) -> DocumentKind:
    """What the process says of this kind of document. Refuses (WordNotAllowed) one it no longer makes."""
    known = context.definition().documents
    if document.kind not in known:
        raise WordNotAllowed(word=document.kind, words=tuple(known)).at_path("document")
    return known[document.kind]


def closing_of(act: str, context: ActContext, document: Document, *names: str) -> Closing:
    """How this text ends. Refuses (WrongState) an act by which a text of this kind does not end."""
    closing = context.definition().closings[kind_of(context, document).closing]
    otherwise = f"a {document.kind}, which ends otherwise ({closing.name})"
    need_state(act, closing.name if closing.name in names else otherwise, *names)
    return closing


def on_paper(closing: Closing, when: datetime, zone: str, body: str, hours: int | None = None) -> str:
    """The words that stand on screen and paper, the date in the edition's zone: "Issued by the Chair on 14 May
    2020"."""
    day = times.spoken(when, zone).split(",")[0]
    words = closing.word_on_paper.replace("{date}", day).replace("{body}", body)
    return words.replace("{hours}", str(closing.hours if hours is None else hours))


def zone_of(context: ActContext) -> str:
    """The zone in which people of this edition read dates."""
    return "UTC" if context.place.edition is None else context.place.edition.zone


async def body_name(store: Store, forum: UUID, *path: str) -> str:
    """The name of a body. Refuses (NotFound, at `path`) one that is not there."""
    body = await store.ask(by_id(Forum, forum))
    if body is None:
        raise NotFound(what="forum").at_path(*path)
    return body.name


async def close_document(
    act: str,
    context: ActContext,
    store: Store,
    document: Document,
    state: DocumentState,
    words: str,
    now: datetime,
    label: str | None = None,
) -> None:
    """Close a text as of `now`: its state, its words, and from now on the audience the process gives it. Its version is
    called by `label`, else as a closed text is in its language."""
    kind = kind_of(context, document)
    closing = context.definition().closings[kind.closing].name
    ending = Ending(state, closing, words, Audience(kind.visibility), label or final_label(document))
    await store.write(change(document, close(act, document, ending, now)))
