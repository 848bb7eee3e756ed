"""Forums: standing and ad hoc bodies, and how they are set up."""

from datetime import datetime
from typing import Any

import strawberry

from ...reading import derived, derived_agreements, derived_mandates, derived_process
from ...reading.declare import Connection, arg, col, listed, lives, many, python, single, sql, to_one
from ...reading.values import instant
from ...reading.visibility import everybody
from ...reading.visibility_invitations import in_state
from ...store.tables import names as t
from .acts import ActAnswer, acts_here
from .common import Node
from .links import (
    AgreementLink,
    ApplicationLink,
    CorrectionLink,
    EditionLink,
    ForumLink,
    InvitationLink,
    MandateLink,
    MechanismLink,
    ParticipationLink,
    ProcessLink,
    TermsLink,
)
from .troikas import Troika
from .troikas import troika as troika_at
from .vocabularies import ApplicationState, ForumKind, InvitationState, Layer, ParticipationStatus, Power

NOW = "An instant; left out or null: now, by the server's clock."


@strawberry.input(description="Which forums.")
class ForumFilter:
    layers: list[Layer] | None = strawberry.field(default=strawberry.UNSET, description="Of one of these layers.")
    kinds: list[ForumKind] | None = strawberry.field(default=strawberry.UNSET, description="Of one of these kinds.")
    parent: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Set up by this forum.")


def narrowed(other: Any, arguments: Any) -> list[Any]:
    """The conditions of a ForumFilter."""
    columns = {"layers": "layer", "kinds": "kind"}
    where = [
        other.c[column] == derived.any_of(arguments[name]) for name, column in columns.items() if name in arguments
    ]
    return [*where, other.c.parent_id == arguments["parent"]] if "parent" in arguments else where


def _mandates_at(other: Any, arguments: Any) -> list[Any]:
    return [derived_mandates.mandate_in_force(other, arguments.get("at"))]


def _in_state(other: Any, arguments: Any) -> list[Any]:
    return [other.c.state == arguments["state"]] if "state" in arguments else []


def _participations(other: Any, arguments: Any) -> list[Any]:
    where = [derived.in_force(other, arguments.get("at"))]
    return [*where, other.c.status == arguments["status"]] if "status" in arguments else where


@strawberry.type(description="A standing or ad hoc body.")
@lives(t.forum, ("slug", "id"), visible=everybody)
class Forum(Node):
    slug: str = col(description="Its short name in addresses, as in `gfmd`.")
    name: str = col(description="Its name.")
    acronym: str | None = col(description="Its acronym.")
    acts: list[ActAnswer] = acts_here("Forum")
    corrections: Connection[CorrectionLink] = many(
        "forum_id", description="Its former names: what was put right, in the order of time."
    )
    layer: Layer = col(description="At which level it works.")
    kind: ForumKind = col(description="What sort of body it is.")
    power: Power = sql(derived.power, description="What it can do for its parent now, by its newest terms in force.")
    parent: ForumLink | None = to_one("parent_id", description="The forum that set it up.")
    bodies: Connection[ForumLink] = many("parent_id", description="The bodies it has set up.")
    convenors: list[ForumLink] = listed(
        on=derived_agreements.convening, description="The forums that convene it with equal rights."
    )
    former_convenors: list[ForumLink] = listed(
        on=derived_agreements.convened_before,
        description="The forums that set it to work with others and have ended that agreement since. What was begun "
        "with them stands, and so does their people's part in it.",
    )
    mechanism: MechanismLink | None = to_one(
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
    process: ProcessLink | None = single(
        derived_process.current_process,
        args={},
        description="Its own process, by which acts on it are judged: what its office, or the operator for it, adopted "
        "or published last. Null where it has none; a body then follows the forum that set it up.",
    )
    processes: Connection[ProcessLink] = many(
        "forum_id", description="Every text that was ever its own, adopted or published, the newest first."
    )
    zone: str = col(description="The time zone in which it names its times.")
    editions: Connection[EditionLink] = many("forum_id", description="Its editions, the newest first.")
    admits_organisations: bool = col(
        "registrar",
        description="Whether its office admits organisations to this service: the operator entrusted it.",
    )
    applications: Connection[ApplicationLink] = many(
        "forum_id",
        args={"state": arg(ApplicationState | None, "Only in this state.", strawberry.UNSET)},
        narrow=_in_state,
        description="Who asks its office to be admitted; for that office and, of their own, for applicants.",
    )
    invitations: Connection[InvitationLink] = many(
        "forum_id",
        args={"state": arg(InvitationState | None, "Only in this state.", strawberry.UNSET)},
        narrow=in_state,
        description="Whom its office asked in, or that of a body above it; for that office, else empty.",
    )
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
    agreements: Connection[AgreementLink] = many(
        on=derived_agreements.of_forum,
        description="What other bodies agreed to for it, and what it agreed to for them, the newest first.",
    )
    troika: Troika = python(
        troika_at,
        needs={"terms": derived.chair_terms, "now": lambda row: instant(derived.now())},
        args={"at": arg(datetime | None, NOW, None)},
        description="The chairs before, now and after, derived from their terms.",
    )
