"""Who sees how people are reached."""

import sqlalchemy as sa

from .me import Me


def sees_calendar_address(a: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """That somebody's calendar is read by a program is that person's to know, and nobody else's."""
    return a.c.person_id == me.person


def sees_contact(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """An address is its own person's, and nobody else's."""
    return c.c.person_id == me.person
