"""Who sees how people are reached."""

import sqlalchemy as sa

from .me import Me


def sees_contact(c: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """An address is its own person's, and nobody else's."""
    return c.c.person_id == me.person
