"""Why not, and when: what the person may do on a thing now, by the very judgement the runner would make.

It answers stage, role, gate and clock; what hangs on the content of an input is said by the act itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from ...domain.mandates import Person
from ...domain.viewer import Viewer
from ...errors import Refusal
from ...store import places
from ...store.processes import Processes
from ...store.unit import Runnable, UnitOfWork, begin
from ...workflow.act_names import ACTS
from .catalogue import CATALOGUE
from .judge import Named, judge
from .runner import Runner

T = TypeVar("T")

# Acts whose command may be on one of several kinds; the others are on the kind their command names.
_ALSO: Mapping[str, tuple[str, ...]] = {
    "save_contribution": ("contribution",),
    "extend_window": ("document", "silence", "track"),
    "invite_person": ("forum",),
    "invite_people": ("forum",),
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
    """The acts that are done on this kind of thing, in the order of the vocabulary; without those that take a link."""
    acts = (a for a in ACTS if a in CATALOGUE and CATALOGUE[a].command.by_link is None)
    return tuple(a for a in acts if kind in (CATALOGUE[a].command.on[0], *_ALSO.get(a, ())))


class _Looking(UnitOfWork):
    """A unit of work that only looks: what two acts both need (the call of the track, a gate's count) is read once."""

    def __init__(self, unit: UnitOfWork) -> None:
        super().__init__(unit.connection)
        self._known: dict[Runnable[Any], Any] = {}

    async def ask(self, need: Runnable[T]) -> T:
        try:
            hash(need)
        except TypeError:  # one of its arguments is no key, such as a whole process
            return await super().ask(need)
        if need not in self._known:
            self._known[need] = await super().ask(need)
        return cast(T, self._known[need])


async def possible(runner: Runner, subject: str | None, kind: str, id_: UUID) -> list[ActAnswer]:
    """Every act on one thing, judged for one person. Looks only: nothing is locked, nothing is written."""
    return (await possible_on(runner, subject, kind, [id_]))[0]


async def possible_on(runner: Runner, subject: str | None, kind: str, ids: Sequence[UUID]) -> list[list[ActAnswer]]:
    """The same for many things of one kind, in order: on one connection, at one instant, and what several of them hang
    on (the person, the call, what a gate counts) is read once."""
    if kind not in places.KINDS:
        return [[] for _ in ids]
    async with begin(runner.engine) as begun:
        unit = _Looking(begun)
        person = await unit.person(subject)
        asked = Named(planned=True, newcomer=person is None and subject is not None)
        await unit.claim(Viewer.of(person).session())
        subjects = [await places.locate(unit, kind, id_, lock=False) for id_ in ids]
        now = next((located.now for located in subjects if located is not None), None)
        return [
            []
            if located is None or now is None
            else await _on(unit, runner.processes, person, replace(located, now=now), asked)
            for located in subjects
        ]


async def _on(
    unit: UnitOfWork, processes: Processes, person: Person | None, located: places.Located, asked: Named
) -> list[ActAnswer]:
    kind, answers = located.kind, []
    for act in acts_on(kind):
        try:
            verdict = (await judge(unit, processes, act, located, person, asked)).verdict
            answers.append(ActAnswer(act, verdict.yes, verdict.because, verdict.possible_from))
        except Refusal as refusal:
            answers.append(ActAnswer(act, False, refusal, None))
    return answers
