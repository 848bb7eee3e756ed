"""What an operator does at the machine, before any mandate exists: enter bodies, publish and adopt processes. On the
record."""

from typing import Any
from uuid import UUID

from .actions.core.act import Entry, Outcome
from .actions.process import adopting
from .actions.process import versions as _versions
from .app import Parts
from .domain import set_up as bodies_file
from .domain.body import Forum
from .errors import FileRefused, NotFound
from .store import processes
from .store import set_up as bodies_store
from .store.records import first
from .store.unit import UnitOfWork, begin
from .workflow.load import digest
from .workflow.process import Process


async def publish(made: Parts, process: Process, forum: str | None = None) -> UUID:
    """Publish one definition on the record: as a template of the service, or for a forum, by its short name. Refuses as
    `publish_process` does."""

    async def work(unit: Any, now: Any) -> Outcome:
        owner = None if forum is None else await _forum(unit, forum)
        id_, new = await _versions.publish(unit, made.runner.processes, process, owner, now)
        detail = {"name": process.name, "version": process.version, "hash": digest(process.text)}
        return Outcome({"process": id_}, (Entry("process", id_, detail),) if new else ())

    return (await made.runner.by_operator("publish_process", work)).ids["process"]


async def adopt(made: Parts, named: str, forum: str, *, only_first: bool = False) -> UUID | None:
    """Let a forum, by its short name, take up a template by its name or any text by its hash, on the record. Refuses as
    `adopt_process` does. `only_first`: where it works by a process already, nothing is done."""

    async def work(unit: Any, now: Any) -> Outcome:
        owner = await _forum(unit, forum)
        before = await unit.ask(processes.current(owner))
        if before is not None and only_first:
            return Outcome({})
        source = await adopting.found(unit, named)
        id_, _ = await adopting.adopt(unit, made.runner.processes, source, owner, now)
        known = before is not None and before.id == id_
        return Outcome({"process": id_}, () if known else (adopting.entry(id_, source),))

    return (await made.runner.by_operator("adopt_process", work)).ids.get("process")


async def _forum(unit: UnitOfWork, slug: str) -> UUID:
    found = await unit.ask(first(Forum, slug=slug))
    if found is None:
        raise NotFound(what=f"forum {slug}")
    return found.id


async def published(made: Parts, wanted: str) -> Process:
    """A published definition by its hash, or the newest of a name. Refuses (NotFound) what was never published."""
    async with begin(made.runner.engine) as unit:
        if there := await unit.ask(processes.of_hash(wanted)):
            return await made.runner.processes.by_id(unit, there[0].id)
        return (await made.runner.processes.named(unit, wanted))[1]


async def enter_bodies(made: Parts, content: bytes) -> int:
    """Enter an operator's file of bodies, on the record; how many rows are new. Forums of which it says so adopt their
    process, unless they work by one already."""
    try:
        plan = bodies_file.read(content.decode("utf-8"))
    except UnicodeDecodeError:
        raise FileRefused(reason="This is not UTF-8. Save the file as UTF-8 and try again.") from None
    entered = 0

    async def work(unit: Any, _: Any) -> Outcome:
        nonlocal entered
        entered = await bodies_store.enter(unit, plan)
        return Outcome({}, (Entry("service", UUID(int=0), {"entered": entered}),))

    await made.runner.by_operator("set_up_bodies", work)
    for row in plan.forums:
        if "process" in row:
            await adopt(made, row["process"], row["slug"], only_first=True)
    return entered
