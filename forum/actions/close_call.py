"""A call closes at its deadline, by the clock and once."""

from dataclasses import dataclass
from uuid import UUID

from ..store import calls
from ..store.unit import Unit
from . import _clock
from .deeds import Command, Entry, Moment, Outcome, arg


@dataclass(frozen=True)
class CloseCall(Command):
    """The clock closes a call whose deadline has come, and moves its track as the process says."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call whose deadline has come.", of="Call")


async def close_call(do: CloseCall, at: Moment, unit: Unit) -> Outcome:
    """Nothing comes of it (no entries) when the call is closed already or its deadline has not come: one UPDATE asks
    the one clock, so of several closers one wins."""
    closed = await calls.close(unit, do.call)
    if closed is None:
        return Outcome({})
    moved = await _clock.move(at, unit, at.row["track_id"], "call_closes", closed["closes_at"])
    return Outcome({"call": do.call}, (Entry("call", do.call, {"closed": True}, at=closed["closes_at"]), *moved))
