"""Mandates are given, proposed, accepted and declined; a mechanism's text is seen by the coordinators of its forum.

Who speaks for an organisation today was never asked whether it agreed: those mandates wait for it from here on, and
`forum people list --waiting` names them to the operator. What a forum gave its own people, and offices, stay in force.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"

_ROLES = (
    "'secretariat', 'penholder', 'coordinator', 'national_focal_point', 'delegate', 'representative', "
    "'resource_person', 'note_taker', 'moderator', 'liaison', 'administrator'"
)
_OWN_SIDE = """
    organisation_id = ANY (string_to_array(nullif(current_setting('forum.organisations', true), ''), ',')::uuid[])
    OR coordination = ANY (string_to_array(nullif(current_setting('forum.coordinates', true), ''), ','))
    OR forum_id = ANY (string_to_array(nullif(current_setting('forum.teams', true), ''), ',')::uuid[])
"""
_STATEMENTS = (
    """
    ALTER TABLE mandate
        ADD COLUMN given_by TEXT DEFAULT 'operator' NOT NULL,
        ADD COLUMN given_by_forum_id UUID CONSTRAINT fk_mandate_given_by_forum_id REFERENCES forum (id),
        ADD COLUMN proposed_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN accepted_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN declined_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN end_reason TEXT
    """,
    "CREATE INDEX ix_mandate_given_by_forum_id ON mandate (given_by_forum_id)",
    "UPDATE mandate SET given_by = 'forum', given_by_forum_id = forum_id WHERE forum_id IS NOT NULL",
    """
    UPDATE mandate SET proposed_at = clock_timestamp() + shift FROM clock
     WHERE role IN ('representative', 'delegate', 'national_focal_point')
    """,
    """
    UPDATE mandate SET accepted_at = starts_at
     WHERE role IS NULL OR role NOT IN ('representative', 'delegate', 'national_focal_point')
    """,
    f"ALTER TABLE mandate DROP CONSTRAINT ck_mandate_role, ADD CONSTRAINT ck_mandate_role CHECK (role in ({_ROLES}))",
    """
    ALTER TABLE mandate
        ADD CONSTRAINT ck_mandate_given_by CHECK (given_by in ('operator', 'forum', 'organisation')),
        ADD CONSTRAINT ck_mandate_answered_once CHECK (accepted_at is null or declined_at is null),
        ADD CONSTRAINT ck_mandate_given_by_a_forum CHECK ((given_by = 'forum') = (given_by_forum_id is not null))
    """,
    "ALTER TABLE authorship ADD COLUMN coordination TEXT",
    # The owner is bound by row-level security as well (migration 0001): for this one change it is not.
    "ALTER TABLE authorship NO FORCE ROW LEVEL SECURITY",
    """
    UPDATE authorship SET coordination = authorship.mechanism_code || '@' || m.forum_id FROM mandate m
     WHERE authorship.mechanism_code IS NOT NULL AND m.id = authorship.mandate_id AND m.role = 'coordinator'
    """,
    """
    UPDATE authorship SET coordination = authorship.mechanism_code || '@' || c.forum_id FROM contribution c
     WHERE authorship.mechanism_code IS NOT NULL AND authorship.coordination IS NULL
       AND c.id = authorship.subject_id
    """,
    "ALTER TABLE authorship FORCE ROW LEVEL SECURITY",
    "DROP INDEX ix_authorship_mechanism_code",
    "CREATE INDEX ix_authorship_coordination ON authorship (coordination)",
    "DROP POLICY own_organisation ON authorship",
    "DROP POLICY own_update ON authorship",
    f"CREATE POLICY own_organisation ON authorship FOR SELECT USING ({_OWN_SIDE})",
    f"CREATE POLICY own_update ON authorship FOR UPDATE USING ({_OWN_SIDE}) WITH CHECK (true)",
    """
    ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in
        ('reminder', 'extension', 'permit', 'anchor_moved', 'silence_started', 'silence_ended', 'migrated',
         'template_published', 'mandate'))
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
