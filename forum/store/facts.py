"""Facts that gates and windows ask for: each a count and the first 50 ids, in one statement. Gates never see rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.call import Call, CallState
from ..domain.document import CLOSED
from ..domain.silence import Silence
from . import inputs
from .carried import Statement, Values, once
from .clock import reading
from .nouns import noun_of
from .steps import Need, need
from .tables import schema as t
from .unit import UnitOfWork

FIRST = 50


@dataclass(frozen=True)
class SourceKind:
    """A kind of text that must be out before another. `makers`: the tracks of the definition that make it, `ends` their
    final stages, each with its track. `own`: the track of the other text makes it itself."""

    kind: str
    makers: tuple[str, ...]
    ends: tuple[tuple[str, str], ...]
    own: bool


@dataclass(frozen=True)
class Scope:
    """What a fact is asked of: one text of a track, or (`document` None) all its inputs and texts. `sources`: what the
    text is made from. `twice`: the kinds of text that end twice, each with the way in which it ends first."""

    track: UUID
    document: UUID | None = None
    sources: tuple[SourceKind, ...] = ()
    twice: tuple[tuple[str, str], ...] = ()


Count = tuple[int, tuple[str, ...]]  # how many there are, and the first of them as Type:id


async def _counted(unit: UnitOfWork, type_: str, count: Statement, values: Values | None = None) -> Count:
    row: Any = (await unit.run(count, values)).only()
    return row[0], tuple(f"{type_}:{i}" for i in row[1] or ())


def _count(ids: sa.Select[Any] | sa.CompoundSelect[Any]) -> sa.Select[Any]:
    open_ = ids.cte("open_things")
    column = open_.c[0]
    first = sa.select(column).order_by(column).limit(FIRST).subquery()
    return sa.select(
        sa.select(sa.func.count()).select_from(open_).scalar_subquery(),
        sa.select(sa.func.array_agg(first.c[0])).scalar_subquery(),
    )


def _asked(scope: Scope) -> Values:
    """The parameters of what is asked of a text, or of a track."""
    return {"track": scope.track, "document": scope.document}


def _texts(of_one: bool, document_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether what points to a document points to the one at hand, or to one of the track's."""
    if of_one:
        return document_id == sa.bindparam("document")
    return document_id.in_(sa.select(t.document.c.id).where(t.document.c.track_id == sa.bindparam("track")))


@need
async def inputs_without_answer(unit: UnitOfWork, scope: Scope) -> Count:
    """Inputs handed in to the track which neither the document nor, where none is asked, any has answered.

    What was returned was handed in, also while its author mends it: it drops out by no act but its author's own.
    """
    return await _counted(unit, "Contribution", _unanswered_inputs(scope.document is not None), _asked(scope))


@once
def _unanswered_inputs(of_one: bool) -> sa.Select[Any]:
    c, d = t.contribution, t.disposition
    by = d.c.document_id == sa.bindparam("document") if of_one else sa.true()
    answered = sa.exists().where(d.c.contribution_id == c.c.id, by)
    mine = sa.and_(c.c.track_id == sa.bindparam("track"), inputs.handed_in(c))
    return _count(sa.select(c.c.id).where(mine, ~answered))


@need
async def comments_without_answer(unit: UnitOfWork, scope: Scope) -> Count:
    """Comments on the document, or on any text of the track, that have no disposition."""
    return await _counted(unit, "Comment", _unanswered_comments(scope.document is not None), _asked(scope))


@once
def _unanswered_comments(of_one: bool) -> sa.Select[Any]:
    k, d = t.comment, t.disposition
    answered = sa.exists().where(d.c.comment_id == k.c.id)
    return _count(sa.select(k.c.id).where(_texts(of_one, k.c.document_id), ~answered))


@need
async def paragraphs_without_source(unit: UnitOfWork, scope: Scope) -> Count:
    """Numbered paragraphs and conclusions that name no source; preambles and closings say what needs none.

    A conclusion is sourced by itself or through one of its bullets.
    """
    return await _counted(unit, "Paragraph", _unsourced(scope.document is not None), _asked(scope))


@once
def _unsourced(of_one: bool) -> sa.Select[Any]:
    p, s, b = t.paragraph, t.source, t.paragraph.alias()
    of_own = sa.exists().where(s.c.paragraph_id == p.c.id)
    of_bullet = sa.exists().where(b.c.parent_id == p.c.id, s.c.paragraph_id == b.c.id)
    kinds = p.c.kind.in_(("paragraph", "conclusion", "quote", "box"))
    mine = sa.and_(_texts(of_one, p.c.document_id), kinds, ~p.c.withdrawn, p.c.recommendation_id.is_(None))
    return _count(sa.select(p.c.id).where(mine, ~of_own, ~of_bullet))


@need
async def paragraphs_contested(unit: UnitOfWork, scope: Scope) -> Count:
    """Objections of the newest silence on the document, or on each text of the track."""
    return await _counted(unit, "Objection", _objections(scope.document is not None), _asked(scope))


@once
def _objections(of_one: bool) -> sa.Select[Any]:
    o, s, later = t.objection, t.silence, t.silence.alias()
    newer = sa.exists().where(later.c.document_id == s.c.document_id, later.c.starts_at > s.c.starts_at)
    newest = sa.select(s.c.id).where(_texts(of_one, s.c.document_id), ~newer)
    return _count(sa.select(o.c.id).where(o.c.silence_id.in_(newest)))


@need
async def calls_open(unit: UnitOfWork, scope: Scope) -> Count:
    """Calls of the track that take inputs, or are to take them: their deadline, with its grace, is ahead."""
    return await _counted(unit, "Call", _open_calls(), _asked(scope))


@once
def _open_calls() -> sa.Select[Any]:
    k = t.call
    open_ = sa.and_(k.c.state == CallState.OPEN, sa.func.coalesce(k.c.late_until, k.c.closes_at) > reading())
    return _count(sa.select(k.c.id).where(k.c.track_id == sa.bindparam("track"), open_))


@need
async def sources_not_out(unit: UnitOfWork, scope: Scope) -> Count:
    """Tracks that are to bring out a text that the one at hand is made from, and have brought out none of that kind.

    Where its own track makes it, that track; else each track of the edition that makes it and is at no end. What has
    ended without one brings none any more, and is not waited for.
    """
    tr, d = t.track, t.document
    edition = sa.select(tr.c.edition_id).where(tr.c.id == scope.track).scalar_subquery()
    lacking = []
    for source in scope.sources:
        out = sa.exists().where(d.c.track_id == tr.c.id, d.c.kind == source.kind, d.c.state.in_(CLOSED))
        ended = sa.tuple_(tr.c.definition, tr.c.stage).in_(source.ends)
        others = sa.and_(tr.c.edition_id == edition, tr.c.definition.in_(source.makers), ~ended)
        lacking.append(sa.select(tr.c.id).where(tr.c.id == scope.track if source.own else others, ~out))
    return await _counted(unit, "Track", _count(sa.union_all(*lacking))) if lacking else (0, ())


@need
async def texts_between_closings(unit: UnitOfWork, scope: Scope) -> Count:
    """Texts of the track that have ended for the first time and not for the second."""
    d = t.document
    waits = sa.tuple_(d.c.kind, d.c.closing).in_(scope.twice)
    return await _counted(unit, "Document", _count(sa.select(d.c.id).where(d.c.track_id == scope.track, waits)))


FACTS: Mapping[str, Callable[[Scope], Need[Count]]] = {
    "inputs_without_answer": inputs_without_answer,
    "comments_without_answer": comments_without_answer,
    "paragraphs_without_source": paragraphs_without_source,
    "paragraphs_contested": paragraphs_contested,
    "calls_open": calls_open,
    "sources_not_out": sources_not_out,
    "texts_between_closings": texts_between_closings,
}


@need
async def handed_in_to(unit: UnitOfWork, call: UUID) -> Count:
    """Inputs that were handed in to a call and not withdrawn, also those that were returned and are being mended."""
    return await _counted(unit, "Contribution", _inputs_of_call(), {"call": call})


@once
def _inputs_of_call() -> sa.Select[Any]:
    c = t.contribution
    return _count(sa.select(c.c.id).where(c.c.call_id == sa.bindparam("call"), inputs.handed_in(c)))


@need
async def built_on(unit: UnitOfWork, contribution: UUID) -> Count:
    """What texts have made of an input: the answers to it, and the passages that cite it or a part of it."""
    of = {"contribution": contribution}
    answers = await _counted(unit, "Disposition", _answers_to(), of)
    passages = await _counted(unit, "Source", _citing(), of)
    return answers[0] + passages[0], (*answers[1], *passages[1])[:FIRST]


@once
def _answers_to() -> sa.Select[Any]:
    d = t.disposition
    return _count(sa.select(d.c.id).where(d.c.contribution_id == sa.bindparam("contribution")))


@once
def _citing() -> sa.Select[Any]:
    s, parts = t.source, (t.contribution_section, t.practice)
    it: sa.BindParameter[Any] = sa.bindparam("contribution")
    own = [sa.select(part.c.id).where(part.c.contribution_id == it) for part in parts]
    cites = sa.or_(s.c.contribution_id == it, s.c.section_id.in_(own[0]), s.c.practice_id.in_(own[1]))
    return _count(sa.select(s.c.id).where(cites))


@need
async def latest_call(unit: UnitOfWork, track: UUID) -> Call | None:
    """The call that a track's window speaks of: the one that closes last, of those that were not taken back."""
    row = await unit.first(_closing_last(), {"track": track})
    return None if row is None else noun_of(Call, row)


@once
def _closing_last() -> sa.Select[Any]:
    k = t.call
    standing = sa.and_(k.c.track_id == sa.bindparam("track"), k.c.state != CallState.WITHDRAWN)
    return sa.select(k).where(standing).order_by(k.c.closes_at.desc(), k.c.id).limit(1)


@need
async def latest_silence(unit: UnitOfWork, document: UUID) -> Silence | None:
    """The silence a document's window speaks of: the one that began last."""
    row = await unit.first(_begun_last(), {"document": document})
    return None if row is None else noun_of(Silence, row)


@once
def _begun_last() -> sa.Select[Any]:
    s = t.silence
    newest = sa.select(s).where(s.c.document_id == sa.bindparam("document"))
    return newest.order_by(s.c.starts_at.desc(), s.c.id).limit(1)
