"""What can be given more time: what each kind of window is called, when it closes, what moves with it, whom it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ...domain.silence import MOST_HOURS
from ...errors import InvalidValue, WindowClosed
from ...store import extensions, notices
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..call import reminding
from ..core.act import ActContext, Job
from ..core.judge import place_of
from ..track import by_clock as _clock

_REMEDIES = {
    "call": "Let single organisations hand in late (permitLateContribution), or issue a new call.",
    "consultation": "Circulate the text again: that opens a new round of comments.",
    "silence": "Put the text to the body again: that is a new round.",
    "stage": "Move the track on, or back, by hand (advanceStage).",
}


@dataclass(frozen=True)
class Extended:
    """A window as it stands before it is given more time. `column`: where an extension keeps its id."""

    of: str
    column: str
    id: UUID
    spoken: str
    was: datetime
    zone: str
    rows: tuple[Mapping[str, Any], ...] = ()
    about: Mapping[str, UUID] = field(default_factory=dict)


def need_open(window: Extended, is_open: bool, now: datetime) -> None:
    """Refuses (WindowClosed) a window that is over, with what can be done instead."""
    if not is_open or window.was <= now:
        raise WindowClosed(closed_at=window.was, server_time=now, remedy=_REMEDIES[window.of])


async def found(kind: str, stage: str | None, context: ActContext, unit: UnitOfWork) -> Extended:
    """The window the act is on. Refuses (WindowClosed) one that is over, (InvalidValue) one that was never dated."""
    if kind == "call":
        call = context.row
        window = Extended(
            "call",
            "call_id",
            call["id"],
            f'The call "{call["title"]}"',
            call["closes_at"],
            call["zone"],
            about={"call": call["id"]},
        )
        need_open(window, call["state"] == "open", context.now)
        return window
    zone = _zone(context)
    if kind == "track":
        return await _stage(stage, zone, context, unit)
    document: Mapping[str, Any] = context.place.document or {}
    title, about = document.get("title"), {"document": document["id"]}
    if kind == "silence":
        window = Extended(
            "silence",
            "silence_id",
            context.place.id,
            f'The silence on "{title}"',
            context.row["ends_at"],
            zone,
            about=about,
        )
        need_open(window, context.row["state"] == "running", context.now)
        return window
    closes_at = document["comments_close_at"]
    if closes_at is None:
        raise InvalidValue(reason="This text has not been circulated: no consultation on it has begun.").at_path(
            "document"
        )
    window = Extended(
        "consultation", "document_id", context.place.id, f'The consultation on "{title}"', closes_at, zone, about=about
    )
    need_open(window, document["state"] == "circulated", context.now)
    return window


async def _stage(stage: str | None, zone: str, context: ActContext, unit: UnitOfWork) -> Extended:
    named = stage or context.row["stage"]
    row = await unit.row(t.stage_window, track_id=context.place.id, stage=named)
    if row is None or row["closes_at"] is None:
        raise InvalidValue(
            reason=f"The stage {named[:60]} of this track has no date at which it closes: there is nothing to extend."
        ).at_path("stage")
    title = context.track.stages[named].title if context.track and named in context.track.stages else named
    spoken = f'The stage "{title}" of "{context.row["title"]}"'
    window = Extended("stage", "stage_window_id", row["id"], spoken, row["closes_at"], row["zone"] or zone, (row,))
    need_open(window, True, context.now)
    return window


def _zone(context: ActContext) -> str:
    edition: Mapping[str, Any] = context.place.edition or {}
    return (
        (context.track.zone if context.track else "")
        or (context.process.zone if context.process else "")
        or edition.get("zone", "UTC")
    )


async def give(window: Extended, closes_at: datetime, context: ActContext, unit: UnitOfWork) -> tuple[Job, ...]:
    """Write the new end down, and what hangs on it: the grace and the reminders of a call, the hours of a silence."""
    length = closes_at - window.was
    if window.of == "call":
        grace = context.row["late_until"] and context.row["late_until"] + length
        await unit.change(t.call, window.id, closes_at=closes_at, late_until=grace)
        call = {**context.row, "closes_at": closes_at, "late_until": grace}
        rounds = await reminding.plan(unit, context.definition(), context.track, call, context.now)
        return (_clock.at_the_end("call", window.id, grace or closes_at), *rounds)
    if window.of == "silence":
        hours = (closes_at - context.row["starts_at"]) / timedelta(hours=1)
        if hours > MOST_HOURS:
            raise InvalidValue(
                reason=f"A silence lasts {MOST_HOURS:,} hours at most; with this it would last {hours:,.0f}."
            ).at_path("closesAt")
        await unit.change(t.silence, window.id, ends_at=closes_at)
        return (_clock.at_the_end("silence", window.id, closes_at),)
    if window.of == "consultation":
        await unit.change(t.document, window.id, comments_close_at=closes_at)
        return (_clock.at_the_end("consultation", context.row["track_id"], closes_at),)
    await unit.change(t.stage_window, window.id, closes_at=closes_at, extended=True)
    return (_clock.at_the_end("stage", context.place.id, closes_at),)


async def along(
    window: Extended, length: timedelta, later: bool, context: ActContext, unit: UnitOfWork
) -> list[Mapping[str, Any]]:
    """Move the planned windows of the track that go along: the stage from which a call took its deadline, always; what is
    planned later, if that was asked. Those that moved, as they were."""
    track = context.place.track
    if track is None:
        return []
    own = await extensions.closing_with(unit, track["id"], window.was) if window.of == "call" else []
    after = await extensions.following(unit, track["id"], window.was, context.now) if later else []
    done = {row["id"] for row in window.rows}
    moved = [row for row in (*own, *after) if row["id"] not in done and not done.add(row["id"])]  # type: ignore[func-returns-value]
    for row in moved:
        opens = row["opens_at"] if row in own or row["opens_at"] is None else row["opens_at"] + length
        closes = row["closes_at"] and row["closes_at"] + length
        await unit.change(t.stage_window, row["id"], opens_at=opens, closes_at=closes, extended=True)
    return moved


def record(
    window: Extended, closes_at: datetime, reason: str, context: ActContext, moved: list[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The rows of the record: the window itself first, then each planned window that went along and has an end."""
    edition = None if context.place.edition is None else context.place.edition["id"]
    same = {"edition_id": edition, "reason": reason, "made_at": context.now}
    none = dict.fromkeys(("call_id", "document_id", "silence_id", "stage_window_id"))
    length = closes_at - window.was
    own = {
        **none,
        **same,
        "id": fresh(),
        "of": window.of,
        window.column: window.id,
        "was": window.was,
        "closes_at": closes_at,
    }
    rest = [
        {**none, **same, "id": fresh(), "of": "stage", "stage_window_id": row["id"], "was": row["closes_at"],
         "closes_at": row["closes_at"] + length}
        for row in moved if row["closes_at"] is not None
    ]  # fmt: skip
    return [own, *rest]


async def people(window: Extended, context: ActContext, unit: UnitOfWork) -> frozenset[UUID]:
    """Whom it concerns. A call: those who speak for an addressee that has not declined, and the coordinators; a silence:
    the members of the body; else everybody who takes part. The team always."""
    place = place_of(context.place)
    team = await unit.ask(notices.team(place, context.now))
    if window.of == "silence":
        return team | await unit.ask(notices.members(context.row["body_id"], place, context.now))
    if window.of != "call":
        return team | await unit.ask(notices.taking_part(place, context.now))
    asked = [
        row["organisation_id"]
        for row in await unit.rows(t.addressee, "id", call_id=window.id)
        if row["answer"] != "no_input_this_time"
    ]
    speaking = await unit.ask(notices.speaking_for(asked, place, context.now))
    return team | speaking | await unit.ask(notices.coordinating(asked, place, context.now))
