"""A letter that the relay took comes back: it has failed, with all that follows where the relay itself refuses one."""

import logging

from ...store import letters
from ...store.clock import moment
from ...store.letters import Taken
from ...store.unit import UnitOfWork
from . import inviting, telling
from .office import Office
from .parcel import nothing
from .report import Report

log = logging.getLogger(__name__)


async def came_back(office: Office, report: Report) -> bool:
    """Mark the letter, and tell those who are to look after the address; False where it is no letter that was sent, or
    came back before.

    An address counts as refused only where the report names it and it is still where the letter would go: mail that was
    handed on may come back from elsewhere.
    """

    async def look(unit: UnitOfWork) -> Taken | None:
        return await letters.sent(unit, report.letter)

    letter = await office.runner.by_itself(look)
    if letter is None:
        return False
    parcel = await (telling if letter.invitation_id is None else inviting).parcel(office, letter)
    gone = parcel is not None and parcel.address.lower() in report.addresses
    follows = parcel.refused if parcel is not None and gone else nothing

    async def mark(unit: UnitOfWork) -> bool:
        now = await unit.ask(moment())
        if not await letters.returned(unit, report.letter, now, report.status):
            return False
        await follows(unit, now)
        return True

    marked = await office.runner.by_itself(mark)
    if marked:
        log.info("Letter %s came back (%s).", report.letter, report.status)
    return marked
