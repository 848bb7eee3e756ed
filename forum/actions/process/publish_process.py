"""A definition is published: its text stands from now on, named by its hash, and never changes."""

from dataclasses import dataclass
from uuid import UUID

from ...errors import FileRefused
from ...store.steps import Store
from ...workflow.load import digest, parse
from ..core.act import ActContext, Command, Entry, Outcome, arg
from . import versions as _versions


@dataclass(frozen=True)
class PublishProcess(Command):
    """Publish a definition for this forum. It is checked first; the same text twice is the same definition. Editions
    that run stay with the text they are pinned to until they are migrated."""

    on = ("forum", "forum")
    gives = {"process": "Process"}

    forum: UUID = arg("The forum whose definition it is.", of="Forum")
    text: str = arg("The definition, in TOML.")


async def publish_process(do: PublishProcess, context: ActContext, store: Store) -> Outcome:
    """Publish it, unless this very text was published already.

    Refuses what cannot be read (FileRefused) or is not sound (ProcessUnsound), a name that is another forum's
    (ProcessNameTaken), a version that another text has (VersionTaken), and to leave a running edition nowhere to go
    (StageInUse).
    """
    try:
        process = parse(do.text)
    except FileRefused as refused:
        raise refused.at_path("text") from None
    id_, new = await _versions.publish(store, context.processes, process, context.place.id, context.now)
    detail = {"name": process.name, "version": process.version, "hash": digest(process.text)}
    return Outcome({"process": id_}, (Entry("process", id_, detail),) if new else ())
