"""Who wrote a thing: the one table under row-level security. A row comes back to the author's own side only."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.contribution import Authorship
from .nouns import noun_of
from .steps import need
from .steps import write as write_step
from .tables import schema as t
from .unit import UnitOfWork


@need
async def of(unit: UnitOfWork, subject: UUID) -> Authorship | None:
    """The authorship of a contribution or comment, where the person acting is of the author's side; else None."""
    row = await unit.row(t.authorship, subject_id=subject)
    return None if row is None else noun_of(Authorship, row)


async def write(unit: UnitOfWork, kind: str, subject: UUID, at: datetime, **author: Any) -> None:
    """Write down who wrote it. `author`: author_kind, organisation_id, mechanism_code, forum_id, person_id, mandate_id."""
    await unit.add(t.authorship, {"subject_id": subject, "subject_kind": kind, "written_at": at, **author})


@write_step
async def note(unit: UnitOfWork, subject: UUID, **values: Any) -> None:
    """Add to what is written down of an authorship: who released it, when it was handed in."""
    await unit.run(sa.update(t.authorship).where(t.authorship.c.subject_id == subject).values(**values))
