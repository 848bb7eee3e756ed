"""The stages of an edition laid out in time, track by track, with what one person may do at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..plain import HOUSEKEEPING, described
from ..process import Clock, Process, Stage, Track
from ..vocabulary import DEFAULT_HOURS
from .calendar import Calendar, StageWindow, zone_of
from .personas import May, Persona, may


@dataclass(frozen=True)
class Bar:
    """A stage in time. `runs`: call, consultation, silence or end, where the stage is for one of these.

    `begins` is None where nothing says when; `by_clock`: it begins by itself. `closes` is the deadline in it, `ends`
    the end of the grace period, or where the next stage begins. `says`: what the person may do there, in lines.
    """

    stage: str
    title: str
    runs: str
    begins: datetime | None
    closes: datetime | None
    ends: datetime | None
    by_clock: bool
    may: tuple[May, ...]
    says: tuple[str, ...]

    def may_in(self, window: str) -> bool:
        """Whether something is asked of this person while that window is open."""
        return any(allowed.window == window for allowed in self.may)


@dataclass(frozen=True)
class Lane:
    """A track with its stages, in the order of the file."""

    track: str
    title: str
    zone: str
    bars: tuple[Bar, ...]


def lanes(process: Process, calendar: Calendar, who: Persona) -> tuple[Lane, ...]:
    """Every track with its stages: when they begin and end, as far as dates and clocks tell, and what `who` may do."""
    rows = []
    for track in process.tracks.values():
        windows = {window.stage: window for window in calendar.windows if window.track == track.name}
        begins = _begins(process, track, windows)
        bars = tuple(_bar(process, track, stage, windows[stage.id], begins, who) for stage in track.stages.values())
        rows.append(Lane(track.name, track.title, zone_of(process, track.name), bars))
    return tuple(rows)


def silence_hours(process: Process, track: Track) -> int:
    """How long a silence on this track lasts, by the way its documents are closed."""
    closings = (
        process.closings.get(process.documents[kind].closing) for kind in track.documents if kind in process.documents
    )
    return next(
        (closing.hours for closing in closings if closing is not None and closing.name == "no_objection"), DEFAULT_HOURS
    )


def running(track: Track, stage: Stage) -> str:
    """What runs in a stage: a silence, a call, a consultation, or the end of the track; "" where it is something
    else."""
    rules = track.rules(stage.id)
    if "start_silence" in rules:
        return "silence"
    for kind, act in (("call", "submit_contribution"), ("consultation", "add_comment")):
        if act in rules and rules[act].window == kind:
            return kind
    return "end" if stage.final else ""


def moves_at(
    process: Process, track: Track, clock: Clock, window: StageWindow, begins: datetime | None
) -> datetime | None:
    """The instant of a move of the clock, where it is known."""
    if clock.at == "call_closes" and window.grace_ends:
        return window.grace_ends.at
    if clock.at == "call_opens":
        return window.opens.at if window.opens else begins
    if clock.at == "silence_closes" and begins:  # a silence lasts its hours, whatever the stage has planned beyond them
        return begins + timedelta(hours=silence_hours(process, track))
    return window.closes.at if window.closes else None


def _begins(process: Process, track: Track, windows: Mapping[str, StageWindow]) -> dict[str, tuple[datetime, bool]]:
    """When each stage begins, and whether by the clock; a date of its own takes precedence."""
    begun = {name: (window.opens.at, False) for name, window in windows.items() if window.opens}
    waiting = list(track.stages)
    while waiting:
        name = waiting.pop(0)
        for clock in track.stages[name].clocks:
            at = moves_at(process, track, clock, windows[name], begun[name][0] if name in begun else None)
            if at is not None and clock.to in windows and clock.to not in begun:
                begun[clock.to] = (at, True)
                waiting.append(clock.to)
    return begun


def _bar(
    process: Process,
    track: Track,
    stage: Stage,
    window: StageWindow,
    begun: Mapping[str, tuple[datetime, bool]],
    who: Persona,
) -> Bar:
    begins, by_clock = begun.get(stage.id, (None, False))
    closes = window.closes.at if window.closes else None
    if closes is None and begins and track.rule(stage.id, "start_silence"):
        silence = any(clock.at == "silence_closes" for clock in stage.clocks)
        closes = begins + timedelta(hours=silence_hours(process, track)) if silence else None
    ends = window.grace_ends.at if window.grace_ends else closes
    if ends is None and begins is not None:
        after = (begun[name][0] for name in stage.leads_to() if name in begun)
        ends = min((at for at in after if at > begins), default=None)
    permitted = may(process, track.name, stage.id, who)
    return Bar(
        stage.id,
        stage.title,
        running(track, stage),
        begins,
        closes,
        ends,
        by_clock,
        permitted,
        spoken(track, stage, permitted, who),
    )


def spoken(track: Track, stage: Stage, permitted: tuple[May, ...], who: Persona) -> tuple[str, ...]:
    """What somebody may do at a stage, a line for each window; housekeeping is left out."""
    acts = [allowed for allowed in permitted if allowed.act not in HOUSEKEEPING]
    rules = track.rules(stage.id)
    lines = []
    for window, until in _UNTIL.items():
        mine = described([allowed.act for allowed in acts if allowed.window == window], rules)
        lines += [f"you may {', '.join(mine)}{until}"] if mine else []
    rule = rules.get("release_contribution")
    if (
        rule
        and who.author
        and who.author in rule.release
        and any(allowed.act == "save_contribution" for allowed in acts)
    ):
        lines.append(f"an input of yours is released by the {rule.release[who.author].replace('_', ' ')}")
    return tuple(lines)


_UNTIL = {
    "call": " (until the deadline of the call)",
    "consultation": " (until the consultation closes)",
    "silence": " (until the silence ends)",
    "stage": " (only within the dates of the stage)",
    None: "",
}
