"""What the link of an invitation offers, as whoever holds it reads it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import strawberry

from ...actions.invitation.offered import offered
from ...domain.invitation import Offer
from ...reading.declare import arg, python
from ...reading.prices import OFFER
from ...refusal import Refusal
from .context import Context
from .refusals import UserError
from .vocabularies import Role


@strawberry.type(description="What an invitation offers, to whoever holds its link.")
class InvitationOffer:
    name: str = strawberry.field(description="Whom it is for, as the inviter wrote the name.")
    role: Role = strawberry.field(description="The role that is offered.")
    organisation: str = strawberry.field(description="The organisation for which the person is to act, by name.")
    forum: str | None = strawberry.field(description="The forum whose office invites, by name; else null.")
    mechanism: str | None = strawberry.field(description="The mechanism to be coordinated, by name; else null.")
    invited_by: str = strawberry.field(description="Who invites, by name.")
    starts_at: datetime = strawberry.field(description="From when the role is to be held.")
    ends_at: datetime | None = strawberry.field(
        description="Until when, that instant not included; null while no end is set."
    )
    zone: str = strawberry.field(description="The time zone in which these are spoken.")
    open_until: datetime = strawberry.field(description="The first instant at which the link opens nothing any more.")


@strawberry.type(description="What a link offers, or why it offers nothing.")
class InvitationAnswer:
    offer: InvitationOffer | None = strawberry.field(description="The offer; null where there is none.")
    errors: list[UserError] = strawberry.field(description="Why there is none; empty where there is one.")


@dataclass(frozen=True)
class Offered:
    """What `InvitationAnswer` shows."""

    offer: Offer | None
    errors: tuple[Refusal, ...] = ()


async def _behind(link: str, context: Context) -> Offered:
    try:
        return Offered(await offered(context.runner, context.subject, link))
    except Refusal as refusal:
        return Offered(None, (refusal.spoken_by(context.speaker),))


def invitation_root() -> Any:
    """`invitation` of the Query type."""
    about = (
        "What an invitation offers, by its link: read as whoever holds it, signed in or not. Nothing is answered by "
        f"reading (acceptInvitation, declineInvitation). Costs {OFFER}."
    )
    return python(_behind, args={"link": arg(str, "The signed link, the whole of it.")}, cost=OFFER, description=about)
