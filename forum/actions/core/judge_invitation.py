"""Whether somebody may ask a person in, end an invitation, or answer one by its link.

To invite takes whose word it takes to give. Whoever holds the link may answer it, under no mandate; accepting asks once
more whether the inviter may still give what the invitation is for.
"""

from datetime import datetime
from uuid import UUID

from ...domain.authority import By, how_to_ask, whom_to_ask
from ...domain.hands import administers, offices_of
from ...domain.invitation import Invitation, is_open
from ...domain.mandates import Acting, MandateInForce, Person
from ...errors import AuthorityNotYours, InviterMayNoLonger, MandateNotYours, NotSignedIn
from ...store import invitations, places
from ...store.places import Located
from ...store.processes import Processes
from ...store.unit import UnitOfWork
from ...workflow.engine import YES, Verdict
from .judge_authority import ASKED_AS, judge_authority
from .judgement import Judgement, meant


async def judge_invitation(
    unit: UnitOfWork, processes: Processes, act: str, located: Located, person: Person | None, wanted: UUID | None
) -> Judgement:
    """The judgement on one act on invitations. Of who answers one nothing is asked here: the link was proven before.

    Raised: NotSignedIn, MandateNotYours (`wanted` is not in force for this person), AuthorityNotYours.
    """
    if act in ASKED_AS:
        return await judge_authority(unit, processes, act, located, person, wanted)
    invitation = located.target
    assert isinstance(invitation, Invitation)
    if act == "accept_invitation":
        return await _still_given(unit, processes, invitation, located.now)
    if act == "decline_invitation":
        return Judgement(YES, None, None)
    if person is None:
        raise NotSignedIn()
    for mandate in meant(person, wanted):
        if _is_of_its_side(person, mandate, invitation):
            return Judgement(YES, Acting(mandate), None)
    raise AuthorityNotYours(act=act, who=whom_to_ask(_side(invitation)), how=how_to_ask(act))


def _is_of_its_side(person: Person, mandate: MandateInForce, invitation: Invitation) -> bool:
    """Whether the mandate is of the side that invited: the forum's office, or the organisation's administrators."""
    if invitation.given_by_forum_id is not None:
        return invitation.given_by_forum_id in offices_of(person, mandate)
    return administers(mandate, invitation.organisation_id)


def _side(invitation: Invitation) -> frozenset[By]:
    return frozenset((By.ADMINISTRATOR if invitation.given_by_forum_id is None else By.OFFICE,))


async def _still_given(unit: UnitOfWork, processes: Processes, invitation: Invitation, now: datetime) -> Judgement:
    """Whether the inviter may still give it, under the mandate under which they invited; with whose word that is."""
    if not is_open(invitation, now):
        return Judgement(YES, None, None)  # what it is instead is said of its state (`judge_state.py`)
    kind, id_ = "forum", invitation.forum_id
    if id_ is None:
        kind, id_ = "organisation", invitation.organisation_id
    there = await places.locate(unit, kind, id_, lock=False)
    inviter = await unit.person(await unit.ask(invitations.subject_of(invitation.invited_by_id)))
    no = Verdict(False, InviterMayNoLonger(who=whom_to_ask(_side(invitation))).at_path("link"))
    if there is None or inviter is None:
        return Judgement(no, None, None)
    try:
        judged = await judge_authority(unit, processes, "invite_person", there, inviter, invitation.invited_under_id)
    except (MandateNotYours, AuthorityNotYours):
        return Judgement(no, None, None)
    return Judgement(YES if judged.verdict.yes else no, None, judged.process, judged.hands)
