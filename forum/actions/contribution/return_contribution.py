"""A submitted contribution goes back to its author for clarification."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.text import clean
from ...errors import InvalidValue
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state


@dataclass(frozen=True)
class ReturnContribution(Command):
    """Return an input for clarification. Its author's side changes it, releases it and hands it in again."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to return.", of="Contribution")
    reason: str = arg("What needs clarifying, for the author.")


async def return_contribution(do: ReturnContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses one that was not handed in, and an empty reason."""
    need_state("return_contribution", context.row, "submitted", "admitted")
    reason = clean(do.reason)
    if not reason.strip():
        raise InvalidValue(reason="Say what needs clarifying: the author reads it.").at_path("reason")
    await unit.change(t.contribution, context.place.id, state="returned", return_reason=reason)
    return Outcome({"contribution": context.place.id}, (Entry("contribution", context.place.id),))
