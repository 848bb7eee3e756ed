"""Whether somebody may give, accept, decline or end a mandate: by the table of `domain/authority.py` alone.

A process is asked only where a forum's office gives or ends something, and can only say no: that the table says yes is
not for any text to change. So these acts have a judgement of their own beside that of `judge.py`.
"""

from collections.abc import Callable, Iterator
from uuid import UUID

from ...domain.authority import TABLE, By, how_to_ask, may_accept, may_end, whom_to_ask
from ...domain.body import Forum, Organisation
from ...domain.hands import Around, administers, to_end, to_give
from ...domain.mandate import Mandate, Office, Role
from ...domain.mandates import Acting, MandateInForce, Person, Place, acting
from ...errors import AuthorityNotYours, MandateNotYours, NotSignedIn
from ...store.places import Located
from ...store.processes import Processes, works_by
from ...store.records import by_id
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from ...workflow.process import Process
from .judgement import Hands, Judgement

# Who may ask somebody in is who may give what they are asked in for: a process is asked that, in its own word.
ASKED_AS = dict.fromkeys(("invite_person", "invite_people"), "grant_mandate")


async def judge_authority(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, person: Person | None, wanted: UUID | None
) -> Judgement:
    """The judgement on one act of authority, under the first mandate of the person that the table lets do it.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person).
    """
    if person is None:
        raise NotSignedIn()
    around = await around_of(unit, located)
    refused: rules.Verdict | None = None
    last: MandateInForce | None = None
    for mandate, hands in _each(act, located, person, wanted, around):
        last = mandate
        if not hands:
            continue
        process, verdict = await _narrowed(unit, processes, act, located, (person, mandate), hands)
        if verdict.yes:
            return Judgement(verdict, Acting(mandate), process, hands)
        refused = refused or verdict
    if last is None and wanted is not None:
        raise MandateNotYours().at_path("actingAs")
    no = AuthorityNotYours(act=act, who=whom_to_ask(_needed(act, located)), how=how_to_ask(act))
    if last is None:
        raise no
    return Judgement(refused or rules.Verdict(False, no), Acting(last), None)


def _each(
    act: str, located: Located, person: Person, wanted: UUID | None, around: Around | None
) -> Iterator[tuple[MandateInForce, Hands]]:
    """Each mandate that may be meant, with whose word it is. The holder needs none but the one that is spoken of."""
    for mandate in person.mandates:
        if wanted in (None, mandate.id):
            yield mandate, _hands(act, located, person, mandate, around)
    subject = located.target
    if not isinstance(subject, Mandate) or subject.person_id != person.id or subject.role is None:
        return
    answers = act == "decline_mandate" or may_accept(subject.role, frozenset((By.HOLDER,)))
    if (act == "end_mandate" or answers) and wanted in (None, subject.id):
        scope = (subject.organisation_id, subject.forum_id, subject.edition_id, subject.track_id)
        yield MandateInForce(subject.id, subject.role, *scope), {By.HOLDER: None}


def _hands(act: str, located: Located, person: Person, mandate: MandateInForce, around: Around | None) -> Hands:
    subject = located.target
    if isinstance(subject, Organisation):
        return {By.ADMINISTRATOR: None} if administers(mandate, subject.id) else {}
    if not isinstance(subject, Mandate):
        return {} if around is None else to_give(person, mandate, around)
    office_or_role = subject.office or subject.role
    hands: dict[By, UUID | None] = {By.ADMINISTRATOR: None} if administers(mandate, subject.organisation_id) else {}
    if act == "end_mandate":
        hands |= to_end(person, mandate, subject, around)
    if office_or_role is None or not _enough(act)(office_or_role, frozenset(hands)):
        return {}
    return hands


def _enough(act: str) -> Callable[[Role | Office, frozenset[By]], bool]:
    return may_end if act == "end_mandate" else may_accept


def _needed(act: str, located: Located) -> frozenset[By]:
    subject = located.target
    if isinstance(subject, Organisation):
        return frozenset((By.ADMINISTRATOR,))
    if not isinstance(subject, Mandate):
        return frozenset((By.OFFICE, By.ABOVE))
    office_or_role = subject.office or subject.role
    if office_or_role is None:
        return frozenset((By.OPERATOR,))
    line = TABLE[office_or_role]
    return line.ends if act == "end_mandate" else line.accepts or frozenset((By.ADMINISTRATOR,))


async def _narrowed(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, who: tuple[Person, MandateInForce], hands: Hands
) -> tuple[Process | None, rules.Verdict]:
    """What the process of the forum whose office acts says to it; yes where none is asked, or the forum has none."""
    person, mandate = who
    forum = hands.get(By.OFFICE) or hands.get(By.ABOVE)
    if forum is None or By.ADMINISTRATOR in hands:
        return None, rules.YES
    governing = await unit.ask(works_by(processes, forum))
    process = governing.process
    if process is None:
        return None, rules.YES
    act = ASKED_AS.get(act, act)
    capacity = acting(person, mandate, Place(frozenset((forum, *governing.bodies))))
    standing = rules.Standing(capacity.roles, capacity.statuses, capacity.mechanisms)
    return process, rules.decide_forum_act(process, act, standing, now=located.now)


async def around_of(unit: UnitOfWork, located: Located) -> Around | None:
    """The forum that is spoken of, with what set it up and what convenes it; None where it is for none."""
    if located.place_forum is None:
        return None
    forum = await unit.ask(by_id(Forum, located.place_forum))
    parent = () if forum is None or forum.parent_id is None else (forum.parent_id,)
    return Around(located.place_forum, frozenset((*located.convened_by, *parent)))
