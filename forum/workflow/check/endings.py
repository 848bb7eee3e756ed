"""The state space of every track: stages that no order of events reaches, states that never end, ends that leave
something open.

`stages.py` looks at the map of stages; this looks at what can happen on it, with the obligations that acts create and
the gates that wait for them.
"""

from collections.abc import Callable, Iterator, Mapping

from .. import holders
from ..effects import spoken
from ..finding import Finding
from ..graph import backwards, reachable
from ..process import Process, Stage, Track
from ..track_steps import Step, steps
from . import space
from .space import Space

# What an end must not leave open.
DUTIES = ("input", "silence", "contested")
# What to do about a thing that holds a track for ever.
REMEDIES = {
    "input": "Give record_disposition at {stage}, or name in `to` a stage that gives it.",
    "unanswered": "Give record_disposition at {stage}, or name in `to` a stage that gives it.",
    "comment": "Give record_disposition at {stage}, or name in `to` a stage that gives it.",
    "between": "Let the text end for the second time at {stage}, or name in `to` a stage at which it does.",
    "blank": "Give write_paragraph at {stage}, or name in `to` a stage that gives it.",
    "source": "Give cite_source at {stage}, or name in `to` a stage that gives it.",
    "unsourced": "Ask every_paragraph_sourced of the texts themselves, under [documents], before they are closed.",
    "contested": "Name in `to` a stage from which the text is put to its body again.",
    "objection": "Give answer_objection at {stage}, or at a stage that follows it.",
    "silence": "Let the clock move on from {stage} at silence_closes, or name a stage in `to`.",
}
MISSING = {
    "citable": ("there is nothing that it could name", "Give write_paragraph at {stage}, or name a stage in `to`."),
    "call": ("no call is open", "Give issue_call at {stage}, or name in `to` a stage to go on to by hand."),
    "called": ("there never was a call", "Give issue_call at {stage}, or name in `to` a stage to go on to by hand."),
    "consultation": ("no text is open to comments", "Give circulate_document at {stage}, or name a stage in `to`."),
    "silence": ("no text lies before a body", "Give start_silence at {stage}, or name a stage in `to`."),
    "text": ("there is no text in hand", "Give draft_document at {stage}, or name in `to` a stage that gives it."),
    "paper": ("there is no text yet", "Give draft_document at {stage}, or name in `to` a stage that gives it."),
}


def findings(process: Process) -> Iterator[Finding]:
    """Every fault that shows only in what can happen. What the map of stages shows already is not repeated."""
    roles = holders.fillable(process)
    for track in process.tracks.values():
        if track.initial not in track.stages:
            continue
        state_space = explored(process, track, roles)
        yield from _never_reached(track, state_space)
        yield from _locked(track, state_space)
        yield from _ends(process, track, state_space)


def explored(process: Process, track: Track, roles: frozenset[str] | None = None) -> Space:
    """The states of a track, distinguished by all that its steps and its ends depend on."""
    held = holders.fillable(process) if roles is None else roles
    known = steps(process, track, lambda rule: holders.may(process, track, rule, held))
    return space.explore(track, known, DUTIES)


def _at(track: Track, stage: Stage, code: str, message: str, remedy: str) -> Finding:
    return Finding(code, message, remedy, stage.line, track.name, stage.id)


def _never_reached(track: Track, state_space: Space) -> Iterator[Finding]:
    """Stages to which the map leads and events never do: only the first on each such way, the rest follows from it."""
    for name in state_space.reached:
        stage = track.stages[name]
        for to in dict.fromkeys(stage.leads_to()):
            ahead = track.stages.get(to)
            if ahead is None or to in state_space.reached:
                continue
            if not any(step.to == to for step in state_space.steps[name]) and to in stage.to:
                continue  # nobody may move it: `stages.py` reports that
            text = f"{name} leads to {to}, and yet no order of events brings the track there."
            remedy = f"Look at what the move asks for: the gates of the clock or of advance_stage, and `needs` of {to}."
            yield _at(track, ahead, "unreachable_stage", text, remedy)


def _locked(track: Track, state_space: Space) -> Iterator[Finding]:
    edges = {stage.id: [to for to in stage.leads_to() if to in track.stages] for stage in track.stages.values()}
    before = backwards(edges)
    ending = reachable({stage.id for stage in track.stages.values() if stage.final}, lambda stage: before[stage])
    locked = [name for name in track.stages if name in ending and state_space.locked(name)]
    for name in _deepest(locked, state_space):
        if track.stages[name].to and not any(step.act == "advance_stage" for step in state_space.steps[name]):
            continue  # nobody may move it: `stages.py` reports that
        held = next(state_space.bits.named(state_space.locked(name)))
        reason, remedy = _late(track.stages[name], state_space, held) or _reason(state_space, name, held)
        text = f"At {name} the track can come to a stop for ever: {reason}, and from there no way leads to an end."
        yield _at(track, track.stages[name], "locked_for_ever", text, remedy.format(stage=name))


def _late(stage: Stage, state_space: Space, held: frozenset[str]) -> tuple[str, str] | None:
    """The reason of a stage whose planned end alone leads on from this state to an end; None of any other."""
    planned = next((clock.to for clock in stage.clocks if clock.at == "stage_closes"), None)
    own, bits = state_space.steps[stage.id], state_space.bits
    ahead = bits.number(held)
    while ahead != (grown := _grown(ahead, [step for step in own if step.way_out and step.to is None], bits.after)):
        ahead = grown
    on = [step for step in own if step.to == planned and not step.act and not step.way_out]
    if planned is None or not any(bits.after(step, ahead) & state_space.ending.get(planned, 0) for step in on):
        return None
    why = "where it comes there after the planned end, which alone leads on"
    return why, f'Add to = ["{planned}"] at {{stage}}, and let somebody advance_stage there.'


def _grown(states: int, steps: list[Step], make: Callable[[Step, int], int]) -> int:
    """The states with those that each of these steps makes of them."""
    for step in steps:
        states |= make(step, states)
    return states


def _deepest(locked: list[str], state_space: Space) -> list[str]:
    """The locked stages from which the track cannot reach another locked one: the others are locked because of these.
    Of locked stages that lead to one another in a circle, the first."""
    follow = {
        name: [
            step.to
            for step in state_space.steps[name]
            if step.to is not None
            and state_space.bits.after(step, state_space.locked(name)) & state_space.locked(step.to)
        ]
        for name in locked
    }
    ahead = {name: reachable(follow[name], lambda stage: follow.get(stage, ())) & set(locked) for name in locked}
    roots = [name for name in locked if all(name in ahead[other] for other in ahead[name])]
    return [name for place, name in enumerate(roots) if not any(name in ahead[other] for other in roots[:place])]


def _reason(state_space: Space, stage: str, held: frozenset[str]) -> tuple[str, str]:
    """Why a state is locked: the thing without which it would not be, and the thing with which it would not be."""
    open_ = next((t for t in REMEDIES if t in held and state_space.can_end(stage, held - {t})), None)
    known = [thing for thing in MISSING if open_ is None or thing != "silence"]  # no remedy for what is open already
    lacks = next((t for t in known if t not in held and state_space.can_end(stage, held | {t})), None)
    if open_ is None and lacks is None:
        named = [spoken(thing) for thing in REMEDIES if thing in held]
        return f"with {', '.join(named) or 'nothing open'}", "Name in `to` a stage from which the track can still end."
    if lacks is None or open_ is None:
        return (f"with {spoken(open_)}", REMEDIES[open_]) if open_ else MISSING[lacks or ""]
    return f"with {spoken(open_)} while {MISSING[lacks][0]}", MISSING[lacks][1]


def _ends(process: Process, track: Track, state_space: Space) -> Iterator[Finding]:
    asks = asks_for_answers(process, track)
    for stage in track.stages.values():
        states = state_space.reached.get(stage.id, 0)
        if not stage.final or not states:
            continue
        if asks and states & state_space.bits.open["input"] & ~_answered_there(state_space, stage):
            text = (
                f"The track can end at {stage.id} with an input without an answer, and this process asks for answers."
            )
            remedy = 'Add needs = ["every_input_answered"] at the stage.'
            yield _at(track, stage, "end_leaves_input", text, remedy)
        if states & state_space.bits.open["silence"]:
            text = f"The track can end at {stage.id} while a text lies before its body."
            remedy = "Let only the clock lead on from the stage at which the silence begins, at silence_closes."
            yield _at(track, stage, "end_leaves_silence", text, remedy)
        if states & state_space.bits.open["contested"]:
            text = f"The track can end at {stage.id} with a text whose silence was broken."
            yield _at(
                track, stage, "end_leaves_objection", text, 'Add needs = ["no_paragraph_contested"] at the stage.'
            )


def asks_for_answers(process: Process, track: Track) -> bool:
    """Whether an end without every answer is a fault: some gate of the track asks for them."""
    kinds = (process.documents[kind] for kind in track.documents if kind in process.documents)
    asked = {gate for kind in kinds for gate in kind.gates}
    asked.update(
        gate
        for rules in (track.always, *(s.acts for s in track.stages.values()))
        for rule in rules.values()
        for gate in rule.gates
    )
    asked.update(gate for stage in track.stages.values() for gate in stage.needs)
    asked.update(gate for stage in track.stages.values() for clock in stage.clocks for gate in clock.gates)
    return "every_input_answered" in asked


def _answered_there(state_space: Space, stage: Stage) -> int:
    """The states of an end in which its own acts can still bring every answer."""
    known = state_space.bits.all & ~state_space.bits.open["input"]
    acts: Mapping[str, list[Step]] = {
        stage.id: [s for s in state_space.steps[stage.id] if s.act and s.way_out and s.to is None]
    }
    while known != (grown := _grown(known, acts[stage.id], state_space.bits.before)):
        known = grown
    return known
