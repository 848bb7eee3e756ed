"""An anchor of a running edition moves: what is counted from it moves along, what has closed stays, and all are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.reminders import deadline
from ...errors import DatesUnsound, InvalidValue, Refusal
from ...store import clock, extensions, notices, windows
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ..call import reminding
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..document import texts
from ..process.versions import told
from ..track import by_clock as _clock
from ..window import moving
from .foreseen import Foreseen, Moved, foresee

_LISTED = 12  # dates in one notice; the edition's page has them all
_WORDS = "{title} of {edition} moves to {now}{before}. The reason given: {reason}"


@dataclass(frozen=True)
class MoveAnchor(Command):
    """Move an anchor of a running edition, such as a summit that is postponed. Windows, open calls and consultations that
    are counted from it move along; what has closed, was extended or was dated by hand stays. `Edition.ifAnchorMoved`
    shows it all beforehand."""

    on = ("edition", "edition")
    alone = True
    gives = {"edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")
    anchor: str = arg("The anchor, as its process calls it: summit.")
    to: datetime = arg("The instant at which it begins now.")
    reason: str = arg("Why, for everybody who takes part.")


async def move_anchor(do: MoveAnchor, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses (DatesUnsound, with every finding) dates that do not fit: a window below the forum's minimum, one that
    closes before it opens, one that would be over already. All that has a date is held, and then the clock is read: what
    closed meanwhile has closed."""
    reason = texts.filled(do.reason, "reason")
    try:
        to = moving.ahead(do.to)
    except Refusal as refusal:
        raise refusal.at_path("to") from None
    await extensions.hold(unit, context.place.id)
    now = await clock.moment(unit)
    seen = await foresee(unit, context.row, context.definition(), do.anchor, to, now)
    _need_sound(seen)
    await _place(unit, context.place.id, do.anchor, to, known=seen.was is not None)
    await windows.plan_windows(unit, context.place.id, context.definition(), now)
    jobs = [job for one in seen.moved for job in await _along(one, context, unit, now)]
    people = await unit.ask(notices.concerned(context.place.id, now))
    words = _words(seen, context, reason)
    await unit.write(
        notices.tell(people, kind="anchor_moved", words=words, cause=fresh(), at=now, edition=context.place.id)
    )
    detail = {
        "anchor": do.anchor,
        "was": seen.was and seen.was.isoformat(),
        "at": to.isoformat(),
        "reason": reason,
        "moved": len(seen.moved),
    }
    return Outcome({"edition": context.place.id}, (Entry("edition", context.place.id, detail),), tuple(jobs))


def _need_sound(seen: Foreseen) -> None:
    if seen.was == seen.at:
        raise InvalidValue(reason="It stands at this instant already.").at_path("to")
    if seen.findings:
        found = told(seen.findings)
        raise DatesUnsound(count=len(found), first=f"{found[0].message} {found[0].remedy}", findings=found).at_path(
            "to"
        )


async def _place(unit: UnitOfWork, edition: UUID, name: str, to: datetime, *, known: bool) -> None:
    if not known:
        await unit.add(t.anchor, {"id": fresh(), "edition_id": edition, "name": name, "at": to})
        return
    row = await unit.row(t.anchor, edition_id=edition, name=name)
    await unit.change(t.anchor, row["id"] if row else edition, at=to)


async def _along(one: Moved, context: ActContext, unit: UnitOfWork, now: datetime) -> Sequence[Job]:
    """Move a call or a consultation with its window: the grace and the reminders of a call too."""
    if one.kind not in ("call", "consultation") or one.id is None or one.closes_at is None or one.closes_was is None:
        return ()
    if one.kind == "consultation":
        document = await unit.row(t.document, id=one.id) or {}
        await unit.change(t.document, one.id, comments_close_at=one.closes_at)
        return (_clock.at_the_end("consultation", document["track_id"], one.closes_at),)
    row = await unit.row(t.call, id=one.id) or {}
    grace = row["late_until"] and row["late_until"] + (one.closes_at - one.closes_was)
    dates = {"opens_at": one.opens_at, "closes_at": one.closes_at, "late_until": grace}
    await unit.change(t.call, one.id, **dates)
    track = await unit.row(t.track, id=row["track_id"]) or {}
    process = context.definition()
    rounds = await reminding.plan(unit, process, process.tracks.get(track["definition"]), {**row, **dates}, now)
    opening = () if row["opened_at"] else (Job("open_call", one.id, one.opens_at),)
    return (*opening, _clock.at_the_end("call", one.id, grace or one.closes_at), *rounds)


def _words(seen: Foreseen, context: ActContext, reason: str) -> str:
    """What everybody who takes part reads: the new date, the old one, the reason, and the deadlines that go along."""
    process = context.definition()
    title = process.anchors[seen.anchor].title
    before = "" if seen.was is None else f"; before, that was {deadline(seen.was, process.zone)}"
    words = _WORDS.format(
        title=title,
        edition=context.row["name"],
        now=deadline(seen.at, process.zone),
        before=before,
        reason=moving.sentence(reason),
    )
    dated = [one for one in seen.moved if one.closes_at is not None and one.kind in ("call", "stage", "edition")]
    listed = [
        f'{one.kind} "{one.title}" closes at {deadline(one.closes_at, one.zone)}'
        for one in dated[:_LISTED]
        if one.closes_at
    ]
    if not listed:
        return words
    more = "" if len(dated) <= _LISTED else f"; and {len(dated) - _LISTED} more"
    return f"{words} With it: {'; '.join(listed)}{more}."
