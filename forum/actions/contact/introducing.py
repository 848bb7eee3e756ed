"""The operator's file of bodies says where people are reached, until they say so themselves."""

from uuid import UUID

from ...domain.contact import Language, address_of
from ...domain.enumeration import word_of
from ...store import contacts
from ...store.steps import Store


async def introduce(store: Store, person: UUID, address: str | None, language: str | None, zone: str) -> None:
    """Write a person's address down, where the file names one and the person has no contact yet. Refuses (InvalidValue)
    what is no address, (WordNotAllowed) another language than the six."""
    written = None if address is None else address_of(address, "address")
    spoken = word_of(Language, language or Language.EN.value, "language")
    if written is not None:
        await store.write(contacts.introduce(person, written, spoken, zone))
