"""Clearance inside a delegation: nothing of an organisation's goes out before several of its own people have cleared
that very version, where its administrator asks for it.

What is asked and who cleared is the own side's alone: it would tell others how a delegation decides. So a rule is never
part of a process, and no deadline, role or forum stands above it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import ClearanceMissing, InvalidValue, WrongState
from ..refusal import phrased
from ..spoken_words import doers
from .authority import SPEAKS_FOR
from .contribution import AttributionKind, Contribution, ContributionState
from .document import Audience
from .enumeration import Words
from .mandate import Role
from .mandates import MandateInForce, Place
from .noun import Noun, need_state

MOST_PEOPLE = 20


class ClearanceSubject(Words):
    """What goes out only once it was cleared."""

    INPUT = "input", "Inputs: before they are released, and again before they are handed in."
    COMMENT = "comment", "Comments on texts."


@dataclass(frozen=True, kw_only=True, slots=True)
class ClearanceRule(Noun):
    """What an organisation asks for: so many of its people, and somebody in each of these roles. One stands at a time;
    those before it are kept."""

    id: UUID
    organisation_id: UUID
    subjects: tuple[str, ...]  # words of ClearanceSubject
    people: int
    roles: tuple[str, ...]  # words of Role
    set_at: datetime
    set_by_id: UUID | None = None
    ended_at: datetime | None = None
    ended_by_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clearance(Noun):
    """A person's word that one version may go out in the organisation's name: an input's revision, or the words of a
    comment, which are kept here until somebody sends them (`comment_id`)."""

    id: UUID
    organisation_id: UUID
    person_id: UUID
    role: Role
    cleared_at: datetime
    taken_back_at: datetime | None = None
    contribution_id: UUID | None = None
    revision: int | None = None
    document_id: UUID | None = None
    paragraph_id: UUID | None = None
    markdown: str | None = None
    proposed_text: str | None = None
    audience: Audience | None = None
    attribution: AttributionKind | None = None
    mechanism: str | None = None
    comment_id: UUID | None = None


@dataclass(frozen=True)
class CommentWords:
    """All that a comment says and to whom: with one of these changed it is another comment, to be cleared anew."""

    document_id: UUID
    paragraph_id: UUID | None
    markdown: str
    proposed_text: str | None
    audience: Audience
    attribution: AttributionKind
    mechanism: str | None


@dataclass(frozen=True)
class Speaker:
    """A person who speaks for the organisation here and now, by name, in one role."""

    person: UUID
    name: str
    role: str


# ---- rules
def need_rule(people: int, roles: Sequence[str], subjects: Sequence[str]) -> None:
    """Refuses (InvalidValue) what no delegation could meet: too many people, a role that is a forum's, a rule about
    nothing. No people and no roles is no rule at all, and says that none is asked any more."""
    if not 0 <= people <= MOST_PEOPLE:
        reason = phrased("Ask for {most_people} people at most, or for none.", most_people=MOST_PEOPLE)
        raise InvalidValue(reason=reason).at_path("people")
    if not SPEAKS_FOR.issuperset(roles):
        words = tuple(doers(role) for role in sorted(role.value for role in SPEAKS_FOR))
        reason = phrased("This role is a forum's. Your own side's are: {words}.", words=words)
        raise InvalidValue(reason=reason).at_path("roles")
    if not subjects:
        reason = phrased("Say for what it is asked: {words}.", words=", ".join(ClearanceSubject.words()))
        raise InvalidValue(reason=reason).at_path("subjects")


def clears(mandate: MandateInForce, organisation: UUID, place: Place) -> bool:
    """Whether who holds this mandate clears what goes out in the organisation's name at the place: they speak for it,
    and the mandate's scope takes the place in. No process is asked, and no seat."""
    if mandate.speaks_for != organisation:
        return False
    if mandate.track is not None:
        return mandate.track == place.track
    if mandate.edition is not None:
        return mandate.edition == place.edition
    return mandate.forum is None or mandate.forum in place.forums | {place.home}


def need_not_out(contribution: Contribution) -> None:
    """Refuses (WrongState) an input that is with the secretariat, or was taken back: there is nothing to clear."""
    states = (ContributionState.DRAFT, ContributionState.RELEASED, ContributionState.RETURNED)
    need_state("clear_contribution", contribution.state, *states)


def is_out(clearance: Clearance, contribution: Contribution | None) -> bool:
    """Whether what was cleared has gone out: the comment was made, or the input is with the secretariat."""
    handed_in = (ContributionState.SUBMITTED, ContributionState.ADMITTED)
    return clearance.comment_id is not None or (contribution is not None and contribution.state in handed_in)


def take_back(clearance: Clearance, now: datetime, *, out: bool) -> Clearance:
    """No longer cleared by this person. Refuses (WrongState) what was taken back, and what has gone out (`out`) under
    it: an input is then withdrawn, as a whole."""
    if out or clearance.taken_back_at is not None:
        state = "one under which it has gone out" if out else "one that was taken back"
        raise WrongState(act="withdraw_clearance", state=state, needs=("a clearance of what has not gone out",))
    return replace(clearance, taken_back_at=now)


def end(rule: ClearanceRule, by: UUID | None, now: datetime) -> ClearanceRule:
    """The rule as it is kept once another, or none, stands in its place."""
    return replace(rule, ended_at=now, ended_by_id=by)


def need_cleared(rule: ClearanceRule, cleared: Iterable[Clearance], speakers: Sequence[Speaker], act: str) -> None:
    """Refuses (ClearanceMissing) what the rule's people have not all cleared. `cleared`: clearances of this very
    version; `act`: the mutation by which one clears it."""
    missing = still_missing(rule, cleared, speakers)
    if missing:
        raise ClearanceMissing(missing=missing, act=act)


def still_missing(rule: ClearanceRule, cleared: Iterable[Clearance], speakers: Sequence[Speaker]) -> tuple[str, ...]:
    """Who has still to clear a version, in words; nothing where it is cleared.

    A clearance counts while who gave it speaks for the organisation in that role: a word that was taken away is no
    word any more.
    """
    held = {(speaker.person, speaker.role) for speaker in speakers}
    counts = {(c.person_id, str(c.role)) for c in cleared if c.taken_back_at is None} & held
    met = {role for _, role in counts}
    missing = [_in_role(role, speakers) for role in rule.roles if role not in met]
    done = {person for person, _ in counts}
    short = rule.people - len(done)
    return (*missing, _people(short, done, speakers)) if short > 0 else tuple(missing)


def _in_role(role: str, speakers: Sequence[Speaker]) -> str:
    names = sorted({speaker.name for speaker in speakers if speaker.role == role})
    return f"the {role.replace('_', ' ')} ({' or '.join(names) or 'nobody holds that role here now'})"


def _people(short: int, done: set[UUID], speakers: Sequence[Speaker]) -> str:
    names = sorted({speaker.name for speaker in speakers if speaker.person not in done})
    more = "1 more person" if short == 1 else f"{short} more people"
    return f"{more} of your own side ({' or '.join(names) or 'nobody else speaks for it here now'})"
