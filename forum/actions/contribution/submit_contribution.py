"""A released contribution is handed in to its call, before the deadline; a receipt follows."""

from dataclasses import dataclass
from uuid import UUID

from ...store import authors, inputs
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
from . import parts


@dataclass(frozen=True)
class SubmitContribution(Command):
    """Hand a released input in to its call. Answers with a receipt: number, hash of what was handed in, server time."""

    on = ("contribution", "contribution")
    creates = True
    gives = {"contribution": "Contribution"}

    contribution: UUID = arg("The input to hand in.", of="Contribution")


async def submit_contribution(do: SubmitContribution, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses one that is not released. The call is held shared and the clock was read after that: the deadline holds.

    What comes within the grace, or under a late permit, is marked late.
    """
    need_state("submit_contribution", context.row, "released")
    frozen = await parts.freeze(unit, context.row)
    named, call = context.row["attribution"] != "none", context.place.call
    await unit.change(
        t.contribution,
        context.place.id,
        state="submitted",
        submitted_at=context.now if named else None,
        late=call is not None and context.now >= call["closes_at"],
        receipt_number=frozen.number,
        receipt_hash=frozen.hash,
    )
    await authors.note(unit, context.place.id, submitted_at=context.now)
    organisation = context.row["named_organisation_id"]
    await inputs.answer_of(unit, context.row["call_id"], organisation, "sent", answered_at=context.now)
    # Who handed it in stands in the open only where the organisation itself does.
    author = None if organisation is not None else await parts.hidden(context, unit)
    entry = Entry("contribution", context.place.id, {"hash": frozen.hash}, author)
    return Outcome({"contribution": context.place.id}, (entry,))
