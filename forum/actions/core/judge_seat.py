"""Whether somebody may let an organisation take part, change its seat or end it: by `SEATS` of `domain/authority.py`
alone. No process is asked, so a body without one is changed by the office of the body that set it up."""

from uuid import UUID

from ...domain.authority import SEATS, By, how_to_ask, whom_to_ask
from ...domain.body import Participation
from ...domain.hands import Around, administers, to_give
from ...domain.mandates import Acting, MandateInForce, Person
from ...errors import AuthorityNotYours, NotSignedIn
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow.engine import YES, Verdict
from .judge_authority import around_of
from .judgement import Hands, Judgement, meant


async def judge_seat(
    unit: UnitOfWork, act: str, located: Located, person: Person | None, wanted: UUID | None
) -> Judgement:
    """The judgement on one act on a seat, under the first mandate of the person that lets them do it.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person), AuthorityNotYours (the person
    holds no mandate at all).
    """
    if person is None:
        raise NotSignedIn()
    mine = meant(person, wanted)
    around = await around_of(unit, located)
    for mandate in mine:
        hands = _hands(located, person, mandate, around)
        if SEATS[act] & set(hands):
            return Judgement(YES, Acting(mandate), None, hands)
    no = AuthorityNotYours(act=act, who=whom_to_ask(SEATS[act]), how=how_to_ask(act))
    if not mine:
        raise no
    return Judgement(Verdict(False, no), Acting(mine[-1]), None)


def _hands(located: Located, person: Person, mandate: MandateInForce, around: Around | None) -> Hands:
    """Whose word the person's is: the office's of the forum or of one above it, or the organisation's own."""
    found: dict[By, UUID | None] = {} if around is None else {**to_give(person, mandate, around)}
    seat = located.target
    if isinstance(seat, Participation) and administers(mandate, seat.organisation_id):
        found[By.ADMINISTRATOR] = None
    return found
