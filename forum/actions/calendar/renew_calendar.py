"""A person gets an address for their own calendar, in place of the one before."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.calendar_address import CalendarAddress, hash_of, path_of
from ...store import calendars
from ...store.steps import Store
from ...store.unit import random_id
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class RenewCalendar(Command):
    """Get an address at which calendar programs read your own dates; the one before opens nothing from now on. Whoever
    has the address reads them without signing in: give it to your program alone. It is shown this once, and only a hash
    of it is kept."""

    on = ("person", "person")
    creates = True
    gives = {"calendar": "CalendarAddress"}
    tells = {"address": "The path of the address, below that of the service; null when the same request is sent again."}

    person: UUID = arg("Yourself.", of="Person")


async def renew_calendar(do: RenewCalendar, context: ActContext, store: Store) -> Outcome:
    """Refuses nothing of its own: whoever is here has dates."""
    secret = await store.ask(calendars.new_secret())
    address = CalendarAddress(
        id=random_id(), person_id=do.person, hash=hash_of(secret), since=context.now
    )  # fmt: skip
    kept = await store.write(calendars.renew(address))
    entry = Entry("calendar_address", kept)
    return Outcome({"calendar": kept}, (entry,), shown_once={"address": path_of(secret)})
