"""What can be given more time: what each kind of window is called, when it closes, what moves with it, whom it
concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from ...domain.call import Addressee, Answer, Call, CallState, move_deadline, taken_until
from ...domain.document import Document, DocumentState
from ...domain.extension import (
    ExtendedWindow,
    Extension,
    Window,
    extend_consultation,
    extend_silence,
    extend_stage,
    extension_of,
    kind_of,
    move_along,
    need_open,
)
from ...domain.saying import Saying, saying
from ...domain.silence import Silence, SilenceState, reminds_at
from ...domain.track import StageWindow, Track
from ...errors import InvalidValue
from ...refusal import phrased
from ...store import extensions, notices, tracks
from ...store.records import change, matching
from ...store.steps import Store
from ...store.unit import fresh
from ..call import reminding
from ..core.act import ActContext, Job
from ..core.judge import place_of
from ..document import closing
from ..silence.members import members_of, reminder
from ..track import by_clock


@dataclass(frozen=True)
class Extended:
    """A window as it stands before it is given more time: how it is spoken of, when it closes, in which zone.

    `call` and `document`: what a notice about it points to.
    """

    window: Window
    edition_id: UUID
    spoken: Saying
    was: datetime
    zone: str
    call: UUID | None = None
    document: UUID | None = None

    @property
    def of(self) -> ExtendedWindow:
        """What sort of window it is."""
        return kind_of(self.window)


async def find_window(kind: str, stage: str | None, context: ActContext, store: Store) -> Extended:
    """The window the act is on: of a call, document, silence or (`stage`) track.

    Refuses (WindowClosed) one that is over, (InvalidValue) one that was never dated.
    """
    if kind == "track":
        return await _stage(stage, context, store)
    return _WINDOW_OF[kind](context)


def _call(context: ActContext) -> Extended:
    call = context.target(Call)
    need_open(ExtendedWindow.CALL, call.closes_at, call.state == CallState.OPEN, context.now)
    return Extended(
        call, call.edition_id, saying('The call "{title}"', title=call.title), call.closes_at, call.zone, call=call.id
    )


def _silence(context: ActContext) -> Extended:
    silence, document = context.target(Silence), context.place.document
    assert document is not None, "a silence is located with its document"
    need_open(ExtendedWindow.SILENCE, silence.ends_at, silence.state == SilenceState.RUNNING, context.now)
    spoken = saying('The silence on "{title}"', title=document.title)
    return Extended(silence, document.edition_id, spoken, silence.ends_at, _zone(context), document=document.id)


def _consultation(context: ActContext) -> Extended:
    document = context.target(Document)
    closes_at = document.comments_close_at
    if closes_at is None:
        reason = "This text has not been circulated: no consultation on it has begun."
        raise InvalidValue(reason=reason).at_path("document")
    need_open(ExtendedWindow.CONSULTATION, closes_at, document.state == DocumentState.CIRCULATED, context.now)
    spoken = saying('The consultation on "{title}"', title=document.title)
    return Extended(document, document.edition_id, spoken, closes_at, _zone(context), document=document.id)


_WINDOW_OF = MappingProxyType({"call": _call, "document": _consultation, "silence": _silence})


async def _stage(stage: str | None, context: ActContext, store: Store) -> Extended:
    track = context.target(Track)
    named = stage or track.stage
    window = await store.ask(tracks.window(track.id, named))
    if window is None or window.closes_at is None:
        undated = phrased(
            "The stage {stage} of this track has no date at which it closes: there is nothing to extend.",
            stage=named[:60],
        )
        raise InvalidValue(reason=undated).at_path("stage")
    title = context.track.stages[named].title if context.track and named in context.track.stages else named
    need_open(ExtendedWindow.STAGE, window.closes_at, True, context.now)
    of = context.track.called(track.title) if context.track else track.title
    spoken = saying('The stage "{title}" of "{track}"', title=title, track=of)
    return Extended(window, track.edition_id, spoken, window.closes_at, window.zone or _zone(context))


def _zone(context: ActContext) -> str:
    """The zone in which dates of this track are spoken: as its process says, else the edition's."""
    of_track = context.track.zone if context.track else ""
    of_process = context.process.zone if context.process else ""
    return of_track or of_process or (context.place.edition.zone if context.place.edition else "UTC")


async def give(extended: Extended, closes_at: datetime, context: ActContext, store: Store) -> tuple[Job, ...]:
    """Write the new end down, and what hangs on it: the grace and the reminders of a call.

    Refuses (InvalidValue) a silence that would last too long.
    """
    before = extended.window
    if isinstance(before, Call):
        call = move_deadline(before, closes_at)
        await store.write(change(before, call))
        rounds = await reminding.plan(store, context.definition(), context.track, call, context.now)
        return (by_clock.at_the_end("call", call.id, taken_until(call)), *rounds)
    if isinstance(before, Silence):
        silence = extend_silence(before, closes_at, _remind_at(closes_at, context))
        await store.write(change(before, silence))
        return (by_clock.at_the_end("silence", before.id, closes_at), *reminder(silence))
    if isinstance(before, Document):
        await store.write(change(before, extend_consultation(before, closes_at)))
        return (by_clock.at_the_end("consultation", before.track_id, closes_at),)
    await store.write(change(before, extend_stage(before, closes_at)))
    return (by_clock.at_the_end("stage", before.track_id, closes_at),)


def _remind_at(closes_at: datetime, context: ActContext) -> datetime | None:
    document = context.place.document
    assert document is not None, "a silence is located with its document"
    ends = context.definition().closings[closing.kind_of(context, document).closing]
    return reminds_at(closes_at, ends.reminder_hours, context.now)


async def along(
    extended: Extended, length: timedelta, and_following: bool, context: ActContext, store: Store
) -> tuple[StageWindow, ...]:
    """Move the planned windows of the track that go along; those that moved, as they were.

    The stage from which a call took its deadline goes along always; what is planned later, if that was asked.
    """
    track, was = context.place.track, extended.was
    if track is None:
        return ()
    own = await store.ask(extensions.closing_with(track.id, was)) if extended.of == ExtendedWindow.CALL else ()
    after = await store.ask(extensions.following(track.id, was, context.now)) if and_following else ()
    going: Mapping[UUID, StageWindow] = {window.id: window for window in (*own, *after)}
    windows = tuple(window for id_, window in going.items() if id_ != extended.window.id)
    for window in windows:
        await store.write(change(window, move_along(window, length, opens_too=window not in own)))
    return windows


def record(
    extended: Extended, closes_at: datetime, reason: str, now: datetime, moved: Sequence[StageWindow]
) -> tuple[Extension, ...]:
    """The lines of the record: the window itself first, then each planned window that went along and has an end."""
    length = closes_at - extended.was
    ends = [(extended.window, extended.was), *((window, window.closes_at) for window in moved)]
    return tuple(
        extension_of(window, was, was + length, id_=fresh(), edition_id=extended.edition_id, reason=reason, now=now)
        for window, was in ends
        if was is not None
    )


async def people(extended: Extended, context: ActContext, store: Store) -> frozenset[UUID]:
    """Whom it concerns. A call: those who speak for an addressee that has not declined, and the coordinators; a
    silence: the members of the body; else everybody who takes part. The team always."""
    place, window = place_of(context.place), extended.window
    team = await store.ask(notices.team(place, context.now))
    if isinstance(window, Silence):
        return team | await members_of(context, store, window.body_id)
    if not isinstance(window, Call):
        return team | await store.ask(notices.taking_part(place, context.now))
    addressees = await store.ask(matching(Addressee, "id", call_id=window.id))
    asked = [addressee.organisation_id for addressee in addressees if addressee.answer != Answer.NO_INPUT_THIS_TIME]
    speaking = await store.ask(notices.speaking_for(asked, place, context.now))
    return team | speaking | await store.ask(notices.coordinating(asked, place, context.now))
