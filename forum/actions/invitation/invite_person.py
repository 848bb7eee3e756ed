"""Somebody is asked in, to take a role that the inviter may give."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain.enumeration import word_of
from ...domain.invitation import KEPT_FOR, Invitation, open_until
from ...domain.mail_address import mail_address
from ...domain.mandate import Role
from ...domain.names import LONGEST_NAME, one_line
from ...domain.secret_link import LinkKind
from ...domain.text import maybe
from ...errors import InvitationWaits
from ...store import invitations
from ...store.records import add
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..mandate.giving import need_fit
from .inviting import mandate_of


@dataclass(frozen=True)
class InvitePerson(Command):
    """Ask somebody in who need not be known here, to take a role: as a forum's office, what it could give with
    grantMandate, or as the administrator of an organisation, what it could give with nameRepresentative. Whoever holds
    the link of the answer may accept (acceptInvitation) or decline (declineInvitation), once and for 14 days. The link
    is shown this once and kept nowhere: hand it over."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"invitation": "Invitation"}
    tells = {"link": "The signed link, to be handed to the person; null when the same request is sent again."}

    organisation: UUID = arg("The organisation for which the person is to act.", of="Organisation")
    role: str = arg("The role the person is asked to take.", scalar="Role")
    address: str = arg("The person's e-mail address: one, and nothing else. 254 characters. Your side alone reads it.")
    name: str = arg("The person's name as you write it; it is theirs here until they say otherwise.")
    starts_at: datetime = arg("The role begins at this instant.")
    forum: UUID | None = arg(
        "The forum for whose office you invite; left out, you invite as the organisation's administrator.", of="Forum",
        default=None,
    )  # fmt: skip
    zone: str = arg("The zone the term is spoken in.", default="Europe/Zurich")
    ends_at: datetime | None = arg("The first instant after the term; open when left out.", default=None)
    mechanism: str | None = arg("The mechanism a coordinator coordinates, by code.", default=None)
    subject: str | None = arg(
        "The person's subject at the identity provider, where you know it: then nobody else can accept.", default=None
    )

    def on_kind(self) -> str:
        """A forum's office invites for its forum, an administrator for the organisation."""
        return "organisation" if self.forum is None else "forum"

    def target(self) -> UUID:
        """The forum, or else the organisation."""
        return self.organisation if self.forum is None else self.forum


async def invite_person(do: InvitePerson, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue, TextTooLong) what is no address, a term that is over, and what giving the role would
    refuse; (AuthorityNotYours) what the inviter could not give; (InvitationWaits) the same invitation a second time."""
    invitation = _wanted(do, context)
    mandate = mandate_of(invitation, context.hands, context.doer.mandate.organisation, context.now)
    await need_fit(store, mandate)
    invitation = replace(invitation, given_by_forum_id=mandate.given_by_forum_id)
    waits = await store.ask(invitations.waiting(invitation, context.now))
    if waits is not None:
        raise InvitationWaits(invitation=waits).at_path("address")
    await store.write(add(invitation))
    link = context.links.sign(LinkKind.INVITATION, invitation.id, invitation.open_until)
    entry = Entry("invitation", invitation.id, {"role": invitation.role.value})
    return Outcome({"invitation": invitation.id}, (entry,), shown_once={"link": link})


def _wanted(do: InvitePerson, context: ActContext) -> Invitation:
    """The invitation as it was asked for. Its name and address stand in its own row and nowhere else."""
    assert context.actor is not None  # the runner lets nobody invite without a person
    until = open_until(context.now, do.ends_at)
    return Invitation(
        id=fresh(), address=mail_address(do.address, "address"), name=one_line(do.name, LONGEST_NAME, "name"),
        subject=maybe(do.subject), organisation_id=do.organisation, forum_id=do.forum,
        role=word_of(Role, do.role, "role"), mechanism_code=do.mechanism, starts_at=do.starts_at, ends_at=do.ends_at,
        zone=do.zone, invited_by_id=context.actor, invited_under_id=context.doer.mandate.id, invited_at=context.now,
        open_until=until, blank_at=until + KEPT_FOR,
    )  # fmt: skip
