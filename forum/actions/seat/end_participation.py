"""An organisation no longer takes part in a forum, from an instant on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.body import Participation
from ...domain.saying import saying
from ...domain.seat import end_seat, need_no_silence
from ...domain.text import filled
from ...errors import LeavesDutyAlone
from ...refusal import phrased
from ...store import seats
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import seating


@dataclass(frozen=True)
class EndParticipation(Command):
    """End an organisation's seat in a forum at an instant, now or later, with a reason: as the forum's office, or as
    the administrator of the organisation. What it handed in stands, with the promise it was given."""

    on = ("participation", "participation")
    gives = {"participation": "Participation"}

    participation: UUID = arg("The seat.", of="Participation")
    ends_at: datetime = arg("The first instant at which it no longer takes part.")
    reason: str = arg("Why, for the organisation and the forum.")
    leave_alone: bool = arg(
        "End it although it holds an office in the body, or a call that is addressed to it is open.", default=False
    )


async def end_participation(do: EndParticipation, context: ActContext, store: Store) -> Outcome:
    """Refuses an end without a reason, in the past, that puts off an earlier one, or while a text lies before the body;
    and (LeavesDutyAlone), unless that is said, that of an organisation which holds an office there or is asked by a
    call that goes on."""
    before = context.target(Participation)
    reason = filled(do.reason, "reason").strip()
    after = end_seat(before, do.ends_at, reason, context.now)
    need_no_silence(do.ends_at, await store.ask(seats.asked_until(before.forum_id)), "endsAt")
    if not do.leave_alone:
        await _need_looked_after(context, store, before, do.ends_at)
    await store.write(change(before, after))
    seat, end = await seating.described(store, before), await seating.on_day(store, before, do.ends_at)
    words = saying("{seat}, until {end}: {reason}", seat=seat, end=end, reason=reason)
    await seating.tell(context, store, after, f"ends {do.ends_at.isoformat()}", words)
    detail = {"ends_at": do.ends_at.isoformat(), "reason": reason}
    return Outcome({"participation": before.id}, (Entry("participation", before.id, detail),))


async def _need_looked_after(context: ActContext, store: Store, seat: Participation, at: datetime) -> None:
    """Refuses (LeavesDutyAlone) the end of a seat on which an office or an open call hangs."""
    office = await store.ask(seats.office_held(seat, at))
    if office is not None:
        raise LeavesDutyAlone(duty=phrased("its office here ({office})", office=office.value.replace("_", " ")))
    # Whom a call is addressed to is known to the forum's team and to the organisation, not to a body above.
    viewer = context.viewer
    if seat.forum_id not in viewer.teams and seat.organisation_id not in viewer.organisations:
        return
    call = await store.ask(seats.call_open(seat, at))
    if call is not None:
        raise LeavesDutyAlone(duty=phrased("its answer to the call {call}, which goes on", call=call))
