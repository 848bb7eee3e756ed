"""Who is asked to come in: name and address are blanked some time after the answer (`docs/personal_data.md`)."""

import sqlalchemy as sa

from ...domain.contact import Language
from ...domain.invitation import InvitationState
from ...domain.mandate import Role
from .columns import ident, instant, one_of, ref, rule, table, text

invitation = table(
    "invitation",
    ident(),
    text("address", null=True),
    text("name", null=True),
    text("subject", null=True),
    text("issuer", null=True),  # whose subject it is; null: of this service
    ref("organisation_id", "organisation"),
    ref("forum_id", "forum", null=True),
    text("role"),
    text("mechanism_code", null=True),
    instant("starts_at"),
    instant("ends_at", null=True),
    text("zone"),
    text("language", default=Language.EN),
    ref("invited_by_id", "person", index=False),
    ref("invited_under_id", "mandate", index=False),
    ref("given_by_forum_id", "forum", null=True),
    instant("invited_at"),
    instant("open_until"),
    text("state", default=InvitationState.OPEN),
    instant("answered_at", null=True),
    text("reason", null=True),
    ref("mandate_id", "mandate", null=True, index=False),
    instant("blank_at"),
    one_of("role", Role.words()),
    one_of("language", Language.words()),
    one_of("state", InvitationState.words()),
    rule("answered", "(state in ('open', 'expired')) = (answered_at is null)"),
    rule("accepted", "(state = 'accepted') = (mandate_id is not null)"),
    rule("by_forum", "(forum_id is null) = (given_by_forum_id is null)"),
    rule("issuer_of_subject", "issuer is null or subject is not null"),
    rule("open_is_named", "state <> 'open' or (address is not null and name is not null)"),
    # What waits with a name, in the order in which the clock asks for it.
    sa.Index("ix_invitation_blank_at", "blank_at", postgresql_where=sa.text("address is not null")),
)
