"""The troika of a forum: derived from its chairs' terms, never stored."""

from datetime import datetime
from typing import Any

import strawberry

from ...domain import terms
from .mandates import Office
from .scalars import CountryCode


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


def _troika(rows: list[dict[str, Any]], args: dict[str, Any]) -> list[dict[str, Any]]:
    return [_three(row["terms"], args["at"] or datetime.fromisoformat(row["now"])) for row in rows]


def _three(rows: list[dict[str, Any]], at: datetime) -> dict[str, Any]:
    known = {}
    for row in rows:
        ends = row["ends_at"] and datetime.fromisoformat(row["ends_at"])
        term = terms.Term(f"Organisation:{row['organisation']}", datetime.fromisoformat(row["starts_at"]), ends)
        known[term] = {**row, "organisation_id": term.holder, "office": row["office"].upper()}
    found = terms.troika(known, at)
    return {name: [known[term] for term in getattr(found, name)] for name in ("previous", "current", "next")}
