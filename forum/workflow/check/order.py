"""Dates along the ways of a track: a stage that is over before anything leads there, a text due before it can end.

When the track comes to a stage at the earliest is reckoned as planned: no stage is entered before it opens, a move by
hand may be made at once, a move of the clock is made at its instant. Of several ways the first to arrive counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from .. import when
from ..calendar.calendar import Dated
from ..definition_parts import Document
from ..finding import Finding
from ..process import Clock, Stage, Track
from .comparing import Comparing
from .documents import CLOSED_BY
from .ends import silence_of


@dataclass(frozen=True)
class Arrival:
    """The earliest instant at which a track can come to a stage, and the words for it."""

    at: Dated
    spoken: str


# None: nothing is known, it may be at any time.
Arrivals = Mapping[str, Arrival | None]


def findings(dates: Comparing) -> Iterator[Finding]:
    """Every stage that is over before the track can come there, and every text due before it can be closed."""
    arrivals = {name: earliest(dates, track) for name, track in dates.process.tracks.items()}
    for track in dates.process.tracks.values():
        for stage_id, arrival in arrivals[track.name].items():
            stage, closes = track.stages[stage_id], _closes(dates, track, stage_id)
            if arrival is None or closes is None or not dates.both(arrival.at, closes):
                continue
            if _over_anyway(dates, track, stage_id, closes):
                continue  # `dates.py` reports that
            if closes.at <= arrival.at.at:
                text = (
                    f"{stage.title} closes {dates.say(closes)}, and the track comes there at the earliest "
                    f"{arrival.spoken}: it would be over before it begins."
                )
                remedy = "Let it close later, or let what comes before it begin earlier."
                yield Finding("over_before_reached", text, remedy, stage.line, track.name, stage.id)
    for document in dates.process.documents.values():
        yield from _too_early(dates, document, arrivals)


def _over_anyway(dates: Comparing, track: Track, stage_id: str, closes: Dated) -> bool:
    window = dates.window(track.name, stage_id)
    opens = window.opens if window else None
    return opens is not None and dates.both(opens, closes) and closes.at <= opens.at


def earliest(dates: Comparing, track: Track) -> Arrivals:
    """When a track comes to each stage that it can reach, at the earliest."""
    if track.initial not in track.stages:
        return {}
    found: dict[str, Arrival | None] = {track.initial: _opening(dates, track, track.initial, None)}
    ahead = [track.initial]
    while ahead:
        stage = track.stages[ahead.pop(0)]
        for to, arrival in _onward(dates, track, stage, found[stage.id]):
            arrival = _opening(dates, track, to, arrival)
            if to not in found or _sooner(dates, arrival, found[to]):
                found[to] = arrival
                ahead.append(to)
    return found


def _onward(dates: Comparing, track: Track, stage: Stage, here: Arrival | None) -> Iterator[tuple[str, Arrival | None]]:
    for to in stage.to:
        if to in track.stages:
            yield to, here
    for clock in stage.clocks:
        if clock.to in track.stages:
            yield clock.to, _by_clock(dates, track, stage, clock, here)


def _by_clock(dates: Comparing, track: Track, stage: Stage, clock: Clock, here: Arrival | None) -> Arrival | None:
    closes = _closes(dates, track, stage.id)
    if clock.at == "silence_closes":
        length = silence_of(dates.process, track, stage)
        return _later(here, length) if length else here
    if clock.at == "call_opens" or closes is None:
        return here
    return _last(dates, here, Arrival(closes, f"when {stage.title} closes, {dates.say(closes)}"))


def _later(here: Arrival | None, length: timedelta) -> Arrival | None:
    if here is None:
        return None
    return Arrival(here.at.later(length), f"{when.spoken(length)} after {here.spoken.removeprefix('when ')}")


def _opening(dates: Comparing, track: Track, stage_id: str, arrival: Arrival | None) -> Arrival | None:
    """No stage begins before it opens."""
    window = dates.window(track.name, stage_id)
    if window is None or window.opens is None:
        return arrival
    words = f"when {track.stages[stage_id].title} opens, {dates.say(window.opens)}"
    return _last(dates, arrival, Arrival(window.opens, words))


def _last(dates: Comparing, first: Arrival | None, second: Arrival) -> Arrival:
    """The later of two; of two that cannot be compared, the second, since both hold."""
    if first is None or not dates.both(first.at, second.at):
        return second
    return first if first.at.at >= second.at.at else second


def _sooner(dates: Comparing, new: Arrival | None, known: Arrival | None) -> bool:
    """Whether a way arrives before what is known. Two that cannot be compared leave it open."""
    if known is None:
        return False
    return new is None or not dates.both(new.at, known.at) or new.at.at < known.at.at


def _closes(dates: Comparing, track: Track, stage_id: str) -> Dated | None:
    window = dates.window(track.name, stage_id)
    return window.closes if window else None


def _too_early(dates: Comparing, document: Document, arrivals: Mapping[str, Arrivals]) -> Iterator[Finding]:
    due = dates.documents.get(document.kind)
    closing = dates.process.closings.get(document.closing)
    if due is None or closing is None:
        return
    first: Arrival | None = None
    for track in dates.process.tracks.values():
        if document.kind not in track.documents:
            continue
        for stage_id in track.stages_with(CLOSED_BY[closing.name]):
            arrival = arrivals[track.name].get(stage_id)
            if closing.name == "no_objection":
                arrival = _later(arrival, timedelta(hours=closing.hours))
            if arrival is None or not dates.both(arrival.at, due.begins):
                return
            if first is None or arrival.at.at < first.at.at:
                first = arrival
    if first and due.begins.at < first.at.at:
        text = f"{document.title} is due {dates.say(due.begins)}, and it ends at the earliest {first.spoken}."
        remedy = "Let it be due later, or let the stage that closes it open earlier."
        yield Finding("due_before_it_can_end", text, remedy, document.line, due.track or None)
