"""Bodies, people, and the cycle they run: forums, mandates, editions, tracks, calls, meetings."""

import sqlalchemy as sa

from ._columns import day, flag, ident, instant, one_of, ref, rule, table, text, whole, words

LAYERS = ("local", "national", "regional", "gfmd", "global")
FORUM_KINDS = (
    "forum", "mechanism", "steering_group", "working_group", "task_force", "roundtable", "regional_consultation",
    "friends", "support_unit", "advisory_group",
)  # fmt: skip
POWERS = ("advises", "endorses", "assists", "none")
STATUSES = ("member", "observer", "participant")
OFFICES = ("chair", "co_chair", "member")
ROLES = (
    "secretariat", "penholder", "coordinator", "national_focal_point", "delegate", "representative",
    "resource_person", "note_taker", "moderator", "liaison",
)  # fmt: skip

organisation = table(
    "organisation",
    ident(),
    text("name"),
    text("short_name", null=True),
    text("kind"),
    text("country_code", null=True),  # ISO 3166-1 alpha-2, of states only
    one_of("kind", ("state", "local_authority", "civil_society", "business", "agency", "academia", "other")),
    rule("country", "country_code is null or country_code ~ '^[A-Z]{2}$'"),
    sa.UniqueConstraint("name"),
)

person = table(
    "person",
    ident(),
    text("subject"),  # the token's `sub`
    text("name"),
    sa.UniqueConstraint("subject"),
)

forum = table(
    "forum",
    ident(),
    text("slug"),
    text("name"),
    text("acronym", null=True),
    text("layer"),
    text("kind"),
    text("power", default="none"),
    ref("parent_id", "forum", null=True),
    text("periodicity", null=True),
    text("mechanism_code", null=True),
    text("terms_of_reference", null=True),
    text("zone", default="Europe/Zurich"),
    one_of("layer", LAYERS),
    one_of("kind", FORUM_KINDS),
    one_of("power", POWERS),
    sa.UniqueConstraint("slug"),
)

# States, civil society, business and mayors are built in; the list is data, youth has joined them.
mechanism = table(
    "mechanism",
    ident(),
    text("code"),
    text("name"),
    ref("forum_id", "forum", null=True),
    sa.UniqueConstraint("code"),
)

convenor = table(
    "convenor",
    ident(),
    ref("forum_id", "forum", index=False),
    ref("convened_by_id", "forum"),
    sa.UniqueConstraint("forum_id", "convened_by_id"),
)

participation = table(
    "participation",
    ident(),
    ref("forum_id", "forum", index=False),
    ref("organisation_id", "organisation"),
    text("status"),
    words("mechanisms"),
    instant("starts_at"),
    instant("ends_at", null=True),
    one_of("status", STATUSES),
    rule("ends_after_start", "ends_at is null or ends_at > starts_at"),
    sa.UniqueConstraint("forum_id", "organisation_id", "starts_at"),
)

process_definition = table(
    "process_definition",
    ident(),
    text("name"),
    text("version"),
    text("hash"),  # sha256 of the file's text with LF ends
    text("text"),
    instant("published_at"),
    sa.UniqueConstraint("hash"),
)

edition = table(
    "edition",
    ident(),
    ref("forum_id", "forum", index=False),
    text("name"),
    text("theme", null=True),
    text("state", default="running"),
    instant("summit_at", null=True),
    text("zone"),
    ref("process_id", "process_definition", null=True),
    instant("opened_at"),
    one_of("state", ("running", "recorded", "closed")),
    rule("pinned", "state <> 'running' or process_id is not null"),
    sa.UniqueConstraint("forum_id", "name"),
)

track = table(
    "track",
    ident(),
    ref("edition_id", "edition", index=False),
    text("name"),
    text("title"),
    text("definition"),  # the process's track this one runs
    text("stage"),
    ref("convened_as_id", "forum", null=True),  # the regional consultation or group whose track it is
    instant("stage_since"),
    sa.UniqueConstraint("edition_id", "name"),
)

theme = table(
    "theme",
    ident(),
    ref("edition_id", "edition", index=False),
    text("code"),
    text("title"),
    ref("resource_person_id", "person", null=True),
    sa.UniqueConstraint("edition_id", "code"),
)

track_theme = table(
    "track_theme",
    ident(),
    ref("track_id", "track", index=False),
    ref("theme_id", "theme"),
    sa.UniqueConstraint("track_id", "theme_id"),
)

# An organisation holds an office for a term; a person acts for it in a role with a scope.
mandate = table(
    "mandate",
    ident(),
    ref("organisation_id", "organisation", null=True),
    ref("person_id", "person", null=True),
    text("office", null=True),
    text("role", null=True),
    ref("forum_id", "forum", null=True),
    ref("edition_id", "edition", null=True),
    ref("track_id", "track", null=True),
    text("mechanism_code", null=True),
    instant("starts_at"),
    instant("ends_at", null=True),
    text("zone", default="Europe/Zurich"),
    one_of("office", OFFICES),
    one_of("role", ROLES),
    rule("office_or_role", "(office is null) <> (role is null)"),
    rule("office_has_holder", "office is null or (organisation_id is not null and person_id is null)"),
    rule("role_has_person", "role is null or person_id is not null"),
    rule("ends_after_start", "ends_at is null or ends_at > starts_at"),
)

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
    instant("closed_at", null=True),
    one_of("state", ("open", "closed")),
    rule("closes_after_open", "closes_at > opens_at"),
    sa.Index("ix_call_open", "closes_at", postgresql_where=sa.text("state = 'open'")),
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
    one_of("unit", ("words", "characters")),
    rule("length", "min_length >= 0 and max_length >= min_length"),
    sa.UniqueConstraint("call_id", "ordinal"),
    sa.UniqueConstraint("call_id", "code"),
)

addressee = table(
    "addressee",
    ident(),
    ref("call_id", "call", index=False),
    ref("organisation_id", "organisation"),
    text("answer", default="none_yet"),
    text("reason", null=True),
    instant("answered_at", null=True),
    one_of("answer", ("none_yet", "sent", "no_input_this_time")),
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
    rule("ends_after_start", "ends_on >= starts_on"),
)

session = table(
    "session",
    ident(),
    ref("meeting_id", "meeting", index=False),
    whole("ordinal"),
    whole("number", null=True),
    text("title"),
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
