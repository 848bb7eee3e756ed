"""A track may review somebody who takes part: its subject. The tracks that there are review nobody.

Revision ID: 0031
"""

from alembic import op

revision = "0031"
down_revision = "0029"

_STATEMENTS = (
    "ALTER TABLE track ADD COLUMN subject_id UUID",
    "ALTER TABLE track ADD CONSTRAINT fk_track_subject_id_organisation "
    "FOREIGN KEY (subject_id) REFERENCES organisation (id)",
    "CREATE INDEX ix_track_subject_id ON track (subject_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
