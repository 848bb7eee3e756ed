"""Whose word somebody's is, where a mandate is given, accepted or ended: the office's, the organisation's, their own.

What that word is enough for stands in `authority.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from .authority import SPEAKS_FOR, By
from .mandate import GivenBy, Mandate, Role
from .mandates import CHAIRS, MandateInForce, Person

# Who speaks for the organisation that chairs a body may be its office; a delegate is not.
_HEADS = frozenset((Role.NATIONAL_FOCAL_POINT, Role.REPRESENTATIVE))


@dataclass(frozen=True)
class Around:
    """A forum, with those that set it up or convene it."""

    forum: UUID
    above: frozenset[UUID] = frozenset()


def offices_of(person: Person, mandate: MandateInForce) -> frozenset[UUID]:
    """The forums whose office this mandate is of."""
    if mandate.role == Role.SECRETARIAT:
        return frozenset() if mandate.forum is None else frozenset((mandate.forum,))
    if mandate.role not in _HEADS:
        return frozenset()
    held = (o for o in person.offices if o.organisation == mandate.speaks_for and o.office in CHAIRS)
    return frozenset(office.forum for office in held)


def to_give(person: Person, mandate: MandateInForce, around: Around) -> dict[By, UUID]:
    """Whose word it is when something is given in a forum, each with the forum whose office it is."""
    held = offices_of(person, mandate)
    hands = {By.OFFICE: around.forum} if around.forum in held else {}
    above = _first(around.above & held)
    return hands if above is None else {**hands, By.ABOVE: above}


def to_end(person: Person, mandate: MandateInForce, subject: Mandate, around: Around | None) -> dict[By, UUID]:
    """Whose word it is when a forum's office ends a mandate: of that which this forum itself gave; of what the operator
    entered for it, where the role is the forum's own and speaks for no organisation."""
    held, forum = offices_of(person, mandate), subject.given_by_forum_id
    if forum is not None:
        if forum not in held:
            return {}
        return {By.OFFICE if around is None or forum == around.forum else By.ABOVE: forum}
    if subject.given_by != GivenBy.OPERATOR or subject.role in SPEAKS_FOR or around is None:
        return {}
    return to_give(person, mandate, around)


def administers(mandate: MandateInForce, organisation: UUID | None) -> bool:
    """Whether the mandate is that of an administrator of the organisation."""
    return mandate.role == Role.ADMINISTRATOR and organisation is not None and mandate.organisation == organisation


def _first(forums: Iterable[UUID]) -> UUID | None:
    return min(forums, default=None)
