"""The reminders of a call are switched off, or on again."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.call import Call
from ...domain.call import switch_reminders as switched
from ...errors import InvalidValue
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import reminding


@dataclass(frozen=True)
class SwitchReminders(Command):
    """Switch the reminders of a call off, or on again. What was sent stays sent; on again, the rounds still ahead are
    planned as the process says."""

    on = ("call", "call")
    alone = True
    gives = {"call": "Call"}

    call: UUID = arg("The call.", of="Call")
    remind: bool = arg("Whether its addressees are reminded from now on.")


async def switch_reminders(do: SwitchReminders, context: ActContext, store: Store) -> Outcome:
    """Refuses a closed call, and to switch them on where the process reminds nobody."""
    call = context.target(Call)
    after = switched(call, do.remind)
    process = context.definition()
    if do.remind and (not process.reminders.days or (context.track is not None and context.track.voluntary)):
        reason = "The process reminds nobody here: it names no days, or the track is for those who wish."
        raise InvalidValue(reason=reason).at_path("remind")
    await store.write(change(call, after))
    jobs = await reminding.plan(store, process, context.track, after, context.now)
    return Outcome({"call": call.id}, (Entry("call", call.id, {"reminders": after.reminders}),), jobs)
