"""An invitation that is for one subject alone says whose subject it is.

Two providers may call two people the same. Nobody knows of the invitations that stand whether they meant a provider,
and which; from now on their subject is that of a person here. Whoever comes with an account of a provider is refused
them: the inviter ends such a one and makes it anew, with its issuer.

Revision ID: 0028
"""

from alembic import op

revision = "0028"
down_revision = "0027"

_STATEMENTS = (
    "ALTER TABLE invitation ADD COLUMN issuer TEXT",
    "ALTER TABLE invitation ADD CONSTRAINT ck_invitation_issuer_of_subject "
    "CHECK (issuer is null or subject is not null)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
