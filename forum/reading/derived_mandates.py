"""Which mandates a list shows: those in force, one's own, what waits for an answer, what was given."""

from typing import Any

import sqlalchemy as sa

from ..store.tables import names as t
from .derived import in_force, now
from .me import Me
from .values import const


def my_mandates(_: Any, mandate: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The viewer's own mandates in force."""
    return sa.and_(mandate.c.person_id == me.person, mandate_in_force(mandate, None))


def mandate_in_force(mandate: sa.FromClause, at: sa.ColumnElement[Any] | None) -> sa.ColumnElement[bool]:
    """Within its term, at an instant or now, and accepted."""
    return sa.and_(in_force(mandate, at), mandate.c.accepted_at.isnot(None))


def advises_on(theme: sa.FromClause, person: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The person named for a theme, as long as they are a resource person of the forum whose edition has it."""
    m, e = t.mandate.alias(), t.edition.alias()
    in_role = sa.and_(m.c.role == const("resource_person"), m.c.person_id == person.c.id, mandate_in_force(m, None))
    still = sa.exists().where(e.c.id == theme.c.edition_id, m.c.forum_id == e.c.forum_id, in_role)
    return sa.and_(person.c.id == theme.c.resource_person_id, still)


def waiting_for_me(_: Any, mandate: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Proposals without an answer: to the viewer, or to an organisation for which the viewer speaks."""
    unanswered = sa.and_(mandate.c.accepted_at.is_(None), mandate.c.declined_at.is_(None))
    open_ = sa.or_(mandate.c.ends_at.is_(None), mandate.c.ends_at > now())
    mine = sa.or_(mandate.c.person_id == me.person, mandate.c.organisation_id == sa.any_(me.organisations))
    return sa.and_(unanswered, open_, mine)


def given_by_mine(_: Any, mandate: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """What the forums of the viewer's teams gave, and what the viewer's organisations gave their own people."""
    own = sa.and_(mandate.c.given_by == "organisation", mandate.c.organisation_id == sa.any_(me.organisations))
    return sa.or_(own, mandate.c.given_by_forum_id == sa.any_(me.teams))


def people_of(organisation: sa.FromClause, mandate: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """The mandates of persons, not offices, that name the organisation; none for others than its own side."""
    own = organisation.c.id == sa.any_(me.organisations)
    return sa.and_(mandate.c.organisation_id == organisation.c.id, mandate.c.role.isnot(None), own)
