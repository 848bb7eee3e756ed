"""A call closes at its deadline, or at the end of its grace, by the clock and once."""

from dataclasses import dataclass
from uuid import UUID

from ...store import calls
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock as _clock


@dataclass(frozen=True)
class CloseCall(Command):
    """The clock closes a call whose deadline has come, and moves its track as the process says."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call whose deadline has come.", of="Call")


async def close_call(do: CloseCall, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) when the call is closed already or its deadline, with its grace, has not come: one
    UPDATE asks the one clock, so of several closers one wins. One that nobody came round to open was open all the same."""
    closed = await calls.close(unit, do.call)
    if closed is None:
        return Outcome({})
    lines = [Entry("call", do.call, {"closed": True}, at=closed["closed_at"])]
    if context.row["opened_at"] is None:
        lines.insert(0, Entry("call", do.call, {"opened": True}, at=closed["opened_at"], act="open_call"))
    moved = await _clock.move(context, unit, context.row["track_id"])
    return Outcome({"call": do.call}, (*lines, *moved))
