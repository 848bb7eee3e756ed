"""A mandate ends at a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...errors import InvalidValue
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class EndMandate(Command):
    """End a mandate at an instant, now or later. What was done under it stands."""

    on = ("mandate", "mandate")
    gives = {"mandate": "Mandate"}

    mandate: UUID = arg("The mandate to end.", of="Mandate")
    ends_at: datetime = arg("The first instant at which it no longer holds.")


async def end_mandate(do: EndMandate, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses an end in the past (nothing is undone backwards) or before the mandate's own beginning."""
    if do.ends_at < context.now or do.ends_at <= context.row["starts_at"]:
        raise InvalidValue(reason="A mandate ends now or later, and after it began.").at_path("endsAt")
    await unit.change(t.mandate, context.place.id, ends_at=do.ends_at)
    return Outcome(
        {"mandate": context.place.id}, (Entry("mandate", context.place.id, {"ends_at": do.ends_at.isoformat()}),)
    )
