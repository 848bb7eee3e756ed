"""A mandate as it was given: an office of an organisation or a role of a person, from an instant to an instant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue, NothingInForce, WrongState
from ..refusal import phrased
from ..times import spoken
from .enumeration import Words
from .noun import Noun


class Office(Words):
    """What an organisation holds for a term."""

    CHAIR = "chair", "The chair."
    CO_CHAIR = "co_chair", "One of several chairs."
    MEMBER = "member", "A seat in the body."


class Role(Words):
    """What a person does for an organisation or a forum."""

    SECRETARIAT = "secretariat", "Runs the edition for the chair."
    PENHOLDER = "penholder", "Writes the text."
    COORDINATOR = "coordinator", "Coordinates a mechanism and releases what it decided together."
    NATIONAL_FOCAL_POINT = "national_focal_point", "Speaks for a state and releases its inputs."
    DELEGATE = "delegate", "Belongs to a delegation."
    REPRESENTATIVE = "representative", "Speaks for an organisation."
    RESOURCE_PERSON = "resource_person", "Advises on a theme."
    NOTE_TAKER = "note_taker", "Keeps the record of a meeting."
    MODERATOR = "moderator", "Leads a session or panel."
    LIAISON = "liaison", "Delivers texts to bodies outside and reports what became of them."
    ADMINISTRATOR = "administrator", "Says who speaks for an organisation."


class GivenBy(Words):
    """Whose word a mandate rests on."""

    OPERATOR = "operator", "The operator of the service entered it."
    FORUM = "forum", "A forum's office gave or proposed it."
    ORGANISATION = "organisation", "The organisation named its own person."


@dataclass(frozen=True, kw_only=True, slots=True)
class Mandate(Noun):
    """An organisation holds an office for a term; a person acts for it in a role with a scope."""

    id: UUID
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    office: Office | None = None
    role: Role | None = None
    forum_id: UUID | None = None
    edition_id: UUID | None = None
    track_id: UUID | None = None
    mechanism_code: str | None = None
    starts_at: datetime
    ends_at: datetime | None = None
    zone: str = "Europe/Zurich"
    given_by: GivenBy = GivenBy.OPERATOR
    given_by_forum_id: UUID | None = None
    proposed_at: datetime | None = None
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    end_reason: str | None = None

    @property
    def what(self) -> Role | Office:
        """The office or the role; one of them is there."""
        office_or_role = self.office or self.role
        if office_or_role is None:
            raise ValueError(f"mandate {self.id} is neither an office nor a role")
        return office_or_role


def end(mandate: Mandate, ends_at: datetime, reason: str, now: datetime) -> Mandate:
    """No longer in force from an instant on. Refuses (InvalidValue) an end in the past, since nothing is undone
    backwards, one that is not after the mandate's own beginning, and one that would put off the end that stands: to
    prolong is to give; (WrongState) one that ended, or was declined."""
    need_not_over(mandate, now)
    if ends_at < now or ends_at <= mandate.starts_at:
        raise InvalidValue(reason="A mandate ends now or later, and after it began.").at_path("endsAt")
    if mandate.ends_at is not None and ends_at > mandate.ends_at:
        reason = "It ends earlier already, and an end is not put off. Have a mandate given for the time after."
        raise InvalidValue(reason=reason).at_path("endsAt")
    return replace(mandate, ends_at=ends_at, end_reason=reason)


def accept(mandate: Mandate, now: datetime) -> Mandate:
    """In force from its beginning on, now that the organisation agrees. Refuses (WrongState) what does not wait."""
    need_waiting("accept_mandate", mandate, now)
    return replace(mandate, accepted_at=now)


def decline(mandate: Mandate, reason: str | None, now: datetime) -> Mandate:
    """It never was in force. Refuses (WrongState) what does not wait."""
    need_waiting("decline_mandate", mandate, now)
    return replace(mandate, declined_at=now, end_reason=reason)


def need_not_over(mandate: Mandate, now: datetime) -> None:
    """Refuses (WrongState) to end a mandate that was declined, or has ended."""
    if mandate.declined_at is not None or (mandate.ends_at is not None and mandate.ends_at <= now):
        raise WrongState(act="end_mandate", state=_state(mandate, now), needs=("a mandate that is in force, or waits",))


def need_waiting(act: str, mandate: Mandate, now: datetime) -> None:
    """Refuses (WrongState) to answer a mandate that waits for no answer."""
    over = mandate.ends_at is not None and mandate.ends_at <= now
    if mandate.accepted_at is not None or mandate.declined_at is not None or over:
        raise WrongState(act=act, state=_state(mandate, now), needs=("a proposal that waits for its answer",))


def _state(mandate: Mandate, now: datetime) -> str:
    if mandate.declined_at is not None:
        return "a mandate that was declined"
    if mandate.ends_at is not None and mandate.ends_at <= now:
        return "a mandate that has ended"
    return "a mandate that waits to be accepted" if mandate.accepted_at is None else "a mandate that was accepted"


@dataclass(frozen=True)
class Held:
    """A mandate of a person, with the names of its organisation and its forum."""

    mandate: Mandate
    organisation: str | None = None
    forum: str | None = None


def nothing_in_force(held: Sequence[Held], now: datetime) -> NothingInForce:
    """The refusal for a person none of whose mandates is in force: how each stands, and whom to ask for what."""
    lines = tuple(_line(entry, now) for entry in held)
    waiting = sorted({entry.organisation for entry in held if entry.organisation and _waits(entry.mandate, now)})
    ask: list[str] = [phrased("Ask the administrator of {name} to accept it (acceptMandate).", name=n) for n in waiting]
    if not ask:
        ask = [
            phrased(
                "Ask the administrator of your organisation to name you (nameRepresentative), or the secretariat of "
                "the forum to give you a role there (grantMandate)."
            )
        ]
    stands = phrased("{lines}.", lines="; ".join(lines)) if lines else phrased("None was given to you yet.")
    how = stands
    for each in ask:
        how = phrased("{before} {then}", before=how, then=each)
    return NothingInForce(mandates=lines, how=how)


def _line(held: Held, now: datetime) -> str:
    m = held.mandate
    where = ", ".join(filter(None, (m.what.value, held.organisation, held.forum)))
    return f"Mandate:{m.id} ({where}) {_stands(m, now)}"


def _stands(m: Mandate, now: datetime) -> str:
    if m.declined_at is not None:
        return "was declined"
    if m.ends_at is not None and m.ends_at <= now:
        return f"ended on {spoken(m.ends_at, m.zone)}"
    return "waits to be accepted" if m.accepted_at is None else f"begins on {spoken(m.starts_at, m.zone)}"


def _waits(m: Mandate, now: datetime) -> bool:
    return m.accepted_at is None and m.declined_at is None and (m.ends_at is None or m.ends_at > now)


def need_term(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuses (InvalidValue) a term that ends before it begins, or as it begins."""
    if ends_at is not None and ends_at <= starts_at:
        raise InvalidValue(reason="The term ends before it begins.").at_path("endsAt")


def need_mechanism(role: Role | None, mechanism: str | None, known: bool) -> None:
    """Refuses (InvalidValue) a coordinator of no mechanism or of one that does not exist (`known`), and a mechanism
    for anybody else."""
    if role != Role.COORDINATOR:
        if mechanism is not None:
            raise InvalidValue(reason="Only a coordinator has a mechanism: leave it out.").at_path("mechanism")
    elif mechanism is None:
        raise InvalidValue(reason="Say which mechanism is coordinated, by its code.").at_path("mechanism")
    elif not known:
        raise InvalidValue(reason=phrased("There is no mechanism {mechanism} here.", mechanism=mechanism[:60])).at_path(
            "mechanism"
        )
