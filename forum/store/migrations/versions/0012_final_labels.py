"""The version of a text that is closed is no draft: its label was left as it was circulated last.

What somebody named it when it was closed stays: such a text was frozen at that instant.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"

_FINAL = """
UPDATE document SET version_label = CASE split_part(language, '-', 1)
    WHEN 'ar' THEN 'النص النهائي'
    WHEN 'es' THEN 'Versión definitiva'
    WHEN 'fr' THEN 'Version finale'
    WHEN 'ru' THEN 'Окончательный текст'
    WHEN 'zh' THEN '定稿'
    ELSE 'Final'
END
WHERE state IN ('issued', 'endorsed', 'adopted') AND EXISTS (
    SELECT 1 FROM revision r
    WHERE r.document_id = document.id AND r.number = document.revision AND r.frozen_at < document.closed_at
)
"""


def upgrade() -> None:
    op.execute(_FINAL)
