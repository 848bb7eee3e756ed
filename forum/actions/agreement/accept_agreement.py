"""A body agrees that another uses its name, or sends it texts."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.agreement import Agreement, accept
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .agreeing import tell


@dataclass(frozen=True)
class AcceptAgreement(Command):
    """Agree, as the secretariat of the body that was asked. From now on the forum that asked may do what it asked for,
    until one of the two ends it (endAgreement)."""

    on = ("agreement", "agreement")
    gives = {"agreement": "Agreement"}

    agreement: UUID = arg("The agreement that was proposed.", of="Agreement")


async def accept_agreement(do: AcceptAgreement, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) what was answered already, or was taken back."""
    before = context.target(Agreement)
    after = accept(before, context.actor, context.now)
    await store.write(change(before, after))
    await tell(store, after, "accepted", None, context.now, context.actor)
    return Outcome({"agreement": after.id}, (Entry("agreement", after.id),))
