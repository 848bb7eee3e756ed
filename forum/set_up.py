"""What an operator does at the machine, before any mandate exists: enter bodies, publish processes. On the record."""

from typing import Any
from uuid import UUID

from .actions.deeds import Entry, Outcome
from .app import Parts
from .domain import set_up as bodies_file
from .errors import FileRefused
from .store import set_up as bodies_store
from .workflow.load import digest


async def publish(made: Parts, name: str, version: str, text: str) -> UUID:
    """Publish one definition, on the record."""

    async def work(unit: Any, _: Any) -> Outcome:
        hash_ = digest(text)
        id_ = await bodies_store.publish(unit, name, version, hash_, text)
        return Outcome({"process": id_}, (Entry("process", id_, {"name": name, "version": version, "hash": hash_}),))

    return (await made.runner.by_operator("publish_process", work)).ids["process"]


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
