"""Which text a forum works by, which template is newer, and which of several copies a hash stands for."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import schema as t


def current_process(other: sa.FromClause, arguments: Any, row: sa.FromClause) -> sa.ColumnElement[bool]:
    """The text by which a forum works: of its own the one it took up last."""
    p = t.process_definition.alias()
    newest = sa.select(p.c.id).where(p.c.forum_id == row.c.id, p.c.adopted_at.isnot(None))
    newest = newest.order_by(p.c.adopted_at.desc(), p.c.id.desc()).limit(1).correlate(row)
    return other.c.id == newest.scalar_subquery()


def newer_template(other: sa.FromClause, arguments: Any, row: sa.FromClause) -> sa.ColumnElement[bool]:
    """The newest template of the same name that came after a forum's own text."""
    p = t.process_definition.alias()
    later = sa.and_(p.c.forum_id.is_(None), p.c.name == row.c.name, p.c.published_at > row.c.published_at)
    newest = sa.select(p.c.id).where(later, row.c.forum_id.isnot(None), p.c.hash != row.c.hash)
    newest = newest.order_by(p.c.published_at.desc(), p.c.id.desc()).limit(1).correlate(row)
    return other.c.id == newest.scalar_subquery()


def hash_of_edition(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The hash of the text that the edition of a track or an anchor is pinned to; null where there is none."""
    return _hash(sa.select(t.edition.c.process_id).where(t.edition.c.id == row.c.edition_id), row)


def hash_of_document(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The same of the edition of an answer's document."""
    d = t.document.alias()
    pinned = sa.select(t.edition.c.process_id).join_from(d, t.edition, t.edition.c.id == d.c.edition_id)
    return _hash(pinned.where(d.c.id == row.c.document_id), row)


def _hash(pinned: sa.Select[Any], row: sa.FromClause) -> sa.ColumnElement[str]:
    p = t.process_definition.alias()
    id_ = pinned.correlate(row).scalar_subquery()
    return sa.select(p.c.hash).where(p.c.id == id_).correlate(row).scalar_subquery()


def process_of_hash(other: sa.FromClause, arguments: Any) -> sa.ColumnElement[bool]:
    """The text of a hash: of several copies the template, else the one that stood first."""
    p = t.process_definition.alias()
    first = sa.select(p.c.id).where(p.c.hash == arguments["hash"])
    first = first.order_by(p.c.forum_id.isnot(None), p.c.published_at, p.c.id).limit(1)
    return other.c.id == first.scalar_subquery()
