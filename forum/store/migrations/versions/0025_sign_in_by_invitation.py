"""Who goes to a provider to sign in may have an invitation to accept by that.

Revision ID: 0025
"""

from alembic import op

revision = "0025"
down_revision = "0022"

_STATEMENTS = (
    """
    ALTER TABLE sign_in_attempt ADD COLUMN invitation_id UUID
    CONSTRAINT fk_sign_in_attempt_invitation_id REFERENCES invitation (id)
    """,
    "CREATE INDEX ix_sign_in_attempt_invitation_id ON sign_in_attempt (invitation_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
