"""Letters are written for notices: the notice stands since the act's own transaction, and waits until this was done.

Whom a notice about a text reaches is found by asking for each person what that person sees; nobody is looked up who
wrote it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ...domain.contact import Contact, due
from ...domain.notice import NoticeKind
from ...domain.viewer import Viewer
from ...store import contacts, letters
from ...store.clock import moment
from ...store.letters import ToPost
from ...store.unit import UnitOfWork, random_id
from .office import Office

MOST = 100  # notices in one transaction; as many as one read takes


@dataclass
class _Tray:
    """Letters and parts that one transaction writes."""

    unit: UnitOfWork
    now: datetime
    letters: dict[UUID, datetime] = field(default_factory=dict)
    parts: list[tuple[UUID, UUID, UUID]] = field(default_factory=list)
    digests: dict[tuple[UUID, datetime], UUID] = field(default_factory=dict)

    async def put(self, notice: ToPost, to: Contact) -> None:
        """A notice for somebody with an address: in a letter of its own, or with the others of the day."""
        receipt = notice.kind == NoticeKind.RECEIPT
        if not receipt and notice.forum_id in to.muted:
            return
        due_at = due(to, self.now, at_once=receipt)
        letter = None if due_at == self.now else await self._of_the_day(to.person_id, due_at)
        if letter is None:
            letter = random_id()
            self.letters[letter] = due_at
            self.digests[to.person_id, due_at] = letter
        self.parts.append((letter, notice.id, to.person_id))

    async def _of_the_day(self, person: UUID, due_at: datetime) -> UUID | None:
        known = self.digests.get((person, due_at))
        return known or await letters.waiting_for(self.unit, person, due_at)


async def post(office: Office) -> int:
    """Write letters for the notices that wait, at most 100; how many there were. Without a relay they go to nobody."""

    async def work(unit: UnitOfWork) -> int:
        waiting = await letters.to_post(unit, MOST)
        if waiting and office.relay is not None:
            tray = _Tray(unit, await unit.ask(moment()))
            await _people(unit, tray, [notice for notice in waiting if notice.person_id is not None])
            await _sides(office, unit, tray, [notice for notice in waiting if notice.person_id is None])
            await letters.write(unit, tuple(tray.letters.items()), tray.parts)
        if waiting:
            await letters.posted(unit, [notice.id for notice in waiting])
        return len(waiting)

    return await office.runner.by_itself(work)


async def _people(unit: UnitOfWork, tray: _Tray, waiting: Iterable[ToPost]) -> None:
    named = [(notice, notice.person_id) for notice in waiting if notice.person_id is not None]
    known = await contacts.reached(unit, (person for _, person in named))
    for notice, person in named:
        if person in known:
            await tray.put(notice, known[person])


async def _sides(office: Office, unit: UnitOfWork, tray: _Tray, waiting: list[ToPost]) -> None:
    if not waiting:
        return
    for subject, contact in (await contacts.all_reached(unit)).values():
        viewer = Viewer.of(await unit.person(subject))
        visible = (
            await office.visible(viewer, [n.id for n in waiting]) if "author" in viewer.form else frozenset[UUID]()
        )
        for notice in waiting:
            if notice.id in visible:
                await tray.put(notice, contact)
