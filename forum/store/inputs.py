"""Contributions with their parts: read whole, replaced whole."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ..domain.call import Answer, CallSection
from ..domain.contribution import Contribution, ContributionSection, Tag
from ..domain.practice import Practice
from .nouns import columns_of, noun_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork

_SECTION = ("code", "heading", "markdown")
_PRACTICE = ("section_label", "name", "url", "dates_as_written", "place", "aim", "partners", "sdg_as_written")


@need
async def labels(
    unit: UnitOfWork, organisation: UUID | None, mechanism: str | None, forum: UUID | None
) -> dict[str, str]:
    """How an organisation, a mechanism and a forum are called, by these words; empty where there is none."""
    o, m, f = t.organisation, t.mechanism, t.forum
    row: Any = (
        await unit.run(
            sa.select(
                sa.select(o.c.name).where(o.c.id == organisation).scalar_subquery(),
                sa.select(m.c.name).where(m.c.code == mechanism).scalar_subquery(),
                sa.select(f.c.name).where(f.c.id == forum).scalar_subquery(),
            )
        )
    ).one()
    return {"organisation": row[0] or "", "mechanism": row[1] or "", "forum": row[2] or ""}


@need
async def call_sections(unit: UnitOfWork, call_id: UUID | None) -> tuple[CallSection, ...]:
    """What a call asks for, in order; nothing for an input to no call."""
    rows = [] if call_id is None else await unit.rows(t.call_section, "ordinal", call_id=call_id)
    return tuple(noun_of(CallSection, row) for row in rows)


@need
async def sections(unit: UnitOfWork, contribution: UUID) -> tuple[ContributionSection, ...]:
    """A contribution's sections, in order."""
    rows = await unit.rows(t.contribution_section, "ordinal", contribution_id=contribution)
    return tuple(noun_of(ContributionSection, row) for row in rows)


@write
async def replace_sections(unit: UnitOfWork, contribution: UUID, new: Sequence[ContributionSection]) -> None:
    """Sections keep their ids by ordinal, so that what cites one still finds it after a new draft."""
    s = t.contribution_section
    kept = [section.ordinal for section in new]
    await unit.run(sa.delete(s).where(s.c.contribution_id == contribution, s.c.ordinal.not_in(kept)))
    if new:
        statement = insert(s).values([columns_of(section) for section in new])
        changed = {name: statement.excluded[name] for name in _SECTION}
        await unit.run(statement.on_conflict_do_update(index_elements=["contribution_id", "ordinal"], set_=changed))


@write
async def replace_practices(unit: UnitOfWork, contribution: UUID, new: Sequence[Practice]) -> None:
    """A draft's practices are replaced whole: nobody can have cited them yet."""
    tag, p = t.tag, t.practice
    await unit.run(sa.delete(tag).where(tag.c.contribution_id == contribution, tag.c.practice_id.isnot(None)))
    await unit.run(sa.delete(p).where(p.c.contribution_id == contribution))
    await unit.add(p, *map(columns_of, new))


@write
async def replace_tags(unit: UnitOfWork, contribution: UUID, new: Sequence[Tag]) -> None:
    """Replace the tags of the contribution as a whole; those of its practices stay."""
    tag = t.tag
    await unit.run(sa.delete(tag).where(tag.c.contribution_id == contribution, tag.c.practice_id.is_(None)))
    await unit.add(tag, *map(columns_of, new))


@need
async def content(unit: UnitOfWork, contribution: Contribution) -> dict[str, Any]:
    """All that an input says, as plain data in a fixed order, and under which promise it is handed in; who wrote it is
    not in it."""
    id_, tag = contribution.id, t.tag
    tags = await unit.all(sa.select(tag.c.scheme, tag.c.code).where(tag.c.contribution_id == id_))
    practices = await unit.rows(t.practice, "ordinal", contribution_id=id_)
    parts = await unit.rows(t.contribution_section, "ordinal", contribution_id=id_)
    return {
        "attribution": str(contribution.attribution),
        "language": contribution.language,
        "practices": [{name: row[name] for name in _PRACTICE} for row in practices],
        "sections": [{name: row[name] for name in _SECTION} for row in parts],
        "tags": sorted({f"{row['scheme']}:{row['code']}" for row in tags}),
        "title": contribution.title,
        "visibility": str(contribution.visibility),
    }


@write
async def answer_of(
    unit: UnitOfWork, /, call: UUID | None, organisation: UUID | None, answer: Answer, **more: Any
) -> bool:
    """Mark what an addressee answered; False where the organisation is not addressed, or not named."""
    if call is None or organisation is None:
        return False
    a = t.addressee
    mine = sa.and_(a.c.call_id == call, a.c.organisation_id == organisation)
    return (await unit.run(sa.update(a).where(mine).values(answer=answer, **more))).rowcount > 0
