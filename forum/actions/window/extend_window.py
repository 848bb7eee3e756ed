"""A window is given more time: a call, a consultation, a silence, or the planned window of a stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ...domain.extension import Extension
from ...domain.notice import NoticeKind
from ...domain.reminders import deadline
from ...domain.saying import Instant, saying
from ...domain.text import filled, sentence
from ...domain.track import StageWindow
from ...errors import InvalidValue
from ...refusal import Refusal, phrased
from ...store import notices
from ...store.records import add
from ...store.steps import Store, Write
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..track import by_clock
from . import extending, moving

_KINDS = ("call", "document", "silence", "track")
_WORDS = "{what} has more time: it closes at {now}. Before, that was {before}. The reason given: {reason}"
_ALONG = "{extended} What is planned after it on the same track moves by the same length."


@dataclass(frozen=True)
class ExtendWindow(Command):
    """Give a call, the consultation on a text, a silence, or the planned window of a stage more time, with a reason
    that goes on the record. Whom it concerns is told. A window that has closed is not opened again."""

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
        named: list[UUID] = [id_ for kind in _KINDS if (id_ := getattr(self, kind)) is not None]
        if len(named) != 1:
            raise InvalidValue(reason="Name one window: a call, a document, a silence or a track.").at_path("call")
        return named[0]


async def extend_window(do: ExtendWindow, context: ActContext, store: Store) -> Outcome:
    """The thing is held alone and the clock was read after that: either it gets more time, or it has closed.

    Refuses a window that is over, an end that is not later than the present one or lies after the edition's, and an
    empty reason.
    """
    kind, reason = do.on_kind(), filled(do.reason, "reason")
    extended = await extending.find_window(kind, do.stage, context, store)
    closes_at = _need_later(do, extended, context)
    jobs = await extending.give(extended, closes_at, context, store)
    length = closes_at - extended.was
    moved = await extending.along(extended, length, do.and_following, context, store)
    lines = extending.record(extended, closes_at, reason, context.now, moved)
    await store.write(add(*lines))
    people = await extending.people(extended, context, store)
    await store.write(_notice(extended, lines[0], people, more=do.and_following and bool(moved)))
    detail = {
        "was": extended.was.isoformat(),
        "closes_at": closes_at.isoformat(),
        "reason": reason,
        "moved": [window.stage for window in moved],
        "window": extended.of.value,
    }
    entry = Entry(kind, context.place.id, detail)
    return Outcome({"extension": lines[0].id, kind: context.place.id}, (entry,), (*jobs, *_turns(moved, length)))


def _need_later(do: ExtendWindow, extended: extending.Extended, context: ActContext) -> datetime:
    """The new end. Refuses (InvalidValue) one that is not later, or lies after the edition's."""
    try:
        closes_at = moving.ahead(do.closes_at)
    except Refusal as refusal:
        raise refusal.at_path("closesAt") from None
    if closes_at <= max(extended.was, context.now):
        reason = phrased(
            "It closes at {deadline}: name a later instant.", deadline=deadline(extended.was, extended.zone)
        )
        raise InvalidValue(reason=reason).at_path("closesAt")
    moving.within(closes_at, context.place.edition, "closesAt")
    return closes_at


def _notice(extended: extending.Extended, line: Extension, people: frozenset[UUID], *, more: bool) -> Write[int]:
    """What everybody whom it concerns is told."""
    words = saying(
        _WORDS,
        what=extended.spoken,
        now=Instant(line.closes_at, extended.zone),
        before=Instant(extended.was, extended.zone),
        reason=sentence(line.reason),
    )
    return notices.tell(
        people,
        kind=NoticeKind.EXTENSION,
        words=saying(_ALONG, extended=words) if more else words,
        cause=line.id,
        at=line.made_at,
        edition=line.edition_id,
        call=extended.call,
        document=extended.document,
    )


def _turns(moved: Sequence[StageWindow], length: timedelta) -> tuple[Job, ...]:
    """The jobs for the ends of the planned windows that went along."""
    ends = [(window.track_id, window.closes_at) for window in moved]
    return tuple(by_clock.at_the_end("stage", track, end + length) for track, end in ends if end is not None)
