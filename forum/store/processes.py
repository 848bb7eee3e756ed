"""Published process definitions: their text stands in the database by its hash, and editions point to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..errors import Misconfigured, NotFound
from ..workflow.load import parse
from ..workflow.process import Process
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh


class Processes:
    """Parsed definitions by hash. A hash names one text for ever, so nothing here ever goes stale."""

    def __init__(self) -> None:
        self._known: dict[str, Process] = {}

    def get(self, hash_: str, text: str | None) -> Process:
        """The definition of this hash, parsed once; its text may be left out where it is known."""
        if hash_ not in self._known:
            self._known[hash_] = parse(text or "", hash_[:12])
        return self._known[hash_]

    async def of_forum(self, unit: UnitOfWork, forum_id: UUID) -> Process:
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

    async def named(self, unit: UnitOfWork, name: str, forum_id: UUID | None = None) -> tuple[UUID, Process]:
        """The newest published definition of a name, with its row's id. Refuses (NotFound) a name nobody published.

        `forum_id`: for this forum, whose chair takes up what the operator published, what it published itself, and what
        those published that set it up or convene it. Another forum's next version is not thrust on it; only where none
        of these ever published the name is it that of whoever published the name first.
        """
        p = t.process_definition
        mine = p.c.name == name
        if forum_id is not None:
            first = sa.select(p.c.forum_id).where(mine).order_by(p.c.published_at, p.c.id).limit(1).scalar_subquery()
            near = sa.or_(p.c.forum_id.is_(None), p.c.forum_id.in_(_near(forum_id)))
            some = sa.select(p.c.id).where(mine, near).exists()
            mine = sa.and_(mine, sa.or_(near, sa.and_(~some, p.c.forum_id.is_not_distinct_from(first))))
        row = await unit.first(sa.select(p).where(mine).order_by(p.c.published_at.desc(), p.c.id.desc()).limit(1))
        if row is None:
            raise NotFound(what="published process")
        return row["id"], self.get(row["hash"], row["text"])

    async def by_id(self, unit: UnitOfWork, id_: UUID) -> Process:
        """The published definition of this id. Refuses (NotFound) an id that is none. A text is fetched once."""
        p = t.process_definition
        row = await unit.first(sa.select(p.c.hash, self._unknown_text()).where(p.c.id == id_))
        if row is None:
            raise NotFound(what="published process")
        return self.get(row["hash"], row["text"])

    async def running(self, unit: UnitOfWork) -> list[tuple[UUID, Process]]:
        """The definitions that running editions are pinned to, with their rows' ids. A text is fetched once."""
        p, e = t.process_definition, t.edition
        pinned = sa.exists().where(e.c.process_id == p.c.id, e.c.state == "running")
        rows = await unit.all(sa.select(p.c.id, p.c.hash, self._unknown_text()).where(pinned).order_by(p.c.id))
        return [(row["id"], self.get(row["hash"], row["text"])) for row in rows]

    def _unknown_text(self) -> sa.Label[str | None]:
        """The text of a definition, and null where it is known here already: a large one need not travel again."""
        p = t.process_definition
        return sa.case((p.c.hash.in_(list(self._known)), sa.null()), else_=p.c.text).label("text")


@need
async def definition(unit: UnitOfWork, known: Processes, id_: UUID) -> Process:
    """`Processes.by_id`, as an act asks for it."""
    return await known.by_id(unit, id_)


@need
async def newest(unit: UnitOfWork, known: Processes, name: str, forum_id: UUID | None = None) -> tuple[UUID, Process]:
    """`Processes.named`, as an act asks for it."""
    return await known.named(unit, name, forum_id)


def _near(forum_id: UUID) -> sa.CompoundSelect[Any]:
    """A forum, the one that set it up, and those that convene it."""
    f, c = t.forum, t.convenor
    return sa.union_all(
        sa.select(f.c.id).where(f.c.id == forum_id),
        sa.select(f.c.parent_id).where(f.c.id == forum_id, f.c.parent_id.isnot(None)),
        sa.select(c.c.convened_by_id).where(c.c.forum_id == forum_id),
    )


async def text_of(raw: Any, id_: UUID) -> str | None:
    """The text of a published definition, over a raw connection (reads); None where there is none of this id."""
    text: str | None = await raw.fetchval("SELECT text FROM process_definition WHERE id = $1", id_)
    return text


# ---- publishing
@dataclass(frozen=True)
class PublishedVersion:
    """A version of a process that was published here; by the operator where `forum_id` is None."""

    id: UUID
    version: str
    hash: str
    forum_id: UUID | None


@write
async def one_at_a_time(unit: UnitOfWork) -> None:
    """Publishing is rare, and what it asks (is this name taken, this version?) must still hold when it is done:
    whoever publishes next waits here. Readers, and editions that are pinned meanwhile, do not."""
    await unit.run(sa.text("LOCK TABLE process_definition IN SHARE ROW EXCLUSIVE MODE"))


@need
async def of_hash(unit: UnitOfWork, hash_: str) -> UUID | None:
    """The id of the definition with this text; None where it was never published."""
    p = t.process_definition
    found: UUID | None = await unit.scalar(sa.select(p.c.id).where(p.c.hash == hash_))
    return found


@need
async def of_name(unit: UnitOfWork, name: str) -> tuple[PublishedVersion, ...]:
    """Every published version of a name, the oldest first."""
    p = t.process_definition
    columns = (p.c.id, p.c.version, p.c.hash, p.c.forum_id)
    rows = await unit.all(sa.select(*columns).where(p.c.name == name).order_by(p.c.published_at, p.c.id))
    return tuple(PublishedVersion(**row) for row in rows)


@need
async def names(unit: UnitOfWork) -> frozenset[str]:
    """The names of all processes published here."""
    return frozenset((await unit.run(sa.select(t.process_definition.c.name).distinct())).scalars())


@need
async def has_run(unit: UnitOfWork, forum_id: UUID, name: str) -> bool:
    """Whether a forum ever opened an edition under a process of this name."""
    e, p = t.edition, t.process_definition
    mine = sa.select(e.c.id).join(p, p.c.id == e.c.process_id).where(e.c.forum_id == forum_id, p.c.name == name)
    return bool(await unit.scalar(sa.select(mine.exists())))


@write
async def keep(unit: UnitOfWork, process: Process, hash_: str, forum_id: UUID | None, at: datetime) -> UUID:
    """Keep a definition's text for ever, under its hash; the id of its row."""
    id_ = fresh()
    row = {"id": id_, "name": process.name, "version": process.version, "hash": hash_, "text": process.text}
    await unit.add(t.process_definition, {**row, "forum_id": forum_id, "published_at": at})
    return id_


async def refuse_unknown(
    unit: UnitOfWork, acts: frozenset[str], gates: frozenset[str], parsed: Callable[[str, str], Process]
) -> None:
    """The service does not start when a pinned process names an act or a gate that this version of the code lacks."""
    p, e = t.process_definition, t.edition
    pinned = (
        sa.select(p.c.name, p.c.hash, p.c.text)
        .join(e, e.c.process_id == p.c.id)
        .where(e.c.state == "running")
        .distinct()
    )
    for row in (await unit.run(pinned)).mappings():
        process = parsed(row["hash"], row["text"])
        lacking = sorted((process.acts() - acts) | (process.gates() - gates))
        if lacking:
            pinned_to = f"The pinned process {row['name']} ({row['hash'][:12]})"
            raise Misconfigured(reason=f"{pinned_to} names {', '.join(lacking)}, unknown to this version.")
