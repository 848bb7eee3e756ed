"""An organisation is let into a forum."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.body import Participation, ParticipationStatus
from ...domain.enumeration import word_of
from ...domain.saying import saying
from ...domain.seat import in_order, need_to_come
from ...store import seats
from ...store.records import add
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import seating


@dataclass(frozen=True)
class AdmitMember(Command):
    """Let an organisation take part in a forum as a member, an observer or a participant, from an instant to an
    instant. The chair of a body and other offices are given with grantMandate. Done by the forum's office, or by that
    of the body that set it up or convenes it."""

    on = ("forum", "forum")
    creates = True
    gives = {"participation": "Participation"}

    forum: UUID = arg("The forum.", of="Forum")
    organisation: UUID = arg("The organisation.", of="Organisation")
    status: str = arg("As what it takes part.", scalar="ParticipationStatus")
    mechanisms: tuple[str, ...] = arg("Codes of the mechanisms it belongs to here.", default=())
    starts_at: datetime | None = arg("From when, now or later; from now when left out.", default=None)
    ends_at: datetime | None = arg("The first instant after; open when left out.", default=None)


async def admit_member(do: AdmitMember, context: ActContext, store: Store) -> Outcome:
    """Refuses a seat in the past or one that ends before it begins, an unknown organisation or mechanism, and
    (SeatStands) a second seat for the same time, as whatever."""
    starts_at = do.starts_at or context.now
    need_to_come(starts_at, context.now)
    seat = Participation(
        id=fresh(), forum_id=context.place.id, organisation_id=do.organisation,
        status=word_of(ParticipationStatus, do.status, "status"),
        mechanisms=in_order(do.mechanisms, await store.ask(seats.mechanisms())), starts_at=starts_at,
        ends_at=do.ends_at,
    )  # fmt: skip
    await seating.need_free(store, seat)
    await store.write(add(seat))
    since = await seating.on_day(store, seat, starts_at)
    words = saying("{seat}, from {since} on.", seat=await seating.described(store, seat), since=since)
    await seating.tell(context, store, seat, "begins", words)
    detail = {"organisation": str(seat.organisation_id), "status": seat.status.value}
    return Outcome({"participation": seat.id}, (Entry("participation", seat.id, detail),))
