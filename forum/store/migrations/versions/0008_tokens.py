"""Every token that the service issues is on a list, and can be revoked.

Tokens that were issued before are on none: they end with this migration.

Revision ID: 0008
"""

from alembic import op

revision = "0008"
down_revision = "0007"

_STATEMENTS = (
    """
    CREATE TABLE token (
        id UUID NOT NULL CONSTRAINT pk_token PRIMARY KEY,
        subject TEXT NOT NULL,
        purpose TEXT NOT NULL,
        issued_by TEXT NOT NULL CONSTRAINT ck_token_issued_by CHECK (issued_by in ('operator', 'demonstration')),
        issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revoked_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT ck_token_expires_after_issue CHECK (expires_at > issued_at)
    )
    """,
    "CREATE INDEX ix_token_subject ON token (subject)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
