"""Migrations: an edition that moved from one version of its process to another."""

from datetime import datetime

import strawberry

from ...reading.declare import col, listed, lives, to_one
from ...reading.visibility import everybody
from ...store.tables import names as t
from .common import Node
from .links import EditionLink, MigratedTrackLink, ProcessLink, TrackLink


@strawberry.type(
    description="An edition was moved to another version of its process; on the record, also when taken back."
)
@lives(t.migration, ("migrated_at", "id"), visible=everybody)
class Migration(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    from_process: ProcessLink | None = to_one("from_process_id", description="The version it ran under.")
    to_process: ProcessLink | None = to_one("to_process_id", description="The version it was moved to.")
    reason: str = col(description="Why.")
    migrated_at: datetime = col(description="When.")
    undone_at: datetime | None = col(description="When it was taken back; null where it was not.")
    tracks: list[MigratedTrackLink] = listed("migration_id", description="Where each track stood, and where it went.")


@strawberry.type(
    description="Where a track stood before its edition moved to another version, and where it stood after."
)
@lives(t.migrated_track, ("id",), visible=everybody)
class MigratedTrack(Node):
    track: TrackLink | None = to_one("track_id", description="The track.")
    from_definition: str = col(description="The track of the earlier version that it ran.")
    from_stage: str = col(description="The stage it stood at.")
    from_since: datetime = col(description="Since when it had stood there.")
    to_definition: str = col(description="The track of the new version that it went to.")
    to_stage: str = col(description="The stage it went to.")
