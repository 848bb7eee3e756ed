"""A round of reminders goes out, by the clock and once: through the people whom the process names, politely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...domain import reminder_words
from ...domain.call import Call, Reminder, drop, is_due, may_remind, send
from ...domain.edition import EditionState
from ...domain.notice import NoticeKind
from ...store import notices, reminders
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from ..core.judge import place_of


@dataclass(frozen=True)
class SendReminders(Command):
    """The clock reminds those addressees of a call whose answer is none yet, through their focal point or
    coordinator."""

    on = ("reminder", "reminder")
    gives = {"reminder": "Reminder"}

    reminder: UUID = arg("The round whose instant has come.", of="Reminder")


async def send_reminders(do: SendReminders, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) when the round was sent or dropped already, or its instant has not come.

    The round is locked: where several workers would send it, one does. It is dropped where the call is over, its
    reminders are switched off, or a later round is due as well.
    """
    reminder, call, edition, process = (
        context.target(Reminder),
        context.place.call,
        context.place.edition,
        context.process,
    )
    if call is None or not is_due(reminder, context.now):
        return Outcome({})
    running = edition is not None and edition.state == EditionState.RUNNING
    over = process is None or not running or not may_remind(call, context.now)
    if over or process is None or await store.ask(reminders.overtaken(reminder, context.now)):
        await store.write(change(reminder, drop(reminder)))
        return Outcome({"reminder": reminder.id}, (_line(call, reminder, {"dropped": True}),))
    through, place = process.reminders.through, place_of(context.place)
    recipients = await store.ask(reminders.through(call.id, through, place, context.now))
    sent_to = 0
    for people, coordinates in ((recipients.speaking, False), (recipients.coordinating, True)):
        sent_to += await _tell(people, coordinates, reminder, call, context.now, store)
    await store.write(change(reminder, send(reminder, sent_to)))
    return Outcome({"reminder": reminder.id}, (_line(call, reminder, {"sent_to": sent_to}),))


async def _tell(
    people: frozenset[UUID], coordinates: bool, reminder: Reminder, call: Call, now: datetime, store: Store
) -> int:
    """Remind these people, who speak for an addressee or coordinate its mechanism; how many were reminded."""
    words = reminder_words.words(call.title, call.closes_at, call.zone, coordinates=coordinates)
    kind = NoticeKind.REMINDER
    return await store.write(
        notices.tell(people, kind=kind, words=words, cause=reminder.id, at=now, edition=call.edition_id, call=call.id)
    )


def _line(call: Call, reminder: Reminder, more: Mapping[str, object]) -> Entry:
    """A line of the call's history: how many people were told, all of them of addressees without an answer."""
    return Entry("call", call.id, {"reminder": reminder.due_at.isoformat(), **more})
