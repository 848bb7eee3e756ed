"""A mandate ends at a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.mandate import Mandate, end
from ...domain.saying import Instant, saying
from ...domain.seat import need_no_silence
from ...domain.text import clean, filled
from ...store import seats
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .giving import described, need_looked_after, tell


@dataclass(frozen=True)
class EndMandate(Command):
    """End a mandate at an instant, now or later, with a reason. What was done under it stands. A forum's office ends
    what the forum gave, an organisation's administrator what its own people hold, a person what the person holds."""

    on = ("mandate", "mandate")
    gives = {"mandate": "Mandate"}

    mandate: UUID = arg("The mandate to end.", of="Mandate")
    ends_at: datetime = arg("The first instant at which it no longer holds.")
    reason: str = arg("Why, for the person and the organisation.")
    leave_alone: bool = arg("End it although nobody else looks after what it is for.", default=False)


async def end_mandate(do: EndMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses an end in the past (nothing is undone backwards) or before the mandate's own beginning, one without a
    reason, of an office while a text lies before the body, and (LeavesDutyAlone) one that leaves a running duty to
    nobody, unless that is said."""
    before = context.target(Mandate)
    reason = filled(do.reason, "reason").strip()
    after = end(before, do.ends_at, reason, context.now)
    if before.office is not None and before.forum_id is not None:
        need_no_silence(do.ends_at, await store.ask(seats.asked_until(before.forum_id)), "endsAt")
    if not do.leave_alone:
        await need_looked_after(store, before, do.ends_at)
    await store.write(change(before, after))
    named, until = await described(store, before), Instant(do.ends_at, before.zone, utc=False)
    words = saying("It ends on {end}: {mandate}: {reason}", end=until, mandate=named, reason=clean(reason))
    await tell(context, store, after, f"ends {do.ends_at.isoformat()}", words)
    detail = {"ends_at": do.ends_at.isoformat(), "reason": reason}
    return Outcome({"mandate": before.id}, (Entry("mandate", before.id, detail),))
