"""A submitted contribution is admitted to the review."""

from dataclasses import dataclass
from uuid import UUID

from ...store.tables import schema as t
from ...store.unit import Unit
from ..core.act import Command, Entry, Moment, Outcome, arg, need_state


@dataclass(frozen=True)
class AdmitContribution(Command):
    """Admit an input that was handed in: from now on it waits for its answer."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to admit.", of="Contribution")


async def admit_contribution(do: AdmitContribution, at: Moment, unit: Unit) -> Outcome:
    """Refuses one that was not handed in."""
    need_state("admit_contribution", at.row, "submitted")
    await unit.change(t.contribution, at.place.id, state="admitted")
    return Outcome({"contribution": at.place.id}, (Entry("contribution", at.place.id),))
