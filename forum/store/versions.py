"""Running editions and the versions of their process: where their tracks stand, what is under way there, and how an edition
is moved to another version so that it can be moved back row by row."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa

from ..domain.snapshot import canonical
from .tables import schema as t
from .unit import UnitOfWork

HANDED_IN = ("submitted", "admitted", "returned")
NOT_CLOSED = ("draft", "circulated", "silence")


# ---- what is in use
async def standing(unit: UnitOfWork, name: str, forum_id: UUID | None) -> Sequence[Mapping[str, Any]]:
    """The tracks of running editions under a process of this name, with the version each is pinned to; of one forum, or
    of all where none is named."""
    e, p, k = t.edition, t.process_definition, t.track
    mine = sa.and_(p.c.name == name, e.c.state == "running", *([e.c.forum_id == forum_id] if forum_id else []))
    query = (
        sa.select(
            e.c.id.label("edition_id"), e.c.name.label("edition"), p.c.id.label("process_id"), p.c.version,
            k.c.id.label("track_id"), k.c.name.label("track"), k.c.definition, k.c.stage,
        )
        .join_from(k, e, e.c.id == k.c.edition_id)
        .join(p, p.c.id == e.c.process_id)
        .where(mine)
        .order_by(e.c.opened_at, e.c.id, k.c.name)
    )  # fmt: skip
    return await unit.all(query)


async def under_way(unit: UnitOfWork, track: UUID) -> Mapping[str, Any]:
    """What is in a track now: its open calls by id, and how many texts, inputs and silences. Drafts of inputs are their
    authors' own and not counted."""
    k, c, d, s = t.call, t.contribution, t.document, t.silence

    def count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()

    calls = sa.select(k.c.id).where(k.c.track_id == track, k.c.state == "open").order_by(k.c.id)
    silent = sa.select(d.c.id).where(d.c.track_id == track)
    row = await unit.first(
        sa.select(
            count(d, d.c.track_id == track, d.c.state.in_(NOT_CLOSED)).label("documents"),
            count(c, c.c.track_id == track, c.c.state.in_(HANDED_IN)).label("inputs"),
            count(s, s.c.state == "running", s.c.document_id.in_(silent)).label("silences"),
        )
    )
    open_calls = tuple(f"Call:{id_}" for id_ in (await unit.run(calls)).scalars())
    return {"open_calls": open_calls, **(row or {})}


async def held(unit: UnitOfWork, editions: Iterable[UUID]) -> Mapping[str, frozenset[str]]:
    """What texts of these editions hold of their definition: kinds of document, kinds in a silence, words of answers."""
    d, s, x = t.document, t.silence, t.disposition
    mine = d.c.edition_id.in_(list(editions))
    kinds = sa.select(d.c.kind).where(mine).distinct()
    silent = sa.select(d.c.kind).join(s, s.c.document_id == d.c.id).where(mine, s.c.state == "running").distinct()
    words = sa.select(x.c.word).join(d, d.c.id == x.c.document_id).where(mine).distinct()
    found = {"documents": kinds, "silent": silent, "dispositions": words}
    return {name: frozenset((await unit.run(query)).scalars()) for name, query in found.items()}


async def tracks_with_themes(unit: UnitOfWork, edition: UUID) -> Sequence[Mapping[str, Any]]:
    """The tracks of an edition, in the order in which they came, each with the codes of the themes it takes up."""
    k, x, th = t.track, t.track_theme, t.theme
    codes = sa.select(sa.func.array_agg(th.c.code)).join(x, x.c.theme_id == th.c.id).where(x.c.track_id == k.c.id)
    query = sa.select(k, codes.scalar_subquery().label("themes")).where(k.c.edition_id == edition).order_by(k.c.id)
    return await unit.all(query)


# ---- moving an edition
async def tracks_alone(unit: UnitOfWork, edition: UUID) -> Sequence[dict[str, Any]]:
    """The tracks of an edition as they stand now, held by this transaction only, always in the same order: acts under
    way there end first, and those that come wait and read anew where they stand."""
    k = t.track
    held_alone = sa.select(k).where(k.c.edition_id == edition).order_by(k.c.id).with_for_update(key_share=True)
    return await unit.all(held_alone)


async def pin(unit: UnitOfWork, edition: UUID, process_id: UUID) -> None:
    """Pin a running edition to another definition."""
    await unit.change(t.edition, edition, process_id=process_id)


async def put(unit: UnitOfWork, track: UUID, **columns: Any) -> None:
    """Write where a track stands. Also where nothing changes: whoever waits for the track reads its edition again."""
    await unit.change(t.track, track, **columns)


async def windows_of(unit: UnitOfWork, track: UUID) -> Sequence[dict[str, Any]]:
    """The planned dates of a track, by stage."""
    return await unit.rows(t.stage_window, "stage", track_id=track)


def kept(rows: Iterable[Mapping[str, Any]]) -> str:
    """Planned dates as text, to be put back as they were."""
    plain = [
        {k: v.isoformat() if isinstance(v, datetime) else str(v) if isinstance(v, UUID) else v for k, v in r.items()}
        for r in rows
    ]
    return canonical({"windows": plain}).decode()


async def rename_windows(unit: UnitOfWork, rows: Iterable[Mapping[str, Any]], stages: Mapping[str, str]) -> None:
    """Let planned dates follow their stage to its new name; where two would meet, the one that has the name keeps it."""
    taken = {row["stage"] for row in rows}
    for row in rows:
        there = stages.get(row["stage"], row["stage"])
        if there != row["stage"] and there not in taken:
            taken.add(there)
            await unit.change(t.stage_window, row["id"], stage=there)


async def put_windows_back(unit: UnitOfWork, track: UUID, text: str) -> None:
    """The planned dates of a track as they were kept, row by row: what came since goes, what went comes back."""
    w = t.stage_window
    rows = [_read(row) for row in orjson.loads(text)["windows"]]
    was = {row["id"] for row in rows}
    there = {row["id"] for row in await windows_of(unit, track)}
    if there - was:
        await unit.run(sa.delete(w).where(w.c.id.in_(there - was)))
    # Two rows may have changed names with each other: first all names are set free.
    for id_ in there & was:
        await unit.change(w, id_, stage=f"({id_})")
    for row in rows:
        if row["id"] in there:
            await unit.change(w, row["id"], **{k: v for k, v in row.items() if k != "id"})
        else:
            await unit.add(w, row)


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    def value(name: str, given: Any) -> Any:
        if given is not None and name.endswith("_at"):
            return datetime.fromisoformat(given)
        return UUID(given) if given is not None and (name == "id" or name.endswith("_id")) else given

    return {name: value(name, given) for name, given in row.items()}


# ---- taking a migration back
async def last(unit: UnitOfWork, edition: UUID) -> Mapping[str, Any] | None:
    """The newest migration of an edition that was not taken back."""
    m = t.migration
    mine = sa.and_(m.c.edition_id == edition, m.c.undone_at.is_(None))
    return await unit.first(sa.select(m).where(mine).order_by(m.c.migrated_at.desc(), m.c.id.desc()).limit(1))


async def acts_in(unit: UnitOfWork, edition: UUID) -> int:
    """How many lines the history of an edition has; those of what is not attributed count, though they tell no time."""
    h = t.history
    return await unit.scalar(sa.select(sa.func.count()).select_from(h).where(h.c.edition_id == edition))


async def put_back(unit: UnitOfWork, edition: UUID, migration: Mapping[str, Any], at: datetime) -> None:
    """Pin an edition to what it was pinned to before a migration, with the end and the anchors it had."""
    a = t.anchor
    came = sa.and_(a.c.edition_id == edition, a.c.name.in_(migration["added_anchors"]))
    await unit.run(sa.delete(a).where(came))
    await unit.change(t.edition, edition, process_id=migration["from_process_id"], ends_at=migration["from_ends_at"])
    await unit.change(t.migration, migration["id"], undone_at=at)


async def act_since(unit: UnitOfWork, edition: UUID, migration: UUID) -> Mapping[str, Any] | None:
    """The first act since a migration that may be told: a line that says when. None where only others came. Such lines
    have ids in order of time; their instants may lie before, where the clock did something late."""
    h, own = t.history, t.history.alias("own")
    since = sa.select(own.c.id).where(own.c.act == "migrate_edition", own.c.subject_id == migration).scalar_subquery()
    later = sa.and_(h.c.edition_id == edition, h.c.at.isnot(None), h.c.id > since)
    return await unit.first(sa.select(h.c.act, h.c.at).where(later).order_by(h.c.id).limit(1))
