"""A contribution is taken back before the deadline."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, withdraw
from ...store import inputs
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .authoring import hidden


@dataclass(frozen=True)
class WithdrawContribution(Command):
    """Take an input back until the deadline. It stays readable for its author's side only. To hand it in again, release
    it (releaseContribution) as it stands, or save a change first, and then submit it."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to take back.", of="Contribution")


async def withdraw_contribution(do: WithdrawContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that was admitted, or taken back already."""
    before = context.target(Contribution)
    await store.write(change(before, withdraw(before)))
    await store.write(inputs.unanswer(before))
    entry = Entry("contribution", before.id, author=await hidden(context, store))
    return Outcome({"contribution": before.id}, (entry,))
