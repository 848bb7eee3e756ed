"""Whether somebody may admit an organisation to the service or to a forum, change its seat or end it: by `ADMISSION` of
`domain/authority.py` alone. No process is asked, so a body without one is changed by the office of the one above it."""

from uuid import UUID

from ...domain.admission import Application
from ...domain.authority import ADMISSION, By, how_to_ask, whom_to_ask
from ...domain.body import Forum, Participation
from ...domain.hands import Around, administers, offices_of, to_give
from ...domain.mandates import Acting, MandateInForce, Person
from ...errors import AdmitsNobody, AuthorityNotYours, NotSignedIn
from ...store import admissions
from ...store.places import Located
from ...store.records import by_id
from ...store.unit import UnitOfWork
from ...workflow.engine import YES, Verdict
from .judge_authority import around_of
from .judgement import Hands, Judgement, meant


async def judge_admission(
    unit: UnitOfWork, act: str, located: Located, person: Person | None, wanted: UUID | None, *, newcomer: bool
) -> Judgement:
    """The judgement on one act on who is here, under the first mandate of the person that lets them do it; who applies,
    and who takes an application back, needs none. `newcomer`: who asks signed in, and is no person of the service yet.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person), AuthorityNotYours (the person
    holds no mandate at all).
    """
    enough, target = ADMISSION[act], located.target
    applies = By.APPLICANT in enough and isinstance(target, Forum)
    if person is None and not (newcomer and applies):
        raise NotSignedIn()
    mine = [] if person is None else meant(person, wanted)
    if isinstance(target, Forum) and applies:
        return Judgement(await _asked(unit, target), None, None, {By.APPLICANT: None})
    assert person is not None  # everything else takes a person of the service
    if isinstance(target, Application) and By.APPLICANT in enough and target.person_id == person.id:
        return Judgement(YES, None, None, {By.APPLICANT: None})
    around = await around_of(unit, located)
    registrar = await _registrar(unit, located) if By.REGISTRAR in enough else None
    for mandate in mine:
        hands = _hands(located, person, mandate, around)
        if registrar is not None and registrar in offices_of(person, mandate):
            hands = {**hands, By.REGISTRAR: registrar}
        if enough & set(hands):
            return Judgement(YES, Acting(mandate), None, hands)
    no = AuthorityNotYours(act=act, who=whom_to_ask(enough), how=how_to_ask(act))
    if not mine:
        raise no
    return Judgement(Verdict(False, no), Acting(mine[-1]), None)


async def _asked(unit: UnitOfWork, forum: Forum) -> Verdict:
    """Whether a forum can be asked to admit somebody: whoever signed in may, where it is a registrar."""
    if forum.registrar:
        return YES
    others = tuple(await unit.ask(admissions.registrars()))
    return Verdict(False, AdmitsNobody(forum=forum.name, who=others).at_path("forum"))


async def _registrar(unit: UnitOfWork, located: Located) -> UUID | None:
    """The forum whose place it is, where the operator entrusted it with admitting organisations."""
    target = located.target
    forum = target if isinstance(target, Forum) else await unit.ask(by_id(Forum, located.forum_id))
    return forum.id if forum is not None and forum.registrar else None


def _hands(located: Located, person: Person, mandate: MandateInForce, around: Around | None) -> Hands:
    """Whose word the person's is: the office's of the forum or of one above it, or the organisation's own."""
    found: dict[By, UUID | None] = {} if around is None else {**to_give(person, mandate, around)}
    seat = located.target
    if isinstance(seat, Participation) and administers(mandate, seat.organisation_id):
        found[By.ADMINISTRATOR] = None
    return found
