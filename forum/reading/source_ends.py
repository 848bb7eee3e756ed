"""What a source leads to: by kind, the id of its end."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t


def end_of(s: sa.FromClause) -> dict[str, sa.ColumnElement[Any]]:
    """The end of a source by kind: of a section or practice, the contribution it is part of."""
    section, practice = t.contribution_section.alias(), t.practice.alias()
    of_section = sa.select(section.c.contribution_id).where(section.c.id == s.c.section_id)
    of_practice = sa.select(practice.c.contribution_id).where(practice.c.id == s.c.practice_id)
    contribution = sa.func.coalesce(
        s.c.contribution_id,
        of_section.correlate(s).scalar_subquery(),
        of_practice.correlate(s).scalar_subquery(),
        type_=sa.Uuid,
    )
    return {
        "contribution": contribution,
        "comment": s.c.comment_id,
        "paragraph": s.c.from_paragraph_id,
        "panel": s.c.panel_id,
    }
