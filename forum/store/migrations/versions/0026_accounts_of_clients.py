"""Programs have accounts at identity providers as people have, apart from theirs.

Revision ID: 0026
"""

from alembic import op

revision = "0026"
down_revision = "0025"

_STATEMENTS = (
    "ALTER TABLE account ADD COLUMN of_client BOOLEAN DEFAULT false NOT NULL",
    "DROP INDEX uq_account_in_force",
    "CREATE UNIQUE INDEX uq_account_in_force ON account (issuer, subject, of_client) WHERE ended_at is null",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
