"""People's own calendars are read at an address that holds a secret, of which a hash is kept.

Revision ID: 0024
"""

from alembic import op

revision = "0024"
down_revision = "0021"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE calendar_address (
            id UUID NOT NULL CONSTRAINT pk_calendar_address PRIMARY KEY,
            person_id UUID NOT NULL CONSTRAINT fk_calendar_address_person_id REFERENCES person (id),
            hash BYTEA NOT NULL,
            since TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT ck_calendar_address_hash CHECK (length(hash) = 32),
            CONSTRAINT uq_calendar_address_person_id UNIQUE (person_id),
            CONSTRAINT uq_calendar_address_hash UNIQUE (hash)
        )
        """
    )
