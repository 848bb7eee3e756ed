"""People are invited: who asked whom to take which role, and how it was answered. Tokens may come with an answer.

Revision ID: 0020
"""

from alembic import op

revision = "0020"
down_revision = "0019"

_INVITATION = """
CREATE TABLE invitation (
    id UUID NOT NULL,
    address TEXT,
    name TEXT,
    subject TEXT,
    organisation_id UUID NOT NULL,
    forum_id UUID,
    role TEXT NOT NULL,
    mechanism_code TEXT,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    zone TEXT NOT NULL,
    invited_by_id UUID NOT NULL,
    invited_under_id UUID NOT NULL,
    given_by_forum_id UUID,
    invited_at TIMESTAMP WITH TIME ZONE NOT NULL,
    open_until TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT DEFAULT 'open' NOT NULL,
    answered_at TIMESTAMP WITH TIME ZONE,
    reason TEXT,
    mandate_id UUID,
    blank_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_invitation PRIMARY KEY (id),
    CONSTRAINT fk_invitation_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
    CONSTRAINT fk_invitation_forum_id FOREIGN KEY(forum_id) REFERENCES forum (id),
    CONSTRAINT fk_invitation_invited_by_id FOREIGN KEY(invited_by_id) REFERENCES person (id),
    CONSTRAINT fk_invitation_invited_under_id FOREIGN KEY(invited_under_id) REFERENCES mandate (id),
    CONSTRAINT fk_invitation_given_by_forum_id FOREIGN KEY(given_by_forum_id) REFERENCES forum (id),
    CONSTRAINT fk_invitation_mandate_id FOREIGN KEY(mandate_id) REFERENCES mandate (id),
    CONSTRAINT ck_invitation_role CHECK (role in ('secretariat', 'penholder', 'coordinator', 'national_focal_point',
        'delegate', 'representative', 'resource_person', 'note_taker', 'moderator', 'liaison', 'administrator')),
    CONSTRAINT ck_invitation_state CHECK (state in ('open', 'accepted', 'declined', 'ended', 'expired')),
    CONSTRAINT ck_invitation_answered CHECK ((state in ('open', 'expired')) = (answered_at is null)),
    CONSTRAINT ck_invitation_accepted CHECK ((state = 'accepted') = (mandate_id is not null)),
    CONSTRAINT ck_invitation_by_forum CHECK ((forum_id is null) = (given_by_forum_id is null)),
    CONSTRAINT ck_invitation_open_is_named
        CHECK (state <> 'open' or (address is not null and name is not null))
)
"""


def upgrade() -> None:
    op.execute(_INVITATION)
    for column in ("organisation_id", "forum_id", "given_by_forum_id"):
        op.execute(f"CREATE INDEX ix_invitation_{column} ON invitation ({column})")
    op.execute("CREATE INDEX ix_invitation_blank_at ON invitation (blank_at) WHERE address is not null")
    op.execute(
        "ALTER TABLE token DROP CONSTRAINT ck_token_issued_by, ADD CONSTRAINT ck_token_issued_by CHECK (issued_by in "
        "('operator', 'demonstration', 'invitation'))"
    )
