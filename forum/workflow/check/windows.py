"""Windows and clocks: what opens them, and whether a silence can be broken and ends."""

from collections.abc import Iterator

from ..finding import Finding
from ..process import Process, Track

# The act that gives a window its instants. Without it the window never opens and its clock never runs.
OPENED_BY = {"call": "issue_call", "consultation": "circulate_document", "silence": "start_silence"}


def findings(process: Process) -> Iterator[Finding]:
    """Every window that nothing opens, and every silence that cannot be broken or does not end."""
    for track in process.tracks.values():
        missing = {window for window, act in OPENED_BY.items() if not track.stages_with(act)}
        for window, stage, line in _windows(track):
            if window in missing:
                act = OPENED_BY[window]
                text = f"The window {window} never opens on this track: no stage gives {act}."
                yield Finding("window_never_opens", text, f"Give {act} to somebody.", line, track.name, stage or None)
        yield from _dateless(track)
        yield from _silence(track)
    for rule in process.forum_acts.values():
        if rule.window:
            text = f"{rule.act} is done outside any edition: there is no {rule.window} to wait for."
            yield Finding("window_never_opens", text, "Take `window` away.", rule.line)


def _windows(track: Track) -> Iterator[tuple[str, str, int | None]]:
    for rule in track.always.values():
        if rule.window:
            yield rule.window, "", rule.line
    for stage in track.stages.values():
        yield from ((rule.window, stage.id, rule.line) for rule in stage.acts.values() if rule.window)
        yield from ((clock.window, stage.id, clock.line) for clock in stage.clocks)


def _dateless(track: Track) -> Iterator[Finding]:
    """What hangs on the planned dates of a stage that has none."""
    for stage in track.stages.values():
        for clock in stage.clocks:
            if clock.at == "stage_closes" and stage.closes is None:
                text = f"The clock is to move {stage.id} on when the stage closes, and no date says when that is."
                remedy = 'Add closes = "4 weeks before summit" or the like.'
                yield Finding("window_never_opens", text, remedy, clock.line, track.name, stage.id)
        if stage.opens is None and stage.closes is None:
            for rule in track.rules(stage.id).values():
                if rule.window == "stage":
                    text = f"{rule.act} is open only within the dates of {stage.id}, and the stage has none."
                    remedy = "Say `opens` or `closes` at the stage, or take `window` away."
                    yield Finding("window_never_opens", text, remedy, rule.line, track.name, stage.id)


def _silence(track: Track) -> Iterator[Finding]:
    for stage in track.stages.values():
        start = track.rule(stage.id, "start_silence")
        if start is None:
            continue
        if not track.rule(stage.id, "break_silence"):
            text = f"At {stage.id} a silence can begin and nobody can break it."
            remedy = 'Add break_silence = { by = ["member"], window = "silence" }.'
            yield Finding("silence_without_voice", text, remedy, start.line, track.name, stage.id)
        if not any(clock.at == "silence_closes" for clock in stage.clocks):
            text = f"At {stage.id} a silence can begin and nothing follows when it ends."
            remedy = 'Add clock = { at = "silence_closes", to = ..., act = "endorse_document" }.'
            yield Finding("silence_without_end", text, remedy, start.line, track.name, stage.id)
        if not stage.to:
            text = f"At {stage.id} a silence can be broken, and there is no way back."
            yield Finding("no_way_back", text, "Name a stage of drafting in `to`.", start.line, track.name, stage.id)
