"""Who reads what a frozen version says: a predicate like those of `visibility.py`, of which this is a part."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me, const
from .visibility import wrote


def sees_frozen(r: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of a version's words. The last one of a text that is closed is the text: whoever reads that reads it. Those
    before were drafts: for the forum's participants and team, and the body before which that very version lay; what was
    taken out of a text was, to the public, never in it."""
    d, s = t.document.alias(), t.silence.alias()
    mine: Any = sa.or_(d.c.forum_id == sa.any_(me.forums), d.c.forum_id == sa.any_(me.teams))
    is_text = sa.and_(d.c.closed_at.isnot(None), d.c.revision == r.c.number)
    asked = sa.exists().where(s.c.revision_id == r.c.id, s.c.body_id == sa.any_(me.forums))
    return sa.or_(sa.exists().where(d.c.id == r.c.document_id, sa.or_(mine, is_text)), asked)


def sees_versions(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of what an input said each time it was handed in: for its own side, and for the team that had it returned
    and mended. Of what is not attributed its own side alone: when and how often it came could tell whose it is."""
    return sa.or_(sa.and_(c.c.attribution != const("none"), c.c.forum_id == sa.any_(me.teams)), wrote(c, me))
