"""A submitted contribution is admitted to the review."""

from dataclasses import dataclass
from uuid import UUID

from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state


@dataclass(frozen=True)
class AdmitContribution(Command):
    """Admit an input that was handed in: from now on it waits for its answer."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to admit.", of="Contribution")


async def admit_contribution(do: AdmitContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses one that was not handed in."""
    need_state("admit_contribution", context.row, "submitted")
    await unit.change(t.contribution, context.place.id, state="admitted")
    return Outcome({"contribution": context.place.id}, (Entry("contribution", context.place.id),))
