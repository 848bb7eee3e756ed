"""Which calls a list shows: the open ones that are addressed to whom the viewer speaks for."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .me import Me


def open_for_me(_: Any, call: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Open, and with a line of an organisation of the viewer's among its addressees."""
    a = t.addressee.alias()
    line = sa.exists().where(a.c.call_id == call.c.id, a.c.organisation_id == sa.any_(me.organisations))
    return sa.and_(call.c.state == "open", line)
