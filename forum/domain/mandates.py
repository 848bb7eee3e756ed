"""Under which mandate somebody acts, and what that makes of them at a given place: roles, statuses, mechanisms.

An organisation holds an office for a term; a person acts for it in a role with a scope (`docs/glossary.md`, Mandate).
What stands here is in force at this instant, by the one clock, as the store read it; the mandate as it stands on the
record, with its term, is `domain/mandate.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ..errors import ChooseMandate, MandateNotYours, NotSignedIn
from .body import ParticipationStatus
from .mandate import Office, Role

# Roles that belong to the body's own team; the others speak for their organisation.
TEAM_ROLES = frozenset(
    (Role.SECRETARIAT, Role.PENHOLDER, Role.NOTE_TAKER, Role.RESOURCE_PERSON, Role.MODERATOR, Role.LIAISON)
)


@dataclass(frozen=True)
class MandateInForce:
    """A person's mandate in force: a role for an organisation, bound to the scopes that are given."""

    id: UUID
    role: Role
    organisation: UUID | None = None
    forum: UUID | None = None
    edition: UUID | None = None
    track: UUID | None = None
    mechanism: str | None = None


@dataclass(frozen=True)
class OfficeHeld:
    """An office that an organisation holds now in a body."""

    forum: UUID
    organisation: UUID
    office: Office


@dataclass(frozen=True)
class Seat:
    """An organisation's participation in a forum now."""

    forum: UUID
    organisation: UUID
    status: ParticipationStatus
    mechanisms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Who is acting, with all that is in force for them at this moment."""

    id: UUID
    name: str
    mandates: tuple[MandateInForce, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    seats: tuple[Seat, ...] = ()
    convened: tuple[tuple[UUID, UUID], ...] = ()  # (forum, convened by)


@dataclass(frozen=True)
class Place:
    """Where an act happens. `forums`: the body itself and those that convene it with equal rights; `body`: the body
    that is asked, when the act answers a question put to one (breaking silence)."""

    forums: frozenset[UUID]
    edition: UUID | None = None
    track: UUID | None = None
    body: UUID | None = None


@dataclass(frozen=True)
class Acting:
    """The capacity in which one acts: what the process is asked about."""

    mandate: MandateInForce
    roles: frozenset[str] = field(default_factory=frozenset)
    statuses: frozenset[str] = field(default_factory=frozenset)
    mechanisms: frozenset[str] = field(default_factory=frozenset)
    # Those of the place's forums in which its organisation has a seat.
    seated: frozenset[UUID] = field(default_factory=frozenset)


def reaches(mandate: MandateInForce, place: Place) -> bool:
    """Whether the mandate's scope takes in the place. One with no scope speaks for its organisation anywhere."""
    if mandate.track is not None:
        return mandate.track == place.track
    if mandate.edition is not None:
        return mandate.edition == place.edition
    if mandate.forum is not None:
        return mandate.forum in place.forums or mandate.forum == place.body
    return mandate.role not in TEAM_ROLES


def choose(person: Person | None, wanted: UUID | None, place: Place) -> MandateInForce:
    """The mandate to act under: the one named, else the only one that reaches the place.

    Refuses NotSignedIn, MandateNotYours (named, but not in force for this person), ChooseMandate (several would do).
    """
    if person is None:
        raise NotSignedIn()
    if wanted is not None:
        found = next((m for m in person.mandates if m.id == wanted), None)
        if found is None:
            raise MandateNotYours().at_path("actingAs")
        return found
    if len(person.mandates) == 1:
        return person.mandates[0]
    near = [m for m in person.mandates if reaches(m, place)]
    if len(near) != 1:
        raise ChooseMandate(options=tuple(f"Mandate:{m.id} ({m.role})" for m in near or person.mandates))
    return near[0]


def acting(person: Person, mandate: MandateInForce, place: Place) -> Acting:
    """Roles, statuses and mechanisms of this person under this mandate at this place; none where it does not reach."""
    if not reaches(mandate, place):
        return Acting(mandate)
    roles: set[str] = {mandate.role}
    statuses: set[str] = set()
    mechanisms: set[str] = {mandate.mechanism} if mandate.mechanism else set()
    seated: set[UUID] = set()
    for seat in person.seats:
        if seat.organisation == mandate.organisation and seat.forum in place.forums:
            seated.add(seat.forum)
            statuses.add(seat.status)
            mechanisms.update(seat.mechanisms)
    for office in person.offices:
        if office.organisation != mandate.organisation:
            continue
        chairs = office.office in (Office.CHAIR, Office.CO_CHAIR)
        if chairs and office.forum in place.forums and mandate.role == Role.SECRETARIAT:
            roles.add("chair")
        # A member of the body that is asked: the question goes to its delegates, not to its staff.
        if office.forum == place.body and mandate.role not in TEAM_ROLES:
            roles.add("member")
    return Acting(mandate, frozenset(roles), frozenset(statuses), frozenset(mechanisms), frozenset(seated))


def teams(person: Person, in_team: Sequence[Role] = tuple(TEAM_ROLES)) -> frozenset[UUID]:
    """Forums whose team the person is of, those they convene included."""
    own = {m.forum for m in person.mandates if m.forum is not None and m.role in in_team}
    return frozenset(own | {child for child, by in person.convened if by in own})


def circles(person: Person) -> frozenset[UUID]:
    """Forums whose participants' papers the person may read."""
    theirs = {m.organisation for m in person.mandates}
    seats = {s.forum for s in person.seats if s.organisation in theirs}
    offices = {o.forum for o in person.offices if o.organisation in theirs}
    scoped = {m.forum for m in person.mandates if m.forum is not None}
    return frozenset(seats | offices | scoped) | teams(person)
