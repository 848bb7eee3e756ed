"""Under which mandate somebody acts, and what that makes of them at a given place: roles, statuses, mechanisms.

An organisation holds an office for a term; a person acts for it in a role with a scope (`docs/glossary.md`, Mandate).
What stands here is in force at this instant, by the one clock, as the store read it; the mandate as it stands on the
record, with its term, is `domain/mandate.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from ..errors import ChooseMandate, MandateNotYours, NotSignedIn
from .authority import OF_FORUM, SPEAKS_FOR
from .body import ParticipationStatus
from .mandate import GivenBy, Office, Role

CHAIRS = frozenset((Office.CHAIR, Office.CO_CHAIR))


@dataclass(frozen=True)
class MandateInForce:
    """A person's mandate in force, accepted and within its term: a role, bound to the scopes that are given."""

    id: UUID
    role: Role
    organisation: UUID | None = None
    forum: UUID | None = None
    edition: UUID | None = None
    track: UUID | None = None
    mechanism: str | None = None
    given_by: GivenBy = GivenBy.OPERATOR

    @property
    def speaks_for(self) -> UUID | None:
        """The organisation the person speaks for. In a forum's role or a mechanism's one speaks for none: that the
        secretariat names where somebody comes from says nothing on behalf of that organisation."""
        return self.organisation if self.role in SPEAKS_FOR else None

    @property
    def of_body(self) -> UUID | None:
        """The body that gave this role itself, or for which the operator entered it; None where it has no such body,
        as an administrator's, whose role is the organisation's alone."""
        own = self.role == Role.ADMINISTRATOR or (self.role in SPEAKS_FOR and self.given_by == GivenBy.ORGANISATION)
        return None if own else self.forum


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
    """Who is acting, with all that is in force for them at this moment. `came_in`: whether they were here before."""

    id: UUID
    name: str
    mandates: tuple[MandateInForce, ...] = ()
    offices: tuple[OfficeHeld, ...] = ()
    seats: tuple[Seat, ...] = ()
    convened: tuple[tuple[UUID, UUID], ...] = ()  # (forum, convened by)
    came_in: bool = True


@dataclass(frozen=True)
class Place:
    """Where an act happens. `forums`: the body itself and those that convene it with equal rights; `body`: the body
    that is asked, when the act answers a question put to one (breaking silence); `home`: the forum whose edition it
    is; `addressed`: organisations to which a call of the track is addressed, so far as somebody asked."""

    forums: frozenset[UUID]
    edition: UUID | None = None
    track: UUID | None = None
    body: UUID | None = None
    home: UUID | None = None
    addressed: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Acting:
    """The capacity in which one acts: what the process is asked about."""

    mandate: MandateInForce
    roles: frozenset[str] = field(default_factory=frozenset)
    statuses: frozenset[str] = field(default_factory=frozenset)
    mechanisms: frozenset[str] = field(default_factory=frozenset)
    # Those of the place's forums in which its organisation has a seat.
    seated: frozenset[UUID] = field(default_factory=frozenset)


def takes_part(person: Person, organisation: UUID, place: Place) -> bool:
    """Whether the organisation takes part there: by a seat or an office in one of the bodies, or as an addressee."""
    bodies = place.forums | {place.body, place.home}
    seats = any(s.organisation == organisation and s.forum in bodies for s in person.seats)
    return (
        seats
        or any(o.organisation == organisation and o.forum in bodies for o in person.offices)
        or organisation in place.addressed
    )


def reaches(person: Person, mandate: MandateInForce, place: Place) -> bool:
    """Whether the mandate counts at the place: its scope takes it in, and who speaks for an organisation does so only
    where that takes part. An administrator acts in no process: what one may do stands in `authority.py`."""
    if mandate.role == Role.ADMINISTRATOR:
        return False
    speaks = mandate.role in SPEAKS_FOR
    if mandate.track is not None:
        scoped = mandate.track == place.track
    elif mandate.edition is not None:
        scoped = mandate.edition == place.edition
    elif mandate.forum is not None:
        scoped = mandate.forum in place.forums or (speaks and mandate.forum == place.body)
    else:
        scoped = speaks
    if not scoped or not speaks:
        return scoped
    given_here = mandate.of_body is not None and mandate.of_body in place.forums | {place.body}
    return given_here or (mandate.organisation is not None and takes_part(person, mandate.organisation, place))


def of_the_house(person: Person, mandate: MandateInForce, forums: frozenset[UUID]) -> bool:
    """Whether the mandate lets one do what is a body's own in one of these forums: the body gave a role of its own, or
    the mandate speaks for the organisation that chairs the body. Who speaks for another organisation does not become
    the body's by its proposal. An administrator says who speaks, and acts in no process."""
    if mandate.role == Role.ADMINISTRATOR:
        return False
    return chairs(person, mandate, forums) if mandate.role in SPEAKS_FOR else mandate.forum in forums


def chairs(person: Person, mandate: MandateInForce, forums: frozenset[UUID]) -> bool:
    """Whether the mandate's organisation holds the chair of one of these forums, or one of several."""
    mine = (o for o in person.offices if o.organisation == mandate.organisation and o.office in CHAIRS)
    return any(office.forum in forums for office in mine)


def choose(person: Person | None, wanted: UUID | None, place: Place) -> MandateInForce:
    """The mandate to act under: the one named, else the only one that reaches the place.

    Two that say the same are as good as one. A person here has one at least (`nothing_in_force`). Refuses NotSignedIn,
    MandateNotYours (named, but not in force for this person), ChooseMandate (several would do).
    """
    if person is None:
        raise NotSignedIn()
    if wanted is not None:
        mandate = next((m for m in person.mandates if m.id == wanted), None)
        if mandate is None:
            raise MandateNotYours().at_path("actingAs")
        return mandate
    if len(person.mandates) == 1:
        return person.mandates[0]
    near = [m for m in person.mandates if reaches(person, m, place)]
    if len({_says(m) for m in near}) != 1:
        raise ChooseMandate(options=tuple(f"Mandate:{m.id} ({m.role})" for m in near or person.mandates))
    return near[0]


def _says(m: MandateInForce) -> tuple[object, ...]:
    return m.role, m.organisation, m.forum, m.edition, m.track, m.mechanism, m.of_body


def acting(person: Person, mandate: MandateInForce, place: Place) -> Acting:
    """Roles, statuses and mechanisms of this person under this mandate at this place; none where it does not reach.

    The seats of an organisation count for those who speak for it, and for nobody else.
    """
    if not reaches(person, mandate, place):
        return Acting(mandate)
    roles: set[str] = {mandate.role}
    statuses: set[str] = set()
    mechanisms: set[str] = {mandate.mechanism} if mandate.mechanism and mandate.role == Role.COORDINATOR else set()
    seated: set[UUID] = set()
    for seat in person.seats:
        if seat.organisation == mandate.speaks_for and seat.forum in place.forums:
            seated.add(seat.forum)
            statuses.add(seat.status)
            mechanisms.update(seat.mechanisms)
    if mandate.role == Role.SECRETARIAT and chairs(person, mandate, place.forums):
        roles.add("chair")
    # A member of the body that is asked: the question goes to its delegates, not to its staff.
    if any(o.forum == place.body and o.organisation == mandate.speaks_for for o in person.offices):
        roles.add("member")
    return Acting(mandate, frozenset(roles), frozenset(statuses), frozenset(mechanisms), frozenset(seated))


def coordination(mechanism: str, forum: UUID) -> str:
    """What a coordinator coordinates, as one word: a mechanism, in the forum for which the coordinator was named."""
    return f"{mechanism}@{forum}"


def teams(person: Person, in_team: Sequence[Role] = tuple(OF_FORUM)) -> frozenset[UUID]:
    """Forums whose team the person is of, those they convene included."""
    own = {m.forum for m in person.mandates if m.forum is not None and m.role in in_team}
    return frozenset(own | {child for child, by in person.convened if by in own})


def circles(person: Person) -> frozenset[UUID]:
    """Forums whose participants' papers the person may read: where an organisation one speaks for has a seat or an
    office, and those that gave the person a role."""
    theirs = {m.speaks_for for m in person.mandates if m.speaks_for is not None}
    seats = {s.forum for s in person.seats if s.organisation in theirs}
    offices = {o.forum for o in person.offices if o.organisation in theirs}
    giving_forums = {m.of_body for m in person.mandates if m.of_body is not None}
    return frozenset(seats | offices | giving_forums) | teams(person)
