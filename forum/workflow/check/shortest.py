"""The shortest times a forum allows, against what is left: a call, a consultation or a silence that cannot run its time
from when the track can come to its stage until the stage is over, or until the edition is."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from .. import when
from ..calendar.calendar import Dated
from ..finding import Finding
from ..process import Track
from .comparing import Comparing
from .order import Arrival, earliest

# By track and stage, the shortest times this forum allows for what runs there.
Minima = Mapping[tuple[str, str], list[tuple[str, timedelta]]]


def findings(dates: Comparing, minimums: Minima) -> Iterator[Finding]:
    """Every stage that is reached too late for what may be begun there."""
    for track in dates.process.tracks.values():
        arrivals = earliest(dates, track) if any(name == track.name for name, _ in minimums) else {}
        for stage, arrival in arrivals.items():
            for kind, least in minimums.get((track.name, stage), ()) if arrival else ():
                assert arrival is not None
                yield from _of_stage(dates, track, stage, arrival, kind, least)


def _of_stage(
    dates: Comparing, track: Track, stage_id: str, arrival: Arrival, kind: str, least: timedelta
) -> Iterator[Finding]:
    stage, window, end = track.stages[stage_id], dates.window(track.name, stage_id), dates.calendar.ends
    closes, opens = (window.closes, window.opens) if window else (None, None)
    place = (stage.line, track.name, stage_id)
    begins = f"{stage.title} is reached at the earliest {arrival.spoken}"
    in_time = closes is None or not dates.both(arrival.at, closes) or closes.at > arrival.at.at
    if end and in_time and dates.both(arrival.at, end) and _left(arrival, end) < least:
        text = (
            f"{begins}, and the edition ends {dates.say(end)}: "
            f"by then no {kind} could last {when.spoken(least)}, the shortest that this forum allows."
        )
        yield Finding("after_the_end", text, "Let the edition end later, or change [minimums].", *place)
    if closes is None or not in_time or not dates.both(arrival.at, closes):
        return
    if opens and dates.both(opens, closes) and when.between(opens.at, closes.at, opens.zone) < least:
        return  # `dates.py` reports that
    if _left(arrival, closes) < least:
        text = (
            f"{begins}, and closes {dates.say(closes)}: "
            f"that leaves no time for a {kind}, for which this forum allows no less than {when.spoken(least)}."
        )
        remedy = "Let it close later, let what comes before it end earlier, or change [minimums]."
        yield Finding(f"{kind}_too_short", text, remedy, *place)


def _left(arrival: Arrival, until: Dated) -> timedelta:
    return when.between(arrival.at.at, until.at, arrival.at.zone)
