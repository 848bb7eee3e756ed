"""What the acts on invitations share: the mandate that an invitation comes to, as giving it would make it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from ...domain.authority import By
from ...domain.invitation import Invitation
from ...domain.mandate import GivenBy, Mandate
from ...store.unit import fresh
from ..mandate.giving import by_office, need_own_to_give


def mandate_of(invitation: Invitation, hands: Mapping[By, UUID | None], giver: UUID | None, now: datetime) -> Mandate:
    """The mandate as the inviter would give it now: in force, or a proposal that waits. `hands`: whose word it is;
    `giver`: the organisation of the inviter's own mandate.

    Refuses (AuthorityNotYours, InvalidValue) what the inviter could not give, exactly as grantMandate and
    nameRepresentative do.
    """
    given_by = GivenBy.ORGANISATION if invitation.forum_id is None else GivenBy.FORUM
    mandate = Mandate(
        id=fresh(), organisation_id=invitation.organisation_id, role=invitation.role, forum_id=invitation.forum_id,
        mechanism_code=invitation.mechanism_code, starts_at=invitation.starts_at, ends_at=invitation.ends_at,
        zone=invitation.zone, given_by=given_by, given_by_forum_id=hands.get(By.OFFICE) or hands.get(By.ABOVE),
        proposed_at=now, accepted_at=now,
    )  # fmt: skip
    if invitation.forum_id is None:
        need_own_to_give(invitation.role)
        return mandate
    return by_office(mandate, hands, own=invitation.organisation_id == giver)
