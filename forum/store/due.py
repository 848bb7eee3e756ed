"""What the clock has to do: calls whose deadline has come, silences that ended. Only found here; the deeds decide.

A deed that the clock does is one line in `WAITING`: its name, its table, the column with its instant, and the state in
which it still waits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from . import tables as t
from .clock import reading
from .unit import Unit

WAITING: Mapping[str, tuple[sa.Table, sa.Column[Any], str]] = {
    "close_call": (t.call, t.call.c.closes_at, "open"),
    "close_silence": (t.silence, t.silence.c.ends_at, "running"),
}


@dataclass(frozen=True)
class Due:
    """A deed whose instant has come: its name, the id of what it is on, the instant."""

    deed: str
    about: UUID
    at: datetime


async def due_now(unit: Unit) -> Sequence[Due]:
    """All that is due on the one clock and not done, in the order of the instants: so several days moved at once happen
    in the order in which they would have happened."""
    now = reading()
    found = [
        sa.select(sa.literal(deed).label("deed"), table.c.id.label("about"), instant.label("at")).where(
            table.c.state == state, instant <= now
        )
        for deed, (table, instant, state) in WAITING.items()
    ]
    rows = await unit.run(sa.union_all(*found).order_by("at", "about"))
    return [Due(row.deed, row.about, row.at) for row in rows]


async def remaining(unit: Unit, deed: str, about: UUID) -> timedelta | None:
    """How long until the deed is due, on the one clock (never negative); None where it waits no more, or never was."""
    table, instant, state = WAITING[deed]
    left = await unit.scalar(sa.select(instant - reading()).where(table.c.id == about, table.c.state == state))
    return None if left is None else max(left, timedelta(0))
