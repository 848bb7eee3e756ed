"""Bodies and people: what bodies follow and are convened by, and a person by the token's subject."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from ..domain.body import Forum, ForumKind, TermsOfReference
from ..domain.text import clean
from .in_force import in_force
from .nouns import noun_of
from .steps import need, write
from .tables import schema as t
from .tables.bodies import FORUM_KINDS
from .unit import UnitOfWork, fresh

__all__ = ["FORUM_KINDS", "count_runs", "following", "others", "person_of", "subjects_of", "terms_at", "words_of"]

# Any number, the same in every process: two that rename forums at once take turns, so that both never take one name.
_LOCK = 0x6E616D65


@write
async def person_of(unit: UnitOfWork, subject: str, name: str | None) -> UUID:
    """The person behind a subject; entered when the service meets the subject for the first time."""
    id_ = fresh()
    if await unit.add_once(t.person, {"id": id_, "subject": clean(subject), "name": clean(name or subject)}):
        return id_
    row = await unit.row(t.person, subject=clean(subject))
    if row is None:
        raise LookupError(subject)
    known: UUID = row["id"]
    return known


@need
async def others(unit: UnitOfWork, forum: UUID) -> tuple[Forum, ...]:
    """All forums but this one, by their short names. Nobody else renames one until this is decided."""
    await unit.run(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    rows = await unit.all(sa.select(t.forum).where(t.forum.c.id != forum).order_by(t.forum.c.slug))
    return tuple(noun_of(Forum, row) for row in rows)


@need
async def following(unit: UnitOfWork, parent: UUID, template: str, now: datetime) -> int:
    """How many bodies of a forum follow a template, without those whose terms are over. The parent is locked, so that
    two who count at the same time do not both find room."""
    await unit.run(sa.select(t.forum.c.id).where(t.forum.c.id == parent).with_for_update())
    f, x = t.forum, t.terms_of_reference
    open_ = sa.exists().where(x.c.forum_id == f.c.id, sa.or_(x.c.ends_at.is_(None), x.c.ends_at > now))
    dated = sa.exists().where(x.c.forum_id == f.c.id)
    mine = sa.and_(f.c.parent_id == parent, f.c.template == template, sa.or_(open_, sa.not_(dated)))
    return int(await unit.scalar(sa.select(sa.func.count()).select_from(f).where(mine)))


@need
async def words_of(unit: UnitOfWork, ids: Sequence[UUID]) -> Mapping[UUID, frozenset[str]]:
    """The words a process may call each forum by: its layer, its short name, the processes of its editions; a mechanism
    by its short name as it stands under [mechanisms], `civil_society` for the body civil-society."""
    f, e, p = t.forum, t.edition, t.process_definition
    code = sa.case((f.c.kind == ForumKind.MECHANISM, sa.func.replace(f.c.slug, "-", "_"))).label("code")
    query = sa.select(f.c.id, f.c.layer, f.c.slug, code, p.c.name).join(e, e.c.forum_id == f.c.id, isouter=True)
    words: dict[UUID, set[str]] = {}
    for row in await unit.all(query.join(p, p.c.id == e.c.process_id, isouter=True).where(f.c.id.in_(ids))):
        words.setdefault(row["id"], set()).update(w for w in (row["layer"], row["slug"], row["code"], row["name"]) if w)
    return {id_: frozenset(names) for id_, names in words.items()}


@need
async def count_runs(unit: UnitOfWork, edition: UUID, definition: str) -> int:
    """How many tracks of an edition follow a definition; the edition is locked, so that the count holds."""
    await unit.run(sa.select(t.edition.c.id).where(t.edition.c.id == edition).with_for_update())
    mine = sa.and_(t.track.c.edition_id == edition, t.track.c.definition == definition)
    return int(await unit.scalar(sa.select(sa.func.count()).select_from(t.track).where(mine)))


@need
async def terms_at(unit: UnitOfWork, forum_id: UUID, at: datetime) -> TermsOfReference | None:
    """The newest terms of a body that are in force at an instant; None where it has only what it was set up with."""
    x = t.terms_of_reference
    newest = sa.select(x).where(x.c.forum_id == forum_id, in_force(x, at)).order_by(x.c.starts_at.desc()).limit(1)
    row = await unit.first(newest)
    return None if row is None else noun_of(TermsOfReference, row)


@need
async def subjects_of(unit: UnitOfWork, people: Collection[UUID]) -> tuple[str, ...]:
    """The subjects of these people, in one order."""
    p = t.person
    rows = await unit.run(sa.select(p.c.subject).where(p.c.id.in_(people)).order_by(p.c.subject))
    return tuple(rows.scalars())
