"""Who sees where somebody is signed in with a browser: that person, and nobody else."""

from typing import Any

import sqlalchemy as sa

from .me import Me


def sees_sign_in(s: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Where, since when and how somebody is signed in is known to that person alone."""
    return s.c.person_id == me.person


def standing(_: Any, s: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The viewer's sign-ins that stand by their own limits: in real time, never the forum's."""
    now = sa.func.clock_timestamp()
    idle = sa.func.make_interval(0, 0, 0, 0, 0, 0, s.c.idle_seconds)
    return sa.and_(s.c.person_id == me.person, s.c.ended_at.is_(None), s.c.ends_at > now, s.c.last_used_at + idle > now)


def is_this(s: sa.FromClause, me: Me, _: Any) -> sa.ColumnElement[bool]:
    """Whether the viewer asks with this very sign-in; never, where they ask with a token."""
    return sa.func.coalesce(s.c.id == me.sign_in, sa.false())
