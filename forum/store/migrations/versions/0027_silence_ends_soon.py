"""Who may still object is told that a silence ends soon: each silence has the instant for it.

Of a silence that runs when this comes, people are reminded as of any other: a day before its end, or with the next
round of the worker where that is over already; its process did not say when, since no process could.

Revision ID: 0027
"""

from alembic import op

revision = "0027"
down_revision = "0026"

_KINDS = (
    "'call', 'reminder', 'extension', 'permit', 'returned', 'answered', 'receipt', 'outcome', 'anchor_moved', "
    "'withdrawn', 'silence_started', 'silence_ends', 'silence_ended', 'text_closed', 'migrated', "
    "'template_published', 'mandate', 'admission', 'seat', 'corrected', 'agreement', 'address_refused'"
)
_STATEMENTS = (
    "ALTER TABLE notice DROP CONSTRAINT ck_notice_kind",
    f"ALTER TABLE notice ADD CONSTRAINT ck_notice_kind CHECK (kind in ({_KINDS}))",
    "ALTER TABLE silence ADD COLUMN remind_at TIMESTAMP WITH TIME ZONE",
    """UPDATE silence SET remind_at = ends_at - interval '24 hours'
    WHERE state = 'running' AND ends_at - interval '24 hours' > starts_at""",
    "CREATE INDEX ix_silence_to_remind ON silence (remind_at) WHERE state = 'running'",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
