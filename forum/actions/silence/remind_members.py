"""Those who may still object to a text are reminded that its silence ends, by the clock and once for each end."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.silence import Silence, is_to_remind, reminded
from ...store.records import change
from ...store.steps import Store
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .members import members_of, tell_ends
from .objecting import who_may_object


@dataclass(frozen=True)
class RemindMembers(Command):
    """The clock reminds those who may still object to a text that lies before their body: when that ends."""

    on = ("silence", "silence")
    gives = {"silence": "Silence"}

    silence: UUID = arg("The silence that ends soon.", of="Silence")


async def remind_members(do: RemindMembers, context: ActContext, store: Store) -> Outcome:
    """Nothing comes of it (no entries) where nobody is to be reminded (any more), its instant has not come, or that of
    the end has. The silence is locked: where several workers would remind, one does."""
    silence, document = context.target(Silence), context.place.document
    if document is None or not is_to_remind(silence, context.now):
        return Outcome({})
    members = await members_of(context, store, silence.body_id)
    people = await store.ask(who_may_object(context.processes, context.place, members))
    number = await tell_ends(context, store, people, silence, document)
    await store.write(change(silence, reminded(silence)))
    line = Entry("silence", silence.id, {"reminded": number, "round": silence.round})
    return Outcome({"silence": silence.id}, (line,))
