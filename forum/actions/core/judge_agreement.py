"""Whether somebody may propose, accept, decline or end an agreement between two bodies: by the secretariat they are of.

No process opens or closes these acts: what a body agrees to is its own word, as `domain/agreement.py` says.
"""

from uuid import UUID

from ...domain.agreement import Agreement, secretariat_of, speakers
from ...domain.authority import how_to_ask
from ...domain.body import Forum
from ...domain.mandates import Acting, Person
from ...errors import AuthorityNotYours, NotSignedIn
from ...store import agreements
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from .judgement import Judgement, meant


async def judge_agreement(
    unit: UnitOfWork, act: str, located: Located, person: Person | None, wanted: UUID | None
) -> Judgement:
    """The judgement on one act on agreements, under the first mandate of the person that lets them do it.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person), AuthorityNotYours.
    """
    if person is None:
        raise NotSignedIn()
    mine = meant(person, wanted)
    about = located.target
    assert isinstance(about, (Agreement, Forum))
    sides = (about.id,) if isinstance(about, Forum) else (about.asking_id, about.named_id)
    bodies = {body.id: body for body in await unit.ask(agreements.bodies(sides))}
    may = speakers(act, about, bodies)
    for mandate in mine:
        if secretariat_of(mandate) in may:
            return Judgement(rules.YES, Acting(mandate), None)
    of = bodies[about.id if isinstance(about, Forum) else about.named_id]
    raise AuthorityNotYours(act=act, who=(f"the secretariat of {of.name}",), how=how_to_ask(act))
