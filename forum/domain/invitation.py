"""Invitations: somebody who is not here yet is asked in, by who may give what they are asked in for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from ..errors import (
    InvalidValue,
    InvitationAnswered,
    InvitationEnded,
    InvitationForAnother,
    InvitationTooLate,
    Refusal,
    WrongState,
)
from .account import Proven
from .contact import Language
from .enumeration import Words
from .mandate import Role
from .noun import Noun

OPEN_FOR = timedelta(days=14)  # a link that lies in a mail box for longer is somebody else's by then
KEPT_FOR = timedelta(days=30)  # name and address after the end: the time in which the inviter asks what became of it


class InvitationState(Words):
    """How far an invitation has got."""

    OPEN = "open", "It waits for its answer."
    ACCEPTED = "accepted", "The person accepted it, and has the mandate."
    DECLINED = "declined", "The person declined it."
    ENDED = "ended", "The inviter's side took it back."
    EXPIRED = "expired", "Nobody answered it in time."


class InvitationDelivery(Words):
    """How an invitation came to whom it is for."""

    BY_HAND = "by_hand", "Nobody was written to: the link was shown, to be handed over."
    WAITING = "waiting", "Its mail waits for the relay."
    SENT = "sent", "The relay took its mail."
    REFUSED = "refused", "Its mail was refused for good, or nobody took it for five days: the address may be wrong."
    STOPPED = "stopped", "Its mail was not sent: it was answered, ended or over before."


class RowOutcome(Words):
    """What comes of one of many who are asked in at once."""

    NEW = "new", "The person is asked in."
    WAITS = "waits", "Nothing: the same invitation to this address waits for its answer."
    HOLDS = "holds", "Nothing: who accepted such an invitation at this address holds the role."
    REFUSED = "refused", "It cannot be made; the errors say why."


@dataclass(frozen=True, kw_only=True)
class InvitedRow:
    """One of many who are asked in at once, and what comes of it. `row`: its place in the list, from 0; `errors`: why
    it cannot be made; the invitation by its id in the contract, with its link, where it was made."""

    row: int
    outcome: RowOutcome
    errors: tuple[Refusal, ...] = ()
    invitation: str | None = None
    open_until: datetime | None = None
    link: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation(Noun):
    """Somebody is asked to take a role. Read by the inviter's side alone.

    `address`, `name`, `subject` and `issuer` are personal data: they are blanked at `blank_at`
    (`docs/personal_data.md`). `subject` with `issuer`: the one account that may accept; without, the one person of
    that subject here.
    `forum_id`: the forum for which a forum's office invites; None where an organisation's administrator does.
    `starts_at`, `ends_at`, `zone`: the term of the mandate. `language`: that of its mail.
    `open_until`: the first instant at which it is too late.
    """

    id: UUID
    address: str | None
    name: str | None
    subject: str | None = None
    issuer: str | None = None
    organisation_id: UUID
    forum_id: UUID | None = None
    role: Role
    mechanism_code: str | None = None
    starts_at: datetime
    ends_at: datetime | None = None
    zone: str
    language: Language = Language.EN
    invited_by_id: UUID
    invited_under_id: UUID
    given_by_forum_id: UUID | None = None
    invited_at: datetime
    open_until: datetime
    state: InvitationState = InvitationState.OPEN
    answered_at: datetime | None = None
    reason: str | None = None
    mandate_id: UUID | None = None
    blank_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What whoever holds the link of an open invitation reads of it: all that accepting would make known, and who asks.
    The address is not in it: the link may be in other hands."""

    name: str
    role: Role
    organisation: str
    forum: str | None
    mechanism: str | None
    invited_by: str
    starts_at: datetime
    ends_at: datetime | None
    zone: str
    open_until: datetime


def open_until(now: datetime, ends_at: datetime | None) -> datetime:
    """Until when an invitation of now can be answered, on a whole second: 14 days, and not beyond the mandate's term.
    Refuses (InvalidValue) one to a term that is over."""
    last = (now + OPEN_FOR if ends_at is None else min(now + OPEN_FOR, ends_at)).replace(microsecond=0)
    if last <= now:
        raise InvalidValue(reason="The term is over: nobody could accept it any more.").at_path("endsAt")
    return last


def need_open(invitation: Invitation, now: datetime) -> None:
    """Refuses what a link cannot answer any more: InvitationAnswered, InvitationEnded, InvitationTooLate."""
    if invitation.state in (InvitationState.ACCEPTED, InvitationState.DECLINED):
        raise InvitationAnswered().at_path("link")
    if invitation.state == InvitationState.ENDED:
        raise InvitationEnded().at_path("link")
    if is_late(invitation, now):
        raise InvitationTooLate(ended_at=invitation.open_until).at_path("link")


def need_for(invitation: Invitation, person: UUID | None, subject: str | None, accounts: Collection[Proven]) -> None:
    """Refuses (InvitationForAnother) whoever invited, who would give the role to themselves, and everybody but the one
    whom the inviter named. `subject`: here, of whoever signed in; `accounts`: theirs, at the providers that answered
    for them. Two providers may call two people the same, so an account is named by both or not at all."""
    if person == invitation.invited_by_id or not _is_named(invitation, subject, accounts):
        raise InvitationForAnother().at_path("link")


def _is_named(invitation: Invitation, subject: str | None, accounts: Collection[Proven]) -> bool:
    if invitation.subject is None:
        return True
    if invitation.issuer is None:
        return subject == invitation.subject
    return Proven(invitation.issuer, invitation.subject) in accounts


def new_subject() -> str:
    """The subject of somebody who comes in by an invitation. No identity provider gives one like it: nobody takes
    another's place by a name."""
    return f"invited:{uuid4()}"


def is_open(invitation: Invitation, now: datetime) -> bool:
    """Whether its link can still be answered."""
    return invitation.state == InvitationState.OPEN and now < invitation.open_until


def is_late(invitation: Invitation, now: datetime) -> bool:
    """Whether nobody answered it in time, whether or not the clock has said so already."""
    over = invitation.state == InvitationState.OPEN and invitation.open_until <= now
    return over or invitation.state == InvitationState.EXPIRED


def need_unanswered(invitation: Invitation, now: datetime) -> None:
    """Refuses (WrongState) to end an invitation that was answered, ended, or has expired."""
    if not is_open(invitation, now):
        state = InvitationState.EXPIRED if is_late(invitation, now) else invitation.state
        raise WrongState(act="end_invitation", state=f"an invitation that was {state}", needs=("an open invitation",))


def answer(invitation: Invitation, state: InvitationState, now: datetime) -> Invitation:
    """The invitation once it is answered or taken back; its name and address go some time after."""
    return replace(invitation, state=state, answered_at=now, blank_at=now + KEPT_FOR)


def close(invitation: Invitation, now: datetime) -> tuple[Invitation, datetime | None]:
    """What the clock makes of it, and as of which instant: expired where nobody answered in time, blanked where it has
    been over for 30 days; as it is before that, and afterwards."""
    if invitation.state == InvitationState.OPEN and invitation.open_until <= now:
        return replace(invitation, state=InvitationState.EXPIRED), invitation.open_until
    if invitation.state != InvitationState.OPEN and invitation.address is not None and invitation.blank_at <= now:
        return replace(invitation, address=None, name=None, subject=None, issuer=None), invitation.blank_at
    return invitation, None
