"""A transmitted text is taken in: from now on it waits for its answer like any other contribution."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, receive
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class ReceiveContribution(Command):
    """Take in a text that another forum sent. It is admitted to the review as a contribution of that forum."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The contribution as which it arrived.", of="Contribution")


async def receive_contribution(do: ReceiveContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses a contribution that no forum sent, and one that was taken in already."""
    before = context.target(Contribution)
    await store.write(change(before, receive(before)))
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id),))
