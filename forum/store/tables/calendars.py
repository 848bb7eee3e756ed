"""At which address a person's own dates are read by calendar programs."""

import sqlalchemy as sa

from .columns import ident, instant, octets, ref, rule, table

# Personal data: known to its person, and to nobody else (`docs/personal_data.md`). The secret itself is kept nowhere.
calendar_address = table(
    "calendar_address",
    ident(),
    ref("person_id", "person", index=False),
    octets("hash"),
    instant("since"),
    rule("hash", "length(hash) = 32"),
    sa.UniqueConstraint("person_id"),
    sa.UniqueConstraint("hash"),
)
