"""A person says where and how they are written to."""

from dataclasses import dataclass, replace
from uuid import UUID

from ...domain.contact import Contact, Language, Owner, Pace, address_of, muted_of, need_zone
from ...domain.enumeration import word_of
from ...errors import NotFound
from ...store import contacts
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class SetContact(Command):
    """Say where you are written to, in which language and zone, and how often; and of which forums you wish no mail.
    What is left out stays. Nobody else reads it: `viewer { contact }` shows it. Receipts always come by mail."""

    on = ("person", "person")
    gives = {"contact": "Contact"}

    person: UUID = arg("Yourself.", of="Person")
    address: str | None = arg("Your mail address; empty: no mail at all.", default=None)
    language: str | None = arg("The language you are written to in.", default=None, scalar="Language")
    zone: str | None = arg("The zone of your days: Africa/Nairobi.", default=None)
    pace: str | None = arg("How often you are written to.", default=None, scalar="Pace")
    muted: tuple[UUID, ...] | None = arg(
        "The forums of which you wish no mail, all of them; their news are read here all the same.",
        of="Forum",
        default=None,
    )


async def set_contact(do: SetContact, context: ActContext, store: Store) -> Outcome:
    """Refuses (InvalidValue) what is no mail address of one line of ASCII, an unknown zone, and more than 100 forums;
    (NotFound) a forum that is none."""
    before = await store.ask(contacts.contact_of(context.target(Owner).id))
    after = _wanted(do, before)
    unknown = await store.ask(contacts.unknown_forum(after.muted))
    if unknown is not None:
        raise NotFound(what="forum").at_path("muted")
    kept = await store.write(contacts.keep(after))
    # The record says that it was changed and nothing of what it says: the record is never taken back.
    return Outcome({"contact": kept}, (Entry("contact", kept),))


def _wanted(do: SetContact, before: Contact) -> Contact:
    """The contact as it is from now on. Another address is not refused yet."""
    address = before.address if do.address is None else address_of(do.address, "address")
    return replace(
        before,
        address=address,
        language=before.language if do.language is None else word_of(Language, do.language, "language"),
        zone=before.zone if do.zone is None else need_zone(do.zone),
        pace=before.pace if do.pace is None else word_of(Pace, do.pace, "pace"),
        muted=before.muted if do.muted is None else muted_of(do.muted, "muted"),
        refused_at=before.refused_at if address == before.address else None,
    )
