"""A submitted contribution goes back to its author for clarification."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.contribution import Contribution, send_back
from ...domain.text import clean
from ...errors import InvalidValue
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class ReturnContribution(Command):
    """Return an input for clarification. Its author's side changes it, releases it and hands it in again."""

    on = ("contribution", "contribution")
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to return.", of="Contribution")
    reason: str = arg("What needs clarifying, for the author.")


async def return_contribution(do: ReturnContribution, context: ActContext, store: Store) -> Outcome:
    """Refuses one that was not handed in, and an empty reason."""
    before, reason = context.target(Contribution), clean(do.reason)
    after = send_back(before, reason)
    if not reason.strip():
        raise InvalidValue(reason="Say what needs clarifying: the author reads it.").at_path("reason")
    await store.write(change(before, after))
    return Outcome({"contribution": before.id}, (Entry("contribution", before.id),))
