"""Which agreements a list shows: those of a body, those that hold for an edition, those that wait for the viewer; and
who of a body's convenors has ended theirs."""

import sqlalchemy as sa

from ..store.tables import names as t
from .derived import exists_in
from .me import Me


def of_forum(forum: sa.FromClause, agreement: sa.FromClause) -> sa.ColumnElement[bool]:
    """Those the body asked for, and those it was asked for."""
    return sa.or_(agreement.c.asking_id == forum.c.id, agreement.c.named_id == forum.c.id)


def for_edition(edition: sa.FromClause, agreement: sa.FromClause) -> sa.ColumnElement[bool]:
    """Those of its forum that are in force for it: standing, or for it by name."""
    named = sa.or_(agreement.c.edition_name.is_(None), agreement.c.edition_name == edition.c.name)
    return sa.and_(agreement.c.asking_id == edition.c.forum_id, named, agreement.c.state == "agreed")


def waiting_for_me(_: object, agreement: sa.FromClause, me: Me) -> sa.ColumnElement[bool]:
    """Proposals without an answer to the bodies of the viewer's teams."""
    return sa.and_(agreement.c.state == "proposed", agreement.c.named_id == sa.any_(me.teams))


def convening(body: sa.FromClause, forum: sa.FromClause) -> sa.ColumnElement[bool]:
    """The forum convenes the body with others, and has not ended what it agreed to."""
    return sa.and_(_convenor(body, forum), sa.not_(_has_ended(body, forum)))


def convened_before(body: sa.FromClause, forum: sa.FromClause) -> sa.ColumnElement[bool]:
    """The forum set the body to work with others, and has ended its agreement since."""
    return sa.and_(_convenor(body, forum), _has_ended(body, forum))


def _convenor(body: sa.FromClause, forum: sa.FromClause) -> sa.ColumnElement[bool]:
    return exists_in(t.convenor, forum_id=body.c.id, convened_by_id=forum.c.id)


def _has_ended(body: sa.FromClause, forum: sa.FromClause) -> sa.ColumnElement[bool]:
    """It had agreed to convene with whoever set the body up, and nothing of that is in force."""
    a, b = t.agreement.alias(), t.agreement.alias()

    def its(row: sa.FromClause, state: str) -> sa.ColumnElement[bool]:
        asking = sa.func.coalesce(body.c.parent_id, body.c.id)
        two = sa.and_(row.c.asking_id == asking, row.c.named_id == forum.c.id, row.c.purpose == "convene")
        return sa.exists().where(two, row.c.state == state, row.c.answered_at.isnot(None))

    return sa.and_(its(a, "ended"), sa.not_(its(b, "agreed")))
