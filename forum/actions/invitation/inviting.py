"""What the acts on invitations share: what is asked of each before it is made, and the mandate that it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from ...domain.account import issuer_named
from ...domain.authority import By
from ...domain.contact import Language
from ...domain.enumeration import word_of
from ...domain.invitation import KEPT_FOR, Invitation, open_until
from ...domain.mail_address import mail_address
from ...domain.mandate import GivenBy, Mandate, Role
from ...domain.names import LONGEST_NAME, one_line
from ...domain.text import maybe
from ...errors import InvalidValue, InvitationWaits, MandateStands, Refusal
from ...store import invitations
from ...store.steps import Need, Store, Write
from ...store.unit import fresh
from ..core.act import ActContext, arg
from ..mandate.giving import by_office, need_fit, need_own_to_give

T = TypeVar("T")


@dataclass(frozen=True)
class PersonToInvite:
    """One of many who are asked in at once, to take a role from an instant to an instant."""

    role: str = arg("The role the person is asked to take.", scalar="Role")
    address: str = arg("The person's e-mail address: one, and nothing else. 254 characters. Your side alone reads it.")
    name: str = arg("The person's name as you write it; it is theirs here until they say otherwise.")
    starts_at: datetime = arg("The role begins at this instant.")
    organisation: UUID | None = arg(
        "The organisation for which the person is to act; left out, the one for all.", of="Organisation", default=None
    )
    ends_at: datetime | None = arg("The first instant after the term; open when left out.", default=None)
    mechanism: str | None = arg("The mechanism a coordinator coordinates, by code.", default=None)
    subject: str | None = arg(
        "The person's subject, where you know it: then nobody else can accept. Of their account at a provider, name "
        "the `issuer` too; without one it is the subject that tokens of this service name.",
        default=None,
    )
    issuer: str | None = arg(
        "The issuer of the identity provider whose subject it is, letter by letter as its metadata says: "
        "https://login.example. Another provider's account of the same subject is somebody else's.",
        default=None,
    )
    language: str = arg("The language in which the person is written to.", default="en", scalar="Language")


@dataclass(frozen=True)
class Wanted:
    """The invitation that a wish comes to, or why it cannot be made."""

    invitation: Invitation | None = None
    refusal: Refusal | None = None


async def sendable(
    wishes: Sequence[PersonToInvite], forum: UUID | None, zone: str, context: ActContext, store: Store
) -> list[Wanted]:
    """The invitations as they may be made now, in the order of the wishes; they are not made yet. `forum`: for whose
    office; None where an organisation's administrator invites. Names and addresses stand in their rows and nowhere
    else.

    Each is refused (InvalidValue, TextTooLong) for what is no address, a term that is over, and what giving the role
    would refuse; (AuthorityNotYours) for what the inviter could not give; (InvitationWaits, MandateStands) a second
    time.
    """
    known = _Known(store)
    await store.ask(invitations.alone(*{wish.organisation for wish in wishes if wish.organisation is not None}))
    fitting: list[Wanted] = []
    for wish in wishes:
        try:
            fitting.append(Wanted(await _fitting(_asked_for(wish, forum, zone, context), context, known)))
        except Refusal as refused:
            fitting.append(Wanted(refusal=refused))
    asked = tuple(wanted.invitation for wanted in fitting if wanted.invitation is not None)
    stands = await store.ask(invitations.stands(asked, context.now))
    return [_unless_it_stands(wanted, stands) for wanted in fitting]


async def _fitting(invitation: Invitation, context: ActContext, store: Store) -> Invitation:
    mandate = mandate_of(invitation, context.hands, context.doer.mandate.organisation, context.now)
    await need_fit(store, mandate)
    return replace(invitation, given_by_forum_id=mandate.given_by_forum_id)


def _unless_it_stands(wanted: Wanted, stands: invitations.Stands) -> Wanted:
    if wanted.invitation is None:
        return wanted
    waits, holds = stands.waits.get(wanted.invitation.id), stands.holds.get(wanted.invitation.id)
    if waits is not None:
        return Wanted(refusal=InvitationWaits(invitation=waits).at_path("address"))
    if holds is not None:
        return Wanted(refusal=MandateStands(mandate=holds).at_path("address"))
    return wanted


class _Known:
    """A store that is asked the same once: of 500 people many are of one organisation."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._answers: dict[Need[Any], Any] = {}

    async def ask(self, need: Need[T]) -> T:
        """What is known already, or what the store answers."""
        if need not in self._answers:
            self._answers[need] = await self.store.ask(need)
        return cast(T, self._answers[need])

    async def write(self, write: Write[T]) -> T:
        """As the store does; what was known is asked anew."""
        self._answers.clear()
        return await self.store.write(write)


def _asked_for(wanted: PersonToInvite, forum: UUID | None, zone: str, context: ActContext) -> Invitation:
    assert context.actor is not None  # the runner lets nobody invite without a person
    if wanted.organisation is None:
        raise InvalidValue(reason="Say for which organisation the person is to act.").at_path("organisation")
    until = open_until(context.now, wanted.ends_at)
    return Invitation(
        id=fresh(), address=mail_address(wanted.address, "address"), name=one_line(wanted.name, LONGEST_NAME, "name"),
        subject=maybe(wanted.subject), issuer=issuer_named(wanted.issuer, wanted.subject),
        organisation_id=wanted.organisation, forum_id=forum,
        role=word_of(Role, wanted.role, "role"), mechanism_code=wanted.mechanism, starts_at=wanted.starts_at,
        ends_at=wanted.ends_at, zone=zone, language=word_of(Language, wanted.language, "language"),
        invited_by_id=context.actor, invited_under_id=context.doer.mandate.id,
        invited_at=context.now, open_until=until, blank_at=until + KEPT_FOR,
    )  # fmt: skip


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
