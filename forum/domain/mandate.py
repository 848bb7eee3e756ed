"""A mandate as it was given: an office of an organisation or a role of a person, from an instant to an instant."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ..errors import InvalidValue
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


def end(mandate: Mandate, ends_at: datetime, now: datetime) -> Mandate:
    """No longer in force from an instant on. Refuses (InvalidValue) an end in the past, since nothing is undone
    backwards, and one that is not after the mandate's own beginning."""
    if ends_at < now or ends_at <= mandate.starts_at:
        raise InvalidValue(reason="A mandate ends now or later, and after it began.").at_path("endsAt")
    return replace(mandate, ends_at=ends_at)


def need_term(starts_at: datetime, ends_at: datetime | None) -> None:
    """Refuses (InvalidValue) a term that ends before it begins, or as it begins."""
    if ends_at is not None and ends_at <= starts_at:
        raise InvalidValue(reason="The term ends before it begins.").at_path("endsAt")
