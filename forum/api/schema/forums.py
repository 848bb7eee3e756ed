"""A forum, how it is set up, and the troika, which is derived from the chairs' terms and never stored."""

import enum
from datetime import date, datetime
from typing import Any

import strawberry

from ...domain import terms
from ...reading import derived
from ...reading.declare import Connection, arg, col, listed, lives, many, one, python, single, sql
from ...reading.values import instant
from ...reading.visibility import everybody
from ...store.tables import schema as t
from .bodies import Office, ParticipationStatus
from .common import Layer, Node, value
from .links import EditionLink, ForumLink, MandateLink, MechanismLink, ParticipationLink, TermsLink
from .scalars import CountryCode

NOW = "An instant; left out or null: now, by the server's clock."


@strawberry.enum(description="What sort of body a forum is.")
class ForumKind(enum.Enum):
    FORUM = value("forum", "A forum with editions of its own.")
    MECHANISM = value("mechanism", "A mechanism's own body.")
    STEERING_GROUP = value("steering_group", "Steers its parent.")
    WORKING_GROUP = value("working_group", "Works for its parent on a subject.")
    TASK_FORCE = value("task_force", "Does one thing, then ends.")
    ROUNDTABLE = value("roundtable", "Prepares and holds a roundtable.")
    REGIONAL_CONSULTATION = value("regional_consultation", "Consults a region.")
    FRIENDS = value("friends", "Friends of the forum.")
    SUPPORT_UNIT = value("support_unit", "Assists the chair.")
    ADVISORY_GROUP = value("advisory_group", "Advises its parent.")


@strawberry.enum(description="What a body can do for its parent.")
class Power(enum.Enum):
    ADVISES = value("advises", "It advises.")
    ENDORSES = value("endorses", "It endorses texts.")
    ASSISTS = value("assists", "It assists.")
    NONE = value("none", "It stands by itself.")


@strawberry.input(description="Which forums.")
class ForumFilter:
    layers: list[Layer] | None = strawberry.field(default=strawberry.UNSET, description="Of one of these layers.")
    kinds: list[ForumKind] | None = strawberry.field(default=strawberry.UNSET, description="Of one of these kinds.")
    parent: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Set up by this forum.")


def narrowed(other: Any, given: Any) -> list[Any]:
    """The conditions of a ForumFilter."""
    columns = {"layers": "layer", "kinds": "kind"}
    where = [other.c[column] == derived.any_of(given[name]) for name, column in columns.items() if name in given]
    return [*where, other.c.parent_id == given["parent"]] if "parent" in given else where


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


def _mandates_at(other: Any, given: Any) -> list[Any]:
    return [derived.in_force(other, given.get("at"))]


def _participations(other: Any, given: Any) -> list[Any]:
    where = [derived.in_force(other, given.get("at"))]
    return [*where, other.c.status == given["status"]] if "status" in given else where


@strawberry.type(description="A standing or ad hoc body.")
@lives(t.forum, ("slug", "id"), visible=everybody)
class Forum(Node):
    slug: str = col(description="Its short name in addresses, as in `gfmd`.")
    name: str = col(description="Its name.")
    acronym: str | None = col(description="Its acronym.")
    layer: Layer = col(description="At which level it works.")
    kind: ForumKind = col(description="What sort of body it is.")
    power: Power = sql(derived.power, description="What it can do for its parent now, by its newest terms in force.")
    parent: ForumLink | None = one("parent_id", description="The forum that set it up.")
    bodies: Connection[ForumLink] = many("parent_id", description="The bodies it has set up.")
    convenors: list[ForumLink] = listed(
        on=lambda row, other: derived.exists_in(t.convenor, forum_id=row.c.id, convened_by_id=other.c.id),
        description="The forums that convene it with equal rights.",
    )
    mechanism: MechanismLink | None = one(
        on=lambda row, other: other.c.code == row.c.mechanism_code, description="The mechanism whose own body it is."
    )
    periodicity: str | None = col(description="How often it holds an edition, in words.")
    terms_of_reference: str | None = col(description="What it was set up for; see `terms` for what it is for now.")
    terms: TermsLink | None = single(
        derived.newest_terms,
        args={"at": arg(datetime | None, NOW, strawberry.UNSET)},
        description="Its terms of reference in force; null where none were dated, or the last have ended.",
    )
    terms_history: Connection[TermsLink] = many(
        "forum_id", description="Every terms of reference it had, the first one first."
    )
    template: str | None = col(description="The body of its parent's process that it follows.")
    zone: str = col(description="The time zone in which it names its times.")
    editions: Connection[EditionLink] = many("forum_id", description="Its editions, the newest first.")
    participations: Connection[ParticipationLink] = many(
        "forum_id",
        args={
            "at": arg(datetime | None, NOW, strawberry.UNSET),
            "status": arg(ParticipationStatus | None, "Only with this status.", strawberry.UNSET),
        },
        narrow=_participations,
        description="Who takes part.",
    )
    mandates: Connection[MandateLink] = many(
        "forum_id",
        args={"at": arg(datetime | None, NOW, strawberry.UNSET)},
        narrow=_mandates_at,
        description="Offices and roles in force.",
    )
    troika: Troika = python(
        _troika,
        needs={"terms": derived.chair_terms, "now": lambda row: instant(derived.now())},
        args={"at": arg(datetime | None, NOW, None)},
        description="The chairs before, now and after, derived from their terms.",
    )


@strawberry.type(
    description="What a body is for and may do, from a date on. The newest in force count; the others stay."
)
@lives(t.terms_of_reference, ("starts_at", "id"), visible=everybody)
class TermsOfReference(Node):
    forum: ForumLink | None = one("forum_id", description="The body.")
    text: str = col(description="What it is for, CommonMark.")
    power: Power = col(description="What it can do for its parent.")
    starts_at: datetime = col(description="From when.")
    ends_at: datetime | None = col(description="Until when, not included; null while no end is set.")
    reason: str | None = col(description="Why they were changed; null for those it was set up with.")
    decided_on: date | None = col(description="The day on which that was decided.")
