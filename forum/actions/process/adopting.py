"""How a text becomes a forum's own: a copy of a template of the service, or of another forum's public text.

Used by the act, by the operator's commands, and by whoever sets up a body together with its first edition.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ...errors import InvalidValue, NotFound
from ...refusal import phrased
from ...store import processes
from ...store.processes import Processes, PublishedVersion
from ...store.record import Entry
from ...store.steps import Store
from ...workflow.toml_table import hint
from . import versions as _versions

_HASH = re.compile(r"[0-9a-f]{64}")


async def find_version(store: Store, named: str) -> PublishedVersion:
    """The published text of a hash, or the newest of a name: of the service's templates, else of the one forum that has
    it.

    Refuses (NotFound) what nobody published, and (InvalidValue) a name that several forums have and no template.
    """
    if _HASH.fullmatch(named):
        versions = await store.ask(processes.of_hash(named))
        if not versions:
            raise NotFound(what="published text of this hash").at_path("process")
        return versions[0]
    versions = await store.ask(processes.of_name(named))
    if not versions:
        # What is published is public: whoever mistyped a name is told the nearest, or all.
        near = hint(named, await store.ask(processes.names()))
        raise NotFound(what=f"published process called “{named[:60]}”", meant=near).at_path("process")
    templates = [version for version in versions if version.forum_id is None]
    if not templates and len({version.forum_id for version in versions}) > 1:
        reason = phrased(
            "Several forums have a process {named}, and the service has no such template. Name the text by its hash.",
            named=named,
        )
        raise InvalidValue(reason=reason).at_path("process")
    return (templates or versions)[-1]


async def near(store: Store, known: Processes, name: str, forums: Sequence[UUID]) -> PublishedVersion:
    """The text of a name that a new body is to work by: as the first of these forums that has one of its own has it,
    else as `found` finds it."""
    for forum in forums:
        own = await store.ask(processes.own(known, name, forum))
        version = None if own is None else await store.ask(processes.version(own[0]))
        if version is not None:
            return version
    return await find_version(store, name)


def entry(id_: UUID, source: PublishedVersion) -> Entry:
    """The line of the history about an adoption."""
    detail = {"name": source.name, "version": source.version, "hash": source.hash, "from": f"Process:{source.id}"}
    return Entry("process", id_, detail)


async def adopt(
    store: Store, known: Processes, source: PublishedVersion, forum: UUID, now: datetime
) -> tuple[UUID, PublishedVersion | None]:
    """A forum takes a text up and works by it from now on: the id of its own copy, and what it worked by before.

    Refuses a text that is not sound for this version of the service (ProcessUnsound), a version that another text of
    the forum's has (VersionTaken), and what leaves one of its running editions nowhere to go (StageInUse).
    """
    process = await store.ask(processes.definition(known, source.id))
    if source.hash not in known.sound:
        await _versions.refuse_unsound(store, known, process)
    await store.write(processes.one_at_a_time())
    before = await store.ask(processes.current(forum))
    mine = [version for version in await store.ask(processes.of_name(process.name)) if version.forum_id == forum]
    _versions.refuse_version_taken(process, forum, mine)
    await _versions.refuse_stranded(store, known, process, forum)
    same = next((version for version in mine if version.hash == source.hash), None)
    if same is not None and before is not None and same.id == before.id:
        return same.id, before
    if same is not None:
        await store.write(processes.take_up(same.id, now))
        return same.id, before
    copy = processes.keep(process, source.hash, forum, now, adopted_from=source.id, taken_up=True)
    return await store.write(copy), before
