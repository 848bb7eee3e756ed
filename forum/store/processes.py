"""Published process definitions: their text stands in the database by its hash, and editions point to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ..errors import Misconfigured, NotFound
from ..refusal import Refusal
from ..workflow.load import parse
from ..workflow.process import Process
from .carried import once
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh

_MOST_BODIES = 20  # above each other, from a body without a process up to the one whose it follows


class Processes:
    """Parsed definitions by hash. A hash names one text for ever, so nothing here ever goes stale."""

    def __init__(self) -> None:
        self._known: dict[str, Process] = {}
        self._unreadable: set[str] = set()
        self.sound: set[str] = set()  # hashes of texts that this version of the service has found sound

    def get(self, hash_: str, text: str | None) -> Process:
        """The definition of this hash, parsed once; its text may be left out where it is known."""
        if hash_ not in self._known:
            self._known[hash_] = parse(text or "", hash_[:12])
        return self._known[hash_]

    async def governing(self, unit: UnitOfWork, forum_id: UUID) -> "Governing":
        """The process a forum works by, and the bodies whose it is (`_governing`)."""
        rows = await unit.all(_governing(), {"forum": forum_id, "known": list(self._known)})
        last = rows[-1] if rows else {"hash": None}
        process = None if last["hash"] is None else self.get(last["hash"], last["text"])
        return Governing(process, tuple(row["id"] for row in rows))

    async def named(self, unit: UnitOfWork, name: str) -> tuple[UUID, Process]:
        """The newest published definition of a name, with its row's id: of the service's templates, else of whoever
        has one. Refuses (NotFound) a name nobody published."""
        p = t.process_definition
        newest = sa.select(p).where(p.c.name == name).order_by(p.c.forum_id.isnot(None), *_newest_first(p)).limit(1)
        row = await unit.first(newest)
        if row is None:
            raise NotFound(what="published process")
        return row["id"], self.get(row["hash"], row["text"])

    async def own(self, unit: UnitOfWork, name: str, forum_id: UUID) -> tuple[UUID, Process] | None:
        """A forum's own definition of a name, with its row's id: the one it took up or published last. None where the
        forum has none of that name, whoever else may have one."""
        p = t.process_definition
        mine = sa.select(p).where(p.c.name == name, p.c.forum_id == forum_id)
        row = await unit.first(mine.order_by(*_newest_first(p)).limit(1))
        return None if row is None else (row["id"], self.get(row["hash"], row["text"]))

    async def by_id(self, unit: UnitOfWork, id_: UUID) -> Process:
        """The published definition of this id. Refuses (NotFound) an id that is none. A text is fetched once."""
        p = t.process_definition
        row = await unit.first(sa.select(p.c.hash, _unknown_text()).where(p.c.id == id_), {"known": list(self._known)})
        if row is None:
            raise NotFound(what="published process")
        return self.get(row["hash"], row["text"])

    async def running(self, unit: UnitOfWork) -> list[tuple[UUID, Process]]:
        """The definitions that running editions are pinned to, with their rows' ids. A text is fetched once."""
        p, e = t.process_definition, t.edition
        pinned = sa.exists().where(e.c.process_id == p.c.id, e.c.state == "running")
        query = sa.select(p.c.id, p.c.hash, _unknown_text()).where(pinned).order_by(p.c.id)
        rows = await unit.all(query, {"known": list(self._known)})
        return [(row["id"], self.get(row["hash"], row["text"])) for row in rows]

    async def of_hashes(self, pool: Any, hashes: Iterable[str]) -> dict[str, Process]:
        """The published definitions of these hashes, for reads: a text is fetched once, over a connection of the pool.
        Without those that this version of the service cannot read."""
        wanted = set(hashes)
        unknown = wanted - self._known.keys() - self._unreadable
        if unknown:
            async with pool.acquire(timeout=10) as connection:
                rows = await connection.fetch(
                    "SELECT DISTINCT hash, text FROM process_definition WHERE hash = ANY($1)", list(unknown)
                )
            for row in rows:
                try:
                    self.get(row["hash"], row["text"])
                except Refusal:
                    self._unreadable.add(row["hash"])
        return {hash_: self._known[hash_] for hash_ in wanted if hash_ in self._known}


@need
async def works_by(unit: UnitOfWork, known: Processes, forum_id: UUID) -> "Governing":
    """`Processes.governing`, as an act asks for it: where many acts are judged at once, it is read once for a forum."""
    return await known.governing(unit, forum_id)


@need
async def definition(unit: UnitOfWork, known: Processes, id_: UUID) -> Process:
    """`Processes.by_id`, as an act asks for it."""
    return await known.by_id(unit, id_)


@need
async def newest(unit: UnitOfWork, known: Processes, name: str) -> tuple[UUID, Process]:
    """`Processes.named`, as an act asks for it."""
    return await known.named(unit, name)


@need
async def own(unit: UnitOfWork, known: Processes, name: str, forum_id: UUID) -> tuple[UUID, Process] | None:
    """`Processes.own`, as an act asks for it."""
    return await known.own(unit, name, forum_id)


@dataclass(frozen=True)
class Governing:
    """The process by which a forum is judged, and the bodies in whose name: the forum itself, and where it has no
    process of its own those that set it up, up to the one that has. No process: none of them has any."""

    process: Process | None
    bodies: tuple[UUID, ...]


def _newest_first(p: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """What was taken up or published last comes first."""
    return sa.func.coalesce(p.c.adopted_at, p.c.published_at).desc(), p.c.id.desc()


def _unknown_text() -> sa.Label[str | None]:
    """The text of a definition, and null where it is `known` here already: a large one need not travel again."""
    p = t.process_definition
    known = p.c.hash == sa.any_(sa.bindparam("known", type_=ARRAY(sa.Text)))
    return sa.case((known, sa.null()), else_=p.c.text).label("text")


@once
def _governing() -> sa.Select[Any]:
    """A forum and, as long as none has a process of its own, the body above it; with the last one's process.

    A forum's own process is what its office, or the operator for it, took up last: nobody names it in a request.
    """
    p, f = t.process_definition, t.forum
    taken_up = sa.and_(p.c.forum_id == f.c.id, p.c.adopted_at.isnot(None))
    has_own = sa.exists().where(taken_up)
    up = sa.select(f.c.id, f.c.parent_id, has_own.label("own"), sa.literal(0).label("n"))
    walk = up.where(f.c.id == sa.bindparam("forum")).cte("up", recursive=True)
    above = sa.select(f.c.id, f.c.parent_id, has_own, walk.c.n + 1).join(walk, walk.c.parent_id == f.c.id)
    walk = walk.union_all(above.where(sa.not_(walk.c.own), walk.c.n < _MOST_BODIES))
    mine = p.c.forum_id == walk.c.id
    newest = (
        sa.select(p.c.hash, _unknown_text())
        .where(mine, p.c.adopted_at.isnot(None))
        .order_by(*_newest_first(p))
        .limit(1)
    ).lateral("newest")
    return sa.select(walk.c.id, newest.c.hash, newest.c.text).outerjoin(newest, sa.true()).order_by(walk.c.n)


async def text_of(raw: Any, id_: UUID) -> str | None:
    """The text of a published definition, over a raw connection (reads); None where there is none of this id."""
    text: str | None = await raw.fetchval("SELECT text FROM process_definition WHERE id = $1", id_)
    return text


# ---- publishing and adopting
@dataclass(frozen=True)
class PublishedVersion:
    """A version of a process that stands here: a template of the service where `forum_id` is None, else that forum's
    own text, published by it or (`adopted_from_id`) a copy of another."""

    id: UUID
    name: str
    version: str
    hash: str
    forum_id: UUID | None
    adopted_from_id: UUID | None
    adopted_at: datetime | None


@write
async def one_at_a_time(unit: UnitOfWork) -> None:
    """Publishing is rare, and what it asks (is this name taken, this version?) must still hold when it is done:
    whoever publishes next waits here. Readers, and editions that are pinned meanwhile, do not."""
    await unit.run(sa.text("LOCK TABLE process_definition IN SHARE ROW EXCLUSIVE MODE"))


@need
async def version(unit: UnitOfWork, id_: UUID) -> PublishedVersion | None:
    """The published version of this id; None where there is none."""
    versions = await _versions(unit, t.process_definition.c.id == id_)
    return versions[0] if versions else None


@need
async def of_hash(unit: UnitOfWork, hash_: str) -> tuple[PublishedVersion, ...]:
    """Every row of this text: the template first, then forums' own copies, the oldest first."""
    return await _versions(unit, t.process_definition.c.hash == hash_)


@need
async def of_name(unit: UnitOfWork, name: str) -> tuple[PublishedVersion, ...]:
    """Every published version of a name: templates first, then forums' own, the oldest first."""
    return await _versions(unit, t.process_definition.c.name == name)


async def _versions(unit: UnitOfWork, which: sa.ColumnElement[bool]) -> tuple[PublishedVersion, ...]:
    p = t.process_definition
    columns = (p.c.id, p.c.name, p.c.version, p.c.hash, p.c.forum_id, p.c.adopted_from_id, p.c.adopted_at)
    query = sa.select(*columns).where(which).order_by(p.c.forum_id.isnot(None), p.c.published_at, p.c.id)
    return tuple(PublishedVersion(**row) for row in await unit.all(query))


@need
async def names(unit: UnitOfWork, forum_id: UUID | None = None) -> frozenset[str]:
    """The names of all processes published here, or of one forum's own."""
    p = t.process_definition
    own = [] if forum_id is None else [p.c.forum_id == forum_id]
    return frozenset((await unit.run(sa.select(p.c.name).distinct().where(*own))).scalars())


@need
async def current(unit: UnitOfWork, forum_id: UUID) -> PublishedVersion | None:
    """What a forum took up last, by which it works; None where it took up nothing."""
    p = t.process_definition
    newest = sa.select(p.c.id).where(p.c.forum_id == forum_id, p.c.adopted_at.isnot(None))
    versions = await _versions(unit, p.c.id == newest.order_by(*_newest_first(p)).limit(1).scalar_subquery())
    return versions[0] if versions else None


@need
async def adopters(unit: UnitOfWork, name: str) -> tuple[UUID, ...]:
    """The forums that adopted a template of this name."""
    p, template = t.process_definition, t.process_definition.alias("template")
    of = sa.select(p.c.forum_id).join(template, template.c.id == p.c.adopted_from_id).distinct()
    rows = await unit.run(of.where(template.c.name == name, template.c.forum_id.is_(None)))
    return tuple(sorted(rows.scalars()))


@write
async def keep(
    unit: UnitOfWork, process: Process, hash_: str, forum_id: UUID | None, at: datetime, *,
    adopted_from: UUID | None = None, taken_up: bool = False,
) -> UUID:  # fmt: skip
    """Keep a definition's text for ever, under its hash; the id of its row. `taken_up`: its forum works by it now."""
    id_ = fresh()
    row = {"id": id_, "name": process.name, "version": process.version, "hash": hash_, "text": process.text}
    own = {"forum_id": forum_id, "adopted_from_id": adopted_from, "adopted_at": at if taken_up else None}
    await unit.add(t.process_definition, {**row, **own, "published_at": at})
    return id_


@write
async def take_up(unit: UnitOfWork, id_: UUID, at: datetime) -> None:
    """A forum works by this text of its own from now on."""
    await unit.change(t.process_definition, id_, adopted_at=at)


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
    for row in await unit.run(pinned):
        process = parsed(row["hash"], row["text"])
        lacking = sorted((process.acts() - acts) | (process.gates() - gates))
        if lacking:
            pinned_to = f"The pinned process {row['name']} ({row['hash'][:12]})"
            raise Misconfigured(reason=f"{pinned_to} names {', '.join(lacking)}, unknown to this version.")
