"""The reminders of a call are switched off, or on again."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import InvalidValue
from ...store.tables import schema as t
from ...store.unit import Unit
from ..core.act import Command, Entry, Moment, Outcome, arg, need_state
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


async def switch_reminders(do: SwitchReminders, at: Moment, unit: Unit) -> Outcome:
    """Refuses a closed call, and to switch them on where the process reminds nobody."""
    need_state("switch_reminders", at.row, "open")
    process = at.definition()
    if do.remind and (not process.reminders.days or (at.track is not None and at.track.voluntary)):
        raise InvalidValue(
            reason="The process reminds nobody here: it names no days, or the track is for those who wish."
        ).at("remind")
    await unit.change(t.call, at.place.id, reminders=do.remind)
    jobs = await reminding.plan(unit, process, at.track, {**at.row, "reminders": do.remind}, at.now)
    return Outcome({"call": at.place.id}, (Entry("call", at.place.id, {"reminders": do.remind}),), jobs)
