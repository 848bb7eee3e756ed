"""Calls with what hangs on their deadline, and meetings with their agenda."""

import sqlalchemy as sa

from ...domain.call import Answer, CallState, LengthUnit, ReminderState
from ...domain.meeting import MeetingStatus
from .columns import day, flag, ident, instant, one_of, ref, rule, table, text, whole, words

call = table(
    "call",
    ident(),
    ref("track_id", "track"),
    ref("edition_id", "edition"),
    ref("forum_id", "forum"),
    text("title"),
    text("text"),
    text("state", default="open"),
    instant("opens_at"),
    instant("closes_at"),
    text("zone"),
    words("languages"),
    instant("late_until", null=True),  # the end of the grace: until then an input is taken and marked late; null: none
    flag("reminders", True),
    instant("opened_at", null=True),  # when the clock opened it; null while that is ahead
    instant("closed_at", null=True),
    one_of("state", CallState.words()),
    rule("closes_after_open", "closes_at > opens_at"),
    rule("grace_after_close", "late_until > closes_at"),
    sa.Index("ix_call_open", "closes_at", postgresql_where=sa.text("state = 'open'")),
    sa.Index("ix_call_opening", "opens_at", postgresql_where=sa.text("opened_at is null")),
)

call_section = table(
    "call_section",
    ident(),
    ref("call_id", "call", index=False),
    whole("ordinal"),
    text("code"),
    text("prompt"),
    whole("min_length"),
    whole("max_length"),
    text("unit"),
    flag("required", True),
    one_of("unit", LengthUnit.words()),
    rule("length", "min_length >= 0 and max_length >= min_length"),
    sa.UniqueConstraint("call_id", "ordinal"),
    sa.UniqueConstraint("call_id", "code"),
)

# One round of reminders of a call: to those who have neither answered nor declined by then.
reminder = table(
    "reminder",
    ident(),
    ref("call_id", "call", index=False),
    instant("due_at"),
    text("state", default="waiting"),
    whole("sent_to", null=True),
    one_of("state", ReminderState.words()),
    sa.UniqueConstraint("call_id", "due_at"),
    sa.Index("ix_reminder_waiting", "due_at", postgresql_where=sa.text("state = 'waiting'")),
)

late_permit = table(
    "late_permit",
    ident(),
    ref("call_id", "call", index=False),
    ref("organisation_id", "organisation"),
    instant("until"),
    text("reason"),
    instant("given_at"),
    sa.UniqueConstraint("call_id", "organisation_id"),
)

addressee = table(
    "addressee",
    ident(),
    ref("call_id", "call", index=False),
    ref("organisation_id", "organisation"),
    text("answer", default="none_yet"),
    text("reason", null=True),
    instant("answered_at", null=True),
    one_of("answer", Answer.words()),
    sa.UniqueConstraint("call_id", "organisation_id"),
)

meeting = table(
    "meeting",
    ident(),
    ref("track_id", "track"),
    ref("edition_id", "edition"),
    text("series"),
    whole("ordinal", null=True),
    text("label"),
    text("title"),
    text("theme", null=True),
    day("starts_on"),
    day("ends_on"),
    text("venue"),
    text("city"),
    text("status", default="provisional"),
    whole("revision", default=1),
    one_of("status", MeetingStatus.words()),
    rule("ends_after_start", "ends_on >= starts_on"),
)

session = table(
    "session",
    ident(),
    ref("meeting_id", "meeting", index=False),
    whole("ordinal"),
    whole("number", null=True),
    text("title"),
    day("held_on", null=True),
    text("time_as_written", null=True),  # its own slot, where the agenda prints one
    text("room", null=True),
    sa.UniqueConstraint("meeting_id", "ordinal"),
)

panel = table(
    "panel",
    ident(),
    ref("session_id", "session", index=False),
    ref("meeting_id", "meeting"),
    whole("ordinal"),
    text("kind"),
    whole("number", null=True),
    text("title"),
    day("held_on", null=True),
    text("time_as_written", null=True),
    text("description", null=True),
    words("questions"),
    text("room", null=True),
    sa.UniqueConstraint("session_id", "ordinal"),
)

speaker = table(
    "speaker",
    ident(),
    ref("panel_id", "panel", index=False),
    whole("ordinal"),
    text("role"),
    text("name"),
    text("function", null=True),
    text("organisation", null=True),
    text("country", null=True),
    text("note", null=True),
    text("honorific", null=True),
    sa.UniqueConstraint("panel_id", "ordinal"),
)

figure = table(
    "figure",
    ident(),
    ref("meeting_id", "meeting", index=False),
    text("what"),
    whole("computed", null=True),
    whole("stated_value", null=True),
    text("stated_text", null=True),
    text("rule", null=True),
    sa.UniqueConstraint("meeting_id", "what"),
)

meeting_fault = table(
    "meeting_fault",
    ident(),
    ref("meeting_id", "meeting"),
    text("kind"),
    text("place"),
    text("message"),
)
