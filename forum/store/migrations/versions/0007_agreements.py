"""What bodies agreed to for each other is kept. What is convened, received and endorsed today stays: each body that is
named so is entered with a standing agreement from before, which `forum agreements list` shows to the operator.

Revision ID: 0007
"""

from alembic import op

revision = "0007"
down_revision = "0006"

_NOTICES = (
    "'reminder', 'extension', 'permit', 'anchor_moved', 'silence_started', 'silence_ended', 'migrated', "
    "'template_published', 'mandate', 'seat', 'agreement'"
)
# (who names, who is named, for what), as it was done: no body for itself, nor for what it set up.
_USED = """
    SELECT coalesce(b.parent_id, b.id) AS asking, c.convened_by_id AS named, 'convene' AS purpose
      FROM convenor c JOIN forum b ON b.id = c.forum_id
    UNION SELECT e.forum_id, k.convened_as_id, 'convene'
      FROM track k JOIN edition e ON e.id = k.edition_id WHERE k.convened_as_id IS NOT NULL
    UNION SELECT e.forum_id, c.convened_by_id, 'convene'
      FROM track k JOIN edition e ON e.id = k.edition_id JOIN convenor c ON c.forum_id = k.convened_as_id
    UNION SELECT coalesce(f.forum_id, d.forum_id), e.forum_id, 'receive'
      FROM transmission x JOIN document d ON d.id = x.document_id LEFT JOIN edition f ON f.id = d.edition_id
      JOIN track k ON k.id = x.to_track_id JOIN edition e ON e.id = k.edition_id
    UNION SELECT coalesce(f.forum_id, d.forum_id), s.body_id, 'endorse'
      FROM silence s JOIN document d ON d.id = s.document_id LEFT JOIN edition f ON f.id = d.edition_id
     WHERE s.body_id <> d.forum_id
"""
_STATEMENTS = (
    """
    CREATE TABLE agreement (
        id UUID NOT NULL CONSTRAINT pk_agreement PRIMARY KEY,
        asking_id UUID NOT NULL CONSTRAINT fk_agreement_asking_id REFERENCES forum (id),
        named_id UUID NOT NULL CONSTRAINT fk_agreement_named_id REFERENCES forum (id),
        purpose TEXT NOT NULL,
        edition_name TEXT,
        track_name TEXT,
        state TEXT DEFAULT 'proposed' NOT NULL,
        basis TEXT DEFAULT 'proposal' NOT NULL,
        proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        proposed_by_id UUID CONSTRAINT fk_agreement_proposed_by_id REFERENCES person (id),
        answered_at TIMESTAMP WITH TIME ZONE,
        answered_by_id UUID CONSTRAINT fk_agreement_answered_by_id REFERENCES person (id),
        ended_at TIMESTAMP WITH TIME ZONE,
        ended_by_id UUID CONSTRAINT fk_agreement_ended_by_id REFERENCES person (id),
        reason TEXT,
        CONSTRAINT ck_agreement_purpose CHECK (purpose in ('convene', 'receive', 'endorse')),
        CONSTRAINT ck_agreement_state CHECK (state in ('proposed', 'agreed', 'declined', 'ended')),
        CONSTRAINT ck_agreement_basis CHECK (basis in ('proposal', 'operator', 'before')),
        CONSTRAINT ck_agreement_two_bodies CHECK (asking_id <> named_id),
        CONSTRAINT ck_agreement_track_of_edition CHECK (track_name is null or edition_name is not null),
        CONSTRAINT ck_agreement_answered CHECK (state not in ('agreed', 'declined') or answered_at is not null),
        CONSTRAINT ck_agreement_ended CHECK ((state = 'ended') = (ended_at is not null))
    )
    """,
    "CREATE INDEX ix_agreement_asking_id ON agreement (asking_id)",
    "CREATE INDEX ix_agreement_named_id ON agreement (named_id)",
    """
    CREATE UNIQUE INDEX uq_agreement_open ON agreement (asking_id, named_id, purpose, edition_name, track_name)
        NULLS NOT DISTINCT WHERE state in ('proposed', 'agreed')
    """,
    f"""
    INSERT INTO agreement (id, asking_id, named_id, purpose, state, basis, proposed_at, answered_at)
    SELECT gen_random_uuid(), u.asking, u.named, u.purpose, 'agreed', 'before', c.at, c.at
      FROM ({_USED}) u JOIN forum n ON n.id = u.named, (SELECT clock_timestamp() + shift AS at FROM clock) c
     WHERE u.asking <> u.named AND n.parent_id IS DISTINCT FROM u.asking
    """,
    f"ALTER TABLE notice DROP CONSTRAINT ck_notice_kind, ADD CONSTRAINT ck_notice_kind CHECK (kind in ({_NOTICES}))",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
