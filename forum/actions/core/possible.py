"""Why not, and when: what the person may do on a thing now, by the very judgement the runner would make.

It answers stage, role, gate and clock; what hangs on the content of an input is said by the act itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.viewer import Viewer
from ...errors import Refusal
from ...store import places
from ...store.unit import begin
from ...workflow.act_names import ACTS
from .catalogue import CATALOGUE
from .judge import Named, judge
from .runner import Runner

# Acts whose command may be on one of several kinds; the others are on the kind their command names.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "save_contribution": ("contribution",),
    "extend_window": ("document", "silence", "track"),
}


@dataclass(frozen=True)
class ActAnswer:
    """One act on a thing: possible or not, the refusal it would meet, and the instant from which it will be
    possible."""

    act: str
    yes: bool
    because: Refusal | None
    possible_from: datetime | None


def acts_on(kind: str) -> tuple[str, ...]:
    """The acts that are done on this kind of thing, in the order of the vocabulary."""
    return tuple(a for a in ACTS if a in CATALOGUE and kind in (CATALOGUE[a].command.on[0], *_ALSO.get(a, ())))


async def possible(runner: Runner, subject: str | None, kind: str, id_: UUID) -> list[ActAnswer]:
    """Every act on one thing, judged for one person. Looks only: nothing is locked, nothing is written."""
    if kind not in places.KINDS:
        return []
    async with begin(runner.engine) as unit:
        person = await unit.person(subject)
        await unit.claim(Viewer.of(person).session())
        located = await places.locate(unit, kind, id_, lock=False)
        if located is None:
            return []
        answers = []
        for act in acts_on(kind):
            try:
                verdict = (await judge(unit, runner.processes, act, located, person, Named(planned=True))).verdict
                answers.append(ActAnswer(act, verdict.yes, verdict.because, verdict.possible_from))
            except Refusal as refusal:
                answers.append(ActAnswer(act, False, refusal, None))
        return answers
