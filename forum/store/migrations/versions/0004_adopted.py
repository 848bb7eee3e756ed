"""A forum works by its own process: every text that a forum ran becomes its own copy, and nothing that runs stops.

Revision ID: 0004
"""

from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = """
ALTER TABLE process_definition ADD COLUMN adopted_from_id UUID
    CONSTRAINT fk_process_definition_adopted_from_id REFERENCES process_definition (id);
CREATE INDEX ix_process_definition_adopted_from_id ON process_definition (adopted_from_id);
ALTER TABLE process_definition ADD COLUMN adopted_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE process_definition DROP CONSTRAINT uq_process_definition_hash;
DROP INDEX ix_process_definition_forum_id;
ALTER TABLE process_definition ADD CONSTRAINT uq_process_definition_forum_id_hash
    UNIQUE NULLS NOT DISTINCT (forum_id, hash);
ALTER TABLE notice DROP CONSTRAINT ck_notice_kind;
ALTER TABLE notice ADD CONSTRAINT ck_notice_kind CHECK (kind in ('reminder', 'extension', 'permit', 'anchor_moved',
    'silence_started', 'silence_ended', 'migrated', 'template_published'))
"""
# A text that a forum's edition is pinned to, was or can be moved back to, and that is not the forum's own yet.
_COPIES = """
CREATE TEMPORARY TABLE copied ON COMMIT DROP AS
    SELECT used.forum_id, used.process_id AS was, gen_random_uuid() AS id
    FROM (SELECT forum_id, process_id FROM edition WHERE process_id IS NOT NULL
          UNION SELECT e.forum_id, m.from_process_id FROM migration m JOIN edition e ON e.id = m.edition_id
          UNION SELECT e.forum_id, m.to_process_id FROM migration m JOIN edition e ON e.id = m.edition_id) AS used
    JOIN process_definition p ON p.id = used.process_id
    WHERE p.forum_id IS DISTINCT FROM used.forum_id;
INSERT INTO process_definition (id, name, version, hash, text, published_at, forum_id, adopted_from_id)
    SELECT c.id, p.name, p.version, p.hash, p.text, p.published_at, c.forum_id, p.id
    FROM copied c JOIN process_definition p ON p.id = c.was;
UPDATE edition e SET process_id = c.id FROM copied c WHERE c.forum_id = e.forum_id AND c.was = e.process_id;
UPDATE migration m SET from_process_id = c.id FROM copied c, edition e
    WHERE e.id = m.edition_id AND c.forum_id = e.forum_id AND c.was = m.from_process_id;
UPDATE migration m SET to_process_id = c.id FROM copied c, edition e
    WHERE e.id = m.edition_id AND c.forum_id = e.forum_id AND c.was = m.to_process_id;
UPDATE process_definition p SET adopted_at = ran.since
    FROM (SELECT process_id, max(opened_at) AS since FROM edition WHERE process_id IS NOT NULL GROUP BY process_id) ran
    WHERE ran.process_id = p.id;
-- What a chair's office published under the name its forum works by is its next version, and counts as taken up.
UPDATE process_definition p SET adopted_at = p.published_at
    WHERE p.adopted_at IS NULL AND p.forum_id IS NOT NULL AND p.adopted_from_id IS NULL AND p.name = (
        SELECT q.name FROM process_definition q WHERE q.forum_id = p.forum_id AND q.adopted_at IS NOT NULL
        ORDER BY q.adopted_at DESC, q.id DESC LIMIT 1);
ALTER TABLE process_definition ADD CONSTRAINT ck_process_definition_template_of_nobody
    CHECK (forum_id is not null or (adopted_from_id is null and adopted_at is null))
"""


def upgrade() -> None:
    for statement in (_COLUMNS.rstrip() + ";\n" + _COPIES).split(";\n"):
        if statement.strip():
            op.execute(statement)
