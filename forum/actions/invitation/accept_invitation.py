"""An invitation is accepted by its link: the person is here, and has the role."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.account import Proven
from ...domain.invitation import Invitation, InvitationState, answer, new_subject
from ...domain.mandate import Mandate
from ...domain.secret_link import LinkKind, answered_by
from ...errors import InvalidValue
from ...store import accounts, contacts, invitations, tokens
from ...store.records import by_id, change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..mandate.giving import enter_of
from .inviting import mandate_of
from .meant import need_meant


@dataclass(frozen=True)
class AcceptInvitation(Command):
    """Accept an invitation by its link. Signed in, the role is yours; not signed in, you become a person of this
    service under the name in the invitation, and get a first token. The role is as the inviter could give it now: one
    that speaks for an organisation, given by a forum's office, waits for that organisation's administrator."""

    on = ("invitation", "link")
    gives = {"person": "Person", "mandate": "Mandate", "organisation": "Organisation"}
    tells = {"token": "Of who did not sign in: a token of 12 hours, shown this once; else null."}
    by_link = LinkKind.INVITATION

    link: str = arg("The signed link that was handed to you, the whole of it.")

    def target(self) -> UUID:
        """The invitation that the link answers."""
        return answered_by(self.link)

    def introduced(self) -> str:
        """A subject of its own."""
        return new_subject()


async def accept_invitation(do: AcceptInvitation, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvitationForAnother) the inviter and who is not the one named, (InviterMayNoLonger) what the inviter
    could not give any more, (MandateStands) what the person has already, (InvalidValue) an account that signs in
    somebody else. A link that was used, ended or is late was refused before (`domain/states.py`)."""
    before, person = context.target(Invitation), context.person
    assert person is not None  # the runner entered one where there was none
    await need_meant(store, before, person.id, context.subject, context.proven)
    under = await store.ask(by_id(Mandate, before.invited_under_id))
    assert under is not None  # a foreign key: mandates are never taken away
    mandate = mandate_of(before, context.hands, under.organisation_id, context.now)
    entered = await enter_of(store, mandate, person.id, context.now, context.actor)
    after = replace(answer(before, InvitationState.ACCEPTED, context.now), mandate_id=entered.id)
    await store.write(change(before, after))
    await _reach(store, before, person.id)
    linked = () if context.proven is None else await _linked(store, context.proven, person.id)
    once: dict[str, object] = {}
    if context.introduced is not None:
        once = {"token": await store.write(tokens.first_of(context.introduced, "an invitation that was accepted"))}
    ids = {"person": person.id, "mandate": entered.id, "organisation": before.organisation_id}
    detail = {"role": before.role.value, "waits": entered.accepted_at is None}
    entries = (Entry("invitation", before.id, {"state": after.state.value}), Entry("mandate", entered.id, detail))
    return Outcome(ids, (*entries, *linked), shown_once=once)


async def _linked(store: Store, proven: Proven, person: UUID) -> tuple[Entry, ...]:
    """From now on the account with which they came signs this person in."""
    account, new = await store.write(accounts.link(person, proven))
    if account is None or account.person_id != person:
        raise InvalidValue(
            reason="Your account came in by another invitation just now. Open this link again, and accept it signed in."
        ).at_path("link")
    return (Entry("account", account.id, {"issuer": account.issuer}),) if new else ()


async def _reach(store: Store, invitation: Invitation, person: UUID) -> None:
    """Whoever has the link of a letter reads what is sent to its address: that becomes theirs, where they have none. A
    link that was handed over proves no address."""
    if invitation.address is not None and await store.ask(invitations.has_letter(invitation.id)):
        await store.write(contacts.introduce(person, invitation.address, invitation.language, "UTC"))
