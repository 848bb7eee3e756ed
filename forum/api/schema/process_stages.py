"""The tracks of a definition with their stages, and what may follow on each: what a map of a process is drawn from."""

from collections.abc import Mapping
from functools import lru_cache

import strawberry

from ...refusal import Refusal
from ...workflow.load import parse
from ...workflow.process import Process, Track


@strawberry.type(description="A stage of a track, as its process has it.")
class ProcessStage:
    name: str = strawberry.field(description="Its name in the process, as in `Stage.id` and `StageWindow.stage`.")
    title: str = strawberry.field(description="Its title, as the process words it.")
    final: bool = strawberry.field(description="Whether nothing follows.")
    leads_to: list[str] = strawberry.field(description="Names of the stages that may follow, by hand or by the clock.")
    by_clock: list[str] = strawberry.field(description="Those of them to which the clock moves a track by itself.")


@strawberry.type(description="A track, as a process has it; an edition may run it several times.")
class ProcessTrack:
    name: str = strawberry.field(description="Its name in the process, as in `Track.definition`.")
    title: str = strawberry.field(description="Its title.")
    stages: list[ProcessStage] = strawberry.field(description="Its stages, in the order of the definition.")


@lru_cache(maxsize=256)
def tracks_of(text: str) -> Mapping[str, Track]:
    """The tracks of a published text by their names; none of one that is no longer readable."""
    try:
        process: Process = parse(text)
    except Refusal:
        return {}
    return process.tracks


def stages_of(track: Track | None) -> list[ProcessStage]:
    """The stages of a track, in the order of the file; none where the process has no such track."""
    return [
        ProcessStage(
            name=stage.id,
            title=stage.title,
            final=stage.final,
            leads_to=list(stage.leads_to()),
            by_clock=list(dict.fromkeys(clock.to for clock in stage.clocks)),
        )
        for stage in (track.stages.values() if track else ())
    ]


def process_tracks(text: str) -> list[ProcessTrack]:
    """The tracks of a text with their stages."""
    return [
        ProcessTrack(name=track.name, title=track.title, stages=stages_of(track)) for track in tracks_of(text).values()
    ]


def track_stages(definition: str, text: str | None) -> list[ProcessStage]:
    """The stages of a track of an edition: none of a recorded one, which has no process."""
    return stages_of(tracks_of(text).get(definition)) if text else []
