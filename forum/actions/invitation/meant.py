"""Whether an invitation is meant for whoever comes with its link."""

from uuid import UUID

from ...domain.account import Proven
from ...domain.invitation import Invitation, need_for
from ...store import accounts
from ...store.steps import Store


async def need_meant(
    store: Store, invitation: Invitation, person: UUID | None, subject: str | None, proven: Proven | None = None
) -> None:
    """Refuses (InvitationForAnother) whoever it is not for. `proven`: the account with which they come, where they have
    just signed in; those that are linked to them already count as well."""
    known = frozenset(() if proven is None else (proven,))
    if invitation.issuer is not None and person is not None:
        known |= await store.ask(accounts.proven_of(person))
    need_for(invitation, person, subject, known)
