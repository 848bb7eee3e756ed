"""People sign in with their account at an identity provider, which the operator links to them.

Revision ID: 0019
"""

from alembic import op

revision = "0019"
down_revision = "0018"

_STATEMENTS = (
    """
    CREATE TABLE account (
        id UUID NOT NULL CONSTRAINT pk_account PRIMARY KEY,
        person_id UUID NOT NULL CONSTRAINT fk_account_person_id REFERENCES person (id),
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE
    )
    """,
    "CREATE INDEX ix_account_person_id ON account (person_id)",
    "CREATE UNIQUE INDEX uq_account_in_force ON account (issuer, subject) WHERE ended_at is null",
    """
    CREATE TABLE sign_in_attempt (
        id UUID NOT NULL CONSTRAINT pk_sign_in_attempt PRIMARY KEY,
        state_hash BYTEA NOT NULL CONSTRAINT uq_sign_in_attempt_state_hash UNIQUE,
        browser_hash BYTEA NOT NULL,
        provider TEXT NOT NULL,
        nonce TEXT NOT NULL,
        verifier TEXT NOT NULL,
        began_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT ck_sign_in_attempt_hashes CHECK (length(state_hash) = 32 and length(browser_hash) = 32)
    )
    """,
    """
    CREATE TABLE logout_token (
        id UUID NOT NULL CONSTRAINT pk_logout_token PRIMARY KEY,
        issuer TEXT NOT NULL,
        jti TEXT NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT uq_logout_token_issuer_jti UNIQUE (issuer, jti)
    )
    """,
    "ALTER TABLE sign_in ADD COLUMN account_id UUID CONSTRAINT fk_sign_in_account_id REFERENCES account (id)",
    "ALTER TABLE sign_in ADD COLUMN provider_session TEXT",
    "CREATE INDEX ix_sign_in_account_id ON sign_in (account_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
