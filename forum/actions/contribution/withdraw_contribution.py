"""A contribution is taken back before the deadline."""

from dataclasses import dataclass
from uuid import UUID

from ...store import inputs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import parts


@dataclass(frozen=True)
class WithdrawContribution(Command):
    """Take an input back until the deadline. It stays readable for its author's side only, and can be handed in again."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to take back.", of="Contribution")


async def withdraw_contribution(do: WithdrawContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses one that is neither a draft, released nor handed in."""
    need_state("withdraw_contribution", context.row, "draft", "released", "submitted")
    await unit.change(t.contribution, context.place.id, state="withdrawn", submitted_at=None)
    organisation = context.row["named_organisation_id"]
    await unit.write(inputs.answer_of(context.row["call_id"], organisation, "none_yet", answered_at=None))
    return Outcome(
        {"contribution": context.place.id},
        (Entry("contribution", context.place.id, author=await parts.hidden(context, unit)),),
    )
