"""Somebody is asked in, to take a role that the inviter may give."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.secret_link import LinkKind
from ...store import invitations
from ...store.records import add
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .inviting import PersonToInvite, sendable


@dataclass(frozen=True)
class InvitePerson(Command):
    """Ask somebody in who need not be known here, to take a role: as a forum's office, what it could give with
    grantMandate, or as the administrator of an organisation, what it could give with nameRepresentative. The
    person is written to. Whoever holds the link of that mail may accept (acceptInvitation) or decline
    (declineInvitation), once and for 14 days. Where you wish to hand it over yourself, or this service sends no mail,
    the answer shows the link, this once: it is kept nowhere."""

    on = ("organisation", "organisation")
    creates = True
    gives = {"invitation": "Invitation"}
    tells = {
        "link": "The signed link, to be handed to the person; null where the person is written to, and when "
        "the same request is sent again."
    }

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
    by_hand: bool = arg("Whether you hand the link over yourself, and nobody is written to.", default=False)

    def on_kind(self) -> str:
        """A forum's office invites for its forum, an administrator for the organisation."""
        return "organisation" if self.forum is None else "forum"

    def target(self) -> UUID:
        """The forum, or else the organisation."""
        return self.organisation if self.forum is None else self.forum


async def invite_person(do: InvitePerson, context: ActContext, store: Store) -> Outcome:
    """Refuses what `sendable` refuses: what is no address, what the inviter could not give, the same a second time."""
    wish = PersonToInvite(
        do.role,
        do.address,
        do.name,
        do.starts_at,
        do.organisation,
        do.ends_at,
        do.mechanism,
        do.subject,
        do.issuer,
        do.language,
    )
    [wanted] = await sendable((wish,), do.forum, do.zone, context, store)
    if wanted.refusal is not None:
        raise wanted.refusal
    invitation = wanted.invitation
    assert invitation is not None  # one or the other
    await store.write(add(invitation))
    once: dict[str, object] = {}
    if context.mails and not do.by_hand:
        await store.write(invitations.write_letters(context.now, invitation.id))
    else:
        once = {"link": context.links.sign(LinkKind.INVITATION, invitation.id, invitation.open_until)}
    entry = Entry("invitation", invitation.id, {"role": invitation.role.value})
    return Outcome({"invitation": invitation.id}, (entry,), shown_once=once)
