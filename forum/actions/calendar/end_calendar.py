"""A person ends the address of their own calendar."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.calendar_address import CalendarAddress
from ...errors import WrongState
from ...store.records import first, remove
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class EndCalendar(Command):
    """End the address of your own calendar, at once: it opens nothing any more, and no other takes its place."""

    on = ("person", "person")
    gives = {"person": "Person"}

    person: UUID = arg("Yourself.", of="Person")


async def end_calendar(do: EndCalendar, context: ActContext, store: Store) -> Outcome:
    """Refuses (WrongState) where there is none."""
    address = await store.ask(first(CalendarAddress, person_id=do.person))
    if address is None:
        raise WrongState(act="end_calendar", state="no address of a calendar", needs=("an address that stands",))
    await store.write(remove(address))
    return Outcome({"person": do.person}, (Entry("calendar_address", address.id),))
