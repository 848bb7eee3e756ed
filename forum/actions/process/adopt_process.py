"""A forum takes a text up as its own process, and is judged by it from then on."""

from dataclasses import dataclass
from uuid import UUID

from ...domain.text import clean
from ...errors import Refusal
from ...store.steps import Store
from ..core.act import ActContext, Command, Outcome, arg
from . import adopting


@dataclass(frozen=True)
class AdoptProcess(Command):
    """Take up a published text as this forum's own process: a template of the service by its name, another forum's text
    by its hash, or again one that the forum had before. The forum gets a copy that is its own, works by it from now on,
    and may open editions under it. Editions that run stay with the text they are pinned to."""

    on = ("forum", "forum")
    gives = {"process": "Process", "forum": "Forum"}

    forum: UUID = arg("The forum that is to work by it.", of="Forum")
    process: str = arg("The name of a template, or the hash of any published text.")


async def adopt_process(do: AdoptProcess, context: ActContext, store: Store) -> Outcome:
    """Refuses what nobody published (NotFound), and what `adopting.adopt` refuses, hung on the field `process`."""
    forum = context.place.id
    source = await adopting.find_version(store, clean(do.process).strip())
    try:
        id_, before = await adopting.adopt(store, context.processes, source, forum, context.now)
    except Refusal as refusal:
        refusal.path = ("process",)
        raise
    ids = {"process": id_, "forum": forum}
    if before is not None and before.id == id_:
        return Outcome(ids)
    return Outcome(ids, (adopting.entry(id_, source),))
