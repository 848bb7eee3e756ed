"""Inputs and who wrote them. Who wrote a contribution or a comment stands in `authorship` and nowhere else: what is
named on purpose is copied into `named_*` columns, so that a non-attributed row holds nothing to leak."""

import sqlalchemy as sa

from ...domain.clearance import ClearanceSubject
from ...domain.contribution import (
    AttributionKind,
    AuthorKind,
    ContributionKind,
    ContributionState,
    TagScheme,
    Visibility,
)
from ...domain.document import Audience
from ...domain.mandate import Role
from ...domain.practice import PracticeStatus
from .columns import day, flag, ident, instant, octets, one_of, ref, rule, table, text, whole, words

# What decides who sees a contribution: with these beside the key, counts and pages are read off an index alone.
_JUDGED = ["state", "visibility", "forum_id"]

contribution = table(
    "contribution",
    ident(),  # random (v4): a time-ordered id would tell when a non-attributed author wrote
    ref("track_id", "track", index=False),
    ref("edition_id", "edition", index=False),
    ref("forum_id", "forum"),
    ref("call_id", "call", null=True),
    text("title"),
    text("language"),
    text("state"),
    text("visibility"),
    text("attribution"),
    ref("named_organisation_id", "organisation", null=True),
    text("named_mechanism", null=True),
    text("label"),  # the exact words a reader sees for the author
    text("kind"),
    flag("on_behalf"),
    flag("late"),
    whole("revision", default=1),
    whole("released_revision", null=True),
    whole("length", default=0),
    instant("submitted_at", null=True),
    text("receipt_number", null=True),
    text("receipt_hash", null=True),
    text("return_reason", null=True),
    instant("mend_until", null=True),  # of what was returned, until it is handed in again
    one_of("state", ContributionState.words()),
    one_of("visibility", Visibility.words()),
    one_of("attribution", AttributionKind.words()),
    one_of("kind", ContributionKind.words()),
    rule(
        "nothing_to_leak",
        "attribution <> 'none' or (named_organisation_id is null and named_mechanism is null and submitted_at is null)",
    ),
    rule("mechanism_only", "attribution <> 'mechanism' or named_organisation_id is null"),
    rule("received_has_receipt", "state not in ('submitted', 'admitted') or receipt_number is not null"),
    sa.UniqueConstraint("receipt_number"),
    sa.Index("ix_contribution_edition_page", "edition_id", "id", postgresql_include=_JUDGED),
    sa.Index("ix_contribution_track_page", "track_id", "id", postgresql_include=_JUDGED),
    sa.Index("ix_contribution_mechanism_page", "named_mechanism", "id", postgresql_include=_JUDGED),
)

contribution_section = table(
    "contribution_section",
    ident(),
    ref("contribution_id", "contribution", index=False),
    whole("ordinal"),
    text("code"),
    text("heading"),
    text("markdown"),
    ref("origin_paragraph_id", "paragraph", null=True),  # what a received text's section was at its origin
    sa.UniqueConstraint("contribution_id", "ordinal"),
)

practice = table(
    "practice",
    ident(),
    ref("contribution_id", "contribution", index=False),
    whole("ordinal"),
    text("section_label", null=True),
    text("name"),
    text("url", null=True),
    text("dates_as_written"),
    whole("start_year", null=True),
    whole("end_year", null=True),
    text("status", null=True),
    text("place"),  # where it takes place; never read as who sent it
    text("aim"),
    text("partners"),
    text("sdg_as_written"),
    one_of("status", PracticeStatus.words()),
    sa.UniqueConstraint("contribution_id", "ordinal"),
)

tag = table(
    "tag",
    ident(),
    ref("contribution_id", "contribution", index=False),
    ref("practice_id", "practice", null=True),
    text("scheme"),
    text("code"),
    one_of("scheme", TagScheme.words()),
    sa.Index("ix_tag_contribution", "contribution_id", "scheme", "code"),
    sa.Index("ix_tag_code", "scheme", "code", "contribution_id"),
    sa.Index(
        "uq_tag_once", "contribution_id", "scheme", "code", sa.text("coalesce(practice_id, contribution_id)"),
        unique=True,
    ),
)  # fmt: skip

# Under row-level security: only the author's own organisations see a row (migrations 0001, 0004).
authorship = table(
    "authorship",
    sa.Column("subject_id", sa.Uuid, primary_key=True),
    text("subject_kind"),
    text("author_kind", null=True),
    ref("organisation_id", "organisation", null=True),
    text("mechanism_code", null=True),
    ref("forum_id", "forum", null=True),
    text("coordination", null=True),  # the mechanism, in the forum for which its coordinator was named
    ref("person_id", "person", null=True, index=False),
    ref("mandate_id", "mandate", null=True, index=False),
    ref("released_by_id", "person", null=True, index=False),
    instant("written_at"),
    instant("submitted_at", null=True),
    one_of("subject_kind", ("contribution", "comment", "history")),
    one_of("author_kind", AuthorKind.words()),
    # The policy asks by organisation, mechanism or forum: without an index on each of the three it reads the
    # whole table.
    sa.Index("ix_authorship_coordination", "coordination"),
)

# What an organisation asks of its own side before anything goes out, and who cleared what. Under row-level security as
# authorship is (migration 0010): only that side sees a row.
clearance_rule = table(
    "clearance_rule",
    ident(),
    ref("organisation_id", "organisation"),
    words("subjects"),
    whole("people"),
    words("roles"),
    instant("set_at"),
    ref("set_by_id", "person", null=True, index=False),
    instant("ended_at", null=True),
    ref("ended_by_id", "person", null=True, index=False),
    rule("asks_something", "people between 1 and 20 or (people = 0 and cardinality(roles) > 0)"),
    rule("subjects", f"subjects <@ ARRAY{list(ClearanceSubject.words())} and cardinality(subjects) > 0"),
    sa.Index("uq_clearance_rule_stands", "organisation_id", unique=True, postgresql_where=sa.text("ended_at is null")),
)

clearance = table(
    "clearance",
    ident(),  # random (v4): a time-ordered id would tell when a non-attributed author wrote
    ref("organisation_id", "organisation"),
    ref("person_id", "person", index=False),
    text("role"),
    instant("cleared_at"),
    instant("taken_back_at", null=True),
    ref("contribution_id", "contribution", null=True),
    whole("revision", null=True),
    ref("document_id", "document", null=True),
    ref("paragraph_id", "paragraph", null=True, index=False),
    text("markdown", null=True),
    text("proposed_text", null=True),
    text("audience", null=True),
    text("attribution", null=True),
    text("mechanism", null=True),
    ref("comment_id", "comment", null=True, index=False),  # the one they became
    one_of("role", Role.words()),
    one_of("audience", Audience.words()),
    one_of("attribution", AttributionKind.words()),
    rule("of_one_thing", "(contribution_id is null) <> (document_id is null)"),
    rule("of_a_revision", "(contribution_id is null) = (revision is null)"),
    rule(
        "of_words",
        "(document_id is null) = (markdown is null) and (document_id is null) = (audience is null) "
        "and (document_id is null) = (attribution is null)",
    ),
)

snapshot = table(
    "snapshot",
    ident(),
    text("subject_kind"),
    sa.Column("subject_id", sa.Uuid, nullable=False, index=True),
    text("content"),  # RFC 8785 JSON, no authorship in it
    octets("salt"),
    text("hash"),
    whole("number", null=True),  # of an input: the how many-eth time it was handed in
    whole("first_number", null=True),  # the version since which it was mended only, and never taken back
    one_of("subject_kind", ("contribution", "revision")),
    rule("numbered", "(number is null) = (first_number is null) and first_number between 1 and number"),
    sa.UniqueConstraint("subject_id", "number"),
)

history = table(
    "history",
    ident(),
    text("subject_kind"),
    sa.Column("subject_id", sa.Uuid, nullable=False, index=True),
    ref("edition_id", "edition", null=True),
    text("act"),
    ref("actor_id", "person", null=True, index=False),
    ref("mandate_id", "mandate", null=True, index=False),
    instant("at", null=True),
    text("detail"),
    octets("leaf"),  # sha256(0x00 || canonical bytes): what a sealer will put into its tree (RFC 9162)
)

# Found by a hash of person, act and key: whoever reads the table cannot tell whose request a row was, nor when, for the
# outcome may be a non-attributed input. The day is kept so that old rows can be cleared.
request_key = table(
    "request_key",
    sa.Column("hash", sa.LargeBinary, primary_key=True),
    octets("body_hash"),
    text("outcome"),  # ids only, never the answer: the payload is read anew
    day("on_day"),
)

# One row; the shift is changed by demo and tests only, the service refuses to start with one otherwise.
clock = table(
    "clock",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("shift", sa.Interval, nullable=False, server_default=sa.text("'0'")),
    rule("one_row", "id = 1"),
)
