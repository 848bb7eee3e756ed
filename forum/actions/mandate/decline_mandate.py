"""A mandate that was proposed is declined."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.mandate import Mandate, decline
from ...domain.saying import saying
from ...domain.text import clean, maybe
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .giving import described, tell


@dataclass(frozen=True)
class DeclineMandate(Command):
    """Decline a mandate that was proposed: as the administrator of the organisation it speaks for, or as the person it
    is for. It was never in force."""

    on = ("mandate", "mandate")
    gives = {"mandate": "Mandate"}

    mandate: UUID = arg("The mandate that was proposed.", of="Mandate")
    reason: str | None = arg("Why, for whoever proposed it, if you wish.", default=None)


async def decline_mandate(do: DeclineMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) what was answered already, or has ended."""
    before = context.target(Mandate)
    after = decline(before, maybe(do.reason), context.now)
    await store.write(change(before, after))
    named = await described(store, after)
    words = saying("Declined: {mandate}.", mandate=named)
    if after.end_reason is not None:
        words = saying("Declined: {mandate}: {reason}", mandate=named, reason=clean(after.end_reason))
    await tell(context, store, after, "declined", words)
    return Outcome({"mandate": before.id}, (Entry("mandate", before.id, {"reason": after.end_reason}),))
