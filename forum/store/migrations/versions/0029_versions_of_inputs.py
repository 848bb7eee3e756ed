"""Each handing in of an input is numbered, so that its versions can be read in order and compared.

In which order the ones that are kept already came is not recorded anywhere: the one under its receipt is the last, and
counts as the first. Those before stay for whoever checks a hash, and are not among its versions.

Revision ID: 0029
"""

from alembic import op

revision = "0029"
down_revision = "0028"

_STATEMENTS = (
    "ALTER TABLE snapshot ADD COLUMN number INTEGER",
    "ALTER TABLE snapshot ADD COLUMN first_number INTEGER",
    "UPDATE snapshot SET number = 1, first_number = 1 FROM contribution "
    "WHERE contribution.id = snapshot.subject_id AND contribution.receipt_hash = snapshot.hash",
    "ALTER TABLE snapshot ADD CONSTRAINT ck_snapshot_numbered "
    "CHECK ((number is null) = (first_number is null) and first_number between 1 and number)",
    "ALTER TABLE snapshot ADD CONSTRAINT uq_snapshot_subject_id_number UNIQUE (subject_id, number)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
