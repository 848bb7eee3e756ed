"""Who may still object to a text: asked of the very judgement that an objection meets, so that nobody is told of a
right that they do not have, and nobody who has it is left out."""

from uuid import UUID

from ...domain.mandates import Person
from ...refusal import Refusal
from ...store import bodies
from ...store.places import Located
from ...store.processes import Processes
from ...store.steps import need
from ...store.unit import UnitOfWork
from ..core.judge import Named, judge
from .members import belongs

_ACT = "break_silence"


@need
async def who_may_object(
    unit: UnitOfWork, processes: Processes, located: Located, asked: frozenset[UUID]
) -> frozenset[UUID]:
    """Those of these people who may break the silence at hand now, under one of their mandates."""
    found = await unit.people(await unit.ask(bodies.subjects_of(asked)))
    return frozenset([person.id for person in found if await _may(unit, processes, located, person)])


async def _may(unit: UnitOfWork, processes: Processes, located: Located, person: Person) -> bool:
    assert located.body_id is not None, "a silence lies before a body"
    for mandate in person.mandates:
        if mandate.speaks_for is None or not belongs(person, mandate.speaks_for, located.body_id):
            continue
        try:
            judgement = await judge(unit, processes, _ACT, located, person, Named(mandate.id))
        except Refusal:
            continue
        if judgement.verdict.yes:
            return True
    return False
