"""What the clock has to do: calls to open and close, silences and editions that end, tracks to move. Only found here;
the acts decide.

An act that the clock performs on a thing of its own is one line in `WAITING`. A track's move depends on its process:
`_clocks` says which stages of which running editions have one, `_edges` at which instants.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ..domain.track import Track
from .carried import once
from .clock import reading
from .processes import Processes
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork

TURN = "turn_stage"  # the act that moves a track


@dataclass(frozen=True)
class Waiting:
    """Where an act waits: the table, the instant for which it waits, and the condition under which it still does."""

    table: sa.Table
    at: sa.ColumnElement[datetime]
    still: sa.ColumnElement[bool]


def taken_until(call: Any) -> sa.ColumnElement[datetime]:
    """The instant at which a call closes: its deadline, or the end of its grace where it has one."""
    return sa.func.coalesce(call.c.late_until, call.c.closes_at)


def closes(invitation: Any) -> sa.ColumnElement[datetime]:
    """The instant at which an invitation expires without an answer; once it has an end, that at which the name and the
    address in it go."""
    return sa.case((invitation.c.state == "open", invitation.c.open_until), else_=invitation.c.blank_at)


def _may_remind(silence: Any) -> sa.ColumnElement[bool]:
    """Its end has not come: afterwards nobody is reminded, however late the worker comes."""
    return sa.and_(silence.c.state == "running", silence.c.ends_at > reading())


# In the order in which they are done where they are due at the same instant, tracks moving after all but the last: an
# edition ends when everything in it has.
WAITING: Mapping[str, Waiting] = {
    "open_call": Waiting(t.call, t.call.c.opens_at, sa.and_(t.call.c.opened_at.is_(None), t.call.c.state == "open")),
    "send_reminders": Waiting(t.reminder, t.reminder.c.due_at, t.reminder.c.state == "waiting"),
    "close_call": Waiting(t.call, taken_until(t.call), t.call.c.state == "open"),
    "remind_members": Waiting(t.silence, t.silence.c.remind_at, _may_remind(t.silence)),
    "close_silence": Waiting(t.silence, t.silence.c.ends_at, t.silence.c.state == "running"),
    "close_invitation": Waiting(t.invitation, closes(t.invitation), t.invitation.c.address.isnot(None)),
    "close_edition": Waiting(t.edition, t.edition.c.ends_at, t.edition.c.state == "running"),
}


@dataclass(frozen=True)
class Due:
    """An act whose instant has come: its name, the id of what it is on, the instant. `held`: it was tried already, and
    a gate held it back."""

    act: str
    about: UUID
    at: datetime
    held: bool = False


@dataclass(frozen=True)
class Edge:
    """An instant at which the clock may move a track. `document`: the text whose silence it ends."""

    at: datetime
    edge: str
    document: UUID | None


@need
async def due_now(unit: UnitOfWork, processes: Processes) -> Sequence[Due]:
    """All that is due on the one clock and not done, in the order of the instants: so several days moved at once happen
    in the order in which they would have happened."""
    now = reading()
    queries = [
        sa.select(
            sa.literal(act).label("act"), sa.literal(2 * rank).label("rank"), waiting.table.c.id.label("about"),
            waiting.at.label("at"), sa.false().label("held"),
        ).where(waiting.still, waiting.at <= now)
        for rank, (act, waiting) in enumerate(WAITING.items())
    ]  # fmt: skip
    clocks = await _clocks(unit, processes)
    turns = [_turns(clocks, now)] if clocks else []
    rows = await unit.run(sa.union_all(*turns, *queries).order_by("at", "rank", "about"))
    return [Due(row.act, row.about, row.at, row.held) for row in rows]


@need
async def remaining(unit: UnitOfWork, act: str, about: UUID) -> timedelta | None:
    """How long until the act is due, on the one clock (never negative); None where it waits no more, or never was."""
    if act == TURN:
        left = await unit.scalar(_until_the_next_turn(about))
    else:
        waiting = WAITING[act]
        mine = sa.and_(waiting.table.c.id == about, waiting.still)
        left = await unit.scalar(sa.select(waiting.at - reading()).where(mine))
    return None if left is None else max(left, timedelta(0))


@need
async def edges_of(
    unit: UnitOfWork, track: Track, now: datetime, until: datetime | None, *, as_planned: bool
) -> Sequence[Edge]:
    """The instants of a track since its stage began, up to now and to `until`, in their order. `as_planned`: the
    planned end is the only way on from its stage, and counts also where it had passed before the stage began.

    Where a silence on the track has run out and is not closed yet, only those before it: what becomes of it comes
    first.
    """
    x = _edges_of_one()
    s, d = t.silence, t.document
    undecided = sa.select(sa.func.min(s.c.ends_at)).join(d, d.c.id == s.c.document_id)
    undecided = undecided.where(d.c.track_id == track.id, s.c.state == "running", s.c.ends_at <= now)
    since = sa.literal(track.stage_since)
    at = sa.func.greatest(x.c.at, since).label("at")
    query = sa.select(at, x.c.edge, x.c.document_id).where(
        _counts(x, since, sa.literal(as_planned)),
        x.c.at <= now,
        x.c.at < sa.func.coalesce(undecided.scalar_subquery(), now + timedelta(days=1)),
    )
    if until is not None:
        query = query.where(x.c.at <= until)
    return [
        Edge(row.at, row.edge, row.document_id)
        for row in await unit.run(
            query.order_by(at, x.c.edge, x.c.document_id), {"track": track.id, "stage": track.stage}
        )
    ]


@need
async def ahead_of(unit: UnitOfWork, track: UUID, now: datetime) -> Sequence[Edge]:
    """The instants of a track that lie ahead, in their order."""
    rows = await unit.run(_ahead(), {"track": track, "now": now})
    return [Edge(row.at, row.edge, row.document_id) for row in rows]


@once
def _ahead() -> sa.Select[Any]:
    tr, x = t.track, _edges_of_tracks()
    query = sa.select(x.c.at, x.c.edge, x.c.document_id).select_from(sa.join(tr, x, sa.true()))
    ahead = sa.and_(tr.c.id == sa.bindparam("track"), x.c.at > sa.bindparam("now"))
    return query.where(ahead).order_by(x.c.at, x.c.edge, x.c.document_id)


def _counts(edges: Any, since: Any, as_planned: Any) -> sa.ColumnElement[bool]:
    """Whether an instant moves a track that stands at its stage since then."""
    return sa.or_(edges.c.at > since, sa.and_(as_planned, edges.c.edge == "stage_closes"))


async def _clocks(unit: UnitOfWork, processes: Processes) -> list[tuple[UUID, str, str, str, bool]]:
    """Process, track, stage and edge of every move that the clock makes in a running edition, and whether it is the
    only way on."""
    return [
        (id_, track.name, stage.id, clock.at, stage.left_as_planned)
        for id_, process in await processes.running(unit)
        for track in process.tracks.values()
        for stage in track.stages.values()
        for clock in stage.clocks
    ]


def _turns(clocks: Sequence[tuple[UUID, str, str, str, bool]], now: Any) -> sa.Select[Any]:
    """The tracks that an instant since the beginning of their stage moves, each once, with the first of the
    instants."""
    text, uuid = ARRAY(sa.Text), ARRAY(sa.Uuid)
    kinds: tuple[ARRAY[Any], ...] = (uuid, text, text, text, ARRAY(sa.Boolean))
    columns = [sa.literal(list(column), kind) for column, kind in zip(zip(*clocks, strict=True), kinds, strict=True)]
    named = ("process_id", "definition", "stage", "edge", "as_planned")
    k = sa.func.unnest(*columns).table_valued(*named, name="k").render_derived()
    e, tr = t.edition, t.track
    x = _edges_of_tracks()
    joined = (
        sa.join(k, e, sa.and_(e.c.process_id == k.c.process_id, e.c.state == "running"))
        .join(tr, sa.and_(tr.c.edition_id == e.c.id, tr.c.definition == k.c.definition, tr.c.stage == k.c.stage))
        .join(x, x.c.edge == k.c.edge)
    )
    since = sa.and_(~x.c.brought, _counts(x, tr.c.stage_since, k.c.as_planned), x.c.at <= now)
    since = sa.and_(since, sa.or_(e.c.ends_at.is_(None), x.c.at <= e.c.ends_at))
    at = sa.func.greatest(x.c.at, tr.c.stage_since)
    held = sa.func.coalesce(sa.func.max(at) <= tr.c.held_at, sa.false())
    first = (sa.literal(TURN).label("act"), sa.literal(2 * list(WAITING).index("close_edition") - 1).label("rank"))
    turn = sa.select(*first, tr.c.id.label("about"), sa.func.min(at).label("at"), held.label("held"))
    return turn.select_from(joined).where(since).group_by(tr.c.id)


# Put together once: that costs more than asking.
@cache
def _edges_of_tracks() -> Any:
    return _edges(t.track.c.id, t.track.c.stage).lateral("x")


@cache
def _edges_of_one() -> Any:
    return _edges(sa.bindparam("track", type_=sa.Uuid), sa.bindparam("stage", type_=sa.Text)).subquery()


def _edges(track: Any, stage: Any) -> sa.CompoundSelect[Any]:
    """The instants of a track, past and to come: edge, at, document_id, and whether the act that opens or closes the
    call is still to come and brings the move along.

    While another call of the track still takes inputs, or another of its texts lies open, no edge closes: the last one
    counts. So the instants alone decide, not when a worker ran. While a text lies before its body no silence moves the
    track, so that it does not end under those who may still object.
    """
    none, moves = sa.cast(sa.null(), sa.Uuid).label("document_id"), sa.false().label("brought")
    k, k2 = t.call.alias(), t.call.alias()
    opens, closes = sa.func.coalesce(k.c.opened_at, k.c.opens_at), taken_until(k)
    # A call that was taken back opens and closes nothing any more; what its opening moved has moved.
    stands, stands2 = k.c.state != "withdrawn", k2.c.state != "withdrawn"
    other = sa.exists().where(k2.c.track_id == k.c.track_id, stands2, k2.c.opens_at < closes, taken_until(k2) > closes)
    d, d2 = t.document.alias(), t.document.alias()
    open_beside = sa.and_(d2.c.comments_open_at < d.c.comments_close_at, d2.c.comments_close_at > d.c.comments_close_at)
    text = sa.exists().where(d2.c.track_id == d.c.track_id, d2.c.state == "circulated", open_beside)
    s, ds, w = t.silence.alias(), t.document.alias(), t.stage_window.alias()
    s2, ds2 = t.silence.alias(), t.document.alias()
    beside = sa.select(s2.c.id).join(ds2, ds2.c.id == s2.c.document_id)
    silent = beside.where(ds2.c.track_id == ds.c.track_id, s2.c.state == "running").exists()
    return sa.union_all(
        sa.select(
            sa.literal("call_opens").label("edge"), opens.label("at"), none, k.c.opened_at.is_(None).label("brought")
        ).where(k.c.track_id == track, sa.or_(stands, k.c.opened_at.isnot(None))),
        sa.select(sa.literal("call_closes"), closes, none, k.c.state == "open").where(
            k.c.track_id == track, stands, sa.not_(other)
        ),
        sa.select(sa.literal("consultation_closes"), d.c.comments_close_at, none, moves).where(
            d.c.track_id == track, d.c.state == "circulated", sa.not_(text)
        ),
        sa.select(sa.literal("silence_closes"), s.c.ends_at, s.c.document_id, moves)
        .join(ds, ds.c.id == s.c.document_id)
        .where(ds.c.track_id == track, s.c.state == "passed", sa.not_(silent)),
        sa.select(sa.literal("stage_closes"), w.c.closes_at, none, moves).where(
            w.c.track_id == track, w.c.stage == stage
        ),
    )


def _until_the_next_turn(track: UUID) -> sa.Select[Any]:
    """How long until the next instant at which the track could move: asked by a job that came early."""
    tr, now, x = t.track, reading(), _edges_of_tracks()
    joined = sa.join(tr, x, sa.true())
    return sa.select(sa.func.min(x.c.at) - now).select_from(joined).where(tr.c.id == track, x.c.at > now)
