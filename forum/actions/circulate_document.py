"""A revision is frozen and opened to comments, until a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue
from ..store import tables as t
from ..store.unit import Unit
from ..times import aware
from . import _texts as texts
from .deeds import Command, Entry, Moment, Outcome, arg


@dataclass(frozen=True)
class CirculateDocument(Command):
    """Freeze a revision, hashed and salted, and open it to the participants' comments until a stated instant."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "revision": "Revision"}

    document: UUID = arg("The document.", of="Document")
    label: str = arg('What the revision is called: "Rev.1".')
    comments_close_at: datetime = arg("The instant from which it is too late to comment.")
    initials: str | None = arg('Whose hand it is, as papers print it: "KN".', default=None)


async def circulate_document(do: CirculateDocument, at: Moment, unit: Unit) -> Outcome:
    """Refuses a closed or frozen document, an empty text, and a closing instant that is not ahead."""
    document = texts.need_editable("circulate_document", at)
    if aware(do.comments_close_at) <= at.now:
        raise InvalidValue(reason="Comments must close at an instant that lies ahead.").at("commentsCloseAt")
    if await unit.row(t.paragraph, document_id=document["id"], withdrawn=False) is None:
        raise InvalidValue(reason="There is no paragraph in it yet.").at("document")
    revision = await texts.freeze(at, unit, document, texts.filled(do.label, "label"), texts.maybe(do.initials))
    opened = {"comments_open_at": at.now, "comments_close_at": do.comments_close_at}
    await unit.change(t.document, document["id"], state="circulated", audience="participants", **opened)
    detail = {"label": revision["label"], "revision": revision["number"], "hash": revision["hash"]}
    ids = {"document": document["id"], "revision": revision["id"]}
    return Outcome(ids, (Entry("document", document["id"], detail),))
