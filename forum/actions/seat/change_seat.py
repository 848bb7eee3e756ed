"""An organisation takes part in another way."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ...domain import seat as seat_rules
from ...domain.body import Participation, ParticipationStatus
from ...domain.enumeration import word_of
from ...domain.saying import saying
from ...domain.text import filled
from ...store import seats
from ...store.records import add, change
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import seating


@dataclass(frozen=True)
class ChangeSeat(Command):
    """Let an organisation take part in another way from a date on: as a member and no longer an observer, in other
    mechanisms. The seat as it was ends there and stays on the record; the new one holds as long as it would have."""

    on = ("participation", "participation")
    creates = True
    gives = {"participation": "Participation"}

    participation: UUID = arg("The seat as it is.", of="Participation")
    reason: str = arg("Why, for the organisation.")
    status: str | None = arg(
        "As what it takes part from then on; as before when left out.", default=None, scalar="ParticipationStatus"
    )
    mechanisms: tuple[str, ...] | None = arg(
        "Codes of the mechanisms it belongs to from then on; as before when left out.", default=None
    )
    starts_at: datetime | None = arg("From when, now or later; from now when left out.", default=None)


async def change_seat(do: ChangeSeat, context: ActContext, store: Store) -> Outcome:
    """Refuses a change without a reason, in the past, of a seat that has ended, or of nothing; and one that takes
    effect while a text lies before the body."""
    before = context.target(Participation)
    at, reason = do.starts_at or context.now, filled(do.reason, "reason").strip()
    seat_rules.need_no_silence(at, await store.ask(seats.asked_until(before.forum_id)), "startsAt")
    codes = before.mechanisms
    if do.mechanisms is not None:
        codes = seat_rules.in_order(do.mechanisms, await store.ask(seats.mechanisms()))
    wanted = replace(
        before, id=fresh(), starts_at=at, end_reason=None,
        status=before.status if do.status is None else word_of(ParticipationStatus, do.status, "status"),
        mechanisms=codes,
    )  # fmt: skip
    after = seat_rules.change_seat(before, wanted, reason, context.now)
    await store.write(change(before, after))
    await seating.need_free(store, wanted)
    await store.write(add(wanted))
    since = await seating.on_day(store, wanted, at)
    seat = await seating.described(store, wanted)
    words = saying("{seat}, from {since} on: {reason}", seat=seat, since=since, reason=reason)
    await seating.tell(context, store, wanted, "begins", words)
    detail = {"before": str(before.id), "status": wanted.status.value, "reason": reason}
    return Outcome({"participation": wanted.id}, (Entry("participation", wanted.id, detail),))
