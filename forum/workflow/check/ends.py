"""The end of an edition: what is planned after it never happens, since an edition that has ended takes no act."""

from collections.abc import Iterator
from datetime import timedelta

from .. import when
from ..calendar.calendar import Dated, StageWindow
from ..finding import Finding
from ..process import Process, Stage, Track
from .comparing import Comparing


def findings(dates: Comparing) -> Iterator[Finding]:
    """Every date that lies behind the end: stages and their grace, silences, texts and meetings."""
    end = dates.calendar.ends
    if end is None:
        return
    for window in dates.calendar.windows:
        track = dates.process.tracks[window.track]
        for event, at in _of_stage(dates, track, window):
            if dates.both(at, end) and at.at > end.at:
                stage = track.stages[window.stage]
                yield _after(f"{stage.title} {event}", dates.say(end), stage.line, track.name, stage.id)
                break
    for document in dates.documents.values():
        if dates.both(document.begins, end) and document.begins.at > end.at:
            kind = dates.process.documents[document.name]
            event = f"{kind.title} is due {dates.say(document.begins)}"
            yield _after(event, dates.say(end), kind.line, document.track or None)
    for planned in dates.meetings.values():
        if dates.both(planned.begins, end) and planned.begins.at > end.at:
            meeting = dates.process.meetings[planned.name]
            yield _after(f"{meeting.title} begins {dates.say(planned.begins)}", dates.say(end), meeting.line, None)


def _of_stage(dates: Comparing, track: Track, window: StageWindow) -> Iterator[tuple[str, Dated]]:
    """What a stage plans, with the latest instant of each."""
    stage = track.stages[window.stage]
    if window.opens and not stage.final:
        yield f"opens {dates.say(window.opens)}", window.opens
    if window.closes is None:
        return
    yield f"closes {dates.say(window.closes)}", window.closes
    if stage.grace and window.grace_ends:
        event = f"still takes inputs {when.spoken(stage.grace)} after it closes, {dates.say(window.closes)}"
        yield event, window.grace_ends
    longest = silence_of(dates.process, track, stage)
    if longest:
        event = f"lets a silence of {when.spoken(longest)} begin until {dates.say(window.closes)}"
        yield event, window.closes.later(longest)


def silence_of(process: Process, track: Track, stage: Stage) -> timedelta | None:
    """How long the longest silence lasts that can begin at a stage; None where none can."""
    if track.rule(stage.id, "start_silence") is None:
        return None
    kinds = (process.documents[kind] for kind in track.documents if kind in process.documents)
    closings = (process.closings[kind.closing] for kind in kinds if kind.closing in process.closings)
    return max((timedelta(hours=c.hours) for c in closings if c.name == "no_objection"), default=None)


def _after(what: str, end: str, line: int | None, track: str | None, stage: str | None = None) -> Finding:
    text = f"{what}, and the edition ends {end}: by then it is over."
    return Finding("after_the_end", text, "Let it be earlier, or let the edition end later.", line, track, stage)
