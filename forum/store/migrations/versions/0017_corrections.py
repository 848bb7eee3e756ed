"""What was entered wrongly is put right on the record; a meeting's programme says how firm it is.

Meetings that stand already are provisional, in their first revision: nobody has said that they are final.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_OF = ("forum", "organisation", "meeting", "contribution", "document", "mandate")
_REFERENCES = ",\n".join(f"{name}_id UUID CONSTRAINT fk_correction_{name}_id REFERENCES {name} (id)" for name in _OF)
_TABLE = f"""
CREATE TABLE correction (
    id UUID NOT NULL CONSTRAINT pk_correction PRIMARY KEY,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    symbol TEXT CONSTRAINT uq_correction_symbol UNIQUE,
    {_REFERENCES},
    changes TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT ck_correction_kind CHECK (kind in ('renamed', 'revised', 'taken_back', 'corrigendum', 'addendum')),
    CONSTRAINT ck_correction_of_one_thing
        CHECK (num_nonnulls(forum_id, organisation_id, meeting_id, contribution_id, document_id) = 1),
    CONSTRAINT uq_correction_document_id_kind_number UNIQUE (document_id, kind, number)
)
"""


def upgrade() -> None:
    op.add_column("meeting", sa.Column("status", sa.Text, nullable=False, server_default="provisional"))
    op.add_column("meeting", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.execute(
        "ALTER TABLE meeting ADD CONSTRAINT ck_meeting_status CHECK (status in ('draft', 'provisional', 'final'))"
    )
    op.execute(_TABLE)
    for name in _OF:
        op.execute(f"CREATE INDEX ix_correction_{name}_id ON correction ({name}_id)")
    op.execute(
        "ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in "
        "('call', 'reminder', 'extension', 'permit', 'returned', 'answered', 'anchor_moved', 'withdrawn', "
        "'silence_started', 'silence_ended', 'text_closed', 'migrated', 'template_published', 'mandate', 'admission', "
        "'seat', 'corrected', 'agreement'))"
    )
