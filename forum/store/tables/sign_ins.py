"""Who is signed in with a browser."""

import sqlalchemy as sa

from .columns import ident, instant, octets, ref, rule, table, text, whole

# The secret of a cookie is kept nowhere: its hash finds the row. The limits are those that stood when it began.
sign_in = table(
    "sign_in",
    ident(),
    ref("person_id", "person"),
    octets("secret_hash"),
    text("issuer"),
    ref("account_id", "account", null=True),  # null: the demonstration
    text("provider_session", null=True),  # the provider's `sid`, by which it ends its session
    text("client"),
    instant("began_at"),
    instant("last_used_at"),
    instant("ends_at"),
    whole("idle_seconds"),
    instant("ended_at", null=True),
    rule("hash", "length(secret_hash) = 32"),
    rule("ends_after_beginning", "ends_at > began_at"),
    rule("idle", "idle_seconds > 0"),
    sa.UniqueConstraint("secret_hash"),
)
