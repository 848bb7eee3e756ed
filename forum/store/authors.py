"""Who wrote a thing: a table under row-level security. A row comes back to the author's own side only."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from ..domain.author import Author
from ..domain.contribution import Authorship
from .carried import once
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork


@need
async def of(unit: UnitOfWork, subject: UUID) -> Authorship | None:
    """The authorship of a contribution or comment, where the person acting is of the author's side; else None."""
    row = await unit.row(t.authorship, subject_id=subject)
    return None if row is None else noun_of(Authorship, row)


@write
async def record(
    unit: UnitOfWork,
    kind: str,
    subject: UUID,
    author: Author | None,
    written_at: datetime,
    *,
    person: UUID | None,
    mandate: UUID | None,
    submitted_at: datetime | None = None,
) -> None:
    """Write down who wrote a contribution or comment (`kind`), for which author, under which mandate."""
    wrote = Authorship(
        subject_id=subject,
        subject_kind=kind,
        author_kind=author.kind if author else None,
        organisation_id=author.organisation if author else None,
        mechanism_code=author.mechanism if author else None,
        forum_id=author.forum if author else None,
        coordination=author.coordination if author else None,
        person_id=person,
        mandate_id=mandate,
        written_at=written_at,
        submitted_at=submitted_at,
    )
    await unit.add(t.authorship, columns_of(wrote))


@write
async def note(unit: UnitOfWork, /, subject: UUID, **values: Any) -> None:
    """Add to what is written down of an authorship: who released it, when it was handed in."""
    await unit.run(_noting(tuple(values)), {**values, _WHOSE: subject})


_WHOSE = "subject_of_the_row"  # no column of the table has this name


@once
def _noting(names: tuple[str, ...]) -> sa.Update:
    a = t.authorship
    new: dict[str, Any] = {name: sa.bindparam(name) for name in names}
    return sa.update(a).where(a.c.subject_id == sa.bindparam(_WHOSE)).values(new)
