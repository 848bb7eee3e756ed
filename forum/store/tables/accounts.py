"""Accounts at identity providers, and what is on its way between a browser and one of them."""

import sqlalchemy as sa

from .columns import flag, ident, instant, octets, ref, rule, table, text

account = table(
    "account",
    ident(),
    ref("person_id", "person"),
    text("issuer"),
    text("subject"),
    flag("of_client"),
    instant("linked_at"),
    instant("ended_at", null=True),
    sa.Index(
        "uq_account_in_force",
        "issuer",
        "subject",
        "of_client",
        unique=True,
        postgresql_where=sa.text("ended_at is null"),
    ),
)

# Each is used once and lives for ten minutes; found by what the browser brings back, of which hashes are kept.
sign_in_attempt = table(
    "sign_in_attempt",
    ident(),
    octets("state_hash"),
    octets("browser_hash"),
    text("provider"),
    text("nonce"),
    text("verifier"),
    ref("invitation_id", "invitation", null=True),  # the one that is accepted by coming back
    instant("began_at"),
    rule("hashes", "length(state_hash) = 32 and length(browser_hash) = 32"),
    sa.UniqueConstraint("state_hash"),
)

# Logout tokens that were acted on, for as long as one could be sent again.
logout_token = table(
    "logout_token",
    ident(),
    text("issuer"),
    text("jti"),
    instant("arrived_at"),
    sa.UniqueConstraint("issuer", "jti"),
)
