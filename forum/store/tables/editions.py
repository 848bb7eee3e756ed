"""The cycle a forum runs: definitions, editions with their anchors, tracks with their stages and dates, migrations,
themes."""

import sqlalchemy as sa

from ...domain.edition import EditionState
from .columns import day, flag, ident, instant, one_of, ref, rule, table, text, whole, words

process_definition = table(
    "process_definition",
    ident(),
    text("name"),
    text("version"),
    text("hash"),  # sha256 of the file's text with LF ends
    text("text"),
    instant("published_at"),
    ref("forum_id", "forum", null=True, index=False),  # whose own text it is; null: a template of the service
    ref("adopted_from_id", "process_definition", null=True),  # the text it is a copy of: a template, another forum's
    instant("adopted_at", null=True),  # when its forum took it up last: the newest one is how the forum works
    rule("template_of_nobody", "forum_id is not null or (adopted_from_id is null and adopted_at is null)"),
    sa.UniqueConstraint("forum_id", "hash", postgresql_nulls_not_distinct=True),
)

edition = table(
    "edition",
    ident(),
    ref("forum_id", "forum"),
    text("name"),
    text("theme", null=True),
    text("state", default="running"),
    text("zone"),
    ref("process_id", "process_definition", null=True),
    ref("cloned_from_id", "edition", null=True),
    instant("opened_at"),
    instant("ends_at", null=True),  # when the clock closes it
    one_of("state", EditionState.words()),
    rule("pinned", "state <> 'running' or process_id is not null"),
    # What was taken back leaves its name free.
    sa.Index("uq_edition_name", "forum_id", "name", unique=True, postgresql_where=sa.text("state <> 'withdrawn'")),
)

# The dates an edition gives: the others are computed from them by its process.
anchor = table(
    "anchor",
    ident(),
    ref("edition_id", "edition", index=False),
    text("name"),
    instant("at"),
    sa.UniqueConstraint("edition_id", "name"),
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
    ref("subject_id", "organisation", null=True),  # whom it reviews
    instant("stage_since"),
    instant("held_at", null=True),  # the last instant at which a gate held the clock's move back; it is asked again
    sa.UniqueConstraint("edition_id", "name"),
)

# When a stage of a running track is planned to open and close; `stage_closes` is an instant of the clock.
stage_window = table(
    "stage_window",
    ident(),
    ref("track_id", "track", index=False),
    text("stage"),
    instant("opens_at", null=True),
    instant("closes_at", null=True),
    text("zone"),
    flag("extended"),  # by hand: no longer counted from an anchor
    rule("closes_after_open", "opens_at is null or closes_at is null or closes_at > opens_at"),
    sa.UniqueConstraint("track_id", "stage"),
)

# An edition moved to another version of its process; which stage became which. Undone until the next act.
migration = table(
    "migration",
    ident(),
    ref("edition_id", "edition"),
    ref("from_process_id", "process_definition"),
    ref("to_process_id", "process_definition"),
    text("reason"),
    whole("acts_before"),  # lines of the edition's history until then: one more than the migration's own, and it stays
    instant("from_ends_at", null=True),
    words("added_anchors"),
    instant("migrated_at"),
    instant("undone_at", null=True),
)

migrated_track = table(
    "migrated_track",
    ident(),
    ref("migration_id", "migration", index=False),
    ref("track_id", "track"),
    text("from_definition"),
    text("from_stage"),
    text("to_definition"),
    text("to_stage"),
    instant("from_since"),
    instant("from_held_at", null=True),
    text("from_windows"),  # the planned dates as they were, as JSON: what is undone stands again row by row
    sa.UniqueConstraint("migration_id", "track_id"),
)

# A document of a past edition that was not made here: entered, not run.
past_document = table(
    "past_document",
    ident(),
    ref("edition_id", "edition"),
    text("kind"),
    text("title"),
    text("symbol", null=True),
    text("language"),
    day("issued_on", null=True),
    text("url", null=True),
    text("note", null=True),
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
