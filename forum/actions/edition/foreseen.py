"""What would come of moving an anchor of an edition, and what would then be wrong. Looks only; `move_anchor` does what
was foreseen here, and nothing else."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.edition import Anchor, Edition, EditionState
from ...domain.track import StageWindow, Track
from ...errors import InvalidValue
from ...store import clock, extensions, processes, windows
from ...store.processes import Processes
from ...store.records import by_id, matching
from ...store.steps import Store
from ...workflow.calendar.calendar import plan, refuse_surplus
from ...workflow.finding import Finding
from ...workflow.process import Process
from ..window.moving import ahead
from . import unsound_dates
from .outlook import DatedThing, Outlook


@dataclass(frozen=True)
class Foreseen:
    """All that a move would do. With `findings` it is refused."""

    anchor: str
    was: datetime | None
    at: datetime
    moved: tuple[DatedThing, ...] = ()
    left_alone: tuple[DatedThing, ...] = ()
    findings: tuple[Finding, ...] = ()


def _impossible(name: str, was: datetime | None, at: datetime, refusal: InvalidValue) -> Foreseen:
    return Foreseen(name, was, at, findings=(Finding("cannot_move", refusal.reason, "Choose another date."),))


async def foresee(store: Store, edition: Edition, process: Process, name: str, at: datetime, now: datetime) -> Foreseen:
    """What would come of moving the anchor to this instant, with nothing done. What cannot be is among the findings."""
    dates = {anchor.name: anchor.at for anchor in await store.ask(matching(Anchor, "name", edition_id=edition.id))}
    try:
        refuse_surplus(process, {name: at})
        before, after = plan(process, dates), plan(process, {**dates, name: at})
        changes = await store.ask(windows.changes_of(edition.id, process, now, {name: at}))
    except InvalidValue as refusal:
        return _impossible(name, dates.get(name), at, refusal)
    tracks = await store.ask(matching(Track, "name", edition_id=edition.id))
    stood = {track.id: await store.ask(matching(StageWindow, "stage", track_id=track.id)) for track in tracks}
    deadlines = await store.ask(extensions.deadlines(edition.id, now))
    outlook = Outlook(process, edition, before, after, tracks, stood, changes, now)
    moved, left = outlook.stages()
    for deadline in deadlines:
        thing = outlook.deadline(deadline)
        (left if thing.because else moved).append(thing)
    moved += outlook.planned()
    findings = tuple(unsound_dates.findings(outlook, moved, left))
    return Foreseen(name, dates.get(name), at, tuple(moved), tuple(left), findings)


async def look(store: Store, known: Processes, edition_id: UUID, name: str, at: datetime) -> Foreseen | None:
    """The same, for whoever only asks; None for an edition that does not run.

    An instant beyond the calendar is a finding.
    """
    edition = await store.ask(by_id(Edition, edition_id))
    if edition is None or edition.process_id is None or edition.state != EditionState.RUNNING:
        return None
    try:
        ahead(at)
    except InvalidValue as refusal:
        return _impossible(name, None, at, refusal)
    process = await store.ask(processes.definition(known, edition.process_id))
    return await foresee(store, edition, process, name, at, await store.ask(clock.moment()))
