"""From inputs to texts: documents, paragraphs, sources, comments, dispositions, silence, transmissions."""

import sqlalchemy as sa

from ...domain.contribution import AttributionKind
from ...domain.document import Audience, DocumentState
from ...domain.extension import ExtendedWindow
from ...domain.notice import NoticeKind
from ...domain.paragraph import ParagraphKind
from ...domain.silence import ObjectionAnswer, SilenceState
from ...domain.source import Relation
from ...domain.transmission import TransmissionKind
from .columns import day, flag, ident, instant, octets, one_of, ref, rule, table, text, whole

RELATIONS, PARAGRAPH_KINDS = Relation.words(), ParagraphKind.words()
ENDS = ("contribution_id", "section_id", "practice_id", "panel_id", "comment_id", "from_paragraph_id")

document = table(
    "document",
    ident(),
    ref("track_id", "track"),
    ref("edition_id", "edition"),
    ref("forum_id", "forum"),
    ref("meeting_id", "meeting", null=True),
    text("kind"),
    text("symbol"),
    text("title"),
    text("language"),
    text("state", default="draft"),
    text("audience", default="team"),
    text(
        "comment_audience", default="team"
    ),  # who reads a comment written now; each keeps the one it was written under
    text("version_label"),
    whole("revision", default=1),
    instant("comments_open_at", null=True),
    instant("comments_close_at", null=True),
    text("closing", null=True),
    text("closing_words", null=True),
    instant("closed_at", null=True),
    one_of("state", DocumentState.words()),
    one_of("audience", Audience.words()),
    one_of("comment_audience", Audience.words()),
    sa.UniqueConstraint("symbol"),
)

part = table(
    "part",
    ident(),
    ref("document_id", "document", index=False),
    whole("ordinal"),
    text("number"),
    text("heading"),
    sa.UniqueConstraint("document_id", "ordinal"),
)

recommendation = table(
    "recommendation",
    ident(),
    ref("document_id", "document", index=False),
    whole("ordinal"),
    text("heading"),
    text("addressee", null=True),
    text("fate", null=True),
    sa.UniqueConstraint("document_id", "ordinal"),
)

paragraph = table(
    "paragraph",
    ident(),
    ref("document_id", "document", index=False),
    ref("part_id", "part", null=True),
    ref("parent_id", "paragraph", null=True),
    ref("recommendation_id", "recommendation", null=True),
    text("kind", default="paragraph"),
    whole("ordinal"),  # place in the document, 1..n without gaps
    text("w_id"),  # identity: never changes, never used again
    text("e_id"),  # place: renumbered (Akoma Ntoso)
    text("number", null=True),
    text("markdown"),
    text("weight", null=True),
    whole("revision", default=1),
    flag("withdrawn"),
    one_of("kind", PARAGRAPH_KINDS),
    sa.UniqueConstraint("document_id", "w_id"),
    sa.Index("ix_paragraph_order", "document_id", "ordinal"),
)

revision = table(
    "revision",
    ident(),
    ref("document_id", "document", index=False),
    whole("number"),
    text("label"),
    text("initials", null=True),
    text("hash"),
    octets("salt"),
    instant("frozen_at"),
    sa.UniqueConstraint("document_id", "number"),
)

comment = table(
    "comment",
    ident(),
    ref("document_id", "document", index=False),
    ref("paragraph_id", "paragraph", null=True, index=False),
    ref("revision_id", "revision", null=True),
    text("markdown"),
    text("proposed_text", null=True),
    text("audience"),
    text("attribution"),
    ref("named_organisation_id", "organisation", null=True),
    text("named_mechanism", null=True),
    text("label"),
    instant("written_at", null=True),
    one_of("audience", Audience.words()),
    one_of("attribution", AttributionKind.words()),
    rule(
        "nothing_to_leak",
        "attribution <> 'none' or (named_organisation_id is null and named_mechanism is null and written_at is null)",
    ),
    # In the order of their pages: three of a paragraph's hundred comments are read, and three are judged.
    sa.Index("ix_comment_document_page", "document_id", "id"),
    sa.Index("ix_comment_paragraph_page", "paragraph_id", "id"),
)

source = table(
    "source",
    ident(),
    ref("document_id", "document"),
    ref("paragraph_id", "paragraph", null=True),
    ref("recommendation_id", "recommendation", null=True),
    text("relation"),
    ref("contribution_id", "contribution", null=True),
    ref("section_id", "contribution_section", null=True),
    ref("practice_id", "practice", null=True),
    ref("panel_id", "panel", null=True),
    ref("speaker_id", "speaker", null=True, index=False),
    ref("comment_id", "comment", null=True),
    ref("from_paragraph_id", "paragraph", null=True),
    one_of("relation", RELATIONS),
    rule("one_text", "num_nonnulls(paragraph_id, recommendation_id) = 1"),
    rule("one_end", f"num_nonnulls({', '.join(ENDS)}) = 1"),
    rule("speaker_of_panel", "speaker_id is null or panel_id is not null"),
)

disposition = table(
    "disposition",
    ident(),
    ref("document_id", "document"),
    ref("contribution_id", "contribution", null=True),
    ref("comment_id", "comment", null=True),
    ref("recommendation_id", "recommendation", null=True),
    text("word"),
    text("words"),  # the sentence as the process words it
    text("reason", null=True),
    ref("paragraph_id", "paragraph", null=True),
    sa.Column("noted_together_id", sa.Uuid, nullable=True),
    instant("given_at"),
    rule("one_subject", "num_nonnulls(contribution_id, comment_id, recommendation_id) = 1"),
    rule("together_has_reason", "noted_together_id is null or reason is not null"),
    sa.Index("uq_disposition_contribution", "document_id", "contribution_id", unique=True),
    sa.Index("uq_disposition_comment", "comment_id", unique=True),
)

silence = table(
    "silence",
    ident(),
    ref("document_id", "document"),
    ref("revision_id", "revision"),
    ref("body_id", "forum"),
    text("state", default="running"),
    whole("round", default=1),
    whole("hours"),
    instant("starts_at"),
    instant("ends_at"),
    instant("closed_at", null=True),
    text("words", null=True),
    instant("remind_at", null=True),  # null: nobody is reminded of its end, or they were
    one_of("state", SilenceState.words()),
    rule("hours", "hours between 1 and 2000"),
    sa.Index("ix_silence_running", "ends_at", postgresql_where=sa.text("state = 'running'")),
    sa.Index("ix_silence_to_remind", "remind_at", postgresql_where=sa.text("state = 'running'")),
    sa.Index("uq_silence_running", "document_id", unique=True, postgresql_where=sa.text("state = 'running'")),
)

objection = table(
    "objection",
    ident(),
    ref("silence_id", "silence"),
    ref("paragraph_id", "paragraph", null=True),
    ref("organisation_id", "organisation"),
    text("reason"),
    text("proposed_text", null=True),
    instant("broken_at"),
    text("answer", null=True),
    text("answer_kind", null=True),
    instant("answered_at", null=True),
    one_of("answer_kind", ObjectionAnswer.words()),
    rule("answered", "num_nonnulls(answer, answer_kind, answered_at) in (0, 3)"),
)

# A member lets the text pass and says with which paragraph it cannot go along: printed as the process says. Placed
# anew, or
# taken back, the earlier one stays in the record with the instant from which it no longer stands.
reservation = table(
    "reservation",
    ident(),
    ref("silence_id", "silence"),
    ref("paragraph_id", "paragraph", null=True),
    ref("organisation_id", "organisation"),
    text("words"),
    instant("placed_at"),
    instant("withdrawn_at", null=True),
    flag("published"),  # the text passed, and the process prints reservations: its readers read this one
    rule("published_stands", "not (published and withdrawn_at is not null)"),
)

# A window was given more time: what it was, what it is, and why. On the record.
extension = table(
    "extension",
    ident(),
    ref("edition_id", "edition"),
    text("of"),
    ref("call_id", "call", null=True),
    ref("document_id", "document", null=True),
    ref("silence_id", "silence", null=True),
    ref("stage_window_id", "stage_window", null=True),
    instant("was"),
    instant("closes_at"),
    text("reason"),
    instant("made_at"),
    one_of("of", ExtendedWindow.words()),
    rule("one_window", "num_nonnulls(call_id, document_id, silence_id, stage_window_id) = 1"),
    rule("later", "closes_at > was"),
)

# Something a person should know: a reminder, an extension, a date that moved. Read by that person alone.
notice = table(
    "notice",
    ident(),
    ref("person_id", "person", null=True, index=False),
    ref("contribution_id", "contribution", null=True),  # for the side that wrote it, whoever that is
    ref("comment_id", "comment", null=True),
    ref("edition_id", "edition", null=True),
    text("kind"),
    text("words"),
    text("saying", null=True),  # the same for other languages (`domain/saying.py`); null of notices before mail
    ref("call_id", "call", null=True),
    ref("document_id", "document", null=True),
    sa.Column("cause_id", sa.Uuid, nullable=False),  # what it tells of: the same cause is told once
    instant("sent_at"),
    flag("posted"),  # letters were written for it, or it goes to nobody by mail
    one_of("kind", NoticeKind.words()),
    sa.UniqueConstraint("person_id", "cause_id"),
    rule("for_somebody", "num_nonnulls(person_id, contribution_id, comment_id) = 1"),
    sa.Index(
        "uq_notice_of_a_text", sa.text("coalesce(contribution_id, comment_id)"), "cause_id",
        unique=True, postgresql_where=sa.text("person_id is null"),
    ),
    sa.Index("ix_notice_to_post", "sent_at", "id", postgresql_where=sa.text("not posted")),
)  # fmt: skip

transmission = table(
    "transmission",
    ident(),
    ref("document_id", "document"),
    ref("revision_id", "revision"),
    text("kind"),
    ref("to_track_id", "track", null=True),
    ref("contribution_id", "contribution", null=True),
    text("outside_name", null=True),
    text("outside_symbol", null=True),
    text("outside_person", null=True),
    day("delivered_on", null=True),
    text("outcome", null=True),
    text("hash"),
    instant("sent_at"),
    one_of("kind", TransmissionKind.words()),
    rule(
        "contribution_has_track", "kind <> 'contribution' or (to_track_id is not null and contribution_id is not null)"
    ),
    rule("outside_has_name", "kind <> 'outside' or outside_name is not null"),
    sa.UniqueConstraint("contribution_id"),
)
