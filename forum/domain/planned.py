"""The planned dates of a running edition: which windows change when they are counted anew, and which stay."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from ..times import spoken
from .track import StageWindow, Track


@dataclass(frozen=True)
class Dates:
    """From when to when; None leaves that side open."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True)
class Change:
    """A window that is another than before. `old` None: it is new; `new` None: it is planned no more.

    `track` None: it is the edition itself, whose end is `closes_at`.
    """

    track: UUID | None
    stage: str
    old: Dates | None
    new: Dates | None


def dates_of(window: StageWindow) -> Dates:
    """The dates of a planned window as it stands."""
    return Dates(window.opens_at, window.closes_at)


def change_of(
    track: Track, stage: str, window: StageWindow | None, wanted: Dates | None, now: datetime
) -> Change | None:
    """What becomes of one stage's window where the plan wants other dates for it; None where it stays as it is.

    What was extended by hand and what has closed stays, and so does the opening of what has opened. Refuses
    (InvalidValue) to close the track's present stage at an instant that lies behind us, and before it opened.
    """
    if window is None:
        return Change(track.id, stage, None, wanted)
    old = dates_of(window)
    if window.extended or (old.closes_at is not None and old.closes_at <= now) or wanted == old:
        return None
    if wanted is None:
        return Change(track.id, stage, old, None)
    opened = old.opens_at is not None and old.opens_at <= now
    new = Dates(old.opens_at if opened else wanted.opens_at, wanted.closes_at)
    if new.closes_at is not None and new.closes_at <= now and track.stage == stage:
        raise InvalidValue(
            reason=phrased(
                "The stage {stage} of {track} is open, and would have closed at {closes_at}. Move it less far, or "
                "advance the track first.",
                stage=stage,
                track=track.title,
                closes_at=spoken(new.closes_at, "UTC"),
            )
        )
    if new.closes_at is not None and new.opens_at is not None and new.closes_at <= new.opens_at:
        raise InvalidValue(
            reason=phrased(
                "The stage {stage} of {track} would close before it opened. Move it less far.",
                stage=stage,
                track=track.title,
            )
        )
    return None if new == old else Change(track.id, stage, old, new)
