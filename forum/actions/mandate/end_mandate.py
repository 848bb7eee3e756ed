"""A mandate ends at a stated instant."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain.mandate import Mandate, end
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg


@dataclass(frozen=True)
class EndMandate(Command):
    """End a mandate at an instant, now or later. What was done under it stands."""

    on = ("mandate", "mandate")
    gives = {"mandate": "Mandate"}

    mandate: UUID = arg("The mandate to end.", of="Mandate")
    ends_at: datetime = arg("The first instant at which it no longer holds.")


async def end_mandate(do: EndMandate, context: ActContext, store: Store) -> Outcome:
    """Refuses an end in the past (nothing is undone backwards) or before the mandate's own beginning."""
    before = context.target(Mandate)
    await store.write(change(before, end(before, do.ends_at, context.now)))
    return Outcome({"mandate": before.id}, (Entry("mandate", before.id, {"ends_at": do.ends_at.isoformat()}),))
