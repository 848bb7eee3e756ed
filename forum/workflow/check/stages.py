"""The stages of every track: a beginning, a way to every one of them, a way on from each, and an end."""

from collections.abc import Iterator

from .. import holders
from ..finding import Finding
from ..graph import backwards, on_cycles, reachable
from ..process import Process, Stage, Track


def findings(process: Process) -> Iterator[Finding]:
    """Every fault in the order of stages."""
    roles = holders.fillable(process)
    for track in process.tracks.values():
        yield from _targets(track)
        yield from _ways(track)
        yield from _movers(process, track, roles)
        yield from _clock_cycles(track)


def _at(track: Track, stage: Stage | None, code: str, message: str, remedy: str, line: int | None = None) -> Finding:
    at_line = line or (stage.line if stage else track.line)
    return Finding(code, message, remedy, at_line, track.name, stage.id if stage else None)


def _targets(track: Track) -> Iterator[Finding]:
    known = ", ".join(track.stages)
    if track.initial not in track.stages:
        text = f"The track begins at {track.initial}, which is not one of its stages."
        yield _at(track, None, "initial_missing", text, f"Its stages are: {known}.")
    for stage in track.stages.values():
        for name in stage.to:
            if name not in track.stages:
                text = f"{stage.id} goes on to {name}, which is not a stage of this track."
                yield _at(track, stage, "unknown_stage", text, f"Its stages are: {known}.")
        for clock in stage.clocks:
            if clock.to not in track.stages:
                text = f"The clock moves {stage.id} on to {clock.to}, which is not a stage of this track."
                yield _at(track, stage, "unknown_stage", text, f"Its stages are: {known}.", clock.line)


def _ways(track: Track) -> Iterator[Finding]:
    edges = {stage.id: [s for s in stage.leads_to() if s in track.stages] for stage in track.stages.values()}
    reached = reachable({track.initial} & set(track.stages), lambda stage: edges[stage])
    before = backwards(edges)
    ends = {stage.id for stage in track.stages.values() if stage.final}
    ending = reachable(ends, lambda stage: before[stage])
    if not ends:
        text = f"The track {track.name} has no final stage."
        yield _at(track, None, "no_end", text, "Write final = true at the stage that ends it.")
    for stage in track.stages.values():
        if stage.id not in reached and track.initial in track.stages:
            text = f"No stage leads to {stage.id}."
            yield _at(track, stage, "unreachable_stage", text, f'Name "{stage.id}" in the `to` of another stage.')
        if stage.final and stage.leads_to():
            text = f"{stage.id} is final and yet goes on to {', '.join(stage.leads_to())}."
            yield _at(track, stage, "final_goes_on", text, "Take away `final`, or `to` and the clock.")
        if not stage.final and not edges[stage.id]:
            yield _at(track, stage, "dead_end", f"Nothing follows {stage.id}.", "Say `to = [...]` or `final = true`.")
        elif ends and stage.id not in ending:
            text = f"From {stage.id} no way leads to an end of the track."
            yield _at(track, stage, "no_way_to_end", text, f"Let it or a later stage go on to: {', '.join(ends)}.")


def _movers(process: Process, track: Track, roles: frozenset[str]) -> Iterator[Finding]:
    for stage in track.stages.values():
        rule = track.rule(stage.id, "advance_stage")
        if stage.to and not (rule and holders.may(process, track, rule, roles)):
            text = f"{stage.id} may go on to {', '.join(stage.to)}, but nobody may move it."
            yield _at(track, stage, "nobody_advances", text, f"Give advance_stage under [tracks.{track.name}.always].")


def _clock_cycles(track: Track) -> Iterator[Finding]:
    edges = {stage.id: [c.to for c in stage.clocks if c.to in track.stages] for stage in track.stages.values()}
    turning = on_cycles(edges)
    for stage in track.stages.values():
        if stage.id in turning:
            text = f"The clock alone can lead from {stage.id} back to {stage.id}, for ever."
            remedy = "Let a person make one of these moves: put it into `to` and take that clock away."
            yield _at(track, stage, "clock_cycle", text, remedy, stage.clocks[0].line)
