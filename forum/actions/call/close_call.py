"""A call closes at its deadline, or at the end of its grace, by the clock and once."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Call, may_close
from ...store import calls
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock


@dataclass(frozen=True)
class CloseCall(Command):
    """The clock closes a call whose deadline has come, and moves its track as the process says."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call whose deadline has come.", of="Call")


async def close_call(do: CloseCall, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) when the call is closed already or its deadline, with its grace, has not come.

    One UPDATE asks the one clock once more: where several workers would close it, one does. A call that no worker
    opened in time was open all the same, and the history says so.
    """
    call = context.target(Call)
    closed = await store.write(calls.close(call.id)) if may_close(call, context.now) else None
    if closed is None:
        return Outcome({})
    lines = [Entry("call", closed.id, {"closed": True}, at=closed.closed_at)]
    if call.opened_at is None:
        lines.insert(0, Entry("call", closed.id, {"opened": True}, at=closed.opened_at, act="open_call"))
    moved = await by_clock.move(context, store, closed.track_id)
    return Outcome({"call": closed.id}, (*lines, *moved))
