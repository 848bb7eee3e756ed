"""A running edition moves to another published version of its process, in one transaction, and may be moved back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn
from uuid import UUID

from ...domain.edition import Anchor, Edition, migrate, need_running, pinned_to
from ...domain.migration import Migration, move, moved, renamed
from ...domain.saying import Saying, saying
from ...domain.text import clean
from ...domain.track import StageWindow, Track
from ...errors import InvalidValue, NotFound, ProcessNotAdopted
from ...refusal import phrased
from ...store import notices, processes, versions, windows
from ...store.records import add, change, matching
from ...store.steps import Store
from ...store.unit import fresh
from ...store.versions import RunningTrack
from ...workflow.calendar.calendar import refuse_surplus
from ...workflow.definition_parts import Moves
from ...workflow.finding import Finding
from ...workflow.moves import Place, moves_from, overridden, target
from ...workflow.process import Process
from ...workflow.toml_table import hint
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of
from ..document.promise import tell_anew
from ..process import versions as _versions
from .open_edition import AnchorDate


@dataclass(frozen=True)
class StageMove:
    """Where one stage of the present version goes, otherwise than the new version says."""

    track: str = arg("The track of the present definition.")
    stage: str = arg("Its stage.")
    to_stage: str = arg("The stage of the new definition.")
    to_track: str | None = arg("The track of the new definition, where the name is another.", default=None)


@dataclass(frozen=True)
class MigrateEdition(Command):
    """Move a running edition to another of the forum's own versions of its process. Every track goes to the stage that
    the new version names under [[moves]]; planned dates are counted anew. It can be taken back until the next act in
    the edition."""

    on = ("edition", "edition")
    alone = True
    gives = {"migration": "Migration", "edition": "Edition"}

    edition: UUID = arg("The edition.", of="Edition")
    process: UUID = arg("The version it is to run under.", of="Process")
    reason: str = arg("Why, for the record and for the team.")
    moves: tuple[StageMove, ...] = arg("Where stages go, otherwise than the new version says.", default=())
    anchors: tuple[AnchorDate, ...] = arg(
        "Dates that the new version counts from and the edition has not given yet.", default=()
    )


@dataclass(frozen=True)
class _Move:
    """One track as it stood, and the place to which it goes."""

    track: Track
    to: Place


async def migrate_edition(do: MigrateEdition, context: ActContext, store: Store) -> Outcome:
    """Refuses the version it has, another process, a stage that would be lost with what is in it (StageInUse), an
    obligation that would be (ProcessUnsound), a promise that would be widened (PromiseWidened), a right in use that
    would be narrowed (RightNarrowed), and dates that cannot be counted."""
    old, edition = context.definition(), context.target(Edition)
    need_running("migrate_edition", edition)
    reason = clean(do.reason).strip()
    if not reason:
        raise InvalidValue(reason="Say why, for the record.").at_path("reason")
    new = await _wanted(do, context, store)
    moves = _map(do, new, old)
    steps = await _tracks(edition, store, old, new, moves)
    in_use = await store.ask(versions.rights_in_use(edition.id, context.now))
    _versions.refuse_narrowed(old, new, moves, in_use, "process")
    before = await store.ask(versions.acts_in(edition.id))
    added = await _anchors(do, edition, store, new)
    migration = Migration(
        id=fresh(), edition_id=edition.id, from_process_id=pinned_to(edition), to_process_id=do.process,
        from_ends_at=edition.ends_at, added_anchors=added, acts_before=before, reason=reason, migrated_at=context.now,
    )  # fmt: skip
    await store.write(add(migration))
    for step in steps:
        await _move(step, migration.id, moves, context.now, store)
    await store.write(change(edition, migrate(edition, do.process)))
    turned = [move(step.track, step.to.track, step.to.stage, context.now) for step in steps]
    await tell_anew(store, edition.id, new, turned)
    await _plan(new, edition, context.now, store)
    await _tell(
        migration,
        saying("{name} {new}, no longer {old}", name=new.name, new=new.version, old=old.version),
        context,
        store,
    )
    stages = {step.track.name: f"{step.track.stage} -> {step.to.stage}" for step in steps}
    detail = {"from": old.version, "to": new.version, "reason": reason, "stages": stages}
    ids = {"migration": migration.id, "edition": edition.id}
    return Outcome(ids, (Entry("migration", migration.id, detail),))


async def _wanted(do: MigrateEdition, context: ActContext, store: Store) -> Process:
    """The version to which it is to move. Refuses the one it has, one that nobody published, one that is not the
    forum's own (ProcessNotAdopted), and another process."""
    try:
        migrate(context.target(Edition), do.process)
        new = await store.ask(processes.definition(context.processes, do.process))
        version = await store.ask(processes.version(do.process))
    except (InvalidValue, NotFound) as refused:
        raise refused.at_path("process") from None
    old = context.definition()
    if new.name != old.name:
        reason = phrased(
            "The edition runs {old}; {new} is another process. Open an edition under it.", old=old.name, new=new.name
        )
        raise InvalidValue(reason=reason).at_path("process")
    if version is None or version.forum_id != context.place.forum_id:
        own = tuple(sorted(await store.ask(processes.names(context.place.forum_id))))
        raise ProcessNotAdopted(process=f"{new.name} {new.version}", own=own).at_path("process")
    return new


def _map(do: MigrateEdition, new: Process, old: Process) -> Moves:
    """The map of the new version, with what was asked otherwise. Refuses (InvalidValue) a place that one of the
    versions does not have, and two ways for one stage or for one track."""
    moves = moves_from(new, old.version)
    overrides: dict[Place, Place] = {}
    goes_to: dict[str, str] = {}
    for n, asked in enumerate(do.moves):
        here = Place(asked.track, asked.stage)
        there = Place(asked.to_track or target(moves, here).track, asked.to_stage)
        _need_place(old, here, n, "track", "stage")
        _need_place(new, there, n, "track" if asked.to_track is None else "toTrack", "toStage")
        if here in overrides:
            _refuse(f"{here.track}, {here.stage} is sent to two stages. Name one.", n, "stage")
        if goes_to.setdefault(here.track, there.track) != there.track:
            _refuse(f"{here.track} is sent to two tracks. Its stages go to one.", n, "toTrack")
        overrides[here] = there
    return overridden(moves, overrides.items())


def _need_place(process: Process, place: Place, n: int, track: str, stage: str) -> None:
    """Refuses what the version does not have. `track` and `stage`: the fields of the move number `n` that named it."""
    label = f"{process.name} {process.version}"
    if place.track not in process.tracks:
        _refuse(f"{label} has no track {place.track[:60]}. {hint(place.track, process.tracks)}", n, track)
    stages = process.tracks[place.track].stages
    if place.stage not in stages:
        _refuse(f"{label} has no stage {place.stage[:60]} on {place.track}. {hint(place.stage, stages)}", n, stage)


def _refuse(reason: str, n: int, field: str) -> NoReturn:
    raise InvalidValue(reason=reason).at_path("moves", str(n), field)


async def _tracks(edition: Edition, store: Store, old: Process, new: Process, moves: Moves) -> Sequence[_Move]:
    """The tracks, held until the end, each with the place it goes to. Acts under way on them end first."""
    tracks = await store.ask(versions.tracks_alone(edition.id))
    process_id = pinned_to(edition)
    running = [
        RunningTrack(edition.id, edition.name, process_id, track.id, track.name, track.definition, track.stage)
        for track in tracks
    ]
    await _versions.refuse_lost(store, new, moves, running, "process")
    places = {(track.definition, track.stage) for track in tracks}
    findings = await _versions.in_the_way(store, old, new, moves, [edition.id])
    concerning = [finding for finding in findings if _concerns(finding, places)]
    if concerning:
        raise _versions.unsound(concerning, f"{new.name} {new.version}").at_path("process")
    _versions.refuse_widened(old, new, moves, "process", {track for track, _ in places})
    return [_Move(track, target(moves, Place(track.definition, track.stage))) for track in tracks]


def _concerns(finding: Finding, places: set[tuple[str, str]]) -> bool:
    """Whether it concerns a place where a track stands now, or the map as such: an edition moves at one instant."""
    if finding.code.startswith("moves_unknown") or finding.track is None:
        return True
    tracks = {track for track, _ in places}
    return (finding.track, finding.stage) in places if finding.stage else finding.track in tracks


async def _anchors(do: MigrateEdition, edition: Edition, store: Store, new: Process) -> tuple[str, ...]:
    """Enter the dates that came with the migration; their names. Refuses one that the edition has already."""
    stood = {anchor.name for anchor in await store.ask(matching(Anchor, "name", edition_id=edition.id))}
    dates = {anchor.name: anchor.at for anchor in do.anchors}
    refuse_surplus(new, dates)
    for name in dates:
        if name in stood:
            reason = phrased("The edition has a date for {name} already; moveAnchor moves it.", name=name)
            raise InvalidValue(reason=reason).at_path("anchors")
    anchors = [Anchor(id=fresh(), edition_id=edition.id, name=name, at=at) for name, at in dates.items()]
    await store.write(add(*anchors))
    return tuple(dates)


async def _move(step: _Move, migration: UUID, moves: Moves, now: datetime, store: Store) -> None:
    """Move one track with its planned dates, and keep where it stood."""
    before = step.track
    after = move(before, step.to.track, step.to.stage, now)
    planned = await store.ask(matching(StageWindow, "stage", track_id=before.id))
    await store.write(add(moved(fresh(), migration, before, after, planned)))
    for window, named in renamed(planned, moves.stages.get(before.definition, {})):
        await store.write(change(window, named))
    await store.write(versions.put(after))


async def _plan(new: Process, edition: Edition, now: datetime, store: Store) -> None:
    """Count the dates anew. Refuses what cannot be counted, and a present stage that would have closed already."""
    try:
        await store.write(windows.plan_windows(edition.id, new, now))
    except InvalidValue as refused:
        raise refused.at_path("process") from None


async def _tell(migration: Migration, version: Saying, context: ActContext, store: Store) -> None:
    """Tell the team. `version`: from which to which, in words."""
    team = await store.ask(notices.team(place_of(context.place), context.now))
    edition = context.target(Edition)
    words = saying(
        "{edition} now runs under {version}: {reason}", edition=edition.name, version=version, reason=migration.reason
    )
    await store.write(
        notices.tell(team, kind="migrated", words=words, cause=migration.id, at=context.now, edition=edition.id)
    )
