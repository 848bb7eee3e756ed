"""Whether somebody may propose, accept, decline or end an agreement between two bodies: by the secretariat they are of.

No process opens or closes these acts: what a body agrees to is its own word, as `domain/agreement.py` says.
"""

from uuid import UUID

from ...domain.agreement import Agreement, secretariat_of, speakers
from ...domain.body import Forum
from ...domain.mandates import Acting, Person
from ...errors import AuthorityNotYours, MandateNotYours, NotSignedIn
from ...store import agreements
from ...store.places import Located
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from .judgement import Judgement

_HOW = {
    "propose_agreement": "Ask them to propose it.",
    "accept_agreement": "Ask them to accept it.",
    "decline_agreement": "Ask them to decline it.",
    "end_agreement": "Ask them to end it.",
}


async def judge_agreement(
    unit: UnitOfWork, act: str, located: Located, person: Person | None, wanted: UUID | None
) -> Judgement:
    """The judgement on one act on agreements, under the first mandate of the person that lets them do it.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person), AuthorityNotYours.
    """
    if person is None:
        raise NotSignedIn()
    mine = [mandate for mandate in person.mandates if wanted in (None, mandate.id)]
    if wanted is not None and not mine:
        raise MandateNotYours().at_path("actingAs")
    about = located.target
    assert isinstance(about, (Agreement, Forum))
    sides = (about.id,) if isinstance(about, Forum) else (about.asking_id, about.named_id)
    bodies = {body.id: body for body in await unit.ask(agreements.bodies(sides))}
    may = speakers(act, about, bodies)
    for mandate in mine:
        if secretariat_of(mandate) in may:
            return Judgement(rules.YES, Acting(mandate), None)
    of = bodies[about.id if isinstance(about, Forum) else about.named_id]
    raise AuthorityNotYours(act=act, who=(f"the secretariat of {of.name}",), how=_HOW[act])
