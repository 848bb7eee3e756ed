"""The reminders of a call are switched off, or on again."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import InvalidValue
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg, need_state
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


async def switch_reminders(do: SwitchReminders, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Refuses a closed call, and to switch them on where the process reminds nobody."""
    need_state("switch_reminders", context.row, "open")
    process = context.definition()
    if do.remind and (not process.reminders.days or (context.track is not None and context.track.voluntary)):
        raise InvalidValue(
            reason="The process reminds nobody here: it names no days, or the track is for those who wish."
        ).at_path("remind")
    await unit.change(t.call, context.place.id, reminders=do.remind)
    jobs = await reminding.plan(unit, process, context.track, {**context.row, "reminders": do.remind}, context.now)
    return Outcome({"call": context.place.id}, (Entry("call", context.place.id, {"reminders": do.remind}),), jobs)
