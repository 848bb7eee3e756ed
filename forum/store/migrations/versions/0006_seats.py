"""A seat ends with a reason; the people it concerns are told.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("participation", sa.Column("end_reason", sa.Text, nullable=True))
    op.execute(
        """
        ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in
            ('reminder', 'extension', 'permit', 'anchor_moved', 'silence_started', 'silence_ended', 'migrated',
             'template_published', 'mandate', 'seat'))
        """
    )
