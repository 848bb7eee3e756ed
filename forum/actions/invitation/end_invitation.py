"""An invitation is taken back before it is answered."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.invitation import Invitation, InvitationState, answer
from ...domain.text import maybe
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class EndInvitation(Command):
    """Take back an invitation of your side that was not answered: its link opens nothing any more. Another may be made
    at once."""

    on = ("invitation", "invitation")
    gives = {"invitation": "Invitation"}

    invitation: UUID = arg("The invitation.", of="Invitation")
    reason: str | None = arg("Why, for your own side, if you wish.", default=None)


async def end_invitation(do: EndInvitation, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) an invitation that was answered, ended, or has expired."""
    before = context.target(Invitation)
    after = replace(answer(before, InvitationState.ENDED, context.now), reason=maybe(do.reason))
    await store.write(change(before, after))
    return Outcome({"invitation": before.id}, (Entry("invitation", before.id, {"state": after.state.value}),))
