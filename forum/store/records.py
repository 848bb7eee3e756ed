"""Needs and writes that are the same for every noun: one by its id, those that match, added, changed."""

from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from .nouns import TABLES, changes_between, columns_of, noun_of
from .steps import need, write
from .unit import UnitOfWork

N = TypeVar("N")


@need
async def by_id(unit: UnitOfWork, kind: type[N], id_: UUID) -> N | None:
    """The noun of this id; None where there is none."""
    row = await unit.row(TABLES[kind], id=id_)
    return None if row is None else noun_of(kind, row)


@need
async def first(unit: UnitOfWork, kind: type[N], /, **match: Any) -> N | None:
    """One noun whose fields have these values; None where there is none."""
    row = await unit.row(TABLES[kind], **match)
    return None if row is None else noun_of(kind, row)


@need
async def matching(unit: UnitOfWork, kind: type[N], order: str, /, **match: Any) -> tuple[N, ...]:
    """All nouns whose fields have these values, in the order of one field."""
    return tuple(noun_of(kind, row) for row in await unit.rows(TABLES[kind], order, **match))


@write
async def add(unit: UnitOfWork, *nouns: object) -> None:
    """Add nouns of one kind, in one statement."""
    if nouns:
        await unit.add(TABLES[type(nouns[0])], *map(columns_of, nouns))


@write
async def change(unit: UnitOfWork, before: N, after: N) -> None:
    """Write the fields in which a noun differs from what it was; nothing where it does not."""
    values = changes_between(before, after)
    if values:
        await unit.change(TABLES[type(before)], _key(before), **values)


@write
async def remove(unit: UnitOfWork, noun: object) -> None:
    """Take a noun away."""
    table = TABLES[type(noun)]
    await unit.run(sa.delete(table).where(table.c.id == _key(noun)))


def _key(noun: object) -> UUID:
    key: UUID = noun.id  # type: ignore[attr-defined]  # every noun of TABLES but Authorship has one
    return key
