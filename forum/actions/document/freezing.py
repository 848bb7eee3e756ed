"""Texts are frozen: a revision holds all that a text says, under a salted hash."""

import secrets

from ...domain import snapshot
from ...domain.document import Document, Revision, Snapshot, with_revision
from ...domain.document_text import Content, content, need_length, still_holds
from ...store import texts
from ...store.records import add, change
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext
from .closing import kind_of


async def freeze(
    context: ActContext, store: Store, document: Document, label: str, initials: str | None
) -> tuple[Document, Revision]:
    """Freeze the text as it stands: a revision, which becomes the document's newest. Gives both."""
    newest = await store.ask(texts.newest_revision(document.id))
    frozen = content(await store.ask(texts.whole(document)))
    return await _freeze(
        context, store, document, _revision(context, document, newest, frozen, label, initials), frozen
    )


async def frozen(context: ActContext, store: Store, document: Document, label: str | None) -> tuple[Document, Revision]:
    """The newest revision where the text still is what it holds, else a new one; and the document with it.

    Refuses (TextTooLong) a text that is longer than its kind may be once it is closed; a draft in circulation may be.
    """
    if document.closing is not None:  # it ends for the second time: a version of its own, of the same text
        return await freeze(context, store, document, label or document.version_label, None)
    newest = await store.ask(texts.newest_revision(document.id))
    text = await store.ask(texts.whole(document))
    need_length(text, kind_of(context, document).most_words)
    contents = content(text)
    if newest is not None and still_holds(newest, contents):
        return document, newest
    revision = _revision(context, document, newest, contents, label or document.version_label, None)
    return await _freeze(context, store, document, revision, contents)


def _revision(
    context: ActContext,
    document: Document,
    newest: Revision | None,
    frozen: Content,
    label: str,
    initials: str | None,
) -> Revision:
    salt = secrets.token_bytes(snapshot.SALT_BYTES)
    return Revision(
        id=fresh(),
        document_id=document.id,
        number=1 if newest is None else newest.number + 1,
        label=label,
        initials=initials,
        hash=snapshot.seal(frozen, salt),
        salt=salt,
        frozen_at=context.now,
    )


async def _freeze(
    context: ActContext, store: Store, document: Document, revision: Revision, frozen: Content
) -> tuple[Document, Revision]:
    await store.write(add(revision))
    kept = Snapshot(
        id=fresh(),
        subject_kind="revision",
        subject_id=revision.id,
        content=snapshot.canonical(frozen).decode(),
        salt=revision.salt,
        hash=revision.hash,
    )
    await store.write(add(kept))
    after = with_revision(document, revision)
    await store.write(change(document, after))
    return after, revision
