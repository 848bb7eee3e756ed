"""An agenda keeps a session's own slot, rooms, and honorifics as it prints them; what stands already has none of them.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("session", sa.Column("held_on", sa.Date, nullable=True))
    op.add_column("session", sa.Column("time_as_written", sa.Text, nullable=True))
    for table, column in (("session", "room"), ("panel", "room"), ("speaker", "honorific")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=True))
