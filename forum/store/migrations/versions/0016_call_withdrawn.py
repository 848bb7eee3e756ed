"""A call can be taken back, and those who were asked are told.

Revision ID: 0016
"""

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.execute(
        "ALTER TABLE call DROP CONSTRAINT ck_call_state, ADD CONSTRAINT ck_call_state CHECK (state in "
        "('open', 'closed', 'withdrawn'))"
    )
    op.execute(
        "ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in "
        "('call', 'reminder', 'extension', 'permit', 'returned', 'answered', 'anchor_moved', 'withdrawn', "
        "'silence_started', 'silence_ended', 'text_closed', 'migrated', 'template_published', 'mandate', 'admission', "
        "'seat', 'agreement'))"
    )
