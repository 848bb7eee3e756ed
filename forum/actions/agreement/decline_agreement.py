"""A body does not agree that another uses its name, or sends it texts."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.agreement import Agreement, decline
from ...domain.text import maybe
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .agreeing import tell


@dataclass(frozen=True)
class DeclineAgreement(Command):
    """Say, as the secretariat of the body that was asked, that it does not agree. It may be asked again."""

    on = ("agreement", "agreement")
    gives = {"agreement": "Agreement"}

    agreement: UUID = arg("The agreement that was proposed.", of="Agreement")
    reason: str | None = arg("Why, for whoever proposed it, if you wish.", default=None)


async def decline_agreement(do: DeclineAgreement, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) what was answered already, or was taken back."""
    before = context.target(Agreement)
    after = decline(before, context.actor, maybe(do.reason), context.now)
    await store.write(change(before, after))
    await tell(store, after, "declined", after.reason, context.now, context.actor)
    return Outcome({"agreement": after.id}, (Entry("agreement", after.id, {"reason": after.reason}),))
