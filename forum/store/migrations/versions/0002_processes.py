"""Processes that change: anchors and planned dates, migrations, extensions, permits, reminders, notices, reservations.

Revision ID: 0002
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """The changes, word for word as they were made: what the tables are now is no business of an old migration."""
    text = Path(__file__).with_suffix(".sql").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    for statement in "\n".join(lines).split(";\n"):
        if statement.strip():
            op.execute(statement)
