"""Admission as acts need it: what an organisation may be mistaken for, who asks already, who is asked."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from ..domain.admission import Application, ApplicationState, Identity
from ..domain.body import Organisation, OrganisationKind
from .nouns import noun_of
from .steps import need
from .tables import schema as t
from .unit import UnitOfWork

# Any number, the same in every process: two that admit at once take turns, so that neither admits the other's twin.
_LOCK = 0x61646D74


@need
async def take_turn(unit: UnitOfWork) -> None:
    """Nobody else admits or renames an organisation until this is decided: what is read afterwards stands."""
    await unit.run(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


@need
async def alike(unit: UnitOfWork, wanted: Identity, *, to_admit: bool) -> tuple[Organisation, ...]:
    """The organisations that share a name or an acronym with this one, or are the state of the same country.
    `to_admit`: nobody else admits one until this is decided."""
    if to_admit:
        await unit.ask(take_turn())
    o = t.organisation
    near = o.c.name_keys.overlap(list(wanted.keys))
    if wanted.kind == OrganisationKind.STATE and wanted.country_code is not None:
        near = sa.or_(near, sa.and_(o.c.kind == OrganisationKind.STATE, o.c.country_code == wanted.country_code))
    return tuple(noun_of(Organisation, row) for row in await unit.all(sa.select(o).where(near).order_by(o.c.name)))


@need
async def waiting(unit: UnitOfWork, person: UUID, forum: UUID) -> UUID | None:
    """The application of a person to a forum that has no answer yet. One who applies twice at once waits here."""
    a, p = t.application, t.person
    await unit.run(sa.select(p.c.id).where(p.c.id == person).with_for_update(key_share=True))
    mine = sa.and_(a.c.person_id == person, a.c.forum_id == forum, a.c.state == ApplicationState.WAITING)
    found: UUID | None = await unit.scalar(sa.select(a.c.id).where(mine).limit(1))
    return found


@need
async def registrars(unit: UnitOfWork) -> Sequence[str]:
    """The names of the forums that admit organisations, in order."""
    f = t.forum
    return tuple((await unit.run(sa.select(f.c.name).where(f.c.registrar).order_by(f.c.name))).scalars())


@need
async def held(unit: UnitOfWork, id_: UUID) -> Application | None:
    """An application, held by whoever answers it; None where there is none."""
    a = t.application
    row = await unit.first(sa.select(a).where(a.c.id == id_).with_for_update())
    return None if row is None else noun_of(Application, row)
