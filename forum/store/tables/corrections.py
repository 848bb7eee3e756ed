"""What was put right on the record, of whatever it is: one line for each correction."""

import sqlalchemy as sa

from ...domain.correction import CorrectionKind
from .columns import ident, instant, one_of, ref, rule, table, text, whole

correction = table(
    "correction",
    ident(),
    text("kind"),
    whole("number"),
    text("symbol", null=True),
    ref("forum_id", "forum", null=True),
    ref("organisation_id", "organisation", null=True),
    ref("meeting_id", "meeting", null=True),
    ref("contribution_id", "contribution", null=True),
    ref("document_id", "document", null=True),
    text("changes"),  # JSON: what reads otherwise, what it said before, and what it says since
    text("reason"),
    ref("mandate_id", "mandate", null=True),
    instant("made_at"),
    one_of("kind", CorrectionKind.words()),
    rule("of_one_thing", "num_nonnulls(forum_id, organisation_id, meeting_id, contribution_id, document_id) = 1"),
    sa.UniqueConstraint("document_id", "kind", "number"),
    sa.UniqueConstraint("symbol"),
)
