"""A revision is frozen and opened to comments, until a stated instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ...errors import InvalidValue
from ...store import tracks
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ...times import aware
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock as _clock
from . import texts


@dataclass(frozen=True)
class CirculateDocument(Command):
    """Freeze a revision, hashed and salted, and open it to the participants' comments until a stated instant."""

    on = ("document", "document")
    creates = True
    gives = {"document": "Document", "revision": "Revision"}

    document: UUID = arg("The document.", of="Document")
    label: str = arg('What the revision is called: "Rev.1".')
    comments_close_at: datetime | None = arg(
        "The instant from which it is too late to comment. Left out: when the present stage is planned to close.",
        default=None,
    )
    initials: str | None = arg('Whose hand it is, as papers print it: "KN".', default=None)


async def circulate_document(do: CirculateDocument, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed or frozen document, an empty text, and a closing instant that is not ahead, or not planned."""
    document = texts.need_editable("circulate_document", context)
    closes_at = await _closes_at(do, context, unit, document)
    if await unit.row(t.paragraph, document_id=document["id"], withdrawn=False) is None:
        raise InvalidValue(reason="There is no paragraph in it yet.").at_path("document")
    revision = await texts.freeze(context, unit, document, texts.filled(do.label, "label"), texts.maybe(do.initials))
    opened = {"comments_open_at": context.now, "comments_close_at": closes_at}
    await unit.change(t.document, document["id"], state="circulated", audience="participants", **opened)
    detail = {"label": revision["label"], "revision": revision["number"], "hash": revision["hash"]}
    ids = {"document": document["id"], "revision": revision["id"]}
    moves = _clock.at_the_end("consultation", document["track_id"], closes_at)
    return Outcome(ids, (Entry("document", document["id"], detail),), (moves,))


async def _closes_at(
    do: CirculateDocument, context: ActContext, unit: UnitOfWork, document: Mapping[str, Any]
) -> datetime:
    """Until when comments are taken: as asked, else as the present stage is planned to close."""
    closes_at = do.comments_close_at
    if closes_at is None and context.place.track is not None:
        planned = await tracks.window(unit, document["track_id"], context.place.track["stage"])
        closes_at = planned["closes_at"] if planned else None
    if closes_at is None:
        raise InvalidValue(reason="This stage has no planned end: say when comments close.").at_path("commentsCloseAt")
    if aware(closes_at) <= context.now:
        raise InvalidValue(reason="Comments must close at an instant that lies ahead.").at_path("commentsCloseAt")
    return closes_at
