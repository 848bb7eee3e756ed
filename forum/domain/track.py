"""A path of an edition with the stage it has reached, and the planned dates of its stages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import WordNotAllowed
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
    subject_id: UUID | None = None  # whom it reviews
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


# ---- transitions: the track as it is afterwards, or a refusal
def go(track: Track, stage: str, since: datetime) -> Track:
    """At a stage that begins at this instant; what held the track back is over."""
    return replace(track, stage=stage, stage_since=since, held_at=None)


def advance(track: Track, stage: str, following: Sequence[str], now: datetime) -> Track:
    """Moved on by hand. Refuses (WordNotAllowed) a stage that is none of those that may follow the present one."""
    if stage not in following:
        raise WordNotAllowed(word=stage, words=tuple(following))
    return go(track, stage, now)


def move(track: Track, stage: str, instant: datetime, now: datetime) -> Track:
    """Moved by the clock, past an instant that has come.

    The new stage begins at that instant, not when the clock was asked; what a gate held back begins now.
    """
    was_held = track.held_at is not None and track.held_at >= instant
    return go(track, stage, now if was_held else instant)


def hold(track: Track, instant: datetime) -> Track:
    """Held back by a gate at this instant: remembered, so that it is said once."""
    return replace(track, held_at=instant)
