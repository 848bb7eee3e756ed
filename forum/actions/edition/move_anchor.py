"""An anchor of a running edition moves: what is counted from it moves along, what has closed stays, and all are
told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.call import Call
from ...domain.document import Document
from ...domain.edition import Anchor, DatedKind, Edition
from ...domain.saying import Fact, Instant, Saying, saying
from ...domain.text import filled, sentence
from ...domain.track import Track
from ...errors import DatesUnsound, InvalidValue, Refusal
from ...store import clock, extensions, notices, windows
from ...store.records import add, by_id, change, first
from ...store.steps import Store
from ...store.unit import fresh
from ...workflow.process import Process
from ..call import reminding
from ..core.act import ActContext, Command, Entry, Job, Outcome, arg
from ..process.versions import as_refused
from ..track import by_clock as _clock
from ..window import moving
from .foreseen import Foreseen, foresee
from .outlook import DatedThing

_LISTED = 12  # dates in one notice; the edition's page has them all
_MOVES = "{title} of {edition} moves to {now}; before, that was {before}. The reason given: {reason}"
_STANDS = "{title} of {edition} moves to {now}. The reason given: {reason}"
_ALONG = "{moves} With it: {dates}."
_AND_MORE = "{moves} With it: {dates}; and {count} more."
_CLOSES: Mapping[DatedKind, str] = {
    DatedKind.CALL: 'call "{title}" closes at {closes}',
    DatedKind.STAGE: 'stage "{title}" closes at {closes}',
    DatedKind.EDITION: 'edition "{title}" closes at {closes}',
}


@dataclass(frozen=True)
class MoveAnchor(Command):
    """Move an anchor of a running edition, such as a summit that is postponed. Windows, open calls and consultations
    that are counted from it move along; what has closed, was extended or was dated by hand stays.
    `Edition.ifAnchorMoved` shows it all beforehand."""

    on = ("edition", "edition")
    alone = True
    gives = {"edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")
    anchor: str = arg("The anchor, as its process calls it: summit.")
    to: datetime = arg("The instant at which it begins now.")
    reason: str = arg("Why, for everybody who takes part.")


async def move_anchor(do: MoveAnchor, context: ActContext, store: Store) -> Outcome:
    """All that has a date is held, and then the clock is read: what closed meanwhile has closed.

    Refuses (DatesUnsound, with every finding) dates that do not fit: a window below the forum's minimum, one that
    closes before it opens, one that would be over already.
    """
    edition, process = context.target(Edition), context.definition()
    reason = filled(do.reason, "reason")
    try:
        to = moving.ahead(do.to)
    except Refusal as refusal:
        raise refusal.at_path("to") from None
    await store.write(extensions.hold(edition.id))
    now = await store.ask(clock.moment())
    foreseen = await foresee(store, edition, process, do.anchor, to, now)
    _need_sound(foreseen)
    await _place(store, edition.id, do.anchor, to, known=foreseen.was is not None)
    await store.write(windows.plan_windows(edition.id, process, now))
    jobs = [job for thing in foreseen.moved for job in await _along(thing, process, store, now)]
    people = await store.ask(notices.concerned(edition.id, now))
    words = _words(foreseen, edition, process, reason)
    await store.write(notices.tell(people, kind="anchor_moved", words=words, cause=fresh(), at=now, edition=edition.id))
    was = foreseen.was and foreseen.was.isoformat()
    detail = {"anchor": do.anchor, "was": was, "at": to.isoformat(), "reason": reason, "moved": len(foreseen.moved)}
    return Outcome({"edition": edition.id}, (Entry("edition", edition.id, detail),), tuple(jobs))


def _need_sound(foreseen: Foreseen) -> None:
    if foreseen.was == foreseen.at:
        raise InvalidValue(reason="It stands at this instant already.").at_path("to")
    if foreseen.findings:
        findings = as_refused(foreseen.findings)
        spoken = f"{findings[0].message} {findings[0].remedy}"
        raise DatesUnsound(count=len(findings), first=spoken, findings=findings).at_path("to")


async def _place(store: Store, edition_id: UUID, name: str, to: datetime, *, known: bool) -> None:
    """Write the anchor's instant; `known`: the edition gave one before."""
    anchor = await store.ask(first(Anchor, edition_id=edition_id, name=name)) if known else None
    if anchor is None:
        await store.write(add(Anchor(id=fresh(), edition_id=edition_id, name=name, at=to)))
    else:
        await store.write(change(anchor, replace(anchor, at=to)))


async def _along(thing: DatedThing, process: Process, store: Store, now: datetime) -> Sequence[Job]:
    """Move a call or a consultation with its window: the grace and the reminders of a call too."""
    if thing.id is None or thing.closes_at is None or thing.closes_was is None:
        return ()
    if thing.kind == DatedKind.CONSULTATION:
        document = await store.ask(by_id(Document, thing.id))
        return () if document is None else await _consultation(document, thing.closes_at, store)
    call = await store.ask(by_id(Call, thing.id)) if thing.kind == DatedKind.CALL else None
    if call is None:
        return ()
    grace = call.late_until and call.late_until + (thing.closes_at - thing.closes_was)
    moved = replace(call, opens_at=thing.opens_at or call.opens_at, closes_at=thing.closes_at, late_until=grace)
    await store.write(change(call, moved))
    track = await store.ask(by_id(Track, call.track_id))
    definition = None if track is None else process.tracks.get(track.definition)
    rounds = await reminding.plan(store, process, definition, moved, now)
    opening = () if call.opened_at else (Job("open_call", call.id, moved.opens_at),)
    return (*opening, _clock.at_the_end("call", call.id, grace or moved.closes_at), *rounds)


async def _consultation(document: Document, closes_at: datetime, store: Store) -> Sequence[Job]:
    await store.write(change(document, replace(document, comments_close_at=closes_at)))
    return (_clock.at_the_end("consultation", document.track_id, closes_at),)


def _words(foreseen: Foreseen, edition: Edition, process: Process, reason: str) -> Saying:
    """What everybody who takes part reads: the new date, the old one, the reason, and the deadlines that go along."""
    facts: dict[str, Fact] = {
        "title": process.anchors[foreseen.anchor].title,
        "edition": edition.name,
        "now": Instant(foreseen.at, process.zone),
        "reason": sentence(reason),
    }
    words = saying(_STANDS, **facts)
    if foreseen.was is not None:
        words = saying(_MOVES, before=Instant(foreseen.was, process.zone), **facts)
    closing = tuple(
        saying(_CLOSES[thing.kind], title=thing.title, closes=Instant(thing.closes_at, thing.zone))
        for thing in foreseen.moved
        if thing.closes_at is not None and thing.kind in _CLOSES
    )
    if not closing:
        return words
    if len(closing) <= _LISTED:
        return saying(_ALONG, moves=words, dates=closing)
    return saying(_AND_MORE, moves=words, dates=closing[:_LISTED], count=len(closing) - _LISTED)
