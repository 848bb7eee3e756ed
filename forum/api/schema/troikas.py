"""The troika of a forum: derived from its chairs' terms, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import strawberry

from ...domain.terms import Term
from ...domain.terms import troika as derived_troika
from .scalars import CountryCode
from .vocabularies import Office


@strawberry.type(description="A term of a forum's chair or co-chair.")
class ChairTerm:
    organisation_id: strawberry.ID = strawberry.field(description="The organisation; read more of it by `node`.")
    name: str = strawberry.field(description="Its name.")
    short_name: str | None = strawberry.field(description="A shorter name in use.")
    country_code: CountryCode | None = strawberry.field(description="Of a state, its code.")
    office: Office = strawberry.field(description="Chair or co-chair.")
    starts_at: datetime = strawberry.field(description="From when.")
    ends_at: datetime | None = strawberry.field(description="Until when; null while no end is set.")


@strawberry.type(description="The chairs before, now and after. Co-chairs make them more than three.")
class Troika:
    previous: list[ChairTerm] = strawberry.field(description="The term that ended last.")
    current: list[ChairTerm] = strawberry.field(description="The terms in force; empty between two terms.")
    next: list[ChairTerm] = strawberry.field(description="The term that begins next.")


@dataclass(frozen=True)
class HeldTerm:
    """A term of a chair or co-chair, as `derived.chair_terms` gives it."""

    organisation: UUID
    name: str
    short_name: str | None
    country_code: str | None
    office: str
    starts_at: datetime
    ends_at: datetime | None


def troika(terms: list[HeldTerm], now: datetime, at: datetime | None) -> Troika:
    """The chairs before, at and after an instant: now, unless another is given."""
    known = {Term(f"Organisation:{held.organisation}", held.starts_at, held.ends_at): held for held in terms}
    chairs = derived_troika(known, at or now)

    def shown(places: Iterable[Term]) -> list[ChairTerm]:
        return [_shown(term, known[term]) for term in places]

    return Troika(previous=shown(chairs.previous), current=shown(chairs.current), next=shown(chairs.next))


def _shown(term: Term, held: HeldTerm) -> ChairTerm:
    return ChairTerm(
        organisation_id=strawberry.ID(term.holder),
        name=held.name,
        short_name=held.short_name,
        country_code=None if held.country_code is None else CountryCode(held.country_code),
        office=Office(held.office),
        starts_at=held.starts_at,
        ends_at=held.ends_at,
    )
