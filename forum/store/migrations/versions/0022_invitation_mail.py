"""Invitations go by mail: in a language, and each with a letter of its own.

Invitations that stand already were handed over by hand, and have no letter.

Revision ID: 0022
"""

from alembic import op

revision = "0022"
down_revision = "0023"

_STATEMENTS = (
    """
    ALTER TABLE invitation ADD COLUMN language TEXT DEFAULT 'en' NOT NULL
    CONSTRAINT ck_invitation_language CHECK (language in ('en', 'fr', 'es', 'ar', 'zh', 'ru'))
    """,
    """
    ALTER TABLE letter ADD COLUMN invitation_id UUID
    CONSTRAINT uq_letter_invitation_id UNIQUE CONSTRAINT fk_letter_invitation_id REFERENCES invitation (id)
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
