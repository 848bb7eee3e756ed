"""The spine: every table of the first version, authorship under row-level security, the clock's one row.

Revision ID: 0001
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

# Only the author's own organisations see who wrote a thing; anybody the service lets write may write it down.
# FORCE: the owner of the table is bound as well.
_SECURITY = """
ALTER TABLE authorship ENABLE ROW LEVEL SECURITY;
ALTER TABLE authorship FORCE ROW LEVEL SECURITY;
CREATE POLICY own_organisation ON authorship FOR SELECT USING (
    organisation_id = ANY (string_to_array(nullif(current_setting('forum.organisations', true), ''), ',')::uuid[])
    OR mechanism_code = ANY (string_to_array(nullif(current_setting('forum.coordinates', true), ''), ','))
    OR forum_id = ANY (string_to_array(nullif(current_setting('forum.teams', true), ''), ',')::uuid[])
);
CREATE POLICY written_down ON authorship FOR INSERT WITH CHECK (true);
CREATE POLICY own_update ON authorship FOR UPDATE USING (
    organisation_id = ANY (string_to_array(nullif(current_setting('forum.organisations', true), ''), ',')::uuid[])
    OR mechanism_code = ANY (string_to_array(nullif(current_setting('forum.coordinates', true), ''), ','))
    OR forum_id = ANY (string_to_array(nullif(current_setting('forum.teams', true), ''), ',')::uuid[])
) WITH CHECK (true);
INSERT INTO clock (id) VALUES (1);
"""


def upgrade() -> None:
    for statement in _statements(Path(__file__).with_suffix(".sql").read_text("utf-8") + _SECURITY):
        op.execute(statement)


def _statements(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [s.strip() for s in "\n".join(lines).split(";\n") if s.strip()]
