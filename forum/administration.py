"""What an operator does at the machine, before any mandate exists: enter bodies, publish processes. On the record."""

from typing import Any
from uuid import UUID

from .actions.core.act import Entry, Outcome
from .actions.process import versions as _versions
from .app import Parts
from .domain import set_up as bodies_file
from .errors import FileRefused
from .store import processes
from .store import set_up as bodies_store
from .store.unit import begin
from .workflow.load import digest
from .workflow.process import Process


async def publish(made: Parts, process: Process) -> UUID:
    """Publish one definition for the whole service, on the record. Refuses as `publish_process` does."""

    async def work(unit: Any, now: Any) -> Outcome:
        id_, new = await _versions.publish(unit, made.runner.processes, process, None, now)
        detail = {"name": process.name, "version": process.version, "hash": digest(process.text)}
        return Outcome({"process": id_}, (Entry("process", id_, detail),) if new else ())

    return (await made.runner.by_operator("publish_process", work)).ids["process"]


async def published(made: Parts, wanted: str) -> Process:
    """A published definition by its hash, or the newest of a name. Refuses (NotFound) what was never published."""
    async with begin(made.runner.engine) as unit:
        id_ = await unit.ask(processes.of_hash(wanted))
        if id_ is not None:
            return await made.runner.processes.by_id(unit, id_)
        return (await made.runner.processes.named(unit, wanted))[1]


async def enter_bodies(made: Parts, content: bytes) -> int:
    """Enter an operator's file of bodies, on the record; how many rows are new."""
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
    return entered
