"""Letters go to the relay, eight at a time: each is taken by one worker, sent, and marked.

Between the sending and the mark a worker may be killed. Then its lease ends, and the letter is sent again under the
same Message-ID: twice rather than never.
"""

import asyncio
import logging

from ...domain.letter import LetterState, again_after, given_up
from ...settings import Relay
from ...store import letters
from ...store.clock import moment
from ...store.letters import Taken
from ...store.unit import UnitOfWork
from . import inviting, telling
from .office import Office
from .parcel import Follows, Parcel, nothing
from .relay import Away, Line, PutOff, Refused, line

log = logging.getLogger(__name__)

AT_ONCE = 8
EXPIRED = "expired"


async def send_due(office: Office) -> bool:
    """Send every letter that is due; False where the relay was away meanwhile."""
    if office.relay is None:
        return True
    return all(await asyncio.gather(*(_one_after_another(office, office.relay) for _ in range(AT_ONCE))))


async def _one_after_another(office: Office, relay: Relay) -> bool:
    taken = await _take(office)
    if taken is None:
        return True
    try:
        async with line(relay) as to:
            while taken is not None:
                await _deliver(office, to, taken)
                taken = await _take(office)
    except Away as away:
        log.warning("The relay is away (%s): letters wait.", away)
        if taken is not None:
            await _later(office, taken)
        return False
    return True


async def _take(office: Office) -> Taken | None:
    async def work(unit: UnitOfWork) -> Taken | None:
        return await letters.take(unit, await unit.ask(moment()), office.lease)

    return await office.runner.by_itself(work)


async def _later(office: Office, letter: Taken) -> None:
    """A letter is tried again; after five days of that it has failed."""

    async def work(unit: UnitOfWork) -> None:
        now = await unit.ask(moment())
        if given_up(letter.due_at, now):
            await letters.ended(unit, letter.id, LetterState.FAILED, now, EXPIRED)
        else:
            await letters.put_off(unit, letter.id, again_after(letter.tries))

    await office.runner.by_itself(work)


async def _deliver(office: Office, to: Line, letter: Taken) -> None:
    """Compose a letter, hand it over and mark it. Raises Away; whatever else goes wrong is this letter's alone."""
    parcel: Parcel | None = None
    try:
        parcel = await (telling if letter.invitation_id is None else inviting).parcel(office, letter)
        if parcel is None:
            await _end(office, letter, LetterState.DROPPED)
            return
        await to.hand_over(parcel.message, parcel.address, office.house.sender)
    except Away:
        raise
    except Refused as refused:
        log.warning("Letter %s was refused for good (%d).", letter.id, refused.code)
        follows = parcel.refused if parcel is not None and refused.recipient else nothing
        await _end(office, letter, LetterState.FAILED, follows, str(refused.code))
    except PutOff as later:
        log.info("Letter %s was put off (%s).", letter.id, later)
        await _later(office, letter)
    except Exception as error:
        # The kind only: what was written stands in the text of an error, and may be anybody's.
        log.warning("Letter %s failed: %s", letter.id, type(error).__name__)
        await _later(office, letter)
    else:
        await _end(office, letter, LetterState.SENT, parcel.taken)


async def _end(
    office: Office, letter: Taken, state: LetterState, follows: Follows = nothing, refusal: str | None = None
) -> None:
    """What became of a letter is kept, with what follows from it."""

    async def work(unit: UnitOfWork) -> None:
        now = await unit.ask(moment())
        await letters.ended(unit, letter.id, state, now, refusal)
        await follows(unit, now)

    await office.runner.by_itself(work)
