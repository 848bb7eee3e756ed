"""Who sees who was asked in: the inviter's side alone. Part of `visibility.py`, apart for its length."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .derived import now
from .derived_mandates import mandate_in_force
from .me import Me
from .values import const


def sees_invitation(i: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The office of the forum that invited, or the administrators of the organisation that did: not the rest of a team
    or of an organisation's own side, for names and addresses stand in it."""
    m = t.mandate.alias()
    administers = sa.and_(m.c.person_id == me.person, m.c.role == const("administrator"), mandate_in_force(m, None))
    own = sa.exists().where(m.c.organisation_id == i.c.organisation_id, administers)
    return sa.or_(i.c.given_by_forum_id == sa.any_(me.offices), sa.and_(i.c.given_by_forum_id.is_(None), own))


def sees_coming_in(m: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Guard of whether the person of a mandate ever came: for the office of the forum that gave it, and for the
    administrators of the organisation. Not for the rest of a team or of an own side, nor for other sides."""
    a = t.mandate.alias()
    administers = sa.and_(a.c.person_id == me.person, a.c.role == const("administrator"), mandate_in_force(a, None))
    own = sa.exists().where(a.c.organisation_id == m.c.organisation_id, administers)
    return sa.or_(m.c.given_by_forum_id == sa.any_(me.offices), own)


def came_in(m: sa.FromClause) -> sa.ColumnElement[bool]:
    """Whether the person ever signed in or used a token; null of an office, which no person holds."""
    p = t.person.alias()
    return sa.select(p.c.came_in).where(p.c.id == m.c.person_id).scalar_subquery()


def state_of_invitation(i: sa.FromClause) -> sa.ColumnElement[str]:
    """How far it has got: what nobody answered in time has expired, whether or not the clock has written that down."""
    late = sa.and_(i.c.state == const("open"), i.c.open_until <= now())
    return sa.case((late, const("expired")), else_=i.c.state)


def delivery_of_invitation(i: sa.FromClause) -> sa.ColumnElement[str]:
    """What became of its letter; by hand, where it has none."""
    x = t.letter.alias()
    stands = sa.case(
        (x.c.state == const("failed"), const("refused")), (x.c.state == const("dropped"), const("stopped")),
        else_=x.c.state,
    )  # fmt: skip
    own = sa.select(stands).where(x.c.invitation_id == i.c.id).correlate(i).scalar_subquery()
    return sa.func.coalesce(own, const("by_hand"), type_=sa.Text)


def in_state(i: sa.FromClause, arguments: Any) -> list[Any]:
    """Only those that have got so far."""
    return [state_of_invitation(i) == arguments["state"]] if "state" in arguments else []
