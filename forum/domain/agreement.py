"""What one body agreed to for another: that its name is used, or that texts come to it.

Readers take what stands under a body's name as that body's word, and what is sent to it is its work. So each body that
another one names must have agreed, for one edition of the other or standing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from .body import Forum
from .enumeration import Words
from .mandate import Role
from .mandates import MandateInForce
from .noun import Noun, need_state


class AgreementPurpose(Words):
    """What a body is asked to agree to."""

    CONVENE = "convene", "That a track and its calls are its own, or that it convenes a body, with equal rights."
    RECEIVE = "receive", "That texts are sent to its editions."
    ENDORSE = "endorse", "That texts are put to it, or recorded as endorsed or adopted by it."


class AgreementState(Words):
    """How far an agreement has got."""

    PROPOSED = "proposed", "It waits for the answer of the body that is asked."
    AGREED = "agreed", "The body agreed."
    DECLINED = "declined", "The body did not agree."
    ENDED = "ended", "One of the two ended it; what was begun under it stands."


class AgreementBasis(Words):
    """What an agreement rests on."""

    PROPOSAL = "proposal", "It was proposed here, and answered here."
    OPERATOR = "operator", "The operator's file of bodies states it."
    BEFORE = "before", "It was done so before agreements were kept here."


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement(Noun):
    """A body (`named`) agrees that another (`asking`) uses its name or sends it texts.

    `edition_name`, `track_name`: the one edition of the asking body, which need not be open yet, and the one track of
    it; without them it is standing.
    """

    id: UUID
    asking_id: UUID
    named_id: UUID
    purpose: AgreementPurpose
    edition_name: str | None = None
    track_name: str | None = None
    state: AgreementState = AgreementState.PROPOSED
    basis: AgreementBasis = AgreementBasis.PROPOSAL
    proposed_at: datetime
    proposed_by_id: UUID | None = None
    answered_at: datetime | None = None
    answered_by_id: UUID | None = None
    ended_at: datetime | None = None
    ended_by_id: UUID | None = None
    reason: str | None = None  # why it was declined or ended


@dataclass(frozen=True)
class Use:
    """What is done with other bodies: by whom (`asking`), for what, in which edition and track.

    `own`: the body in whose place it is done, which may name itself and what it set up.
    """

    asking: UUID
    purpose: AgreementPurpose
    edition: str | None = None
    track: str | None = None
    own: frozenset[UUID] = frozenset()


# What has not been agreed to, as the end of a sentence: "The HLPF has not agreed that texts are sent to it".
MATTER = {
    AgreementPurpose.CONVENE: "that this is done in its name",
    AgreementPurpose.RECEIVE: "that texts are sent to it",
    AgreementPurpose.ENDORSE: "that texts are put to it or endorsed in its name",
}
# Acts on agreements: judged by whose word it is (`actions/core/judge_agreement.py`); no process opens them.
ACTS_OF_AGREEMENT = frozenset(("propose_agreement", "accept_agreement", "decline_agreement", "end_agreement"))


# ---- rules
def secretariat_of(mandate: MandateInForce) -> UUID | None:
    """The body whose word on agreements this mandate gives: that of its secretariat; None under every other mandate."""
    return mandate.forum if mandate.role == Role.SECRETARIAT else None


def needs_none(use: Use, named: Forum, office: UUID | None) -> bool:
    """Whether a body may be named without an agreement: it is the one that names, or was set up by it; or whoever acts
    does so as the named body's own secretariat (`office`), which is its word."""
    own = use.own | {use.asking}
    return named.id in own or named.parent_id in own or named.id == office


def speakers(act: str, about: "Agreement | Forum", bodies: Mapping[UUID, Forum]) -> frozenset[UUID]:
    """The bodies whose secretariats may do an act on agreements: of the body whose word it is, and of the one that set
    it up. To propose is the asking body's (`about`), to answer the named one's, to end either's. The body that asks
    never answers itself.

    `bodies`: the two of the agreement, or the one that proposes.
    """
    if isinstance(about, Forum):
        return _with_above(about)
    asking, named = (_with_above(bodies[id_]) for id_ in (about.asking_id, about.named_id))
    return asking | named if act == "end_agreement" else named - {about.asking_id}


def _with_above(body: Forum) -> frozenset[UUID]:
    return frozenset(id_ for id_ in (body.id, body.parent_id) if id_ is not None)


def covers(agreement: Agreement, use: Use, named: UUID) -> bool:
    """Whether the agreement is in force for this use of a body."""
    return (
        agreement.state == AgreementState.AGREED
        and (agreement.asking_id, agreement.named_id) == (use.asking, named)
        and agreement.purpose == use.purpose
        and agreement.edition_name in (None, use.edition)
        and agreement.track_name in (None, use.track)
    )


def not_agreed(use: Use, named: Iterable[Forum], agreements: Iterable[Agreement], office: UUID | None) -> Forum | None:
    """The first of the bodies that has not agreed and must; None where all have."""
    there = tuple(agreements)
    for body in named:
        if not needs_none(use, body, office) and not any(covers(agreement, use, body.id) for agreement in there):
            return body
    return None


def need_askable(asking: Forum, named: Forum, edition: str | None, track: str | None) -> None:
    """Refuses (InvalidValue) to ask a body that needs not agree, and a track without its edition."""
    if needs_none(Use(asking.id, AgreementPurpose.CONVENE), named, None):
        reason = phrased("{name} need not agree: it is this forum, or was set up by it.", name=named.name)
        raise InvalidValue(reason=reason).at_path("named")
    if track is not None and edition is None:
        raise InvalidValue(reason="Name the edition whose track it is.").at_path("edition")


STATES: Mapping[str, tuple[AgreementState, ...]] = MappingProxyType(
    {
        "accept_agreement": (AgreementState.PROPOSED,),
        "decline_agreement": (AgreementState.PROPOSED,),
        "end_agreement": (AgreementState.PROPOSED, AgreementState.AGREED),
    }
)


# ---- transitions
def accept(agreement: Agreement, by: UUID | None, now: datetime) -> Agreement:
    """Agreed to. Refuses (WrongState) what does not wait."""
    need_state("accept_agreement", agreement.state, *STATES["accept_agreement"])
    return replace(agreement, state=AgreementState.AGREED, answered_at=now, answered_by_id=by)


def decline(agreement: Agreement, by: UUID | None, reason: str | None, now: datetime) -> Agreement:
    """Not agreed to. Refuses (WrongState) what does not wait."""
    need_state("decline_agreement", agreement.state, *STATES["decline_agreement"])
    return replace(agreement, state=AgreementState.DECLINED, answered_at=now, answered_by_id=by, reason=reason)


def end(agreement: Agreement, by: UUID | None, reason: str, now: datetime) -> Agreement:
    """Over, or taken back while it waits; what was begun under it stands. Refuses (WrongState) what was declined, or
    has ended."""
    need_state("end_agreement", agreement.state, *STATES["end_agreement"])
    return replace(agreement, state=AgreementState.ENDED, ended_at=now, ended_by_id=by, reason=reason)
