"""Running editions and the versions of their process: where their tracks stand, what is under way there, and how an
edition is moved to another version so that it can be moved back row by row."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import CallState
from ..domain.contribution import ContributionState
from ..domain.document import DocumentState
from ..domain.edition import EditionState
from ..domain.migration import Migration
from ..domain.silence import SilenceState
from ..domain.track import StageWindow, Track
from ..workflow.check.moves import InUse
from ..workflow.check.rights import RightInUse
from ..workflow.moves import Place
from . import inputs
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

NOT_CLOSED = (DocumentState.DRAFT, DocumentState.CIRCULATED, DocumentState.SILENCE)


@dataclass(frozen=True)
class RunningTrack:
    """A track of a running edition (both by name too), where it stands, and the version its edition is pinned to."""

    edition_id: UUID
    edition: str
    process_id: UUID
    track_id: UUID
    track: str
    definition: str
    stage: str


@dataclass(frozen=True)
class UnderWay:
    """What is in a track now: its open calls, and how many texts, inputs and silences there are."""

    open_calls: tuple[UUID, ...]
    documents: int
    inputs: int
    silences: int


@dataclass(frozen=True)
class TrackWithThemes:
    """A track, and the codes of the themes it takes up."""

    track: Track
    themes: tuple[str, ...]


@dataclass(frozen=True)
class ActSince:
    """An act that stands in the history with its instant."""

    act: str
    at: datetime


# ---- what is in use
@need
async def standing(unit: UnitOfWork, name: str, forum_id: UUID) -> tuple[RunningTrack, ...]:
    """The tracks of a forum's running editions under a process of this name, with the version each is pinned to."""
    e, p, k = t.edition, t.process_definition, t.track
    running = e.c.state == EditionState.RUNNING
    mine = sa.and_(p.c.name == name, running, e.c.forum_id == forum_id)
    query = (
        sa.select(
            e.c.id.label("edition_id"), e.c.name.label("edition"), p.c.id.label("process_id"),
            k.c.id.label("track_id"), k.c.name.label("track"), k.c.definition, k.c.stage,
        )
        .join_from(k, e, e.c.id == k.c.edition_id)
        .join(p, p.c.id == e.c.process_id)
        .where(mine)
        .order_by(e.c.opened_at, e.c.id, k.c.name)
    )  # fmt: skip
    return tuple(RunningTrack(**row) for row in await unit.all(query))


@need
async def under_way(unit: UnitOfWork, track: UUID) -> UnderWay:
    """What is in a track now. Drafts of inputs are their authors' own and not counted."""
    k, c, d, s = t.call, t.contribution, t.document, t.silence

    def count(table: sa.Table, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(table).where(*conditions).scalar_subquery()

    calls = sa.select(k.c.id).where(k.c.track_id == track, k.c.state == CallState.OPEN).order_by(k.c.id)
    silent = sa.select(d.c.id).where(d.c.track_id == track)
    counts = await unit.first(
        sa.select(
            count(d, d.c.track_id == track, d.c.state.in_(NOT_CLOSED)).label("documents"),
            count(c, c.c.track_id == track, inputs.handed_in(c)).label("inputs"),
            count(s, s.c.state == SilenceState.RUNNING, s.c.document_id.in_(silent)).label("silences"),
        )
    )
    return UnderWay(open_calls=tuple((await unit.run(calls)).scalars()), **(counts or {}))


@need
async def held(unit: UnitOfWork, editions: Iterable[UUID]) -> InUse:
    """What texts of these editions hold of their definition."""
    d, s, x = t.document, t.silence, t.disposition
    mine = d.c.edition_id.in_(list(editions))
    kinds = sa.select(d.c.kind).where(mine).distinct()
    silent = sa.select(d.c.kind).join(s, s.c.document_id == d.c.id).where(mine, s.c.state == SilenceState.RUNNING)
    words = sa.select(x.c.word).join(d, d.c.id == x.c.document_id).where(mine).distinct()
    queries = {"documents": kinds, "silent": silent.distinct(), "dispositions": words}
    return InUse(**{name: frozenset((await unit.run(query)).scalars()) for name, query in queries.items()})


@need
async def rights_in_use(unit: UnitOfWork, edition: UUID, now: datetime) -> tuple[RightInUse, ...]:
    """What is under way in an edition at this instant that people have a right to act on, by where its track stands."""
    k, c, d, s, x, p = t.track, t.call, t.document, t.silence, t.contribution, t.late_permit
    of_text = k.join(d, d.c.track_id == k.c.id)
    of_call = k.join(c, c.c.track_id == k.c.id)
    running = sa.and_(s.c.state == SilenceState.RUNNING, s.c.ends_at > now)
    is_open = sa.and_(c.c.state == CallState.OPEN, sa.func.coalesce(c.c.late_until, c.c.closes_at) > now)
    commented = sa.and_(d.c.state == DocumentState.CIRCULATED, d.c.comments_close_at > now)
    sources: Mapping[str, tuple[sa.FromClause, sa.ColumnElement[bool]]] = {
        "silence": (of_text.join(s, s.c.document_id == d.c.id), running),
        "call": (of_call, is_open),
        "permit": (of_call.join(p, p.c.call_id == c.c.id), p.c.until > now),
        "returned": (k.join(x, x.c.track_id == k.c.id), _waits_for_its_author(x, now)),
        "consultation": (of_text, commented),
    }
    found: list[RightInUse] = []
    for thing, (source, condition) in sources.items():
        where = sa.and_(k.c.edition_id == edition, condition)
        places = sa.select(k.c.definition, k.c.stage).select_from(source).where(where).distinct()
        found += [RightInUse(Place(row["definition"], row["stage"]), thing) for row in await unit.all(places)]
    return tuple(sorted(found, key=lambda right: (right.place.track, right.place.stage)))


def _waits_for_its_author(x: sa.FromClause, now: datetime) -> sa.ColumnElement[bool]:
    """Returned, whether or not its author has begun to mend it."""
    return sa.or_(x.c.state == ContributionState.RETURNED, sa.and_(inputs.being_mended(x), x.c.mend_until > now))


@need
async def tracks_with_themes(unit: UnitOfWork, edition: UUID) -> tuple[TrackWithThemes, ...]:
    """The tracks of an edition, in the order in which they came."""
    k, x, th = t.track, t.track_theme, t.theme
    codes = sa.select(sa.func.array_agg(th.c.code)).join(x, x.c.theme_id == th.c.id).where(x.c.track_id == k.c.id)
    query = sa.select(k, codes.scalar_subquery().label("themes")).where(k.c.edition_id == edition).order_by(k.c.id)
    rows = await unit.all(query)
    return tuple(TrackWithThemes(noun_of(Track, row), tuple(row["themes"] or ())) for row in rows)


# ---- moving an edition
@need
async def tracks_alone(unit: UnitOfWork, edition: UUID) -> tuple[Track, ...]:
    """The tracks of an edition as they stand now, held by this transaction only, always in the same order: acts under
    way there end first, and those that come wait and read anew where they stand."""
    k = t.track
    held_alone = sa.select(k).where(k.c.edition_id == edition).order_by(k.c.id).with_for_update(key_share=True)
    return tuple(noun_of(Track, row) for row in await unit.all(held_alone))


@write
async def put(unit: UnitOfWork, track: Track) -> None:
    """Write where a track stands. Also where nothing changes: whoever waits for the track reads its edition again."""
    since = {"stage_since": track.stage_since, "held_at": track.held_at}
    await unit.change(t.track, track.id, definition=track.definition, stage=track.stage, **since)


@write
async def put_windows_back(unit: UnitOfWork, track: UUID, windows: Sequence[StageWindow]) -> None:
    """The planned dates of a track as they were kept, row by row: what came since goes, what went comes back."""
    w = t.stage_window
    was = {window.id for window in windows}
    present = {row["id"] for row in await unit.rows(w, "stage", track_id=track)}
    if present - was:
        await unit.run(sa.delete(w).where(w.c.id.in_(present - was)))
    # Two rows may have changed names with each other: first all names are set free.
    for id_ in present & was:
        await unit.change(w, id_, stage=f"({id_})")
    for window in windows:
        columns = columns_of(window)
        if window.id in present:
            await unit.change(w, window.id, **{name: value for name, value in columns.items() if name != "id"})
        else:
            await unit.add(w, columns)


# ---- taking a migration back
@need
async def last(unit: UnitOfWork, edition: UUID) -> Migration | None:
    """The newest migration of an edition that was not taken back."""
    m = t.migration
    mine = sa.and_(m.c.edition_id == edition, m.c.undone_at.is_(None))
    row = await unit.first(sa.select(m).where(mine).order_by(m.c.migrated_at.desc(), m.c.id.desc()).limit(1))
    return None if row is None else noun_of(Migration, row)


@need
async def acts_in(unit: UnitOfWork, edition: UUID) -> int:
    """How many lines the history of an edition has; those of what is not attributed count, though they tell no time."""
    h = t.history
    lines: int = await unit.scalar(sa.select(sa.func.count()).select_from(h).where(h.c.edition_id == edition))
    return lines


@write
async def remove_anchors(unit: UnitOfWork, edition: UUID, names: Sequence[str]) -> None:
    """Take away the anchors that came with a migration."""
    a = t.anchor
    await unit.run(sa.delete(a).where(a.c.edition_id == edition, a.c.name.in_(names)))


@need
async def act_since(unit: UnitOfWork, edition: UUID, migration: UUID) -> ActSince | None:
    """The first act since a migration that may be told: a line that says when. None where only others came. Such lines
    have ids in order of time; their instants may lie before, where the clock did something late."""
    h, own = t.history, t.history.alias("own")
    since = sa.select(own.c.id).where(own.c.act == "migrate_edition", own.c.subject_id == migration).scalar_subquery()
    later = sa.and_(h.c.edition_id == edition, h.c.at.isnot(None), h.c.id > since)
    row = await unit.first(sa.select(h.c.act, h.c.at).where(later).order_by(h.c.id).limit(1))
    return None if row is None else ActSince(**row)
