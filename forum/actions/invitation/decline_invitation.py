"""An invitation is declined by its link."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from ...domain.invitation import Invitation, InvitationState, answer
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...domain.secret_link import LinkKind, answered_by
from ...store import notices
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class DeclineInvitation(Command):
    """Decline an invitation by its link, signed in or not. Nothing is kept of you but that it was declined; the name
    and the address in it go after 30 days."""

    on = ("invitation", "link")
    gives = {"organisation": "Organisation"}
    by_link = LinkKind.INVITATION

    link: str = arg("The signed link that was handed to you, the whole of it.")

    def target(self) -> UUID:
        """The invitation that the link answers."""
        return answered_by(self.link)


async def decline_invitation(do: DeclineInvitation, context: ActContext, store: Store) -> Outcome:
    """The inviter is told. A link that was used, ended or is late was refused before (`domain/states.py`)."""
    before = context.target(Invitation)
    after = answer(before, InvitationState.DECLINED, context.now)
    await store.write(change(before, after))
    role = saying(before.role.value.replace("_", " "))
    words = saying("The invitation to somebody to be {role} was declined.", role=role)
    recipients, cause = frozenset((before.invited_by_id,)), uuid5(before.id, "declined")
    await store.write(notices.tell(recipients, kind=NoticeKind.MANDATE, words=words, cause=cause, at=context.now))
    entry = Entry("invitation", before.id, {"state": after.state.value})
    return Outcome({"organisation": before.organisation_id}, (entry,))
