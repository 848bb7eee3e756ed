"""What an organisation asks of its own side before anything goes out, and who cleared what: under row-level security.

Nobody asks for anything yet, so all that is under way goes on as it was.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"

_ROLES = (
    "'secretariat', 'penholder', 'coordinator', 'national_focal_point', 'delegate', 'representative', "
    "'resource_person', 'note_taker', 'moderator', 'liaison', 'administrator'"
)
_OWN_SIDE = (
    "organisation_id = ANY (string_to_array(nullif(current_setting('forum.organisations', true), ''), ',')::uuid[])"
)
_TABLES = (
    """
    CREATE TABLE clearance_rule (
        id UUID NOT NULL CONSTRAINT pk_clearance_rule PRIMARY KEY,
        organisation_id UUID NOT NULL CONSTRAINT fk_clearance_rule_organisation_id REFERENCES organisation (id),
        subjects TEXT[] DEFAULT '{}' NOT NULL,
        people INTEGER NOT NULL,
        roles TEXT[] DEFAULT '{}' NOT NULL,
        set_at TIMESTAMP WITH TIME ZONE NOT NULL,
        set_by_id UUID CONSTRAINT fk_clearance_rule_set_by_id REFERENCES person (id),
        ended_at TIMESTAMP WITH TIME ZONE,
        ended_by_id UUID CONSTRAINT fk_clearance_rule_ended_by_id REFERENCES person (id),
        CONSTRAINT ck_clearance_rule_asks_something
            CHECK (people between 1 and 20 or (people = 0 and cardinality(roles) > 0)),
        CONSTRAINT ck_clearance_rule_subjects
            CHECK (subjects <@ ARRAY['input', 'comment'] and cardinality(subjects) > 0)
    )
    """,
    "CREATE INDEX ix_clearance_rule_organisation_id ON clearance_rule (organisation_id)",
    "CREATE UNIQUE INDEX uq_clearance_rule_stands ON clearance_rule (organisation_id) WHERE ended_at is null",
    f"""
    CREATE TABLE clearance (
        id UUID NOT NULL CONSTRAINT pk_clearance PRIMARY KEY,
        organisation_id UUID NOT NULL CONSTRAINT fk_clearance_organisation_id REFERENCES organisation (id),
        person_id UUID NOT NULL CONSTRAINT fk_clearance_person_id REFERENCES person (id),
        role TEXT NOT NULL,
        cleared_at TIMESTAMP WITH TIME ZONE NOT NULL,
        taken_back_at TIMESTAMP WITH TIME ZONE,
        contribution_id UUID CONSTRAINT fk_clearance_contribution_id REFERENCES contribution (id),
        revision INTEGER,
        document_id UUID CONSTRAINT fk_clearance_document_id REFERENCES document (id),
        paragraph_id UUID CONSTRAINT fk_clearance_paragraph_id REFERENCES paragraph (id),
        markdown TEXT,
        proposed_text TEXT,
        audience TEXT,
        attribution TEXT,
        mechanism TEXT,
        comment_id UUID CONSTRAINT fk_clearance_comment_id REFERENCES comment (id),
        CONSTRAINT ck_clearance_role CHECK (role in ({_ROLES})),
        CONSTRAINT ck_clearance_audience CHECK (audience in ('team', 'participants', 'public')),
        CONSTRAINT ck_clearance_attribution CHECK (attribution in ('organisation', 'mechanism', 'forum', 'none')),
        CONSTRAINT ck_clearance_of_one_thing CHECK ((contribution_id is null) <> (document_id is null)),
        CONSTRAINT ck_clearance_of_a_revision CHECK ((contribution_id is null) = (revision is null)),
        CONSTRAINT ck_clearance_of_words CHECK ((document_id is null) = (markdown is null)
            and (document_id is null) = (audience is null) and (document_id is null) = (attribution is null))
    )
    """,
    "CREATE INDEX ix_clearance_organisation_id ON clearance (organisation_id)",
    "CREATE INDEX ix_clearance_contribution_id ON clearance (contribution_id)",
    "CREATE INDEX ix_clearance_document_id ON clearance (document_id)",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    for table in ("clearance_rule", "clearance"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_organisation ON {table} FOR SELECT USING ({_OWN_SIDE})")
        op.execute(f"CREATE POLICY written_down ON {table} FOR INSERT WITH CHECK (true)")
        op.execute(f"CREATE POLICY own_update ON {table} FOR UPDATE USING ({_OWN_SIDE}) WITH CHECK (true)")
