"""What has a term, at an instant: mandates, seats, terms of reference."""

from datetime import datetime

import sqlalchemy as sa


def in_force(row: sa.FromClause, at: datetime) -> sa.ColumnElement[bool]:
    """Within its term (the end is the first instant after it), and of a mandate that it was accepted."""
    term = sa.and_(row.c.starts_at <= at, sa.or_(row.c.ends_at.is_(None), row.c.ends_at > at))
    return sa.and_(term, row.c.accepted_at.isnot(None)) if "accepted_at" in row.c else term
