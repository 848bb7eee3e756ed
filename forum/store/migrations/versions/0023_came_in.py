"""Whether a person ever signed in or used a token. Who has a sign-in or stands in the history did; whoever else came
before is found to have come when they come again. Hidden authorship is not asked.

Revision ID: 0023
"""

from alembic import op

revision = "0023"
down_revision = "0024"

_STATEMENTS = (
    "ALTER TABLE person ADD COLUMN came_in BOOLEAN DEFAULT false NOT NULL",
    """
    UPDATE person p SET came_in = true
    WHERE EXISTS (SELECT FROM sign_in s WHERE s.person_id = p.id)
       OR EXISTS (SELECT FROM history h WHERE h.actor_id = p.id)
    """,
)


def upgrade() -> None:
    """Add the column, and fill it from what stands on the record."""
    for statement in _STATEMENTS:
        op.execute(statement)
