"""When a date was set last, as the record says."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .derived import INSTANT
from .values import const


def anchor_moved_at(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """When an anchor was moved last, by the history of its edition; null where it never was."""
    h = t.history.alias()
    moved = sa.and_(h.c.edition_id == row.c.edition_id, h.c.act == const("move_anchor"))
    which = sa.cast(h.c.detail, sa.JSON)["anchor"].as_string() == row.c.name
    return sa.select(sa.func.max(h.c.at, type_=INSTANT)).where(moved, which).correlate(row).scalar_subquery()


def meeting_revised_at(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """When a meeting was revised last; null where it never was."""
    x = t.correction.alias()
    mine = sa.select(sa.func.max(x.c.made_at, type_=INSTANT)).where(x.c.meeting_id == row.c.id)
    return mine.correlate(row).scalar_subquery()
