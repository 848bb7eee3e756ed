"""People are told by mail: where each is reached, and the letters that wait.

Notices that stand already were read, or are to be read, where they were: none of them is sent. What a letter tells
whom is seen by whoever names the letter or is the person: it would tell who wrote a text without attribution.

Revision ID: 0021
"""

from alembic import op

revision = "0021"
down_revision = "0020"

_KINDS = (
    "'call', 'reminder', 'extension', 'permit', 'returned', 'answered', 'receipt', 'outcome', 'anchor_moved', "
    "'withdrawn', 'silence_started', 'silence_ended', 'text_closed', 'migrated', 'template_published', 'mandate', "
    "'admission', 'seat', 'corrected', 'agreement', 'address_refused'"
)
_OWN = """
    letter_id = nullif(current_setting('forum.letter', true), '')::uuid
    OR person_id = nullif(current_setting('forum.reader', true), '')::uuid
"""
_STATEMENTS = (
    """
    CREATE TABLE contact (
        id UUID NOT NULL CONSTRAINT pk_contact PRIMARY KEY,
        person_id UUID NOT NULL CONSTRAINT fk_contact_person_id REFERENCES person (id),
        address TEXT,
        language TEXT DEFAULT 'en' NOT NULL,
        zone TEXT DEFAULT 'UTC' NOT NULL,
        pace TEXT DEFAULT 'at_once' NOT NULL,
        muted UUID[] DEFAULT '{}' NOT NULL,
        refused_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT ck_contact_language CHECK (language in ('en', 'fr', 'es', 'ar', 'zh', 'ru')),
        CONSTRAINT ck_contact_pace CHECK (pace in ('at_once', 'daily')),
        CONSTRAINT uq_contact_person_id UNIQUE (person_id)
    )
    """,
    """
    CREATE TABLE letter (
        id UUID NOT NULL CONSTRAINT pk_letter PRIMARY KEY,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT DEFAULT 'waiting' NOT NULL,
        tries INTEGER DEFAULT 0 NOT NULL,
        taken_until TIMESTAMP WITH TIME ZONE,
        ended_at TIMESTAMP WITH TIME ZONE,
        refusal TEXT,
        CONSTRAINT ck_letter_state CHECK (state in ('waiting', 'sent', 'failed', 'dropped'))
    )
    """,
    "CREATE INDEX ix_letter_due ON letter (due_at, id) WHERE state = 'waiting'",
    """
    CREATE TABLE letter_part (
        id UUID NOT NULL CONSTRAINT pk_letter_part PRIMARY KEY,
        letter_id UUID NOT NULL CONSTRAINT fk_letter_part_letter_id REFERENCES letter (id),
        notice_id UUID NOT NULL CONSTRAINT fk_letter_part_notice_id REFERENCES notice (id),
        person_id UUID NOT NULL CONSTRAINT fk_letter_part_person_id REFERENCES person (id),
        CONSTRAINT uq_letter_part_notice_id_person_id UNIQUE (notice_id, person_id)
    )
    """,
    "CREATE INDEX ix_letter_part_letter_id ON letter_part (letter_id)",
    "CREATE INDEX ix_letter_part_person_id ON letter_part (person_id)",
    "ALTER TABLE letter_part ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE letter_part FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY own_letters ON letter_part FOR SELECT USING ({_OWN})",
    "CREATE POLICY written_down ON letter_part FOR INSERT WITH CHECK (true)",
    "ALTER TABLE notice ADD COLUMN saying TEXT, ADD COLUMN posted BOOLEAN DEFAULT true NOT NULL",
    "ALTER TABLE notice ALTER COLUMN posted SET DEFAULT false",
    "CREATE INDEX ix_notice_to_post ON notice (sent_at, id) WHERE not posted",
    f"ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in ({_KINDS}))",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
