"""What the database adds to a row: the one clock, a text's language, the chair's terms, who carries a paragraph.

Expressions for the nouns of the API, which themselves say no SQL. Whatever is counted here is counted over what the
viewer may see: the predicates of `visibility.py` are put on inside.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from ..store.tables import names as t
from .me import Me
from .values import const, instant
from .visibility import SMALL, end_is_seen, sees_comment, sees_contribution, sees_rounds, sees_source

INSTANT = sa.DateTime(timezone=True)


def now() -> sa.ColumnElement[Any]:
    """The one clock (`trust.md`): the database's, shifted by demo and tests only."""
    shift = sa.select(t.clock.c.shift).scalar_subquery()
    return sa.type_coerce(sa.func.clock_timestamp() + shift, INSTANT)


def in_force(row: sa.FromClause, at: sa.ColumnElement[Any] | None) -> sa.ColumnElement[bool]:
    """From `starts_at` on and before `ends_at`, at an instant or now."""
    at = now() if at is None else at
    return sa.and_(row.c.starts_at <= at, sa.or_(row.c.ends_at.is_(None), row.c.ends_at > at))


# ---- text and its language
def markdown(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The text of a row, as it was sent."""
    return row.c.markdown if "markdown" in row.c else row.c.text


def language(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The row's own language, or that of the contribution, document or call it is a part of."""
    if "language" in row.c:
        return row.c.language
    if "languages" in row.c:  # of a call: the first one is the authoritative
        return sa.func.coalesce(row.c.languages[1], const("en"), type_=sa.Text)
    whole, key = (t.contribution, "contribution_id") if "contribution_id" in row.c else (t.document, "document_id")
    owner = whole.alias()
    return sa.select(owner.c.language).where(owner.c.id == row.c[key]).scalar_subquery()


# ---- what bodies are for
def _newest(row: sa.FromClause, at: sa.ColumnElement[Any] | None) -> sa.ScalarSelect[Any]:
    """When the newest terms of reference of a forum that are in force began."""
    x = t.terms_of_reference.alias()
    mine = sa.select(sa.func.max(x.c.starts_at)).where(x.c.forum_id == row.c.id, in_force(x, at))
    return mine.correlate(row).scalar_subquery()


def newest_terms(other: sa.FromClause, arguments: Any, row: sa.FromClause) -> sa.ColumnElement[bool]:
    """The terms of reference that count for a forum at an instant, or now."""
    return sa.and_(other.c.forum_id == row.c.id, other.c.starts_at == _newest(row, arguments.get("at")))


def power(row: sa.FromClause) -> sa.ColumnElement[str]:
    """What a body may do now: as its newest terms in force say, else as it was set up."""
    x = t.terms_of_reference.alias()
    newest = sa.select(x.c.power).where(x.c.forum_id == row.c.id, x.c.starts_at == _newest(row, None)).correlate(row)
    return sa.func.coalesce(newest.scalar_subquery(), row.c.power, type_=sa.Text)


# ---- offices and processes
def chair_terms(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """Every term of a forum's chair and co-chairs that was accepted, as a JSON list."""
    m, o = t.mandate.alias(), t.organisation.alias()
    terms = (
        sa.select(
            sa.cast(m.c.organisation_id, sa.Text).label("organisation"),
            o.c.name.label("name"),
            o.c.short_name.label("short_name"),
            o.c.country_code.label("country_code"),
            m.c.office.label("office"),
            instant(m.c.starts_at).label("starts_at"),
            instant(m.c.ends_at).label("ends_at"),
        )
        .join_from(m, o, o.c.id == m.c.organisation_id)
        .where(
            m.c.forum_id == row.c.id,
            m.c.office.in_([const("chair"), const("co_chair")]),
            m.c.accepted_at.isnot(None),
        )
        .correlate(row)
        .subquery()
    )
    rows = sa.func.json_agg(terms.table_valued())
    return sa.select(sa.func.coalesce(rows, sa.literal_column("'[]'::json"))).scalar_subquery()


def process(column: str) -> Any:
    """A column of the process that the edition of a track or document is pinned to; null where there is none."""

    def of(row: sa.FromClause) -> sa.ColumnElement[str]:
        e, p = t.edition.alias(), t.process_definition.alias()
        select = sa.select(p.c[column]).join_from(p, e, e.c.process_id == p.c.id).where(e.c.id == row.c.edition_id)
        return select.correlate(row).scalar_subquery()

    return of


def planned(column: str) -> Any:
    """An instant of the planned window of the stage at which a track stands; null where there is none."""

    def of(row: sa.FromClause) -> sa.ColumnElement[str]:
        w = t.stage_window.alias()
        select = sa.select(instant(w.c[column])).where(w.c.track_id == row.c.id, w.c.stage == row.c.stage)
        return select.correlate(row).scalar_subquery()

    return of


# ---- who carries a paragraph
def _ends(row: sa.FromClause, me: Me) -> Any:
    """The ends of a paragraph's sources, as far as the viewer may know of them: kind, id, whether seen, named body."""
    s = t.source.alias()
    section, practice = t.contribution_section.alias(), t.practice.alias()
    c, k = t.contribution.alias(), t.comment.alias()
    inside = sa.func.coalesce(s.c.contribution_id, section.c.contribution_id, practice.c.contribution_id)
    other = sa.func.coalesce(s.c.comment_id, s.c.from_paragraph_id, s.c.speaker_id, s.c.panel_id)
    is_seen = sa.case(
        (c.c.id.isnot(None), sees_contribution(c, me)),
        (k.c.id.isnot(None), sees_comment(k, me)),
        (s.c.from_paragraph_id.isnot(None), end_is_seen("paragraph", s.c.from_paragraph_id, me)),
        else_=sa.true(),  # panels and speakers are public record
    )
    joined = (
        s.outerjoin(section, section.c.id == s.c.section_id)
        .outerjoin(practice, practice.c.id == s.c.practice_id)
        .outerjoin(c, c.c.id == inside)
        .outerjoin(k, k.c.id == s.c.comment_id)
    )
    return (
        sa.select(
            sa.func.coalesce(inside, other).label("id"),
            is_seen.label("seen"),
            sa.func.coalesce(c.c.named_mechanism, k.c.named_mechanism).label("mechanism"),
            sa.func.coalesce(c.c.named_organisation_id, k.c.named_organisation_id).label("organisation"),
            s.c.document_id.label("document_id"),
        )
        .select_from(joined)
        .where(s.c.paragraph_id == row.c.id, sees_source(s, me))
        .correlate(row)
        .subquery()
    )


def carrying_sources(row: sa.FromClause, me: Me) -> sa.ColumnElement[int]:
    """How many distinct sources carry a paragraph; null while those the viewer may not see are fewer than SMALL."""
    e = _ends(row, me)
    hidden = sa.func.count(sa.distinct(e.c.id)).filter(sa.not_(e.c.seen))
    total = sa.func.count(sa.distinct(e.c.id))
    few = sa.literal_column(str(SMALL), sa.Integer)
    return sa.select(sa.case((sa.or_(hidden == 0, hidden >= few), total))).select_from(e).scalar_subquery()


def carrying_mechanisms(row: sa.FromClause, me: Me) -> sa.ColumnElement[int]:
    """How many distinct mechanisms stand behind the sources that are named and seen. Those of a non-attributed source
    are never counted: one more mechanism than names would tell."""
    e = _ends(row, me)
    p, d = t.participation.alias(), t.document.alias()
    own = sa.select(e.c.mechanism.label("code")).where(e.c.seen, e.c.mechanism.isnot(None))
    e2 = _ends(row, me)
    through = (
        sa.select(sa.func.unnest(p.c.mechanisms).label("code"))
        .select_from(e2)
        .join(d, d.c.id == e2.c.document_id)
        .join(p, sa.and_(p.c.organisation_id == e2.c.organisation, p.c.forum_id == d.c.forum_id))
        .where(e2.c.seen, e2.c.mechanism.is_(None))
    )
    codes = sa.union_all(own, through).subquery()
    return sa.select(sa.func.count(sa.distinct(codes.c.code))).scalar_subquery()


# ---- rounds of a silence
def revision_put(row: sa.FromClause, me: Me) -> sa.ColumnElement[str]:
    """What the revision of a round holds, as it was frozen; read for those only who see what changed."""
    return sa.case((sees_rounds(row, me), _frozen(row.c.revision_id, row)))


def revision_before(row: sa.FromClause, me: Me) -> sa.ColumnElement[str]:
    """What the revision of the round before holds; null in the first round."""
    s = t.silence.alias()
    last = sa.select(s.c.revision_id).where(s.c.document_id == row.c.document_id, s.c.round == row.c.round - 1)
    revision = last.order_by(s.c.starts_at.desc()).limit(1).correlate(row).scalar_subquery()
    return sa.case((sees_rounds(row, me), _frozen(revision, row)))


def _frozen(revision: sa.ColumnElement[Any], row: sa.FromClause) -> sa.ColumnElement[Any]:
    x = t.snapshot.alias()
    select = sa.select(x.c.content).where(x.c.subject_kind == const("revision"), x.c.subject_id == revision)
    return select.correlate(row).limit(1).scalar_subquery()


# ---- conditions
def in_state(word: str) -> Any:
    """Rows that stand in a state."""

    def of(other: sa.FromClause) -> sa.ColumnElement[bool]:
        return other.c.state == const(word)

    return of


def any_of(values: Any) -> Any:
    """`column == any_of(list)`: one parameter however many there are."""
    return sa.any_(values)


def taken_apart(values: Any, bar: str) -> Any:
    """A list of texts each of which joins several: all of them in one array, worked out once a statement."""
    joined = sa.func.array_to_string(values, sa.literal_column(f"'{bar}'", sa.Text))
    return sa.func.string_to_array(joined, sa.literal_column(f"'{bar}'", sa.Text), type_=ARRAY(sa.Text))


def exists_in(table: sa.TableClause, **values: Any) -> sa.ColumnElement[bool]:
    """Whether the table joins these two: a row with these values in these columns."""
    x = table.alias()
    return sa.exists().where(*[x.c[name] == value for name, value in values.items()])


def exists_where(*conditions: Any) -> sa.ColumnElement[bool]:
    """Whether the table has a row of these conditions."""
    return sa.exists().where(*conditions)


def joined(before: str, column: Any) -> sa.ColumnElement[str]:
    """A word of our own before a column."""
    return sa.literal(before, sa.Text).op("||", return_type=sa.Text())(column)


def same(left: Any, right: Any) -> sa.ColumnElement[bool]:
    """Equality that is never null."""
    equal: sa.ColumnElement[bool] = left.is_not_distinct_from(right)
    return equal


# ---- tags
def of_scheme(scheme: str, *, whole: bool = False) -> Any:
    """Tags of a scheme; with `whole`, those of the contribution itself and not of a practice in it."""

    def of(tag: sa.FromClause) -> sa.ColumnElement[bool]:
        in_scheme = tag.c.scheme == const(scheme)
        return sa.and_(in_scheme, tag.c.practice_id.is_(None)) if whole else in_scheme

    return of


def themes_of(row: sa.FromClause, theme: sa.FromClause) -> sa.ColumnElement[bool]:
    """A contribution's themes: its tags of that scheme hold codes of its edition's themes."""
    tag = t.tag.alias()
    tagged = exists_where(tag.c.contribution_id == row.c.id, tag.c.scheme == const("theme"), tag.c.code == theme.c.code)
    return sa.and_(theme.c.edition_id == row.c.edition_id, tagged)


# ---- what a disposition answers
_SUBJECTS = ("contribution", "comment", "recommendation")


def subject_kind(row: sa.FromClause) -> sa.ColumnElement[str]:
    """Of an answer: the kind of thing it answers."""
    return sa.case(*[(row.c[f"{kind}_id"].isnot(None), const(kind)) for kind in _SUBJECTS])


def subject_id(row: sa.FromClause) -> sa.ColumnElement[Any]:
    """Of an answer: the id of the thing it answers."""
    return sa.func.coalesce(*[row.c[f"{kind}_id"] for kind in _SUBJECTS], type_=sa.Uuid)


def edition_of_track(row: sa.FromClause, edition: sa.FromClause) -> sa.ColumnElement[bool]:
    """The edition of the track to which a transmission went."""
    return exists_in(t.track, id=row.c.to_track_id, edition_id=edition.c.id)


def stage_of_window(row: sa.FromClause) -> sa.ColumnElement[str]:
    """The stage whose planned window the row is about."""
    w = t.stage_window.alias()
    return sa.select(w.c.stage).where(w.c.id == row.c.stage_window_id).scalar_subquery()


def edition_named(edition: sa.FromClause, arguments: Any) -> sa.ColumnElement[bool]:
    """The edition of that name in the forum of that short name; one that was taken back has no name any more."""
    return sa.and_(
        edition.c.state != const("withdrawn"),
        edition.c.name == arguments.spelled("name"),
        exists_in(t.forum, id=edition.c.forum_id, slug=arguments["forum"]),
    )


def twins_of(application: sa.FromClause, organisation: sa.FromClause) -> sa.ColumnElement[bool]:
    """Organisations that share a name or an acronym, as these are compared, or the country of a state."""
    alike: sa.ColumnElement[bool] = organisation.c.name_keys.overlap(application.c.name_keys)
    states = sa.and_(organisation.c.kind == "state", application.c.kind == "state")
    return sa.or_(alike, sa.and_(states, organisation.c.country_code == application.c.country_code))
