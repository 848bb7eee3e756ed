"""A definition as a chart: the stages in order, who may do what, how it goes on, what comes out and where that goes.

Words and places only; the drawing is for `forum/rendering/pictures/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import InvalidValue
from .calendar.lanes import running, silence_hours
from .definition_parts import Closing
from .plain import HOUSEKEEPING, called, described, people
from .process import Clock, Process, Stage, Track
from .toml_table import hint
from .when import When, spoken

_CLOCKS = {
    "call_opens": "when the call opens",
    "call_closes": "when the call closes",
    "consultation_closes": "when the consultation closes",
    "silence_closes": "when the silence ends",
    "stage_closes": "when its dates end",
}


@dataclass(frozen=True)
class Way:
    """How a stage goes on: to which other (its index in the chart), whether by the clock, and in words."""

    to: int
    clock: bool
    words: str


@dataclass(frozen=True)
class Box:
    """A stage. `runs`: call, consultation, silence, end, or "" for anything else; `dates` and `notes` in words;
    `people`: who, with what they may do."""

    title: str
    runs: str
    begins: bool
    dates: str
    notes: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True)
class Paper:
    """A document that a track makes: how it ends and where it goes, in words."""

    title: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """A track."""

    name: str
    title: str
    notes: tuple[str, ...]
    boxes: tuple[Box, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True)
class Chart:
    """The whole definition, or one track of it."""

    title: str
    version: str
    paths: tuple[Path, ...]


def chart(process: Process, track: str | None = None) -> Chart:
    """The chart of all tracks, or of one. Refuses (InvalidValue) a track that the definition does not have."""
    if track is not None and track not in process.tracks:
        raise InvalidValue(reason=f"{process.name} has no track {track[:60]}. {hint(track, process.tracks)}").at_path(
            "track"
        )
    chosen = [path for name, path in process.tracks.items() if track in (None, name)]
    return Chart(process.title, f"{process.name} {process.version}", tuple(_path(process, path) for path in chosen))


def _path(process: Process, track: Track) -> Path:
    order = {name: number for number, name in enumerate(track.stages)}
    boxes = tuple(_box(process, track, stage, order) for stage in track.stages.values())
    papers = tuple(_paper(process, kind) for kind in track.documents if kind in process.documents)
    return Path(track.name, track.title, tuple(_about(process, track)), boxes, papers)


def _about(process: Process, track: Track) -> Iterator[str]:
    moved = track.always.get("advance_stage")
    if moved:
        yield f"Moved on by hand by {people(moved, process)}."
    if track.repeat:
        yield f"Run up to {track.repeat.at_most} times" + (
            f", up to {track.repeat.themes} themes each." if track.repeat.themes else "."
        )
    if track.reviews:
        yield "Each run reviews somebody who takes part."
    if track.convened_by:
        rights = "equal rights" if track.rights == "equal" else "one in the lead"
        yield f"Convened by {', '.join(track.convened_by)}, with {rights}."
    if track.after in process.tracks:
        yield f"Begins after: {process.tracks[track.after].title}."
    if track.feeds in process.meetings:
        yield f"Must be ready for: {process.meetings[track.feeds].title}."
    if track.voluntary:
        yield "Voluntary: nobody is asked, nobody is reminded."


def _box(process: Process, track: Track, stage: Stage, order: dict[str, int]) -> Box:
    dates = [
        f"{word} {_when(when)}" for word, when in (("opens", stage.opens), ("closes", stage.closes)) if when is not None
    ]
    asked = track.asks_before(stage.id)
    notes = [f"Not before: {_gates(asked)}."] if asked else []
    if stage.grace:
        notes.append(f"Late inputs are taken for {spoken(stage.grace)} more.")
    if "start_silence" in track.rules(stage.id):
        hours = silence_hours(process, track)
        notes.append(f"A silence runs for {hours} hours. If nobody objects, the text passes; who objects breaks it.")
    ways = [
        Way(order[clock.to], True, f"{_clock(clock)}: {track.stages[clock.to].title}")
        for clock in stage.clocks
        if clock.to in order
    ]
    for to in stage.to:
        if to in order:
            back = order[to] <= order[stage.id]
            ways.append(
                Way(order[to], False, f"{'back, for another round' if back else 'by hand'}: {track.stages[to].title}")
            )
    return Box(
        stage.title,
        running(track, stage),
        stage.id == track.initial,
        ", ".join(dates),
        tuple(notes),
        tuple(_people(process, track, stage)),
        tuple(ways),
    )


def _clock(clock: Clock) -> str:
    gates = f", if {_gates(clock.gates)}" if clock.gates else ""
    return f"by the clock, {_CLOCKS[clock.at]}{gates}"


def _when(when: When) -> str:
    return when.written.replace("_", " ")


def _gates(names: tuple[str, ...]) -> str:
    return " and ".join(name.replace("_", " ") for name in names)


def _people(process: Process, track: Track, stage: Stage) -> Iterator[tuple[str, str]]:
    """Who may do what at a stage, a line for each circle of people; housekeeping is said of the track."""
    rules = track.rules(stage.id)
    circles: dict[str, list[str]] = {}
    for act, rule in rules.items():
        if act not in HOUSEKEEPING:
            circles.setdefault(people(rule, process), []).append(act)
    for who, acts in circles.items():
        yield who[0].upper() + who[1:], ", ".join(described(acts, rules))


def _ends(closing: Closing) -> str:
    by = called(closing.by)
    return {
        "issued": f"issued by {by}",
        "endorsed": f"endorsed by {by}",
        "adopted": f"adopted by {by}",
        "no_objection": f"passes {by} when nobody objects within {closing.hours} hours",
    }[closing.name]


def _paper(process: Process, kind: str) -> Paper:
    document = process.documents[kind]
    notes = []
    closings = [closing for name in (document.closing, document.then) if (closing := process.closings.get(name))]
    if closings:
        ends = ", then ".join(_ends(closing) for closing in closings)
        notes.append(ends + (f", once: {_gates(document.gates)}" if document.gates else ""))
    if document.due is not None:
        notes.append(f"due {_when(document.due)}")
    if len(document.languages) > 1:
        notes.append(f"in {', '.join(document.languages)}")
    goes = [transmission for transmission in process.transmissions if transmission.document == kind]
    to = [name.replace("/", ", track ").replace("_", " ") for transmission in goes for name in transmission.to]
    to += ["bodies outside this service"] if any(transmission.outside for transmission in goes) else []
    if to:
        notes.append(f"goes to: {'; '.join(dict.fromkeys(to))}")
    return Paper(document.title, tuple(notes))
