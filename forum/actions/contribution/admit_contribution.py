"""A submitted contribution is admitted to the review."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, admit
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class AdmitContribution(Command):
    """Admit an input that was handed in: from now on it waits for its answer."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to admit.", of="Contribution")


async def admit_contribution(do: AdmitContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that was not handed in."""
    before = context.target(Contribution)
    await store.write(change(before, admit(before)))
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id),))
