"""A running edition moves to another published version of its process, in one transaction, and may be moved back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ...domain.text import clean
from ...errors import InvalidValue, NotFound
from ...store import notices, versions, windows
from ...store.tables import schema as t
from ...store.unit import UnitOfWork, fresh
from ...workflow.calendar.calendar import refuse_surplus
from ...workflow.definition_parts import Moves
from ...workflow.finding import Finding
from ...workflow.moves import Place, moves_from, overridden, target
from ...workflow.process import Process
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from ..core.judge import place_of
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
    """Move a running edition to another published version of its process. Every track goes to the stage that the new
    version names under [[moves]]; planned dates are counted anew. It can be taken back until the next act in the edition."""

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
    """One track with where it stood and where it goes."""

    row: Mapping[str, Any]
    to: Place


async def migrate_edition(do: MigrateEdition, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses the version it has, another process, a stage that would be lost with what is in it (StageInUse), an
    obligation that would be (ProcessUnsound), and dates that cannot be counted."""
    old = context.definition()
    need_state("migrate_edition", context.row, "running")
    reason = clean(do.reason).strip()
    if not reason:
        raise InvalidValue(reason="Say why, for the record.").at_path("reason")
    new = await _wanted(do, context, unit, old)
    moves = _map(do, new, old)
    moved = await _tracks(context, unit, old, new, moves)
    id_ = fresh()
    before = await versions.acts_in(unit, context.place.id)
    added = await _anchors(do, context, unit, new)
    row = {
        "id": id_,
        "edition_id": context.place.id,
        "from_process_id": context.row["process_id"],
        "to_process_id": do.process,
    }
    kept = {"from_ends_at": context.row["ends_at"], "added_anchors": added, "acts_before": before}
    await unit.add(t.migration, {**row, **kept, "reason": reason, "migrated_at": context.now})
    for one in moved:
        await _move(one, id_, moves, context.now, unit)
    await versions.pin(unit, context.place.id, do.process)
    await _plan(new, context, unit)
    await _tell(id_, reason, old, new, context, unit)
    stages = {one.row["name"]: f"{one.row['stage']} -> {one.to.stage}" for one in moved}
    detail = {"from": old.version, "to": new.version, "reason": reason, "stages": stages}
    return Outcome({"migration": id_, "edition": context.place.id}, (Entry("migration", id_, detail),))


async def _wanted(do: MigrateEdition, context: ActContext, unit: UnitOfWork, old: Process) -> Process:
    if do.process == context.row["process_id"]:
        raise InvalidValue(reason="The edition runs under this version already.").at_path("process")
    try:
        new = await context.processes.by_id(unit, do.process)
    except NotFound as refused:
        raise refused.at_path("process") from None
    if new.name != old.name:
        raise InvalidValue(
            reason=f"The edition runs {old.name}; {new.name} is another process. Open an edition under it."
        ).at_path("process")
    return new


def _map(do: MigrateEdition, new: Process, old: Process) -> Moves:
    given = [(Place(m.track, m.stage), Place(m.to_track or m.track, m.to_stage)) for m in do.moves]
    return overridden(moves_from(new, old.version), given)


async def _tracks(context: ActContext, unit: UnitOfWork, old: Process, new: Process, moves: Moves) -> Sequence[_Move]:
    """The tracks, held until the end, each with the place it goes to. Acts under way on them end first."""
    rows = await versions.tracks_alone(unit, context.place.id)
    named = {"edition_id": context.place.id, "edition": context.row["name"]}
    await _versions.refuse_lost(
        unit, new, moves, [{**row, **named, "track_id": row["id"], "track": row["name"]} for row in rows]
    )
    here = {(row["definition"], row["stage"]) for row in rows}
    found = [
        one for one in await _versions.in_the_way(unit, old, new, moves, [context.place.id]) if _concerns(one, here)
    ]
    if found:
        raise _versions.unsound(found, f"{new.name} {new.version}").at_path("process")
    return [_Move(row, target(moves, Place(row["definition"], row["stage"]))) for row in rows]


def _concerns(finding: Finding, here: set[tuple[str, str]]) -> bool:
    """Whether it concerns a place where a track stands now, or the map as such: an edition moves at one instant."""
    if finding.code.startswith("moves_unknown") or finding.track is None:
        return True
    tracks = {track for track, _ in here}
    return (finding.track, finding.stage) in here if finding.stage else finding.track in tracks


async def _anchors(do: MigrateEdition, context: ActContext, unit: UnitOfWork, new: Process) -> list[str]:
    """Enter the dates that came with the migration; their names. Refuses one that the edition has already."""
    stood = {row["name"] for row in await unit.rows(t.anchor, "name", edition_id=context.place.id)}
    given = {one.name: one.at for one in do.anchors}
    refuse_surplus(new, given)
    for name in given:
        if name in stood:
            raise InvalidValue(reason=f"The edition has a date for {name} already; move_anchor moves it.").at_path(
                "anchors"
            )
    await unit.add(
        t.anchor, *[{"id": fresh(), "edition_id": context.place.id, "name": n, "at": when} for n, when in given.items()]
    )
    return list(given)


async def _move(one: _Move, migration: UUID, moves: Moves, now: datetime, unit: UnitOfWork) -> None:
    row, there = one.row, one.to
    dates = await versions.windows_of(unit, row["id"])
    left = {"from_definition": row["definition"], "from_stage": row["stage"], "from_since": row["stage_since"]}
    await unit.add(t.migrated_track, {
        "id": fresh(), "migration_id": migration, "track_id": row["id"], **left, "from_held_at": row["held_at"],
        "from_windows": versions.kept(dates), "to_definition": there.track, "to_stage": there.stage,
    })  # fmt: skip
    await versions.rename_windows(unit, dates, moves.stages.get(row["definition"], {}))
    # A stage that goes on under its own name began when it began; another one begins now.
    same = there.stage == row["stage"]
    since, held = (row["stage_since"], row["held_at"]) if same else (now, None)
    await versions.put(unit, row["id"], definition=there.track, stage=there.stage, stage_since=since, held_at=held)


async def _plan(new: Process, context: ActContext, unit: UnitOfWork) -> None:
    """Count the dates anew. Refuses what cannot be counted, and a present stage that would have closed already."""
    try:
        await windows.plan_windows(unit, context.place.id, new, context.now)
    except InvalidValue as refused:
        raise refused.at_path("process") from None


async def _tell(id_: UUID, reason: str, old: Process, new: Process, context: ActContext, unit: UnitOfWork) -> None:
    team = await unit.ask(notices.team(place_of(context.place), context.now))
    words = f"{context.row['name']} now runs under {new.name} {new.version}, no longer {old.version}: {reason}"
    await unit.write(
        notices.tell(team, kind="migrated", words=words, cause=id_, at=context.now, edition=context.place.id)
    )
