"""May a running edition move from one version of a process to another? What would be lost on the way is found first.

`findings(old, new)` looks at what the new version says under `[[moves]]` of the old one, stage by stage: every stage
must go to one that exists, and no obligation may be lost. `in_use` limits the kinds of document, answers and closings
that must be kept to those that the editions hold.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..definition_parts import Moves
from ..finding import Finding
from ..graph import reachable
from ..moves import Place, moves_from, stands, target
from ..process import Process, Stage, Track
from ..toml_table import hint

# What is under way while a stage with such a clock stands, and how it is called.
_RUNS = {
    "call_closes": "a call is open and the clock ends it",
    "consultation_closes": "a consultation runs and the clock ends it",
    "silence_closes": "a silence runs and the clock ends it",
}
_ANSWERS = "every_input_answered"


@dataclass(frozen=True)
class InUse:
    """What the editions that are to move hold: kinds of document, those in a silence, answers that were given."""

    documents: frozenset[str] = field(default_factory=frozenset)
    silent: frozenset[str] = field(default_factory=frozenset)
    dispositions: frozenset[str] = field(default_factory=frozenset)


def everything(process: Process) -> InUse:
    """All that an edition under a process could hold: where no edition was looked at."""
    kinds = frozenset(process.documents)
    return InUse(kinds, kinds, frozenset(process.dispositions))


def findings(old: Process, new: Process, moves: Moves | None = None, in_use: InUse | None = None) -> Iterator[Finding]:
    """What stands in the way of moving from `old` to `new`. `moves`: where the definition's own map is overridden."""
    moves = moves_from(new, old.version) if moves is None else moves
    yield from _names(old, moves)
    for track in old.tracks.values():
        yield from _track(track, old, new, moves)
    yield from _met(old, new, moves)
    yield from _held(old, new, everything(old) if in_use is None else in_use, moves)


def _names(old: Process, moves: Moves) -> Iterator[Finding]:
    """Words of the map that the old version does not know: a misspelt one would be passed over in silence."""
    for name in dict.fromkeys((*moves.tracks, *moves.stages)):
        if name not in old.tracks:
            message = f"Version {moves.version} has no track {name}."
            yield Finding("moves_unknown_track", message, hint(name, old.tracks), moves.line, name)
    for name, named in moves.stages.items():
        for stage in named if name in old.tracks else ():
            if stage not in old.tracks[name].stages:
                message = f"Track {name} of version {moves.version} has no stage {stage}."
                yield Finding(
                    "moves_unknown_stage", message, hint(stage, old.tracks[name].stages), moves.line, name, stage
                )


def _track(track: Track, old: Process, new: Process, moves: Moves) -> Iterator[Finding]:
    new_track = new.tracks.get(moves.tracks.get(track.name, track.name))
    if new_track is None:
        gone = moves.tracks.get(track.name, track.name)
        remedy = f'Say under [[moves]] where it goes: tracks = {{ {track.name} = "{next(iter(new.tracks), "main")}" }}.'
        yield Finding(
            "moves_track_lost",
            f"An edition may run the track {track.name}, and there is no track {gone}.",
            remedy,
            moves.line,
            track.name,
        )
        return
    if new_track.reviews and not track.reviews:
        message = f"Runs of {track.name} have no subject, and {new_track.name} reviews one."
        remedy = "Let such a track begin with an edition that is opened under this version."
        yield Finding("moves_subject_missing", message, remedy, moves.line, track.name)
    for stage in track.stages.values():
        place = target(moves, Place(track.name, stage.id))
        if stands(new, place):
            yield from _stage(track, stage, new_track, new_track.stages[place.stage], old, new, moves)
        else:
            remedy = (
                f'Say under [[moves]] where it goes: stages.{track.name} = {{ {stage.id} = "{new_track.initial}" }}.'
            )
            message = f"An edition may stand at {stage.id}, and {new_track.name} has no stage {place.stage}."
            yield Finding("moves_stage_lost", message, remedy, moves.line, track.name, stage.id)


def _met(old: Process, new: Process, moves: Moves) -> Iterator[Finding]:
    """Two tracks of the old version on one of the new, which runs once."""
    arrived: dict[str, list[str]] = {}
    for name in old.tracks:
        arrived.setdefault(moves.tracks.get(name, name), []).append(name)
    for name, origins in arrived.items():
        if len(origins) > 1 and name in new.tracks and new.tracks[name].repeat is None:
            message = f"{' and '.join(origins)} would both go on as {name}, which an edition runs once."
            yield Finding(
                "moves_tracks_meet", message, f"Let {name} repeat, or let one of them go elsewhere.", moves.line, name
            )


def targets(process: Process) -> Iterator[Finding]:
    """What a definition says under [[moves]] of its own tracks and stages: known without the earlier version."""
    for moves in process.moves:
        for goal in moves.tracks.values():
            if goal not in process.tracks:
                message = f"[[moves]] leads to the track {goal}."
                yield Finding("moves_unknown_target", message, hint(goal, process.tracks), moves.line)
        for name, named in moves.stages.items():
            track = process.tracks.get(moves.tracks.get(name, name))
            for goal in named.values():
                if track and goal not in track.stages:
                    message = f"[[moves]] leads to the stage {goal}."
                    yield Finding("moves_unknown_target", message, hint(goal, track.stages), moves.line, name, goal)
    versions = [moves.version for moves in process.moves]
    for version in sorted({version for version in versions if versions.count(version) > 1}):
        line = [moves.line for moves in process.moves if moves.version == version][1]
        yield Finding("moves_twice", f"[[moves]] speaks of version {version} twice.", "Put it into one block.", line)


def _stage(
    track: Track, old_stage: Stage, new_track: Track, new_stage: Stage, old: Process, new: Process, moves: Moves
) -> Iterator[Finding]:
    def finding(code: str, message: str, remedy: str) -> Finding:
        return Finding(code, message, remedy, moves.line, track.name, old_stage.id)

    if old_stage.final != new_stage.final:
        ends, goes_on = ("is an end", "goes on") if old_stage.final else ("goes on", "is an end")
        yield finding(
            "moves_end",
            f"{old_stage.id} {ends}, and {new_stage.id} {goes_on}.",
            "Let what has ended go to an end, and what goes on to a stage that goes on.",
        )
    now = {clock.at for clock in new_stage.clocks}
    for edge in dict.fromkeys(clock.at for clock in old_stage.clocks):
        if edge in _RUNS and edge not in now:
            remedy = f"Let it go to a stage with a clock at {edge}, or give {new_stage.id} one."
            yield finding(
                "moves_obligation_lost",
                f"At {old_stage.id} {_RUNS[edge]}; at {new_stage.id} nothing would end it.",
                remedy,
            )
    if _owed(old, track) and _answered(track, old_stage.id):
        if not _answered(new_track, new_stage.id):
            message = (
                f"From {old_stage.id} on every input is owed an answer; from {new_stage.id} on nobody can give one."
            )
            yield finding(
                "moves_answers_lost", message, "Let it go to a stage from which record_disposition can still be done."
            )
        elif not _owed(new, new_track):
            message = (
                f"At {old_stage.id} every input is owed an answer; on {new_track.name} nothing waits for it any longer."
            )
            yield finding(
                "moves_answers_lost", message, f"Keep the gate {_ANSWERS}; let the next edition begin without it."
            )


def _owed(process: Process, track: Track) -> bool:
    """Whether something on the track waits until every input is answered."""
    return any(_ANSWERS in gates for gates in _gates(process, track))


def _answered(track: Track, stage: str) -> bool:
    """Whether an answer can still be given from this stage on."""
    return any(
        track.rule(later, "record_disposition") or track.rule(later, "record_joint_disposition")
        for later in _from(track, stage)
    )


def _gates(process: Process, track: Track) -> Iterator[tuple[str, ...]]:
    yield from (process.documents[kind].gates for kind in track.documents if kind in process.documents)
    for stage in track.stages:
        yield from (rule.gates for rule in track.rules(stage).values())
        yield track.stages[stage].needs


def _from(track: Track, stage: str) -> set[str]:
    """The stages that can be reached from one, itself included."""
    known = track.stages
    return reachable({stage} & set(known), lambda name: [to for to in known[name].leads_to() if to in known])


def _held(old: Process, new: Process, in_use: InUse, moves: Moves) -> Iterator[Finding]:
    for kind in sorted(in_use.documents - set(new.documents)):
        message = f"There are documents of the kind {kind}, and {new.version} makes none."
        yield Finding("moves_document_lost", message, f"Keep [documents.{kind}].", moves.line)
    for word in sorted(in_use.dispositions - set(new.dispositions)):
        message = f"Inputs were told {word}, and {new.version} does not use the word."
        yield Finding("moves_disposition_lost", message, f"Keep {word} under [dispositions].", moves.line)
    yield from _closings(old, new, in_use, moves)
    yield from _made(old, new, in_use, moves)


def _closings(old: Process, new: Process, in_use: InUse, moves: Moves) -> Iterator[Finding]:
    """A text in a silence must still end by one."""
    for kind in sorted(in_use.silent & set(new.documents) & set(old.documents)):
        was, now = (_how(process, kind) for process in (old, new))
        if was == "no_objection" and now != was:
            message = (
                f"A document of the kind {kind} may be in a silence, and it would now be {now or 'closed in no way'}."
            )
            yield Finding("moves_closing_lost", message, f"Let {kind} still be closed by a silence.", moves.line)


def _made(old: Process, new: Process, in_use: InUse, moves: Moves) -> Iterator[Finding]:
    """A document stays on its track, so the track must still make its kind."""
    for track in old.tracks.values():
        new_track = new.tracks.get(moves.tracks.get(track.name, track.name))
        for kind in (k for k in track.documents if new_track and k in in_use.documents and k in new.documents):
            if new_track and kind not in new_track.documents:
                message = f"Documents of the kind {kind} stand on {track.name}, and {new_track.name} makes none."
                yield Finding(
                    "moves_document_lost",
                    message,
                    f"Add {kind} to the documents of {new_track.name}.",
                    moves.line,
                    track.name,
                )


def _how(process: Process, kind: str) -> str:
    closings: Mapping[str, object] = process.closings
    name = process.documents[kind].closing
    return process.closings[name].name if name in closings else ""
