"""People sign in with a browser: a row for each sign-in, found by the hash of its cookie's secret.

Nobody is signed in before; tokens go on.

Revision ID: 0018
"""

from alembic import op

revision = "0018"
down_revision = "0017"

_STATEMENTS = (
    """
    CREATE TABLE sign_in (
        id UUID NOT NULL CONSTRAINT pk_sign_in PRIMARY KEY,
        person_id UUID NOT NULL CONSTRAINT fk_sign_in_person_id REFERENCES person (id),
        secret_hash BYTEA NOT NULL CONSTRAINT uq_sign_in_secret_hash UNIQUE,
        issuer TEXT NOT NULL,
        client TEXT NOT NULL,
        began_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_used_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        idle_seconds INTEGER NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT ck_sign_in_hash CHECK (length(secret_hash) = 32),
        CONSTRAINT ck_sign_in_ends_after_beginning CHECK (ends_at > began_at),
        CONSTRAINT ck_sign_in_idle CHECK (idle_seconds > 0)
    )
    """,
    "CREATE INDEX ix_sign_in_person_id ON sign_in (person_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
