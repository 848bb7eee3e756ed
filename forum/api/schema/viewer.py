"""Who is asking, and what he may act as."""

import strawberry

from ...reading import derived, derived_agreements, derived_calls, derived_mandates
from ...reading.declare import Connection, listed, many, to_one
from ...reading.visibility import wrote
from ...reading.visibility_sign_ins import standing
from .contribution_filter import ContributionFilter, matching
from .links import (
    AgreementLink,
    ApplicationLink,
    CalendarAddressLink,
    CallLink,
    ContactLink,
    ContributionLink,
    ForumLink,
    MandateLink,
    NoticeLink,
    OrganisationLink,
    PersonLink,
    SignInLink,
    TokenLink,
)


@strawberry.type(description="Who is asking. Without a token: nobody, who reads what is public.")
class Viewer:
    person: PersonLink | None = to_one(
        on=lambda row, other, me: other.c.id == me.person, description="You; null without a token."
    )
    contact: ContactLink | None = to_one(
        on=lambda row, other, me: other.c.person_id == me.person,
        description="Where and how you are written to; null where you have not said.",
    )
    calendar: CalendarAddressLink | None = to_one(
        on=lambda row, other, me: other.c.person_id == me.person,
        description="Since when calendar programs may read your own dates; null where you have no address for them.",
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
    asked_to_agree: Connection[AgreementLink] = many(
        on=derived_agreements.waiting_for_me,
        description="What other forums asked the bodies of your teams to agree to, without answer.",
    )
    applications: Connection[ApplicationLink] = many(
        on=lambda row, other, me: other.c.person_id == me.person,
        description="What you asked for an organisation, the first one first: nobody sees it but the forum you asked.",
    )
    organisations: list[OrganisationLink] = listed(
        on=lambda row, other, me: other.c.id == derived.any_of(me.organisations), description="For whom you speak now."
    )
    forums: list[ForumLink] = listed(
        on=lambda row, other, me: other.c.id == derived.any_of(me.forums),
        description="The forums that you are in, by a role of yours, or a seat or an office of your organisations.",
    )
    open_calls: Connection[CallLink] = many(
        on=derived_calls.open_for_me,
        description="The open calls that are addressed to whom you speak for, the next deadline first.",
    )
    contributions: Connection[ContributionLink] = many(
        on=lambda row, other, me: wrote(other, me),
        filter=ContributionFilter,
        narrow=matching,
        description="What your own side wrote, drafts included.",
    )
    notices: Connection[NoticeLink] = many(description="What you were told, the newest first: nobody sees another's.")
    tokens: Connection[TokenLink] = many(
        description="Your tokens that the service issued, the newest first, also those that have ended."
    )
    sign_ins: list[SignInLink] = listed(
        on=standing,
        description="Where you are signed in with a browser now, the one used last first: nobody sees another's.",
    )
