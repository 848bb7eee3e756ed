"""The one clock: the database's `clock_timestamp()` plus a shift that only the demonstration and tests may move.

The acts read it in their own statements, after their locks are held (`places.py`, `calls.py`). This file is for whoever
needs no lock: it tells the time, moves the shift, and refuses to serve on a clock that was moved.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ..errors import Misconfigured
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork


def reading() -> sa.ScalarSelect[datetime]:
    """The instant it is, as part of a statement. Never `now()`: that is the instant its transaction began."""
    return sa.select(sa.func.clock_timestamp() + t.clock.c.shift).scalar_subquery()


@need
async def moment(unit: UnitOfWork) -> datetime:
    """The instant it is on the one clock, in UTC. Refuses (Misconfigured) a database whose clock lost its row."""
    now: datetime | None = await unit.scalar(sa.select(reading()))
    if now is None:
        raise Misconfigured(
            reason="The table clock has lost its one row: restore it with INSERT INTO clock (id) VALUES (1)."
        )
    return now


async def shift_by(unit: UnitOfWork, further: timedelta, *, allowed: bool) -> datetime:
    """Move the clock further from where it stands; negative goes back. The instant it then is, in UTC.

    `allowed` is the caller's word that the service runs for a demonstration or a test (`Settings.mode`); refuses
    (Misconfigured) without it. Whoever opened the unit commits it; what is due then is done by the next sweep.
    """
    if not allowed:
        raise Misconfigured(
            reason="The clock may be moved in a demonstration or a test only: FORUM_MODE is demo or test there."
        )
    await unit.run(sa.update(t.clock).values(shift=t.clock.c.shift + further))
    return await unit.ask(moment())


async def refuse_shifted(unit: UnitOfWork) -> None:
    """Refuse (Misconfigured) a clock that is not the real one: deadlines would pass when nobody expects it."""
    shift = await unit.scalar(sa.select(t.clock.c.shift))
    if shift is None or shift:
        raise Misconfigured(
            reason=f"The clock of this database is moved by {'an unknown time' if shift is None else shift}: it was "
            f"used for a "
            "demonstration or a test. Serve from another database, or run with FORUM_MODE=demo."
        )
