"""Notices: what a person should know, told once for each cause; and who is concerned by a thing at an instant.

A notice never tells of an input that names nobody: whoever writes one writes the words for everybody it goes to.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from ..domain.authority import OF_FORUM, SPEAKS_FOR
from ..domain.mandate import GivenBy, Role
from ..domain.mandates import Place
from ..domain.notice import Notice
from ..domain.saying import Saying
from .in_force import in_force
from .nouns import columns_of
from .steps import need, write
from .tables import schema as t
from .unit import UnitOfWork, fresh

_UUIDS = ARRAY(sa.Uuid)


@write
async def tell(
    unit: UnitOfWork,
    people: Iterable[UUID],
    *,
    kind: str,
    words: Saying,
    cause: UUID,
    at: datetime,
    edition: UUID | None = None,
    call: UUID | None = None,
    document: UUID | None = None,
) -> int:
    """Tell each of these people once; how many had not been told of this cause before. One statement for all of
    them."""
    # In one order whoever tells: two that tell the same people never wait for each other in a circle.
    each = sorted(set(people))
    if not each:
        return 0
    ids = sa.literal([fresh() for _ in each], _UUIDS)
    row = sa.func.unnest(ids, sa.literal(each, _UUIDS)).table_valued("id", "person_id", name="told").render_derived()
    n = t.notice
    same: dict[sa.Column[Any], sa.ColumnElement[Any]] = {
        column: sa.literal(value, column.type)
        for column, value in (
            (n.c.kind, kind), (n.c.words, str(words)), (n.c.saying, words.kept), (n.c.cause_id, cause),
            (n.c.sent_at, at), (n.c.edition_id, edition),
            (n.c.call_id, call), (n.c.document_id, document),
        )
    }  # fmt: skip
    values = sa.select(row.c.id, row.c.person_id, *same.values())
    new = insert(n).from_select([n.c.id, n.c.person_id, *same], values).on_conflict_do_nothing()
    return (await unit.run(new)).rowcount


@write
async def tell_sides(unit: UnitOfWork, wanted: Sequence[Notice]) -> int:
    """Tell the sides that wrote these inputs and comments, each once for its cause; how many had not been told before.

    Nobody is looked up: a notice of this sort holds no person, and is found by those whom the text is.
    """
    if not wanted:
        return 0
    if len(wanted) == 1:  # the many acts that tell one side: rows in one statement are compiled anew for each use
        return int(await unit.add_once(t.notice, columns_of(wanted[0])))
    new = insert(t.notice).values([columns_of(notice) for notice in wanted]).on_conflict_do_nothing()
    return (await unit.run(new)).rowcount


# ---- who is concerned: people by their mandates in force at an instant
@need
async def team(unit: UnitOfWork, place: Place, at: datetime) -> frozenset[UUID]:
    """Those who run it: the secretariat and drafting team of the bodies whose place it is."""
    m = t.mandate
    return await _people(unit, in_force(m, at), _reaches(m, place), m.c.role.in_(OF_FORUM))


@need
async def speaking_for(
    unit: UnitOfWork, organisations: Iterable[UUID], place: Place, at: datetime, roles: Iterable[str] = ()
) -> frozenset[UUID]:
    """Those who speak for these organisations there, in one of the roles; in any but a team's where none is named."""
    m = t.mandate
    theirs = m.c.organisation_id == sa.any_(sa.literal(sorted(set(organisations)), _UUIDS))
    wanted = tuple(roles)
    role = m.c.role.in_(wanted) if wanted else _speaks(m)
    return await _people(unit, in_force(m, at), _reaches(m, place), theirs, role)


@need
async def coordinating(unit: UnitOfWork, organisations: Iterable[UUID], place: Place, at: datetime) -> frozenset[UUID]:
    """Those who coordinate a mechanism in which one of these organisations sits in one of the bodies."""
    m, p = t.mandate, t.participation
    theirs = p.c.organisation_id == sa.any_(sa.literal(sorted(set(organisations)), _UUIDS))
    sits = sa.exists().where(
        theirs, p.c.forum_id.in_(place.forums), m.c.mechanism_code == sa.any_(p.c.mechanisms), in_force(p, at)
    )
    return await _people(unit, in_force(m, at), _reaches(m, place), m.c.role == Role.COORDINATOR, sits)


@need
async def members(unit: UnitOfWork, body: UUID, place: Place, at: datetime) -> frozenset[UUID]:
    """Those who speak for the organisations that hold an office in a body: the people a question to it goes to."""
    m, o = t.mandate, t.mandate.alias("office")
    asked = Place(place.forums, place.edition, place.track, body)
    seated = sa.exists().where(
        o.c.organisation_id == m.c.organisation_id, o.c.office.isnot(None), o.c.forum_id == body, in_force(o, at)
    )
    return await _people(unit, in_force(m, at), _reaches(m, asked), _speaks(m), seated)


@need
async def taking_part(unit: UnitOfWork, place: Place, at: datetime) -> frozenset[UUID]:
    """Everybody who takes part there: the team, the coordinators, and those who speak for an organisation with a seat
    or an office in one of the bodies."""
    m = t.mandate
    return await _people(unit, in_force(m, at), _reaches(m, place), _of_the_circle(m, place.forums, at))


@need
async def concerned(unit: UnitOfWork, edition: UUID, at: datetime) -> frozenset[UUID]:
    """Everybody who takes part in an edition: in its forum, or in one of the bodies that run a track of it or
    convene it."""
    people: set[UUID] = set()
    for place in await places(unit, edition):
        people |= await unit.ask(taking_part(place, at))
    return frozenset(people)


@need
async def team_of_track(unit: UnitOfWork, track: UUID, at: datetime) -> frozenset[UUID]:
    """Those who run a track: the secretariat and drafting team of its body and of those that convene it."""
    edition = await unit.scalar(sa.select(t.track.c.edition_id).where(t.track.c.id == track))
    for place in await places(unit, edition):
        if place.track == track:
            return await unit.ask(team(place, at))
    return frozenset()


async def places(unit: UnitOfWork, edition: UUID) -> list[Place]:
    """The places of an edition as mandates see them: one for each of its tracks, and the edition itself."""
    e, k, c = t.edition, t.track, t.convenor
    body = sa.func.coalesce(k.c.convened_as_id, e.c.forum_id)
    convenors = sa.select(sa.func.array_agg(c.c.convened_by_id)).where(c.c.forum_id == body).scalar_subquery()
    rows = await unit.all(
        sa.select(k.c.id, body.label("body"), convenors.label("convenors"), e.c.forum_id)
        .select_from(e.outerjoin(k, k.c.edition_id == e.c.id))
        .where(e.c.id == edition)
        .order_by(k.c.name)
    )
    whole = [Place(frozenset((row["forum_id"],)), edition) for row in rows[:1]]
    tracks = [row for row in rows if row["id"] is not None]
    return [*whole, *(Place(frozenset((row["body"], *(row["convenors"] or ()))), edition, row["id"]) for row in tracks)]


def _speaks(m: sa.FromClause) -> sa.ColumnElement[bool]:
    return m.c.role.in_(SPEAKS_FOR - {Role.ADMINISTRATOR})


def _reaches(m: sa.FromClause, place: Place) -> sa.ColumnElement[bool]:
    """`domain.mandates.reaches` as a condition on rows: the narrowest scope that is named decides. Whether an
    organisation takes part is not asked here: whoever calls asks it, or knows it (an addressee, a member)."""
    body = sa.and_(_speaks(m), m.c.forum_id == sa.literal(place.body, sa.Uuid))
    scope = sa.case(
        (m.c.track_id.isnot(None), m.c.track_id == sa.literal(place.track, sa.Uuid)),
        (m.c.edition_id.isnot(None), m.c.edition_id == sa.literal(place.edition, sa.Uuid)),
        (m.c.forum_id.isnot(None), sa.or_(m.c.forum_id.in_([*place.forums]), body)),
        else_=_speaks(m),
    )
    return sa.and_(scope, m.c.role != Role.ADMINISTRATOR)


def _of_the_circle(m: sa.FromClause, forums: Iterable[UUID], at: datetime) -> sa.ColumnElement[bool]:
    """Whoever has a role of the body's own is of its circle. Whoever speaks for an organisation is of it where the
    organisation has a seat, or where the body itself gave the role."""
    p, o, bodies = t.participation, t.mandate.alias("office"), list(forums)
    seat = sa.exists().where(p.c.organisation_id == m.c.organisation_id, p.c.forum_id.in_(bodies), in_force(p, at))
    office = sa.exists().where(
        o.c.organisation_id == m.c.organisation_id, o.c.office.isnot(None), o.c.forum_id.in_(bodies), in_force(o, at)
    )
    scoped = sa.func.num_nonnulls(m.c.forum_id, m.c.edition_id, m.c.track_id) > 0
    of_body = sa.and_(m.c.forum_id.in_(bodies), m.c.given_by != GivenBy.ORGANISATION)
    own = sa.and_(m.c.role.not_in(SPEAKS_FOR), scoped)
    return sa.and_(m.c.role.isnot(None), sa.or_(own, of_body, sa.and_(_speaks(m), sa.or_(seat, office))))


async def _people(unit: UnitOfWork, *conditions: sa.ColumnElement[bool]) -> frozenset[UUID]:
    m = t.mandate
    rows = await unit.run(sa.select(m.c.person_id).where(m.c.person_id.isnot(None), *conditions).distinct())
    return frozenset(rows.scalars())
