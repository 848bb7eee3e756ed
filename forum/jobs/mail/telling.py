"""The letter of notices: what it tells whom, of a text of one's own side only what that person sees when it goes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from ...domain.contact import Contact
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...domain.viewer import Viewer
from ...store import contacts, letters, mandates, notices
from ...store.letters import Addressed, News, Taken
from ...store.unit import UnitOfWork
from .compose import compose
from .office import Office
from .parcel import Parcel

_REFUSED = (
    "Mail to {name} comes back: the mail server refuses the address that stands in their contact. Ask them to look "
    "after it; until then they are told here alone."
)


async def parcel(office: Office, letter: Taken) -> Parcel | None:
    """The letter as it goes now; None where there is nothing left to tell, or nobody to tell it to."""
    reader, contact, news = await _content(office, letter)
    if reader is None or contact.address is None or not news:
        return None

    async def taken(unit: UnitOfWork, _: datetime) -> None:
        await contacts.refused(unit, contact, None)

    async def refused(unit: UnitOfWork, now: datetime) -> None:
        await contacts.refused(unit, contact, now)
        await _tell(unit, reader, contact, now)

    return Parcel(compose(office.house, letter, contact, reader, news), contact.address, refused, taken)


async def _content(office: Office, letter: Taken) -> tuple[Addressed | None, Contact, Sequence[News]]:
    async def work(unit: UnitOfWork) -> tuple[Addressed | None, Contact, Viewer]:
        reader = await letters.addressed(unit, letter.id)
        if reader is None:
            return None, Contact(id=letter.id, person_id=letter.id), Viewer()
        person = await unit.person(reader.subject)
        return reader, await unit.ask(contacts.contact_of(reader.person)), Viewer.of(person)

    reader, contact, viewer = await office.runner.by_itself(work)
    if reader is None:
        return None, contact, ()
    sides = [each.notice for each in reader.news if each.side]
    visible = await office.visible(viewer, sides) if sides else frozenset()
    return reader, contact, [each for each in reader.news if not each.side or each.notice in visible]


async def _tell(unit: UnitOfWork, reader: Addressed, contact: Contact, now: datetime) -> None:
    """Those who look after the person are told of an address that is refused: never because of a letter about a text,
    which would say whose that text is."""
    person = await unit.person(reader.subject)
    if person is None or any(each.side for each in reader.news):
        return
    keepers: set[UUID] = set()
    for organisation in Viewer.of(person).organisations:
        keepers |= await unit.ask(mandates.administrators(organisation, now))
    for forum in {mandate.forum for mandate in person.mandates if mandate.forum is not None}:
        keepers |= await unit.ask(mandates.office(forum, now))
    cause = uuid5(contact.id, contact.address or "")
    words = saying(_REFUSED, name=reader.name)
    await unit.write(
        notices.tell(keepers - {person.id}, kind=NoticeKind.ADDRESS_REFUSED, words=words, cause=cause, at=now)
    )
