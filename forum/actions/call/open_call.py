"""A call opens at its instant, by the clock and once."""

from dataclasses import dataclass
from uuid import UUID

from ...store import calls
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock as _clock


@dataclass(frozen=True)
class OpenCall(Command):
    """The clock opens a call whose instant has come, and moves its track as the process says."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call whose instant has come.", of="Call")


async def open_call(do: OpenCall, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) when the call is open already, was closed, or its instant has not come: one UPDATE
    asks the one clock, so of several openers one wins."""
    opened = await calls.open_(unit, do.call)
    if opened is None:
        return Outcome({})
    moved = await _clock.move(context, unit, context.row["track_id"])
    return Outcome({"call": do.call}, (Entry("call", do.call, {"opened": True}, at=opened["opened_at"]), *moved))
