"""What a frozen version of a text holds, and the salt of its hash: all that a stranger needs to check it."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .values import const


def content(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """The canonical JSON of a revision, as it was frozen. Whoever asks for it guards it with `sees_frozen`."""
    x = t.snapshot.alias()
    select = sa.select(x.c.content).where(x.c.subject_kind == const("revision"), x.c.subject_id == row.c.id)
    return select.correlate(row).limit(1).scalar_subquery()


def salt(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The salt of a revision in hexadecimal digits."""
    return sa.func.encode(row.c.salt, const("hex"), type_=sa.Text)
