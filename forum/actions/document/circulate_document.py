"""A revision is frozen and opened to comments, until a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.document import MOST_MARK, MOST_NAME, Document, circulate
from ...domain.text import line, maybe_line
from ...domain.track import StageWindow
from ...errors import InvalidValue
from ...refusal import phrased
from ...store.records import change, first
from ...store.steps import Store
from ...times import aware
from ...workflow.when import spoken
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock
from .freezing import freeze
from .scope import editable, need_any_paragraph


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


async def circulate_document(do: CirculateDocument, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed or frozen document, an empty text, a closing instant that is not ahead or not planned, and a
    consultation shorter than the forum's minimum."""
    before = editable("circulate_document", context)
    closes_at = await _closes_at(do, context, store, before)
    await need_any_paragraph(store, before.id)
    document, revision = await freeze(
        context,
        store,
        before,
        line(do.label, MOST_NAME, "label"),
        maybe_line(do.initials, MOST_MARK, "initials"),
    )
    await store.write(change(document, circulate(document, context.now, closes_at)))
    detail = {"label": revision.label, "revision": revision.number, "hash": revision.hash}
    ids = {"document": document.id, "revision": revision.id}
    moves = by_clock.at_the_end("consultation", document.track_id, closes_at)
    return Outcome(ids, (Entry("document", document.id, detail),), (moves,))


async def _closes_at(do: CirculateDocument, context: ActContext, store: Store, document: Document) -> datetime:
    """Until when comments are taken: as asked, else as the present stage is planned to close."""
    closes_at = do.comments_close_at
    if closes_at is None and context.place.track is not None:
        stage = context.place.track.stage
        planned = await store.ask(first(StageWindow, track_id=document.track_id, stage=stage))
        closes_at = planned.closes_at if planned else None
    if closes_at is None:
        raise InvalidValue(reason="This stage has no planned end: say when comments close.").at_path("commentsCloseAt")
    if aware(closes_at) <= context.now:
        raise InvalidValue(reason="Comments must close at an instant that lies ahead.").at_path("commentsCloseAt")
    least = context.definition().too_short("consultation", context.track, context.now, closes_at)
    if least is not None:
        too_short = phrased("In this forum a consultation on a draft lasts at least {least}.", least=spoken(least))
        raise InvalidValue(reason=too_short).at_path("commentsCloseAt")
    return closes_at
