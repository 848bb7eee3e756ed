"""An edition that was opened by mistake can be taken back, and its name is free again.

Revision ID: 0015
"""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE edition DROP CONSTRAINT ck_edition_state, ADD CONSTRAINT ck_edition_state CHECK (state in "
        "('running', 'recorded', 'closed', 'withdrawn')), DROP CONSTRAINT uq_edition_forum_id_name"
    )
    op.execute("CREATE INDEX ix_edition_forum_id ON edition (forum_id)")
    op.execute("CREATE UNIQUE INDEX uq_edition_name ON edition (forum_id, name) WHERE state <> 'withdrawn'")
