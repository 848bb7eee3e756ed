"""Who is asking, and what he may act as."""

import strawberry

from ...reading import derived, derived_mandates
from ...reading.declare import Connection, listed, many, to_one
from .links import MandateLink, NoticeLink, OrganisationLink, PersonLink


@strawberry.type(description="Who is asking. Without a token: nobody, who reads what is public.")
class Viewer:
    person: PersonLink | None = to_one(
        on=lambda row, other, me: other.c.id == me.person, description="You; null without a token."
    )
    mandates: list[MandateLink] = listed(
        on=derived_mandates.my_mandates,
        description="Your mandates in force: one of these is what you say in `actingAs`.",
    )
    waiting: Connection[MandateLink] = many(
        on=derived_mandates.waiting_for_me,
        description="What was proposed to you or to an organisation of yours, without answer.",
    )
    given: Connection[MandateLink] = many(
        on=derived_mandates.given_by_mine, description="What the forums of your teams gave, and your organisations."
    )
    organisations: list[OrganisationLink] = listed(
        on=lambda row, other, me: other.c.id == derived.any_of(me.organisations), description="For whom you speak now."
    )
    notices: Connection[NoticeLink] = many(description="What you were told, the newest first: nobody sees another's.")
