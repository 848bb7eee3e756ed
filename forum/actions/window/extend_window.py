"""A window is given more time: a call, a consultation, a silence, or the planned window of a stage."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.reminders import deadline
from ...errors import InvalidValue, Refusal
from ...store import notices
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..document import texts
from ..track import by_clock as _clock
from . import extending, moving

_KINDS = ("call", "document", "silence", "track")
_WORDS = "{what} has more time: it closes at {now}. Before, that was {before}. The reason given: {reason}{more}"
_MORE = " What is planned after it on the same track moves by the same length."


@dataclass(frozen=True)
class ExtendWindow(Command):
    """Give a call, the consultation on a text, a silence, or the planned window of a stage more time, with a reason that
    goes on the record. Whom it concerns is told. A window that has closed is not opened again."""

    on = ("call", "call")
    creates = True
    alone = True
    gives = {"extension": "Extension", "call": "Call", "document": "Document", "silence": "Silence", "track": "Track"}

    closes_at: datetime = arg("The new end: the first instant that is too late.")
    reason: str = arg("Why, for everybody whom it concerns.")
    call: UUID | None = arg(
        "The call that gets more time. Name one of call, document, silence and track.", of="Call", default=None
    )
    document: UUID | None = arg("The text whose consultation gets more time.", of="Document", default=None)
    silence: UUID | None = arg("The silence that gets more time.", of="Silence", default=None)
    track: UUID | None = arg("The track of which a stage gets more time.", of="Track", default=None)
    stage: str | None = arg(
        "Which stage of the track, by its id in the process; the present one when left out.", default=None
    )
    and_following: bool = arg(
        "Whether what is planned after it on the same track moves by the same length.", default=False
    )

    def on_kind(self) -> str:
        return next((kind for kind in _KINDS if getattr(self, kind) is not None), "call")

    def target(self) -> UUID:
        named = [given for kind in _KINDS if (given := getattr(self, kind)) is not None]
        if len(named) != 1:
            raise InvalidValue(reason="Name one window: a call, a document, a silence or a track.").at_path("call")
        return named[0]


async def extend_window(do: ExtendWindow, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a window that is over, an end that is not later than the present one or lies after the edition's, and an empty reason. The thing is
    held alone and the clock was read after that: either it gets more time, or it has closed."""
    kind, reason = do.on_kind(), texts.filled(do.reason, "reason")
    window = await extending.found(kind, do.stage, context, unit)
    try:
        closes_at = moving.ahead(do.closes_at)
    except Refusal as refusal:
        raise refusal.at_path("closesAt") from None
    if closes_at <= max(window.was, context.now):
        raise InvalidValue(reason=f"It closes at {deadline(window.was, window.zone)}: name a later instant.").at_path(
            "closesAt"
        )
    moving.within(closes_at, context.place.edition, "closesAt")
    jobs = await extending.give(window, closes_at, context, unit)
    moved = await extending.along(window, closes_at - window.was, do.and_following, context, unit)
    rows = extending.record(window, closes_at, reason, context, moved)
    await unit.add(t.extension, *rows)
    words = _WORDS.format(
        what=window.spoken,
        now=deadline(closes_at, window.zone),
        before=deadline(window.was, window.zone),
        reason=moving.sentence(reason),
        more=_MORE if do.and_following and moved else "",
    )
    about = {"edition": rows[0]["edition_id"], **window.about}
    people = await extending.people(window, context, unit)
    await unit.write(notices.tell(people, kind="extension", words=words, cause=rows[0]["id"], at=context.now, **about))
    dates = {"was": window.was.isoformat(), "closes_at": closes_at.isoformat()}
    detail = {**dates, "reason": reason, "moved": [r["stage"] for r in moved]}
    length = closes_at - window.was
    turns = tuple(
        _clock.at_the_end("stage", row["track_id"], row["closes_at"] + length) for row in moved if row["closes_at"]
    )
    entry = Entry(kind, context.place.id, {**detail, "window": window.of})
    return Outcome({"extension": rows[0]["id"], kind: context.place.id}, (entry,), (*jobs, *turns))
