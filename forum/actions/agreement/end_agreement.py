"""An agreement between two bodies ends; what was begun under it stands."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.agreement import Agreement, end
from ...domain.text import filled
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .agreeing import tell


@dataclass(frozen=True)
class EndAgreement(Command):
    """End an agreement, or take a proposal back, as the secretariat of one of the two bodies. Tracks, calls and texts
    that were begun under it stand; nothing new is begun."""

    on = ("agreement", "agreement")
    gives = {"agreement": "Agreement"}

    agreement: UUID = arg("The agreement to end.", of="Agreement")
    reason: str = arg("Why, for the other body.")


async def end_agreement(do: EndAgreement, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) what was declined or has ended, and one without a reason."""
    before = context.target(Agreement)
    after = end(before, context.actor, filled(do.reason, "reason").strip(), context.now)
    await store.write(change(before, after))
    await tell(store, after, "ended", after.reason, context.now, context.actor)
    return Outcome({"agreement": after.id}, (Entry("agreement", after.id, {"reason": after.reason}),))
