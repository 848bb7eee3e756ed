"""What an edition plans, as the statement gives it to Python: its anchors, and its tracks with planned windows."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .values import instant


def anchors(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """The anchors of an edition, as {name: instant}; null where it has none."""
    a = t.anchor.alias()
    select = sa.select(sa.func.json_object_agg(a.c.name, instant(a.c.at))).where(a.c.edition_id == row.c.id)
    return select.correlate(row).scalar_subquery()


def tracks(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """The tracks of an edition, each as [name, title, definition, {stage: [opens, closes]}]; null where it has none."""
    tr, w = t.track.alias(), t.stage_window.alias()
    dates = sa.func.json_build_array(instant(w.c.opens_at), instant(w.c.closes_at))
    windows = (
        sa.select(sa.func.json_object_agg(w.c.stage, dates))
        .where(w.c.track_id == tr.c.id)
        .correlate(tr)
        .scalar_subquery()
    )
    track = sa.func.json_build_array(tr.c.name, tr.c.title, tr.c.definition, windows)
    select = sa.select(sa.func.json_agg(track)).where(tr.c.edition_id == row.c.id)
    return select.correlate(row).scalar_subquery()


def definition(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """The text of the process an edition is pinned to; null where it is pinned to none."""
    p = t.process_definition.alias()
    return sa.select(p.c.text).where(p.c.id == row.c.process_id).correlate(row).scalar_subquery()
