"""A call opens at its instant, by the clock and once."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Call, may_open
from ...store import calls
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..track import by_clock


@dataclass(frozen=True)
class OpenCall(Command):
    """The clock opens a call whose instant has come, and moves its track as the process says."""

    on = ("call", "call")
    gives = {"call": "Call"}

    call: UUID = arg("The call whose instant has come.", of="Call")


async def open_call(do: OpenCall, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) when the call is open already, was closed, or its instant has not come.

    One UPDATE asks the one clock once more: where several workers would open it, one does.
    """
    call = context.target(Call)
    opened = await store.write(calls.open_(call.id)) if may_open(call, context.now) else None
    if opened is None:
        return Outcome({})
    moved = await by_clock.move(context, store, opened.track_id)
    return Outcome({"call": opened.id}, (Entry("call", opened.id, {"opened": True}, at=opened.opened_at), *moved))
