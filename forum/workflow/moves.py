"""Where a running edition stands in another version of its process: old track and stage -> new track and stage.

A definition says it under `[[moves]]`, once for each earlier version; what it does not name keeps its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from .definition_parts import Moves
from .process import Process


@dataclass(frozen=True)
class Place:
    """A track of a definition and one of its stages."""

    track: str
    stage: str


def moves_from(new: Process, version: str) -> Moves:
    """What `new` says of editions under an earlier version; where it says nothing, all keep their names."""
    blocks = [moves for moves in new.moves if moves.version == version]
    return blocks[0] if blocks else Moves(version=version)


def overridden(moves: Moves, overrides: Iterable[tuple[Place, Place]]) -> Moves:
    """The same moves with single places replaced by those that are given."""
    tracks, stages = dict(moves.tracks), {track: dict(named) for track, named in moves.stages.items()}
    for old, new in overrides:
        if new.track != old.track or old.track in tracks:
            tracks[old.track] = new.track
        stages.setdefault(old.track, {})[old.stage] = new.stage
    kept = {track: MappingProxyType(named) for track, named in stages.items()}
    return replace(moves, tracks=MappingProxyType(tracks), stages=MappingProxyType(kept))


def target(moves: Moves, place: Place) -> Place:
    """Where a place of the old version is in the new one; whether it exists there is for `lost` and the checks."""
    stages: Mapping[str, str] = moves.stages.get(place.track, {})
    return Place(moves.tracks.get(place.track, place.track), stages.get(place.stage, place.stage))


def stands(process: Process, place: Place) -> bool:
    """Whether a definition has this place."""
    track = process.tracks.get(place.track)
    return track is not None and place.stage in track.stages


def lost(new: Process, moves: Moves, places: Iterable[Place]) -> tuple[Place, ...]:
    """Those of the places that have no stage to go to in the new version."""
    return tuple(place for place in places if not stands(new, target(moves, place)))
