"""Mail: where people are reached, and the letters that wait for the relay or went to it."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ...domain.contact import Language, Pace
from ...domain.letter import LetterState
from .columns import ident, instant, one_of, ref, table, text, whole

# Personal data: read by the person, by nobody else (`docs/personal_data.md`).
contact = table(
    "contact",
    ident(),
    ref("person_id", "person", index=False),
    text("address", null=True),
    text("language", default=Language.EN),
    text("zone", default="UTC"),
    text("pace", default=Pace.AT_ONCE),
    sa.Column("muted", ARRAY(sa.Uuid), nullable=False, server_default="{}"),  # forums: no mail of them
    instant("refused_at", null=True),  # since when the address is refused; null: it is not
    one_of("language", Language.words()),
    one_of("pace", Pace.words()),
    sa.UniqueConstraint("person_id"),
)

# A letter on its way. It names nobody and nothing: whose it is, and of what, stands in its parts; of an invitation's
# letter, in the invitation.
letter = table(
    "letter",
    ident(),  # random; its Message-ID holds it, the same whenever it is sent
    instant("due_at"),
    text("state", default=LetterState.WAITING),
    whole("tries", default=0),
    instant("taken_until", null=True),  # real time: a worker has it until then
    instant("ended_at", null=True),
    text("refusal", null=True),  # the code of the relay's answer, never its words: they may quote an address
    ref("invitation_id", "invitation", null=True, index=False),
    one_of("state", LetterState.words()),
    sa.UniqueConstraint("invitation_id"),
    sa.Index("ix_letter_due", "due_at", "id", postgresql_where=sa.text("state = 'waiting'")),
)

# What a letter tells whom: row-level security shows it to whoever names the letter or is the person (migration 0019).
letter_part = table(
    "letter_part",
    ident(),
    ref("letter_id", "letter"),
    ref("notice_id", "notice", index=False),
    ref("person_id", "person"),
    sa.UniqueConstraint("notice_id", "person_id"),
)
