"""An edition that moved from one version of its process to another, and where each of its tracks stood before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .noun import Noun


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
