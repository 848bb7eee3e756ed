"""The way to an end from any state of a track: which step comes next, and how many are left.

The check says that a track can end from wherever it may stand (`space.py`); this says how. A test plays it in the
running service (`tests/soundness/`).
"""

from collections.abc import Collection
from dataclasses import dataclass

from ..process import Track
from ..track_steps import Step
from .space import Bits, Space, Steps


@dataclass(frozen=True)
class Ways:
    """`layers`: by number of steps to an end, the states of each stage from which so many are enough."""

    bits: Bits
    steps: Steps
    layers: tuple[dict[str, int], ...]

    def left(self, stage: str, things: Collection[str]) -> int | None:
        """How many steps are left to an end; None where no way leads to one."""
        state = self.bits.number(things)
        return next((n for n, layer in enumerate(self.layers) if layer.get(stage, 0) & state), None)

    def onward(self, stage: str, things: Collection[str]) -> tuple[Step, ...]:
        """The steps that come nearer to an end from here; none where there is no way, or at an end."""
        left = self.left(stage, things)
        if not left:
            return ()
        state, nearer = self.bits.number(things), self.layers[left - 1]
        some = (step for step in self.steps[stage] if step.way_out)
        return tuple(step for step in some if self.bits.after(step, state) & nearer.get(step.to or stage, 0))


def ways(track: Track, space: Space) -> Ways:
    """Walk backwards from the ends, one step at a time."""
    bits = space.bits
    layer = {stage.id: bits.all for stage in track.stages.values() if stage.final}
    layers = [layer]
    while True:
        grown = dict(layer)
        for stage, some in space.steps.items():
            for step in some:
                if step.way_out:
                    before = bits.before(step, layer.get(step.to or stage, 0))
                    grown[stage] = grown.get(stage, 0) | before
        if grown == layer:
            return Ways(bits, space.steps, tuple(layers))
        layers.append(grown)
        layer = grown
