"""Organisations are admitted by act: forums that the operator entrusted with it, applications, names as they are
compared.

No forum is a registrar before the operator says so (`forum people entrust`).

Revision ID: 0009
"""

import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0009"
down_revision = "0008"

_APPLICATION = """
CREATE TABLE application (
    id UUID NOT NULL,
    forum_id UUID NOT NULL,
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT,
    kind TEXT NOT NULL,
    country_code TEXT,
    about TEXT NOT NULL,
    name_keys TEXT[] DEFAULT '{}' NOT NULL,
    state TEXT DEFAULT 'waiting' NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    organisation_id UUID,
    CONSTRAINT pk_application PRIMARY KEY (id),
    CONSTRAINT fk_application_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_application_person_id FOREIGN KEY(person_id) REFERENCES person (id),
    CONSTRAINT fk_application_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT ck_application_kind CHECK (kind in ('state', 'local_authority', 'civil_society', 'business', 'agency',
        'academia', 'other')),
    CONSTRAINT ck_application_state CHECK (state in ('waiting', 'admitted', 'declined', 'withdrawn')),
    CONSTRAINT ck_application_answered CHECK ((state = 'waiting') = (answered_at is null)),
    CONSTRAINT ck_application_admitted CHECK ((state = 'admitted') = (organisation_id is not null))
)
"""
_NOTICE = """
ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in
    ('reminder', 'extension', 'permit', 'anchor_moved', 'silence_started', 'silence_ended', 'migrated',
     'template_published', 'mandate', 'admission', 'seat', 'agreement'))
"""


def upgrade() -> None:
    op.add_column("forum", sa.Column("registrar", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("organisation", sa.Column("name_keys", ARRAY(sa.Text), nullable=False, server_default="{}"))
    op.execute(_APPLICATION)
    for column in ("forum_id", "person_id", "organisation_id"):
        op.execute(f"CREATE INDEX ix_application_{column} ON application ({column})")
    op.execute(_NOTICE)
    connection = op.get_bind()
    for id_, *names in connection.execute(sa.text("SELECT id, name, short_name FROM organisation")).all():
        keys = [_folded(name) for name in names if name is not None]
        connection.execute(
            sa.text("UPDATE organisation SET name_keys = :keys WHERE id = :id"), {"keys": keys, "id": id_}
        )


def _folded(name: str) -> str:
    """As `forum/domain/admission.py` compared names when this was written."""
    apart = unicodedata.normalize("NFKD", name)
    bare = "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f")
    joined = unicodedata.normalize("NFKC", bare.casefold())
    return "".join(sign for sign in joined if unicodedata.category(sign)[0] in "LMN")
