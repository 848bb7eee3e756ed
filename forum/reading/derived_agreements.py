"""Which agreements a list shows: those of a body, those that hold for an edition, those that wait for the viewer."""

import sqlalchemy as sa

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
