"""Contributions with their parts: read whole, replaced whole."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ..domain.contribution import Contribution
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, random_id

_SECTION = ("code", "heading", "markdown")
_PRACTICE = ("section_label", "name", "url", "dates_as_written", "place", "aim", "partners", "sdg_as_written")


async def labels(
    unit: UnitOfWork, organisation: UUID | None, mechanism: str | None, forum: UUID | None
) -> dict[str, str]:
    """How an organisation, a mechanism and a forum are called; empty where there is none."""
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


async def call_sections(unit: UnitOfWork, call_id: UUID | None) -> Sequence[Mapping[str, Any]]:
    """What a call asks for, in order; nothing for an input to no call."""
    return [] if call_id is None else await unit.rows(t.call_section, "ordinal", call_id=call_id)


async def sections(unit: UnitOfWork, contribution: UUID) -> Sequence[Mapping[str, Any]]:
    """A contribution's sections, in order."""
    return await unit.rows(t.contribution_section, "ordinal", contribution_id=contribution)


async def practices(unit: UnitOfWork, contribution: UUID) -> Sequence[Mapping[str, Any]]:
    """A contribution's practices, in order."""
    return await unit.rows(t.practice, "ordinal", contribution_id=contribution)


async def replace_sections(unit: UnitOfWork, contribution: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Sections keep their ids by ordinal, so that what cites one still finds it after a new draft."""
    s = t.contribution_section
    kept = [row["ordinal"] for row in rows]
    await unit.run(sa.delete(s).where(s.c.contribution_id == contribution, s.c.ordinal.not_in(kept)))
    if rows:
        new = insert(s).values([{"id": random_id(), "contribution_id": contribution, **row} for row in rows])
        changed = {name: new.excluded[name] for name in _SECTION}
        await unit.run(new.on_conflict_do_update(index_elements=["contribution_id", "ordinal"], set_=changed))


async def replace_practices(unit: UnitOfWork, contribution: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """A draft's practices are replaced whole: nobody can have cited them yet."""
    tag, p = t.tag, t.practice
    await unit.run(sa.delete(tag).where(tag.c.contribution_id == contribution, tag.c.practice_id.isnot(None)))
    await unit.run(sa.delete(p).where(p.c.contribution_id == contribution))
    await unit.add(p, *[{"contribution_id": contribution, **row} for row in rows])


async def replace_tags(unit: UnitOfWork, contribution: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace the tags of the contribution as a whole; those of its practices stay."""
    tag = t.tag
    await unit.run(sa.delete(tag).where(tag.c.contribution_id == contribution, tag.c.practice_id.is_(None)))
    await add_tags(unit, contribution, rows)


async def add_tags(unit: UnitOfWork, contribution: UUID, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add tags to a contribution or its practices."""
    await unit.add(t.tag, *[{"id": random_id(), "contribution_id": contribution, **row} for row in rows])


@need
async def content(unit: UnitOfWork, contribution: Contribution) -> dict[str, Any]:
    """All that an input says, as plain data in a fixed order; who wrote it is not in it."""
    id_, tag = contribution.id, t.tag
    tags = await unit.all(sa.select(tag.c.scheme, tag.c.code).where(tag.c.contribution_id == id_))
    return {
        "language": contribution.language,
        "practices": [{k: row[k] for k in _PRACTICE} for row in await practices(unit, id_)],
        "sections": [{k: row[k] for k in _SECTION} for row in await sections(unit, id_)],
        "tags": sorted({f"{row['scheme']}:{row['code']}" for row in tags}),
        "title": contribution.title,
    }


@write
async def answer_of(unit: UnitOfWork, call: UUID | None, organisation: UUID | None, answer: str, **more: Any) -> bool:
    """Mark what an addressee answered; False where the organisation is not addressed, or not named."""
    if call is None or organisation is None:
        return False
    a = t.addressee
    mine = sa.and_(a.c.call_id == call, a.c.organisation_id == organisation)
    return (await unit.run(sa.update(a).where(mine).values(answer=answer, **more))).rowcount > 0
