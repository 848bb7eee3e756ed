"""Somebody takes their own clearance back."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.clearance import Clearance, is_out, take_back
from ...domain.contribution import Contribution
from ...store.records import by_id, change
from ...store.steps import Store
from ..core.act import ActContext, Command, Outcome, arg
from .clearing import own_entry


@dataclass(frozen=True)
class WithdrawClearance(Command):
    """Take back your own clearance of an input or a comment that has not gone out yet. It stays on your side's record,
    and counts no more."""

    on = ("clearance", "clearance")
    gives = {"clearance": "Clearance"}

    clearance: UUID = arg("Your clearance.", of="Clearance")


async def withdraw_clearance(do: WithdrawClearance, context: ActContext, store: Store) -> Outcome:
    """Refuses one that was taken back, and one under which the input or comment has gone out."""
    before = context.target(Clearance)
    input_ = None
    if before.contribution_id is not None:
        input_ = await store.ask(by_id(Contribution, before.contribution_id))
    await store.write(change(before, take_back(before, context.now, out=is_out(before, input_))))
    return Outcome({"clearance": before.id}, (await own_entry(store, before.organisation_id, before.id),))
