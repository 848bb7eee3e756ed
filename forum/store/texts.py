"""Documents with their parts: the order of paragraphs, what a frozen revision holds, what a text may name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from .tables import schema as t
from .tables.texts import PARAGRAPH_KINDS, RELATIONS
from .unit import UnitOfWork

__all__ = [
    "ENDS", "PARAGRAPH_KINDS", "RELATIONS", "SUBJECTS", "Scope", "answers", "answers_naming", "content", "nameable",
    "newest_revision", "objections", "paragraphs", "parts", "place", "receiver", "recommendations", "reword",
]  # fmt: skip

# What a source may be -> the column that holds it.
ENDS: Mapping[str, str] = {
    "Contribution": "contribution_id",
    "ContributionSection": "section_id",
    "Practice": "practice_id",
    "Panel": "panel_id",
    "Comment": "comment_id",
    "Paragraph": "from_paragraph_id",
}
# What may be told what became of it -> the column that holds it.
SUBJECTS: Mapping[str, str] = {
    "Contribution": "contribution_id",
    "Comment": "comment_id",
    "Recommendation": "recommendation_id",
}
_HANDED_IN = ("submitted", "admitted")


@dataclass(frozen=True)
class Scope:
    """What a text may name: things of `forums` (the body and those that convene it) and of its `edition`, as far as
    whoever writes may see them: `circles` and `teams` are the viewer's."""

    forums: tuple[UUID, ...]
    edition: UUID | None
    circles: tuple[UUID, ...]
    teams: tuple[UUID, ...]


async def parts(unit: UnitOfWork, document: UUID) -> Sequence[Mapping[str, Any]]:
    """A document's parts, in order."""
    return await unit.rows(t.part, "ordinal", document_id=document)


async def paragraphs(unit: UnitOfWork, document: UUID) -> Sequence[Mapping[str, Any]]:
    """All paragraphs in their order, withdrawn ones included; each with the ordinal of its part (`section`)."""
    p = t.paragraph
    joined = p.outerjoin(t.part, t.part.c.id == p.c.part_id)
    q = sa.select(p, t.part.c.ordinal.label("section")).select_from(joined)
    return await unit.all(q.where(p.c.document_id == document).order_by(p.c.ordinal, p.c.id))


async def recommendations(unit: UnitOfWork, document: UUID) -> Sequence[Mapping[str, Any]]:
    """A document's recommendations, in order."""
    return await unit.rows(t.recommendation, "ordinal", document_id=document)


async def newest_revision(unit: UnitOfWork, document: UUID) -> Mapping[str, Any] | None:
    """The revision frozen last; None where none was."""
    r = t.revision
    q = sa.select(r).where(r.c.document_id == document).order_by(r.c.number.desc()).limit(1)
    return await unit.first(q)


async def place(unit: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new places: rows of id, ordinal, e_id, number. One statement for all."""
    if rows:
        p = t.paragraph
        moved = sa.update(p).where(p.c.id == sa.bindparam("of"))
        names = ("ordinal", "e_id", "number")
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
        given = [{"of": r["id"], **{f"new_{name}": r[name] for name in names}} for r in rows]
        await unit.run(moved.values(**values), given)


async def content(unit: UnitOfWork, document: Mapping[str, Any]) -> dict[str, Any]:
    """All that a text says, as plain data in a fixed order. Neither who wrote it nor where it comes from is in it."""
    id_ = document["id"]
    rows = await paragraphs(unit, id_)
    identity = {row["id"]: row["w_id"] for row in rows}
    advice = await recommendations(unit, id_)
    ordinal = {row["id"]: row["ordinal"] for row in advice}
    return {
        "kind": document["kind"],
        "language": document["language"],
        "paragraphs": [
            {
                "e_id": row["e_id"],
                "kind": row["kind"],
                "number": row["number"],
                "parent": identity.get(row["parent_id"]),
                "part": row["section"],
                "recommendation": ordinal.get(row["recommendation_id"]),
                "text": row["markdown"],
                "w_id": row["w_id"],
                "weight": row["weight"],
            }
            for row in rows
            if not row["withdrawn"]
        ],
        "parts": [{"heading": row["heading"], "number": row["number"]} for row in await parts(unit, id_)],
        "recommendations": [{"addressee": row["addressee"], "heading": row["heading"]} for row in advice],
        "symbol": document["symbol"],
        "title": document["title"],
    }


# ---- what a text may name
def _audience(x: sa.FromClause, forum_id: sa.ColumnElement[Any], scope: Scope) -> sa.ColumnElement[bool]:
    return sa.or_(
        x.c.audience == "public",
        sa.and_(x.c.audience == "participants", forum_id.in_(scope.circles)),
        forum_id.in_(scope.teams),
    )


def _input(c: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    """An input handed in here, of an audience that whoever writes belongs to."""
    seen = sa.or_(
        c.c.visibility == "public",
        sa.and_(c.c.visibility == "participants", c.c.forum_id.in_(scope.circles)),
        c.c.forum_id.in_(scope.teams),
    )
    here = sa.or_(c.c.forum_id.in_(scope.forums), c.c.edition_id == scope.edition)
    return sa.and_(c.c.state.in_(_HANDED_IN), here, seen)


def _part_of_input(x: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    c = t.contribution
    return sa.exists().where(c.c.id == x.c.contribution_id, _input(c, scope))


def _text(x: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    """Of a document of this body, or of one that was transmitted here."""
    d, m, c = t.document, t.transmission, t.contribution
    here = sa.or_(d.c.forum_id.in_(scope.forums), d.c.edition_id == scope.edition)
    own = sa.and_(here, _audience(d, d.c.forum_id, scope))
    sent = sa.exists().where(m.c.document_id == d.c.id, m.c.contribution_id == c.c.id, _input(c, scope))
    return sa.exists().where(d.c.id == x.c.document_id, sa.or_(own, sent))


def _remark(k: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    d = t.document
    return sa.and_(_text(k, scope), sa.exists().where(d.c.id == k.c.document_id, _audience(k, d.c.forum_id, scope)))


def _panel(p: sa.FromClause, scope: Scope) -> sa.ColumnElement[bool]:
    m, e = t.meeting, t.edition
    here = sa.or_(e.c.forum_id.in_(scope.forums), e.c.id == scope.edition)
    return sa.exists().where(m.c.id == p.c.meeting_id, e.c.id == m.c.edition_id, here)


_NAMED = {
    "Contribution": (t.contribution, _input),
    "ContributionSection": (t.contribution_section, _part_of_input),
    "Practice": (t.practice, _part_of_input),
    "Panel": (t.panel, _panel),
    "Comment": (t.comment, _remark),
    "Paragraph": (t.paragraph, _text),
    "Recommendation": (t.recommendation, _text),
}


async def nameable(unit: UnitOfWork, kind: str, ids: Sequence[UUID], scope: Scope) -> frozenset[UUID]:
    """Those of the ids that a text in this scope may name: the others do not exist, or are not to be seen."""
    table, may = _NAMED[kind]
    found = await unit.run(sa.select(table.c.id).where(table.c.id.in_(ids), may(table, scope)))
    return frozenset(found.scalars().all())


# ---- answers
async def answers(unit: UnitOfWork, document: UUID) -> dict[UUID, Mapping[str, Any]]:
    """What a document has answered so far, by what was answered."""
    d = t.disposition
    rows = await unit.all(sa.select(d).where(d.c.document_id == document))
    return {next(row[c] for c in SUBJECTS.values() if row[c] is not None): row for row in rows}


async def answers_naming(unit: UnitOfWork, ids: Sequence[UUID]) -> Sequence[Mapping[str, Any]]:
    """Answers whose sentence names one of these paragraphs."""
    d = t.disposition
    return await unit.all(sa.select(d).where(d.c.paragraph_id.in_(ids)))


async def reword(unit: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new sentences of answers: rows of id and words."""
    if rows:
        d = t.disposition
        changed = sa.update(d).where(d.c.id == sa.bindparam("of")).values(words=sa.bindparam("new_words"))
        await unit.run(changed, [{"of": r["id"], "new_words": r["words"]} for r in rows])


async def objections(unit: UnitOfWork, silence: UUID) -> int:
    """The objections of a silence."""
    o = t.objection
    return await unit.scalar(sa.select(sa.func.count()).select_from(o).where(o.c.silence_id == silence))


async def receiver(unit: UnitOfWork, track: UUID) -> Mapping[str, Any] | None:
    """A track that may receive a text: with its edition's forum and state, and its process's hash and text."""
    tr, e, p = t.track, t.edition, t.process_definition
    joined = tr.join(e, e.c.id == tr.c.edition_id).outerjoin(p, p.c.id == e.c.process_id)
    return await unit.first(
        sa.select(tr, e.c.forum_id, e.c.state, p.c.hash, p.c.text).select_from(joined).where(tr.c.id == track)
    )
