"""The clock: an invitation that nobody answered expires, and later the name and the address in it go."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.invitation import Invitation, close
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class CloseInvitation(Command):
    """The clock says that an invitation was not answered in time; 30 days after its end it blanks the name, the address
    and the subject in it."""

    on = ("invitation", "invitation")
    gives = {"invitation": "Invitation"}

    invitation: UUID = arg("The invitation whose time is over.", of="Invitation")


async def close_invitation(do: CloseInvitation, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) before its instant, and where it was done already: the row is held alone."""
    before = context.target(Invitation)
    after, at = close(before, context.now)
    if after == before:
        return Outcome({})
    await store.write(change(before, after))
    detail = {"blanked": True} if after.address is None else {"state": after.state.value}
    return Outcome({"invitation": before.id}, (Entry("invitation", before.id, detail, at=at),))
