"""Who reads what was put right: a predicate like those of `visibility.py`, of which this is a part."""

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me
from .visibility import sees_contribution, sees_part_of_document, wrote


def sees_correction(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Names and meetings are public record; of a text its readers, also the public of a public one, and those who read
    it where it was sent; that an entered input was taken back is for the team that entered it and the side whose it
    is."""
    c, m, arrived = t.contribution.alias(), t.transmission.alias(), t.contribution.alias()
    public = sa.func.num_nonnulls(x.c.forum_id, x.c.organisation_id, x.c.meeting_id) == 1
    ours = sa.or_(c.c.forum_id == sa.any_(me.teams), wrote(c, me))
    entered = sa.exists().where(c.c.id == x.c.contribution_id, ours)
    sent = sa.exists().where(
        m.c.document_id == x.c.document_id, arrived.c.id == m.c.contribution_id, sees_contribution(arrived, me)
    )
    return sa.or_(public, sees_part_of_document(x, me), sent, entered)


def of_call(row: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Those of the inputs that were entered for a call and taken back."""
    c = t.contribution.alias()
    return sa.exists().where(c.c.id == other.c.contribution_id, c.c.call_id == row.c.id)


def of_contribution(row: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """The corrections that an input has: its own, and those of the text as which it was sent from elsewhere."""
    m = t.transmission.alias()
    text = sa.select(m.c.document_id).where(m.c.contribution_id == row.c.id).scalar_subquery()
    return sa.or_(other.c.contribution_id == row.c.id, other.c.document_id == text)
