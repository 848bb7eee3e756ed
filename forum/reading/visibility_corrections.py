"""Who reads what was put right: a predicate like those of `visibility.py`, of which this is a part."""

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me
from .visibility import sees_part_of_document, wrote


def sees_correction(x: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Names and meetings are public record; of a text its readers, also the public of a public one; that an entered
    input was taken back is for the team that entered it and the side whose it is."""
    c = t.contribution.alias()
    public = sa.func.num_nonnulls(x.c.forum_id, x.c.organisation_id, x.c.meeting_id) == 1
    ours = sa.or_(c.c.forum_id == sa.any_(me.teams), wrote(c, me))
    entered = sa.exists().where(c.c.id == x.c.contribution_id, ours)
    return sa.or_(public, sees_part_of_document(x, me), entered)
