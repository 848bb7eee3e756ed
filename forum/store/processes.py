"""Published process definitions: their text stands in the database by its hash, and editions point to it."""

from collections.abc import Callable
from uuid import UUID

import sqlalchemy as sa

from ..errors import Misconfigured, NotFound
from ..workflow.load import parse
from ..workflow.process import Process
from . import tables as t
from .unit import Unit


class Processes:
    """Parsed definitions by hash. A hash names one text for ever, so nothing here ever goes stale."""

    def __init__(self) -> None:
        self._known: dict[str, Process] = {}

    def get(self, hash_: str, text: str) -> Process:
        """The definition of this hash, parsed once."""
        if hash_ not in self._known:
            self._known[hash_] = parse(text, hash_[:12])
        return self._known[hash_]

    async def of_forum(self, unit: Unit, forum_id: UUID) -> Process:
        """The definition a forum works by now: its newest edition's. Refuses (NotFound) a forum that never had one."""
        e, p = t.edition, t.process_definition
        newest = (
            sa.select(p.c.hash, p.c.text)
            .join(e, e.c.process_id == p.c.id)
            .where(e.c.forum_id == forum_id)
            .order_by(e.c.opened_at.desc(), e.c.id.desc())
            .limit(1)
        )
        row = await unit.first(newest)
        if row is None:
            raise NotFound(what="process of this forum")
        return self.get(row["hash"], row["text"])

    async def named(self, unit: Unit, name: str) -> tuple[UUID, Process]:
        """The newest published definition of a name, with its row's id."""
        p = t.process_definition
        newest = sa.select(p).where(p.c.name == name).order_by(p.c.published_at.desc(), p.c.id.desc()).limit(1)
        row = await unit.first(newest)
        if row is None:
            raise NotFound(what="published process")
        return row["id"], self.get(row["hash"], row["text"])

    async def running(self, unit: Unit) -> list[tuple[UUID, Process]]:
        """The definitions that running editions are pinned to, with their rows' ids. A text is fetched once."""
        p, e = t.process_definition, t.edition
        pinned = sa.exists().where(e.c.process_id == p.c.id, e.c.state == "running")
        text = sa.case((p.c.hash.in_(list(self._known)), sa.null()), else_=p.c.text).label("text")
        rows = await unit.all(sa.select(p.c.id, p.c.hash, text).where(pinned).order_by(p.c.id))
        return [(row["id"], self.get(row["hash"], row["text"])) for row in rows]


async def refuse_unknown(unit: Unit, acts: frozenset[str], gates: frozenset[str], parsed: Callable[[str, str], Process]) -> None:
    """The service does not start when a pinned process names an act or a gate that this version of the code lacks."""
    p, e = t.process_definition, t.edition
    pinned = sa.select(p.c.name, p.c.hash, p.c.text).join(e, e.c.process_id == p.c.id).where(e.c.state == "running").distinct()
    for row in (await unit.run(pinned)).mappings():
        process = parsed(row["hash"], row["text"])
        lacking = sorted((process.acts() - acts) | (process.gates() - gates))
        if lacking:
            reason = f"The pinned process {row['name']} ({row['hash'][:12]}) names {', '.join(lacking)}, unknown to this version."
            raise Misconfigured(reason=reason)
