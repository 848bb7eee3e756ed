"""A return names until when its author may mend the input, and notices tell the side that wrote a text.

What had been returned and could be mended by nobody any more is not lost: a text that another forum sent waits to be
received again, an input whose sender is not recorded stands as it was entered, and everything else waits for its
answer, with the deadline of its call as the instant until which it could be mended. The secretariat may return it anew.

Revision ID: 0013
"""

from alembic import op

revision = "0013"
down_revision = "0012"

_KINDS = (
    "'call', 'reminder', 'extension', 'permit', 'returned', 'answered', 'anchor_moved', 'silence_started', "
    "'silence_ended', 'text_closed', 'migrated', 'template_published', 'mandate', 'admission', 'seat', 'agreement'"
)
_STATEMENTS = (
    "ALTER TABLE contribution ADD COLUMN mend_until TIMESTAMP WITH TIME ZONE",
    "UPDATE contribution SET state = 'submitted' WHERE state = 'returned' AND kind = 'received'",
    """
    UPDATE contribution SET state = 'admitted'
     WHERE state = 'returned' AND on_behalf AND named_organisation_id IS NULL
    """,
    # What was returned and is being written again was handed in all the same: its receipt says so.
    """
    UPDATE contribution SET mend_until = call.closes_at FROM call
     WHERE call.id = contribution.call_id AND receipt_number IS NOT NULL AND return_reason IS NOT NULL
       AND contribution.state IN ('returned', 'draft', 'released')
    """,
    """
    ALTER TABLE notice
        ALTER COLUMN person_id DROP NOT NULL,
        ADD COLUMN contribution_id UUID CONSTRAINT fk_notice_contribution_id REFERENCES contribution (id),
        ADD COLUMN comment_id UUID CONSTRAINT fk_notice_comment_id REFERENCES comment (id),
        ADD CONSTRAINT ck_notice_for_somebody CHECK (num_nonnulls(person_id, contribution_id, comment_id) = 1),
        DROP CONSTRAINT ck_notice_kind
    """,
    f"ALTER TABLE notice ADD CONSTRAINT ck_notice_kind CHECK (kind in ({_KINDS}))",
    "CREATE INDEX ix_notice_contribution_id ON notice (contribution_id)",
    "CREATE INDEX ix_notice_comment_id ON notice (comment_id)",
    """
    CREATE UNIQUE INDEX uq_notice_of_a_text ON notice (coalesce(contribution_id, comment_id), cause_id)
     WHERE person_id IS NULL
    """,
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
