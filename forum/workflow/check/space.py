"""The state space of a track: which stages it can reach with which things open, and from where it can end.

A state is a stage and the set of things that are open there, each thing a bit of a number. All the sets that are
possible at one stage are in turn the bits of one larger number, so that a step is computed for all of them at once:
with ten things a stage has 1,024 states, and they cost one operation on 1,024 bits.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..process import Track
from ..track_steps import Step

Steps = Mapping[str, Sequence[Step]]
Does = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]


class Bits:
    """The arithmetic of sets of states over these things."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.all = (1 << (1 << len(self.names))) - 1
        # The states in which a thing is open: of 2**n places, those whose number has its bit.
        self.open = {name: self._with(place) for place, name in enumerate(self.names)}
        # A number without a sign: with one, each operation costs several times as much.
        self.shut = {name: self.all ^ states for name, states in self.open.items()}
        self.shift = {name: 1 << place for place, name in enumerate(self.names)}
        self._guards: dict[tuple[frozenset[str], frozenset[str]], int] = {}

    def _with(self, place: int) -> int:
        half = 1 << place
        pattern, width = ((1 << half) - 1) << half, 2 * half
        while width < 1 << len(self.names):
            pattern |= pattern << width
            width *= 2
        return pattern

    def guard(self, step: Step) -> int:
        """The states in which a step can be made."""
        key = (step.needs, step.bars)
        states = self._guards.get(key)
        if states is None:
            states = self.all
            for name in step.needs:
                states &= self.open[name]
            for name in step.bars:
                states &= self.shut[name]
            self._guards[key] = states
        return states

    def after(self, step: Step, states: int) -> int:
        """The states that follow these by a step."""
        states &= self.guard(step)
        for name in step.opens if states else ():
            states = (states & self.open[name]) | (states & self.shut[name]) << self.shift[name]
        for name in step.closes if states else ():
            states = (states & self.shut[name]) | (states & self.open[name]) >> self.shift[name]
        return states

    def before(self, step: Step, states: int) -> int:
        """The states from which a step leads to one of these."""
        for name in step.closes:
            states &= self.shut[name]
            states |= states << self.shift[name]
        for name in step.opens:
            states &= self.open[name]
            states |= states >> self.shift[name]
        return states & self.guard(step)

    def named(self, states: int) -> Iterator[frozenset[str]]:
        """Each state of a set as the things open in it; states with the fewest things first."""
        places = [place for place in range(1 << len(self.names)) if states >> place & 1]
        for place in sorted(places, key=lambda state: (state.bit_count(), state)):
            yield frozenset(name for bit, name in enumerate(self.names) if place >> bit & 1)

    def number(self, things: Collection[str]) -> int:
        """The set that holds one state alone. Things on which no step depends are left out."""
        return 1 << sum(self.shift[name] for name in self.names if name in things)


@dataclass(frozen=True)
class Space:
    """What was found: by stage, the states a track can come to, and those from which it can come to an end."""

    bits: Bits
    steps: Steps
    reached: Mapping[str, int] = field(default_factory=dict)
    ending: Mapping[str, int] = field(default_factory=dict)

    def possible(self, stage: str, things: Collection[str]) -> bool:
        """Whether the track can ever stand at a stage with these things open, and no others."""
        return bool(self.reached.get(stage, 0) & self.bits.number(things))

    def can_end(self, stage: str, things: Collection[str]) -> bool:
        """Whether an end can still be reached from there."""
        return bool(self.ending.get(stage, 0) & self.bits.number(things))

    def locked(self, stage: str) -> int:
        """The states of a stage that the track can come to and never leave for an end."""
        return self.reached.get(stage, 0) & ~self.ending.get(stage, 0)


def explore(track: Track, steps: Steps, duties: Collection[str] = ()) -> Space:
    """Walk through every state of a track, from its first stage forwards and from its ends backwards.

    `duties`: things to keep track of although no step depends on them. A way to an end may use every step that is a
    `way_out`. Steps into stages that do not exist lead nowhere.
    """
    known = {stage: [s for s in steps.get(stage, ()) if s.to is None or s.to in track.stages] for stage in track.stages}
    named, lean = _lean(known, duties)
    bits = Bits(named)
    reached = _walk(lean, {track.initial: 1} if track.initial in track.stages else {}, bits)
    ends = {stage.id: bits.all for stage in track.stages.values() if stage.final}
    return Space(bits, lean, reached, _walk_back(lean, ends, bits))


def _lean(steps: Steps, duties: Collection[str]) -> tuple[list[str], Steps]:
    """The things that matter, and the steps reduced to them: what no step depends on need not be kept track of."""
    used, opened = _asked(steps, duties), _opened(steps)
    while True:
        alike: dict[Step, Step] = {}
        steps = {stage: _reduced(some, used, opened, alike) for stage, some in steps.items()}
        before, used, opened = (used, opened), _asked(steps, duties), _opened(steps)
        if before == (used, opened):
            return sorted(used), steps


def _asked(steps: Steps, duties: Collection[str]) -> frozenset[str]:
    return frozenset(duties).union(*(step.needs | step.bars for some in steps.values() for step in some))


def _opened(steps: Steps) -> frozenset[str]:
    return frozenset[str]().union(*(step.opens for some in steps.values() for step in some))


def _reduced(
    steps: Sequence[Step], used: frozenset[str], opened: frozenset[str], alike: dict[Step, Step]
) -> list[Step]:
    """`alike`: what became of the same step at another stage."""
    lean = []
    for step in steps:
        if step.needs <= opened:
            if step not in alike:
                bars, opens, closes = step.bars & opened, step.opens & used, step.closes & used & opened
                alike[step] = replace(step, bars=bars, opens=opens, closes=closes)
            lean.append(alike[step])
    return list(dict.fromkeys(step for step in lean if step.to or step.opens or step.closes))


def _walk(steps: Steps, begin: dict[str, int], bits: Bits) -> dict[str, int]:
    """Forwards: every state that some order of steps leads to."""
    staying = {stage: tuple(step for step in some if step.to in (None, stage)) for stage, some in steps.items()}
    leaving = {stage: [step for step in some if step.to not in (None, stage)] for stage, some in steps.items()}
    settled = _Settled(bits.after)
    same: dict[int, dict[Does, int]] = {}
    reached: dict[str, int] = {}
    ahead = dict(begin)
    while ahead:
        stage = next(iter(ahead))  # first come, first served: what arrives meanwhile is taken along
        known = reached.get(stage, 0)
        states = settled(stage, known | ahead.pop(stage), staying[stage])
        reached[stage], new = states, states ^ known
        alike = same.setdefault(new, {})
        for step in leaving[stage] if new else ():
            after = _once(alike, bits.after, step, new)
            there = reached.get(step.to or "", 0)
            if step.to is not None and after | there != there:
                ahead[step.to] = ahead.get(step.to, 0) | after
    return reached


def _walk_back(steps: Steps, ends: dict[str, int], bits: Bits) -> dict[str, int]:
    """Backwards: every state from which some order of steps leads to an end."""
    useful = [(stage, step) for stage, some in steps.items() for step in some if step.way_out]
    staying = {
        stage: tuple(step for step in some if step.way_out and step.to in (None, stage))
        for stage, some in steps.items()
    }
    coming: dict[str, list[tuple[str, Step]]] = {stage: [] for stage in steps}
    for stage, step in useful:
        if step.to not in (None, stage):
            coming[step.to or ""].append((stage, step))
    settled = _Settled(bits.before)
    same: dict[int, dict[Does, int]] = {}
    ending: dict[str, int] = {}
    ahead = dict(ends)
    while ahead:
        stage = next(iter(ahead))
        known = ending.get(stage, 0)
        states = settled(stage, known | ahead.pop(stage), staying[stage])
        ending[stage], new = states, states ^ known
        alike = same.setdefault(new, {})
        for origin, step in coming[stage] if new else ():
            before = _once(alike, bits.before, step, new)
            there = ending.get(origin, 0)
            if before | there != there:
                ahead[origin] = ahead.get(origin, 0) | before
    return ending


def _once(alike: dict[Does, int], make: Callable[[Step, int], int], step: Step, states: int) -> int:
    """What a step makes of these states; steps that differ only in where they lead are made once."""
    does = step.needs, step.bars, step.opens, step.closes
    if does not in alike:
        alike[does] = make(step, states)
    return alike[does]


class _Settled:
    """The states of a stage with all that its own steps add to them. Stages of the same steps come to the same."""

    def __init__(self, make: Callable[[Step, int], int]) -> None:
        self._make = make
        self._kinds: dict[tuple[Step, ...], int] = {}
        self._kind: dict[str, int] = {}
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, stage: str, states: int, steps: tuple[Step, ...]) -> int:
        if stage not in self._kind:
            self._kind[stage] = self._kinds.setdefault(steps, len(self._kinds))
        key = self._kind[stage], states
        if key not in self._known:
            self._known[key] = self._until_nothing_is_added(states, steps)
        return self._known[key]

    def _until_nothing_is_added(self, states: int, steps: Sequence[Step]) -> int:
        while True:
            before = states
            for step in steps:
                states |= self._make(step, states)
            if states == before:
                return states
