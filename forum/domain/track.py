"""A path of an edition with the stage it has reached, and the planned dates of its stages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .noun import Noun


@dataclass(frozen=True, kw_only=True, slots=True)
class Track(Noun):
    """A path of an edition, run by a track of its process, with the stage it stands at."""

    id: UUID
    edition_id: UUID
    name: str
    title: str
    definition: str  # the process's track this one runs
    stage: str
    convened_as_id: UUID | None = None  # the regional consultation or group whose track it is
    stage_since: datetime
    held_at: datetime | None = None  # the last instant at which a gate held the clock's move back; it is asked again


@dataclass(frozen=True, kw_only=True, slots=True)
class StageWindow(Noun):
    """When a stage of a running track is planned to open and close; `stage_closes` is an instant of the clock."""

    id: UUID
    track_id: UUID
    stage: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str
    extended: bool = False  # by hand: no longer counted from an anchor
