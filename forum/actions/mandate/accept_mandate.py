"""An organisation accepts that a person speaks for it."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.mandate import Mandate, accept
from ...domain.saying import saying
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .giving import described, tell


@dataclass(frozen=True)
class AcceptMandate(Command):
    """Accept, as the administrator of an organisation, that a person speaks for it as was proposed. Only now does the
    person act under it, and see what is the organisation's own."""

    on = ("mandate", "mandate")
    gives = {"mandate": "Mandate"}

    mandate: UUID = arg("The mandate that was proposed.", of="Mandate")


async def accept_mandate(do: AcceptMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) what was answered already, or has ended."""
    before = context.target(Mandate)
    after = accept(before, context.now)
    await store.write(change(before, after))
    await tell(context, store, after, "accepted", saying("Accepted: {mandate}.", mandate=await described(store, after)))
    return Outcome({"mandate": before.id}, (Entry("mandate", before.id),))
