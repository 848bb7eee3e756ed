"""An edition that moved from one version of its process to another, and where each of its tracks stood before."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ..errors import WrongState
from .edition import Edition, need_running
from .noun import Noun
from .snapshot import canonical
from .track import StageWindow, Track


@dataclass(frozen=True, kw_only=True, slots=True)
class Migration(Noun):
    """An edition moved to another version of its process; which stage became which. Undone until the next act."""

    id: UUID
    edition_id: UUID
    from_process_id: UUID
    to_process_id: UUID
    reason: str
    acts_before: int  # lines of the edition's history until then: one more than the migration's own, and it stays
    from_ends_at: datetime | None = None
    added_anchors: tuple[str, ...] = ()
    migrated_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MigratedTrack(Noun):
    """Where a track stood before a migration, and where it went."""

    id: UUID
    migration_id: UUID
    track_id: UUID
    from_definition: str
    from_stage: str
    to_definition: str
    to_stage: str
    from_since: datetime
    from_held_at: datetime | None = None
    from_windows: str  # the planned dates as they were, as JSON: what is undone stands again row by row


# ---- an edition moves
def move(track: Track, definition: str, stage: str, now: datetime) -> Track:
    """The track at its place in the new version. A stage that goes on under its own name began when it began, and what
    held it back holds; another one begins now."""
    if stage == track.stage:
        return replace(track, definition=definition)
    return replace(track, definition=definition, stage=stage, stage_since=now, held_at=None)


def moved(id_: UUID, migration: UUID, before: Track, after: Track, windows: Iterable[StageWindow]) -> MigratedTrack:
    """The record of one track's move, with all that is needed to put it back."""
    return MigratedTrack(
        id=id_, migration_id=migration, track_id=before.id, from_definition=before.definition,
        from_stage=before.stage, to_definition=after.definition, to_stage=after.stage,
        from_since=before.stage_since, from_held_at=before.held_at, from_windows=kept(windows),
    )  # fmt: skip


def renamed(windows: Iterable[StageWindow], stages: Mapping[str, str]) -> Iterator[tuple[StageWindow, StageWindow]]:
    """The planned dates that follow their stage to its new name, before and after; where two would meet, the one that
    has the name keeps it. `stages`: old name -> new name."""
    stood = tuple(windows)
    taken = {window.stage for window in stood}
    for window in stood:
        new_name = stages.get(window.stage, window.stage)
        if new_name not in taken:
            taken.add(new_name)
            yield window, replace(window, stage=new_name)


# ---- and is moved back
def undo(edition: Edition, migration: Migration | None, now: datetime) -> tuple[Edition, Migration]:
    """The edition under the version it was migrated from, with the end it had; and its migration, taken back.

    `migration`: its newest that was not taken back. Refuses (WrongState) an edition that does not run, and one that
    was not migrated or runs under yet another version.
    """
    need_running("undo_migration", edition)
    if migration is None or migration.to_process_id != edition.process_id:
        needs = ("a migration that was not taken back",)
        raise WrongState(act="undo_migration", state="not migrated", needs=needs)
    back = replace(edition, process_id=migration.from_process_id, ends_at=migration.from_ends_at)
    return back, replace(migration, undone_at=now)


def is_followed(migration: Migration, lines: int) -> bool:
    """Whether something was done since. `lines`: of the edition's history now, the migration's own among them."""
    return lines > migration.acts_before + 1


def put_back(track: Track, left: MigratedTrack) -> Track:
    """The track where it stood before the migration."""
    return replace(
        track, definition=left.from_definition, stage=left.from_stage, stage_since=left.from_since,
        held_at=left.from_held_at,
    )  # fmt: skip


# ---- planned dates as text
def kept(windows: Iterable[StageWindow]) -> str:
    """Planned dates as JSON, to be put back as they were (`read_windows`)."""
    return canonical({"windows": [_plain(window) for window in windows]}).decode()


def read_windows(text: str) -> tuple[StageWindow, ...]:
    """The planned dates that `kept` turned to text."""
    return tuple(StageWindow(**{k: _value(k, v) for k, v in row.items()}) for row in json.loads(text)["windows"])


def _plain(window: StageWindow) -> dict[str, str | bool | None]:
    values = {field.name: getattr(window, field.name) for field in fields(window)}
    return {
        name: value.isoformat() if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value
        for name, value in values.items()
    }


def _value(name: str, written: Any) -> Any:
    if written is None:
        return None
    if name.endswith("_at"):
        return datetime.fromisoformat(written)
    return UUID(written) if name == "id" or name.endswith("_id") else written
