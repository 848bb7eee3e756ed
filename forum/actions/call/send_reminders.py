"""A round of reminders goes out, by the clock and once: through the people whom the process names, politely."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...domain import reminders as rules
from ...store import notices, reminders
from ...store.tables import schema as t
from ...store.unit import UnitOfWork
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of


@dataclass(frozen=True)
class SendReminders(Command):
    """The clock reminds those addressees of a call whose answer is none yet, through their focal point or coordinator."""

    on = ("reminder", "reminder")
    gives = {"reminder": "Reminder"}

    reminder: UUID = arg("The round whose instant has come.", of="Reminder")


async def send_reminders(do: SendReminders, context: ActContext, unit: UnitOfWork) -> Outcome:
    """Nothing comes of it (no entries) when the round was sent or dropped already, or its instant has not come. The round
    is locked, so of several workers one sends it. It is dropped where the call is over, its reminders are switched off,
    or a later round is due as well."""
    round_, call = context.row, context.place.call
    if round_["state"] != "waiting" or round_["due_at"] > context.now or call is None:
        return Outcome({})
    running = context.place.edition is not None and context.place.edition["state"] == "running"
    over = not running or call["state"] != "open" or call["closes_at"] <= context.now or not call["reminders"]
    if over or context.process is None or await reminders.overtaken(unit, round_, context.now):
        await unit.change(t.reminder, round_["id"], state="dropped")
        return Outcome({"reminder": round_["id"]}, (_line(call, round_, {"dropped": True}),))
    found = await reminders.through(
        unit, call["id"], context.process.reminders.through, place_of(context.place), context.now
    )
    told = 0
    for people, coordinates in ((found.speaking, False), (found.coordinating, True)):
        words = rules.words(call["title"], call["closes_at"], call["zone"], coordinates=coordinates)
        about = {"edition": call["edition_id"], "call": call["id"]}
        told += await unit.write(
            notices.tell(people, kind="reminder", words=words, cause=round_["id"], at=context.now, **about)
        )
    await unit.change(t.reminder, round_["id"], state="sent", sent_to=told)
    return Outcome({"reminder": round_["id"]}, (_line(call, round_, {"sent_to": told}),))


def _line(call: Mapping[str, Any], round_: Mapping[str, Any], more: Mapping[str, Any]) -> Entry:
    """A line of the call's history: how many people were told, all of them of addressees without an answer."""
    return Entry("call", call["id"], {"reminder": round_["due_at"].isoformat(), **more})
