"""Letters go to the relay, eight at a time: each is taken by one worker, sent, and marked.

Between the sending and the mark a worker may be killed. Then its lease ends, and the letter is sent again under the
same Message-ID: twice rather than never.
"""

import asyncio
import logging
from collections.abc import Sequence
from uuid import UUID, uuid5

from ...domain.contact import Contact
from ...domain.letter import LetterState, again_after, given_up
from ...domain.notice import NoticeKind
from ...domain.saying import saying
from ...domain.viewer import Viewer
from ...settings import Relay
from ...store import contacts, letters, mandates, notices
from ...store.clock import moment
from ...store.letters import Addressed, News, Taken
from ...store.unit import UnitOfWork
from .compose import compose
from .office import Office
from .relay import Away, Line, PutOff, Refused, line

log = logging.getLogger(__name__)

AT_ONCE = 8
EXPIRED = "expired"
_REFUSED = (
    "Mail to {name} comes back: the mail server refuses the address that stands in their contact. Ask them to look "
    "after it; until then they are told here alone."
)


async def send_due(office: Office) -> bool:
    """Send every letter that is due; False where the relay was away meanwhile."""
    if office.relay is None:
        return True
    return all(await asyncio.gather(*(_one_after_another(office, office.relay) for _ in range(AT_ONCE))))


async def _one_after_another(office: Office, relay: Relay) -> bool:
    taken = await _take(office)
    if taken is None:
        return True
    try:
        async with line(relay) as to:
            while taken is not None:
                await _deliver(office, to, taken)
                taken = await _take(office)
    except Away as away:
        log.warning("The relay is away (%s): letters wait.", away)
        if taken is not None:
            await _later(office, taken)
        return False
    return True


async def _take(office: Office) -> Taken | None:
    async def work(unit: UnitOfWork) -> Taken | None:
        return await letters.take(unit, await unit.ask(moment()), office.lease)

    return await office.runner.by_itself(work)


async def _later(office: Office, letter: Taken) -> None:
    """A letter is tried again; after five days of that it has failed."""

    async def work(unit: UnitOfWork) -> None:
        now = await unit.ask(moment())
        if given_up(letter.due_at, now):
            await letters.ended(unit, letter.id, LetterState.FAILED, now, EXPIRED)
        else:
            await letters.put_off(unit, letter.id, again_after(letter.tries))

    await office.runner.by_itself(work)


async def _deliver(office: Office, to: Line, letter: Taken) -> None:
    """Compose a letter, hand it over and mark it. Raises Away; whatever else goes wrong is this letter's alone."""
    try:
        reader, contact, news = await _content(office, letter)
        if reader is None or contact.address is None or not news:
            await _end(office, letter, LetterState.DROPPED)
            return
        await to.hand_over(compose(office.house, letter, contact, reader, news), contact.address, office.house.sender)
    except Away:
        raise
    except Refused as refused:
        log.warning("Letter %s was refused for good (%d).", letter.id, refused.code)
        await _failed(office, letter, refused, reader, contact)
    except PutOff as later:
        log.info("Letter %s was put off (%s).", letter.id, later)
        await _later(office, letter)
    except Exception as error:
        # The kind only: what was written stands in the text of an error, and may be anybody's.
        log.warning("Letter %s failed: %s", letter.id, type(error).__name__)
        await _later(office, letter)
    else:
        await _end(office, letter, LetterState.SENT, contact)


async def _content(office: Office, letter: Taken) -> tuple[Addressed | None, Contact, Sequence[News]]:
    """Whose the letter is and what it tells: of a text of one's own side only what that person sees now."""

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


async def _end(office: Office, letter: Taken, state: LetterState, contact: Contact | None = None) -> None:
    async def work(unit: UnitOfWork) -> None:
        await letters.ended(unit, letter.id, state, await unit.ask(moment()))
        if contact is not None:
            await contacts.refused(unit, contact, None)

    await office.runner.by_itself(work)


async def _failed(office: Office, letter: Taken, refused: Refused, reader: Addressed | None, contact: Contact) -> None:
    """A letter was refused for good. Those who look after the person are told of an address that is refused: never
    because of a letter about a text, which would say whose that text is."""

    async def work(unit: UnitOfWork) -> None:
        now = await unit.ask(moment())
        await letters.ended(unit, letter.id, LetterState.FAILED, now, str(refused.code))
        if not refused.recipient or reader is None:
            return
        await contacts.refused(unit, contact, now)
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

    await office.runner.by_itself(work)
