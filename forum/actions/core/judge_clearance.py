"""Whether somebody may clear what goes out in an organisation's name, or take that back: who speaks for it, in the
scope of their mandate. No process, seat or deadline is asked: it is the own side's alone.

To everybody else an input answers as one that does not exist, and so does a clearance.
"""

from uuid import UUID

from ...domain.authority import how_to_ask
from ...domain.clearance import Clearance, clears
from ...domain.contribution import Contribution
from ...domain.mandates import Acting, MandateInForce, Person, Place, acting
from ...errors import AuthorityNotYours, ChooseMandate, NotFound
from ...store import authors
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow.engine import YES
from ...workflow.process import Process
from .judgement import Judgement, meant


async def judge_clearance(
    unit: UnitOfWork,
    act: str,
    located: Located,
    person: Person,
    wanted: UUID | None,
    there: tuple[Place, Process] | None,
) -> Judgement:
    """The judgement on one act of clearance, under the first mandate of the person that lets them do it. `there`: the
    place and its process, of an input and a text.

    Raised: MandateNotYours (`wanted` is not in force for this person), NotFound (an input of another side),
    ChooseMandate (a comment may be cleared for several organisations), AuthorityNotYours.
    """
    about, mine = located.target, meant(person, wanted)
    if isinstance(about, Clearance):
        if about.person_id != person.id:
            raise _no(act, "the person who gave it")
        chosen = _first(act, [m for m in mine if m.speaks_for == about.organisation_id])
        return Judgement(YES, Acting(chosen), None)
    assert there is not None  # inputs and texts are on a track
    place, process = there
    if isinstance(about, Contribution):
        author = await unit.ask(authors.of(about.id))
        if author is None:
            raise NotFound(what="contribution").at_path("contribution")
        theirs = {author.organisation_id}
    else:
        theirs = {m.speaks_for for m in mine}
    able = [m for m in mine for o in theirs if o is not None and clears(m, o, place)]
    if len({m.speaks_for for m in able}) > 1:
        raise ChooseMandate(options=tuple(f"Mandate:{m.id} ({m.role})" for m in able))
    return Judgement(YES, acting(person, _first(act, able), place), process)


def _first(act: str, able: list[MandateInForce]) -> MandateInForce:
    if not able:
        raise _no(act, "those who speak for the organisation")
    return able[0]


def _no(act: str, who: str) -> AuthorityNotYours:
    return AuthorityNotYours(act=act, who=(who,), how=how_to_ask(act))
