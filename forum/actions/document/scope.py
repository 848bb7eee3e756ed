"""What an act on a text is about: the document at hand, what of it is named, and what the text itself may name."""

from collections.abc import Sequence
from uuid import UUID

from ...domain.document import Document, Recommendation, need_editable
from ...domain.paragraph import Paragraph, need_standing
from ...errors import InvalidValue, NotFound
from ...refusal import phrased
from ...store import texts
from ...store.records import first
from ...store.steps import Store
from ..core.act import ActContext


def document_of(context: ActContext) -> Document:
    """The document at hand. An act that is on none is a programmer's error."""
    if context.place.document is None:
        raise TypeError(f"the act is on a {context.place.kind}, which has no document")
    return context.place.document


def editable(act: str, context: ActContext) -> Document:
    """The document at hand. Refuses (WrongState) one that lies before a body or is closed: its text is frozen."""
    document = document_of(context)
    need_editable(act, document)
    return document


def opaque(node_id: str, kinds: Sequence[str], *path: str) -> tuple[str, UUID]:
    """`Contribution:<uuid>` -> its kind and uuid. Refuses (InvalidValue) all but an id of one of the kinds."""
    kind, _, rest = node_id.partition(":")
    try:
        if kind in kinds and len(rest) == 36:
            return kind, UUID(rest)
    except ValueError:
        pass
    shown = node_id[:60].encode("ascii", "replace").decode()
    raise InvalidValue(
        reason=phrased("This takes the id of one of {kinds}; {shown} is none.", kinds=", ".join(kinds), shown=shown)
    ).at_path(*path)


def scope(context: ActContext) -> texts.Scope:
    """What the text at hand may name, seen by whoever acts."""
    edition = None if context.place.edition is None else context.place.edition.id
    forums = (context.place.forum_id, *context.place.convened_by)
    return texts.Scope(forums, edition, context.viewer.forums, context.viewer.teams)


async def need_paragraph(store: Store, document: UUID, id_: UUID, *path: str) -> Paragraph:
    """A paragraph of this document that was not withdrawn. Refuses (NotFound) any other."""
    return need_standing(await store.ask(first(Paragraph, id=id_, document_id=document)), *path)


async def need_recommendation(store: Store, document: UUID, id_: UUID, *path: str) -> Recommendation:
    """A recommendation of this document. Refuses (NotFound) any other."""
    recommendation = await store.ask(first(Recommendation, id=id_, document_id=document))
    if recommendation is None:
        raise NotFound(what="recommendation of this document").at_path(*path)
    return recommendation


async def need_any_paragraph(store: Store, document: UUID) -> None:
    """Refuses (InvalidValue) a document in which no paragraph stands."""
    if await store.ask(first(Paragraph, document_id=document, withdrawn=False)) is None:
        raise InvalidValue(reason="There is no paragraph in it yet.").at_path("document")
