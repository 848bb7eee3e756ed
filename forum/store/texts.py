"""Documents with their parts: the order of paragraphs, what a frozen revision holds, what a text may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.disposition import Disposition
from ..domain.document import Document, Part, Recommendation, Revision
from ..domain.document_text import DocumentText
from ..domain.edition import EditionState
from ..domain.paragraph import Paragraph, PlacedParagraph
from ..domain.track import Track
from . import inputs
from .clock import reading
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

# What may be told what became of it -> the column that holds it.
SUBJECTS: Mapping[str, str] = {
    "Contribution": "contribution_id",
    "Comment": "comment_id",
    "Recommendation": "recommendation_id",
}
_HANDED_IN = ("submitted", "admitted", "returned")


@dataclass(frozen=True)
class Scope:
    """What a text may name: things of `forums` (the body and those that convene it) and of its `edition`, as far as
    whoever writes may see them: `circles` and `teams` are the viewer's."""

    forums: tuple[UUID, ...]
    edition: UUID | None
    circles: tuple[UUID, ...]
    teams: tuple[UUID, ...]


@dataclass(frozen=True)
class Receiver:
    """A track that may receive a text, with its edition's forum and state and the process the edition runs under."""

    track: Track
    forum_id: UUID
    state: EditionState
    process_hash: str | None
    process_text: str | None


async def _paragraphs(unit: UnitOfWork, document: UUID) -> tuple[PlacedParagraph, ...]:
    p = t.paragraph
    joined = p.outerjoin(t.part, t.part.c.id == p.c.part_id)
    q = sa.select(p, t.part.c.ordinal.label("part_ordinal")).select_from(joined)
    rows = await unit.all(q.where(p.c.document_id == document).order_by(p.c.ordinal, p.c.id))
    return tuple(PlacedParagraph(noun_of(Paragraph, row), row["part_ordinal"]) for row in rows)


@need
async def paragraphs(unit: UnitOfWork, document: UUID) -> tuple[PlacedParagraph, ...]:
    """All paragraphs in their order, withdrawn ones included; each with the ordinal of its part."""
    return await _paragraphs(unit, document)


@need
async def newest_revision(unit: UnitOfWork, document: UUID) -> Revision | None:
    """The revision frozen last; None where none was."""
    r = t.revision
    q = sa.select(r).where(r.c.document_id == document).order_by(r.c.number.desc()).limit(1)
    row = await unit.first(q)
    return None if row is None else noun_of(Revision, row)


@need
async def whole(unit: UnitOfWork, document: Document) -> DocumentText:
    """All that a text says, in order."""
    placed = await _paragraphs(unit, document.id)
    advice = await unit.rows(t.recommendation, "ordinal", document_id=document.id)
    parts = await unit.rows(t.part, "ordinal", document_id=document.id)
    return DocumentText(
        document,
        placed,
        tuple(noun_of(Part, row) for row in parts),
        tuple(noun_of(Recommendation, row) for row in advice),
    )


@write
async def begin(unit: UnitOfWork, document: Document) -> bool:
    """Add a document; False where its symbol stands on another. Of two that take the same one at once, one is
    refused."""
    await _alone_with(unit, document.symbol)
    return await unit.add_once(t.document, columns_of(document))


async def _alone_with(unit: UnitOfWork, symbol: str) -> None:
    """Whoever gives the same symbol to a text waits until this transaction has ended, and then sees it."""
    await unit.run(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(symbol, 0))))


@write
async def rename(unit: UnitOfWork, before: Document, after: Document) -> bool:
    """Write another title and symbol; False where the symbol stands on another. Of two that take the same one at once,
    one is refused."""
    await _alone_with(unit, after.symbol)
    d = t.document
    if await unit.scalar(sa.select(sa.exists().where(d.c.symbol == after.symbol, d.c.id != before.id))):
        return False
    await unit.change(d, before.id, title=after.title, symbol=after.symbol)
    return True


@write
async def take_back(unit: UnitOfWork, document: UUID) -> bool:
    """Take a text away with its parts; False, and nothing done, where anything was written in it or answered by it."""
    d = t.document
    hangs = (t.paragraph, t.recommendation, t.disposition)
    if await unit.scalar(sa.select(sa.or_(*(sa.exists().where(x.c.document_id == document) for x in hangs)))):
        return False
    await unit.run(sa.delete(t.part).where(t.part.c.document_id == document))
    await unit.run(sa.delete(d).where(d.c.id == document))
    return True


_PLACE = ("ordinal", "e_id", "number")


@write
async def place(unit: UnitOfWork, moved: Sequence[Paragraph]) -> None:
    """Write the new places of paragraphs: ordinal, e_id, number. One statement for all."""
    if moved:
        await unit.change_each(t.paragraph, [(p.id, {name: getattr(p, name) for name in _PLACE}) for p in moved])


# ---- what a text may name
def _audience(x: sa.FromClause, forum_id: sa.ColumnElement[Any], scope: Scope) -> sa.ColumnElement[bool]:
    return sa.or_(
        x.c.audience == "public",
        sa.and_(x.c.audience == "participants", forum_id.in_(scope.circles)),
        forum_id.in_(scope.teams),
    )


def _input(c: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    """An input handed in here, of an audience that whoever writes belongs to."""
    visible = sa.or_(
        c.c.visibility == "public",
        sa.and_(c.c.visibility == "participants", c.c.forum_id.in_(scope.circles)),
        c.c.forum_id.in_(scope.teams),
    )
    of_this_body = sa.or_(c.c.forum_id.in_(scope.forums), c.c.edition_id == scope.edition)
    return sa.and_(c.c.state.in_(_HANDED_IN), of_this_body, visible)


def _part_of_input(x: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    c = t.contribution
    return sa.exists().where(c.c.id == x.c.contribution_id, _input(c, scope))


def _text(x: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    """Of a document of this body, or of one that was transmitted here."""
    d, m, c = t.document, t.transmission, t.contribution
    of_this_body = sa.or_(d.c.forum_id.in_(scope.forums), d.c.edition_id == scope.edition)
    own = sa.and_(of_this_body, _audience(d, d.c.forum_id, scope))
    sent = sa.exists().where(m.c.document_id == d.c.id, m.c.contribution_id == c.c.id, _input(c, scope))
    return sa.exists().where(d.c.id == x.c.document_id, sa.or_(own, sent))


def _remark(k: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    d = t.document
    return sa.and_(_text(k, scope), sa.exists().where(d.c.id == k.c.document_id, _audience(k, d.c.forum_id, scope)))


def _panel(p: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    m, e = t.meeting, t.edition
    of_this_body = sa.or_(e.c.forum_id.in_(scope.forums), e.c.id == scope.edition)
    return sa.exists().where(m.c.id == p.c.meeting_id, e.c.id == m.c.edition_id, of_this_body)


_NAMED = {
    "Contribution": (t.contribution, _input),
    "ContributionSection": (t.contribution_section, _part_of_input),
    "Practice": (t.practice, _part_of_input),
    "Panel": (t.panel, _panel),
    "Comment": (t.comment, _remark),
    "Paragraph": (t.paragraph, _text),
    "Recommendation": (t.recommendation, _text),
}
# What may be taken back or away while a text names it or a part of it -> its table, and where its id stands.
_HELD = {
    "Contribution": (t.contribution, t.contribution.c.id),
    "ContributionSection": (t.contribution, t.contribution_section.c.contribution_id),
    "Practice": (t.contribution, t.practice.c.contribution_id),
    "Panel": (t.panel, t.panel.c.id),
}


@need
async def nameable(unit: UnitOfWork, kind: str, ids: Sequence[UUID], scope: Scope) -> frozenset[UUID]:
    """Those of the ids that a text in this scope may name: the others do not exist, or are not to be seen. Inputs and
    items of an agenda are held until the end: who takes one away at the same time waits, or is waited for."""
    table, may = _NAMED[kind]
    if kind in _HELD:
        whole, of = _HELD[kind]
        these = whole.c.id.in_(sa.select(of).where(table.c.id.in_(ids)))
        held = sa.select(whole.c.id).where(these).order_by(whole.c.id).with_for_update(read=True, key_share=True)
        await unit.run(held)
    rows = await unit.run(sa.select(table.c.id).where(table.c.id.in_(ids), may(table, scope)))
    return frozenset(rows.scalars())


@need
async def not_mended(unit: UnitOfWork, ids: Sequence[UUID], scope: Scope) -> frozenset[UUID]:
    """Those of these inputs that were returned to their authors and not handed in again in time, though they were begun
    anew: their team may answer what it had read, and reads nothing of the draft."""
    c = t.contribution
    over = sa.and_(inputs.being_mended(c), c.c.mend_until <= reading(), c.c.forum_id.in_(scope.teams))
    of_this_body = sa.or_(c.c.forum_id.in_(scope.forums), c.c.edition_id == scope.edition)
    rows = await unit.run(sa.select(c.c.id).where(c.c.id.in_(ids), over, of_this_body))
    return frozenset(rows.scalars())


@need
async def has_speaker(unit: UnitOfWork, panel: UUID, speaker: UUID) -> bool:
    """Whether somebody spoke on a panel. Held until the end, as the panel is."""
    who = t.speaker
    there = sa.select(who.c.id).where(who.c.id == speaker, who.c.panel_id == panel)
    return await unit.first(there.with_for_update(read=True, key_share=True)) is not None


# ---- answers
@need
async def answers(unit: UnitOfWork, document: UUID) -> dict[UUID, Disposition]:
    """What a document has answered so far, by what was answered."""
    d = t.disposition
    rows = await unit.all(sa.select(d).where(d.c.document_id == document))
    return {next(row[c] for c in SUBJECTS.values() if row[c] is not None): noun_of(Disposition, row) for row in rows}


@need
async def answers_naming(unit: UnitOfWork, paragraphs: Sequence[UUID]) -> tuple[Disposition, ...]:
    """Answers whose sentence names one of these paragraphs."""
    d = t.disposition
    return tuple(
        noun_of(Disposition, row) for row in await unit.all(sa.select(d).where(d.c.paragraph_id.in_(paragraphs)))
    )


@write
async def reword(unit: UnitOfWork, reworded: Sequence[Disposition]) -> None:
    """Write the new sentences of answers. One statement for all."""
    if reworded:
        await unit.change_each(t.disposition, [(answer.id, {"words": answer.words}) for answer in reworded])


@need
async def objections(unit: UnitOfWork, silence: UUID) -> int:
    """How many objections a silence has."""
    o = t.objection
    count: int = await unit.scalar(sa.select(sa.func.count()).select_from(o).where(o.c.silence_id == silence))
    return count


@need
async def receiver(unit: UnitOfWork, track: UUID) -> Receiver | None:
    """A track that may receive a text, with what its edition says."""
    tr, e, p = t.track, t.edition, t.process_definition
    joined = tr.join(e, e.c.id == tr.c.edition_id).outerjoin(p, p.c.id == e.c.process_id)
    row = await unit.first(
        sa.select(tr, e.c.forum_id, e.c.state, p.c.hash, p.c.text).select_from(joined).where(tr.c.id == track)
    )
    if row is None:
        return None
    return Receiver(noun_of(Track, row), row["forum_id"], EditionState(row["state"]), row["hash"], row["text"])
