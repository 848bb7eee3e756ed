"""The viewer inside a statement, and the words that predicates compare with."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

_VOCABULARY = frozenset(
    (
        "public", "participants", "secretariat", "team", "submitted", "admitted", "returned", "contribution", "comment",
        "paragraph", "panel", "none", "agreed", "ended", "clearance", "draft", "released", "submit_contribution",
        "add_comment",
    )
)  # fmt: skip


class Me:
    """The viewer inside a statement: parameters, so that one plan serves everybody of the same form."""

    person = sa.bindparam("me_person", type_=sa.Uuid)
    holds = sa.bindparam("me_holds", type_=sa.Boolean)
    organisations = sa.bindparam("me_organisations", type_=ARRAY(sa.Uuid))
    forums = sa.bindparam("me_forums", type_=ARRAY(sa.Uuid))
    teams = sa.bindparam("me_teams", type_=ARRAY(sa.Uuid))
    offices = sa.bindparam("me_offices", type_=ARRAY(sa.Uuid))
    sign_in = sa.bindparam("me_sign_in", type_=sa.Uuid)
    coordinates = sa.bindparam("me_coordinates", type_=ARRAY(sa.Text))

    def __init__(self, form: frozenset[str] = frozenset()) -> None:
        self.form = form

    def wrote(self, a: sa.FromClause) -> sa.ColumnElement[bool]:
        """Whether a row of `authorship` is of the viewer's own side: those who speak for an organisation with its word,
        the coordinators of the mechanism in that forum, a forum's team."""
        return sa.or_(
            a.c.organisation_id == sa.any_(self.organisations),
            a.c.coordination == sa.any_(self.coordinates),
            a.c.forum_id == sa.any_(self.teams),
        )


# What row-level security reads (migrations 0001, 0004), as text made of the viewer's parameters.
SETTINGS = {
    f"forum.{name}": sa.func.array_to_string(getattr(Me, name), ",")
    for name in ("organisations", "coordinates", "teams")
}


def const(word: str) -> sa.ColumnElement[str]:
    """A word of our own in the statement itself: as a parameter it would hide partial indexes from a generic plan."""
    if word not in _VOCABULARY:
        raise ValueError(f"{word!r} is not a word of the predicates")
    return sa.literal_column(f"'{word}'", sa.Text)


def one_of(column: sa.ColumnElement[Any], words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether the column holds one of these words of our own."""
    return sa.or_(*[column == const(word) for word in words])
