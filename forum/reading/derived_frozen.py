"""What a frozen version of a text holds, and the salt of its hash: all that a stranger needs to check it."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me
from .values import const
from .visibility import wrote

MOST_VERSIONS = 20  # of an input: the newest, more than anybody has handed in


def content(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """The canonical JSON of a revision, as it was frozen. Whoever asks for it guards it with `sees_frozen`."""
    x = t.snapshot.alias()
    select = sa.select(x.c.content).where(x.c.subject_kind == const("revision"), x.c.subject_id == row.c.id)
    return select.correlate(row).limit(1).scalar_subquery()


def salt(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The salt of a revision in hexadecimal digits."""
    return sa.func.encode(row.c.salt, const("hex"), type_=sa.Text)


def versions(row: sa.FromClause, me: Me) -> sa.ColumnElement[str]:
    """The versions of an input by number, as JSON; null where none is kept. To its own side all; to others those since
    it was last taken back, and of these the ones that were attributed. Whoever asks guards it with `sees_versions`."""
    x, last = t.snapshot.alias(), t.snapshot.alias()
    stands = sa.exists().where(
        last.c.subject_id == row.c.id, last.c.hash == row.c.receipt_hash, last.c.first_number == x.c.first_number
    )
    named = sa.cast(x.c.content, sa.JSON)["attribution"].as_string() != const("none")
    mine = sa.and_(x.c.subject_kind == const("contribution"), x.c.subject_id == row.c.id, x.c.number.isnot(None))
    newest = sa.select(x.c.number, x.c.content).where(mine, sa.or_(wrote(row, me), sa.and_(stands, named)))
    kept = newest.order_by(x.c.number.desc()).limit(MOST_VERSIONS).correlate(row).subquery()
    pair = sa.func.json_build_object(const("number"), kept.c.number, const("content"), kept.c.content)
    return sa.select(sa.cast(sa.func.json_agg(pair), sa.Text)).scalar_subquery()
