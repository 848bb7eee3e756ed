"""A plain walk over what can happen on a track, state by state: no bits, nothing left out. Slow on purpose; the tests
hold the checker's arithmetic against it. Whether the table of effects is right is held against the service itself, by
`tests/soundness/`."""

from collections.abc import Callable, Mapping, Sequence

from forum.workflow import holders
from forum.workflow.process import Process, Track
from forum.workflow.track_steps import Step, steps

State = tuple[str, frozenset[str]]
Steps = Mapping[str, Sequence[Step]]


def all_steps(process: Process, track: Track) -> Steps:
    """Everything that can happen, at each stage; what leads to no stage of the track left out."""
    roles = holders.fillable(process)
    known = steps(process, track, lambda rule: holders.may(process, track, rule, roles))
    return {
        stage: [step for step in some if step.to is None or step.to in track.stages] for stage, some in known.items()
    }


def following(known: Steps, state: State, way_out: bool = False) -> set[State]:
    """The states that follow by one step, or by one that a way out may use."""
    stage, there = state
    return {
        (step.to or stage, (there | step.opens) - step.closes)
        for step in known[stage]
        if step.needs <= there and not step.bars & there and (step.way_out or not way_out)
    }


def walk(starts: set[State], follow: Callable[[State], set[State]]) -> set[State]:
    seen, ahead = set(starts), list(starts)
    while ahead:
        for state in follow(ahead.pop()):
            if state not in seen:
                seen.add(state)
                ahead.append(state)
    return seen


def reached(known: Steps, track: Track) -> set[State]:
    return walk({(track.initial, frozenset())}, lambda state: following(known, state))


def that_end(known: Steps, track: Track, states: set[State]) -> set[State]:
    """Those of the states from which an end can be reached, found backwards from the ends."""
    before: dict[State, list[State]] = {}
    for state in states:
        for after in following(known, state, way_out=True):
            before.setdefault(after, []).append(state)
    ends = {state for state in states if track.stages[state[0]].final}
    return walk(ends, lambda state: set(before.get(state, ()))) & states
