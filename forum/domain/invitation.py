"""Invitations: somebody who is not here yet is asked in, by who may give what they are asked in for."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from ..errors import (
    InvalidValue,
    InvitationAnswered,
    InvitationEnded,
    InvitationForAnother,
    InvitationTooLate,
    TextTooLong,
    WrongState,
)
from .enumeration import Words
from .mandate import Role
from .noun import Noun

OPEN_FOR = timedelta(days=14)  # a link that lies in a mail box for longer is somebody else's by then
KEPT_FOR = timedelta(days=30)  # name and address after the end: the time in which the inviter asks what became of it
LONGEST_ADDRESS = 254  # characters: RFC 5321, section 4.5.3.1.3, without the angle brackets
_LONGEST_LOCAL, _LONGEST_LABEL = 64, 63  # RFC 5321, 4.5.3.1.1; RFC 1035, 2.3.4
_ATOM = frozenset("!#$%&'*+-/=?^_`{|}~.")  # beside letters and figures: RFC 5322, section 3.2.3


class InvitationState(Words):
    """How far an invitation has got."""

    OPEN = "open", "It waits for its answer."
    ACCEPTED = "accepted", "The person accepted it, and has the mandate."
    DECLINED = "declined", "The person declined it."
    ENDED = "ended", "The inviter's side took it back."
    EXPIRED = "expired", "Nobody answered it in time."


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation(Noun):
    """Somebody is asked to take a role. Read by the inviter's side alone.

    `address`, `name` and `subject` are personal data: they are blanked at `blank_at` (`docs/personal_data.md`).
    `forum_id`: the forum for which a forum's office invites; None where an organisation's administrator does.
    `starts_at`, `ends_at`, `zone`: the term of the mandate. `open_until`: the first instant at which it is too late.
    """

    id: UUID
    address: str | None
    name: str | None
    subject: str | None = None
    organisation_id: UUID
    forum_id: UUID | None = None
    role: Role
    mechanism_code: str | None = None
    starts_at: datetime
    ends_at: datetime | None = None
    zone: str
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


def address(text: str, *path: str) -> str:
    """A plain e-mail address in the one spelling in which it is kept: an addr-spec of RFC 5321 without quotes,
    comments, a name or an address of a machine; its domain in small letters, as figures and letters of ASCII or of
    IDNA (RFC 5891). Refuses (InvalidValue, TextTooLong) everything else, so that nothing of it is ever a header."""
    spelt = text.strip(" ")
    if len(spelt) > LONGEST_ADDRESS:
        raise TextTooLong(section="address", limit=LONGEST_ADDRESS, actual=len(spelt), unit="characters").at_path(*path)
    local, at, domain = spelt.rpartition("@")
    if not (at and _is_local(local) and _is_domain(domain)):
        reason = "Write one e-mail address and nothing else, as in name@example.org: no name, no list, no new line."
        raise InvalidValue(reason=reason).at_path(*path)
    return f"{local}@{domain.lower()}"


def _is_local(local: str) -> bool:
    atoms = all(sign.isascii() and (sign.isalnum() or sign in _ATOM) for sign in local)
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    return 0 < len(local) <= _LONGEST_LOCAL and atoms and not dots


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    return len(labels) > 1 and all(map(_is_label, labels)) and not labels[-1].isdigit()


def _is_label(label: str) -> bool:
    signs = label.isascii() and all(sign.isalnum() or sign == "-" for sign in label)
    return 0 < len(label) <= _LONGEST_LABEL and signs and not label.startswith("-") and not label.endswith("-")


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


def need_for(invitation: Invitation, person: UUID, subject: str | None) -> None:
    """Refuses (InvitationForAnother) whoever invited, who would give the role to themselves, and everybody but the one
    subject where the inviter named it. `subject`: of whoever signed in."""
    named = invitation.subject is not None and invitation.subject != subject
    if named or person == invitation.invited_by_id:
        raise InvitationForAnother().at_path("link")


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
        return replace(invitation, address=None, name=None, subject=None), invitation.blank_at
    return invitation, None
