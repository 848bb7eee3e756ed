"""Facts that gates and windows ask for: each a count and the first 50 ids, in one statement. Gates never see rows."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from .tables import schema as t
from .unit import UnitOfWork

FIRST = 50
About = Mapping[str, Any]  # a document's row, or what `of_track` and `of_document` give
Fact = Callable[[UnitOfWork, About], Awaitable[tuple[int, tuple[str, ...]]]]


async def _counted(unit: UnitOfWork, type_: str, ids: sa.Select[Any]) -> tuple[int, tuple[str, ...]]:
    open_ = ids.cte("open_things")
    column = open_.c[0]
    first = sa.select(column).order_by(column).limit(FIRST).subquery()
    row: Any = (
        await unit.run(
            sa.select(
                sa.select(sa.func.count()).select_from(open_).scalar_subquery(),
                sa.select(sa.func.array_agg(first.c[0])).scalar_subquery(),
            )
        )
    ).one()
    return row[0], tuple(f"{type_}:{i}" for i in row[1] or ())


def of_track(track: UUID) -> About:
    """What a fact is asked of where it is a whole track: all its inputs and texts."""
    return {"id": None, "track_id": track}


def of_document(document: UUID, track: UUID) -> About:
    """What a fact is asked of where it is one text. The row of the document does as well."""
    return {"id": document, "track_id": track}


def _texts(about: About, document_id: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """Whether what points to a document points to the one at hand, or to one of the track's."""
    if about["id"] is not None:
        return document_id == about["id"]
    return document_id.in_(sa.select(t.document.c.id).where(t.document.c.track_id == about["track_id"]))


async def inputs_without_answer(unit: UnitOfWork, about: About) -> tuple[int, tuple[str, ...]]:
    """Inputs handed in to the track which the document, or no document at all, has answered."""
    c, d = t.contribution, t.disposition
    by = d.c.document_id == about["id"] if about["id"] is not None else sa.true()
    answered = sa.exists().where(d.c.contribution_id == c.c.id, by)
    mine = sa.and_(c.c.track_id == about["track_id"], c.c.state.in_(("submitted", "admitted")))
    return await _counted(unit, "Contribution", sa.select(c.c.id).where(mine, ~answered))


async def comments_without_answer(unit: UnitOfWork, about: About) -> tuple[int, tuple[str, ...]]:
    """Comments on the document, or on any text of the track, that have no disposition."""
    k, d = t.comment, t.disposition
    answered = sa.exists().where(d.c.comment_id == k.c.id)
    return await _counted(unit, "Comment", sa.select(k.c.id).where(_texts(about, k.c.document_id), ~answered))


async def paragraphs_without_source(unit: UnitOfWork, about: About) -> tuple[int, tuple[str, ...]]:
    """Numbered paragraphs and conclusions that name no source; preambles and closings say what needs none.

    A conclusion is sourced by itself or through one of its bullets.
    """
    p, s, b = t.paragraph, t.source, t.paragraph.alias()
    of_own = sa.exists().where(s.c.paragraph_id == p.c.id)
    of_bullet = sa.exists().where(b.c.parent_id == p.c.id, s.c.paragraph_id == b.c.id)
    kinds = p.c.kind.in_(("paragraph", "conclusion", "quote", "box"))
    mine = sa.and_(_texts(about, p.c.document_id), kinds, ~p.c.withdrawn, p.c.recommendation_id.is_(None))
    return await _counted(unit, "Paragraph", sa.select(p.c.id).where(mine, ~of_own, ~of_bullet))


async def paragraphs_contested(unit: UnitOfWork, about: About) -> tuple[int, tuple[str, ...]]:
    """Objections of the newest silence on the document, or on each text of the track."""
    o, s, later = t.objection, t.silence, t.silence.alias()
    newer = sa.exists().where(later.c.document_id == s.c.document_id, later.c.starts_at > s.c.starts_at)
    newest = sa.select(s.c.id).where(_texts(about, s.c.document_id), ~newer)
    return await _counted(unit, "Objection", sa.select(o.c.id).where(o.c.silence_id.in_(newest)))


FACTS: Mapping[str, Fact] = {
    "inputs_without_answer": inputs_without_answer,
    "comments_without_answer": comments_without_answer,
    "paragraphs_without_source": paragraphs_without_source,
    "paragraphs_contested": paragraphs_contested,
}


async def latest_call(unit: UnitOfWork, track: UUID) -> Mapping[str, Any] | None:
    """The call that a track's window speaks of: the one that closes last."""
    q = sa.select(t.call).where(t.call.c.track_id == track).order_by(t.call.c.closes_at.desc(), t.call.c.id).limit(1)
    return await unit.first(q)


async def latest_silence(unit: UnitOfWork, document: UUID) -> Mapping[str, Any] | None:
    """The silence a document's window speaks of: the one that began last."""
    s = t.silence
    q = sa.select(s).where(s.c.document_id == document).order_by(s.c.starts_at.desc(), s.c.id).limit(1)
    return await unit.first(q)
