"""A transmitted text is taken in: from now on it waits for its answer like any other contribution."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import WrongState
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state


@dataclass(frozen=True)
class ReceiveContribution(Command):
    """Take in a text that another forum sent. It is admitted to the review as a contribution of that forum."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The contribution as which it arrived.", of="Contribution")


async def receive_contribution(do: ReceiveContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a contribution that no forum sent, and one that was taken in already."""
    if context.row["kind"] != "received":
        raise WrongState(
            act="receive_contribution", state="no transmitted text", needs=("a text that another forum sent",)
        )
    need_state("receive_contribution", context.row, "submitted")
    await unit.change(t.contribution, context.place.id, state="admitted")
    return Outcome({"contribution": context.place.id}, (Entry("contribution", context.place.id),))
