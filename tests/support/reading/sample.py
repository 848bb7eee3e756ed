"""A small schema that uses every kind of declaration, its tables, its predicates and guards."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Annotated, Any, Union

import sqlalchemy as sa
import strawberry
from sqlalchemy.dialects.postgresql import ARRAY

from forum.reading.declare import (
    Connection,
    arg,
    col,
    listed,
    lives,
    many,
    node,
    nodes,
    outcome,
    part,
    projected,
    python,
    single,
    sql,
    to_one,
    union_by,
    walk,
)
from forum.reading.strawberry_internals import graphql_schema
from forum.reading.values import const

meta = sa.MetaData()
MOMENT = sa.DateTime(timezone=True)


def table(name: str, *columns: Any) -> sa.Table:
    return sa.Table(name, meta, sa.Column("id", sa.Uuid, primary_key=True), *columns)


def C(name: str, type_: Any, null: bool = False) -> sa.Column:
    return sa.Column(name, type_, nullable=null)


organisation = table("organisation", C("name", sa.Text), C("mechanism", sa.Text))
edition = table("edition", C("title", sa.Text), C("stage", sa.Text), C("opens_at", MOMENT, True), C("day", sa.Date))
contribution = table(
    "contribution",
    C("edition_id", sa.Uuid),
    C("organisation_id", sa.Uuid, True),
    C("title", sa.Text),
    C("body", sa.Text),
    C("mechanism", sa.Text),
    C("visibility", sa.Text),
    C("attributed", sa.Boolean),
    C("submitted_at", MOMENT),
    C("words", sa.Integer, True),
    C("targets", ARRAY(sa.Text)),
    C("receipt_number", sa.Text, True),
    C("receipt_hash", sa.LargeBinary, True),
    C("weight", sa.Integer),
    C("country", sa.Text, True),
)
comment = table(
    "comment",
    C("contribution_id", sa.Uuid),
    C("organisation_id", sa.Uuid, True),
    C("body", sa.Text),
    C("internal", sa.Boolean),
    C("created_at", MOMENT),
)
section = table("section", C("contribution_id", sa.Uuid), C("ordinal", sa.Integer), C("heading", sa.Text))
link = table(
    "link",
    C("from_id", sa.Uuid),
    C("to_id", sa.Uuid),
    C("to_kind", sa.Text),
    C("relation", sa.Text),
    C("layer", sa.Text),
)
authorship = sa.Table(
    "authorship",
    meta,
    sa.Column("subject_id", sa.Uuid, primary_key=True),
    C("organisation_id", sa.Uuid),
    C("note", sa.Text),
)

SECURITY = """
ALTER TABLE authorship ENABLE ROW LEVEL SECURITY;
ALTER TABLE authorship FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON authorship FOR SELECT USING (
  organisation_id = ANY (string_to_array(nullif(current_setting('forum.organisations', true), ''), ',')::uuid[]));
CREATE POLICY written ON authorship FOR INSERT WITH CHECK (true);
"""


class Me:
    organisations = sa.bindparam("me_organisations", type_=ARRAY(sa.Uuid))
    mechanisms = sa.bindparam("me_mechanisms", type_=ARRAY(sa.Text))

    def __init__(self, form: frozenset[str]) -> None:
        self.form = form


SETTINGS = {
    "forum.organisations": sa.func.array_to_string(Me.organisations, sa.literal_column("','"), type_=sa.Text),
}


# ---- predicates and guards
def wrote(row: Any, me: Any) -> Any:
    if "author" not in me.form:
        return sa.false()
    a = authorship.alias()
    return sa.exists().where(a.c.subject_id == row.c.id, a.c.organisation_id == sa.any_(me.organisations))


def sees_contribution(c: Any, me: Any) -> Any:
    return sa.or_(
        c.c.visibility == const("PUBLIC"),
        sa.and_(c.c.visibility == const("MECHANISM"), c.c.mechanism == sa.any_(me.mechanisms)),
        wrote(c, me),
    )


def sees_comment(k: Any, me: Any) -> Any:
    c = contribution.alias()
    return sa.and_(
        sa.or_(sa.not_(k.c.internal), k.c.organisation_id == sa.any_(me.organisations)),
        sa.exists().where(c.c.id == k.c.contribution_id, sees_contribution(c, me)),
    )


def sees_section(s: Any, me: Any) -> Any:
    c = contribution.alias()
    return sa.exists().where(c.c.id == s.c.contribution_id, sees_contribution(c, me))


def sees_authorship(a: Any, me: Any) -> Any:
    """Narrower than the row-level security behind it, so that either can be seen to work."""
    if "author" not in me.form:
        return sa.false()
    return sa.and_(a.c.organisation_id == sa.any_(me.organisations), a.c.note != const("for the file"))


def named(c: Any, me: Any) -> Any:
    return sa.or_(c.c.attributed, wrote(c, me))


def has_receipt(c: Any, _: Any) -> Any:
    return c.c.receipt_number.isnot(None)


# ---- hooks
def by_contribution_filter(c: Any, given: Any) -> Any:
    if "mechanism" in given:
        yield c.c.mechanism == given["mechanism"]
    if "min_words" in given:
        yield c.c.words >= given["min_words"]
    if "titles" in given:
        yield c.c.title == sa.any_(given["titles"])
    if "edition" in given:
        yield c.c.edition_id == given["edition"]
    if "size" in given:
        size = given["size"]
        if "at_most" in size:
            yield c.c.words <= size["at_most"]


def feed_contributions(e: Any, c: Any) -> Any:
    return c.c.edition_id == e.c.id


def feed_comments(e: Any, k: Any) -> Any:
    c = contribution.alias()
    return sa.exists().where(c.c.id == k.c.contribution_id, c.c.edition_id == e.c.id)


def links_of(row: Any, me: Any, given: Any) -> Any:
    """Up to `depth` steps from the row, through whatever links lead on."""
    step, next_step = link.alias(), link.alias()
    first = sa.select(
        step.c.id, step.c.to_id, step.c.to_kind, step.c.relation, step.c.layer, sa.literal_column("1").label("depth")
    )
    first = first.where(step.c.from_id == row.c.id)
    if given.shape("relation") is not None:
        first = first.where(step.c.relation == given["relation"])
    way = first.cte("way", recursive=True, nesting=True)
    onward = sa.select(
        next_step.c.id,
        next_step.c.to_id,
        next_step.c.to_kind,
        next_step.c.relation,
        next_step.c.layer,
        way.c.depth + sa.literal_column("1"),
    ).where(next_step.c.from_id == way.c.to_id, way.c.depth < given["depth"])
    way = way.union_all(onward)
    return sa.select(way)


@dataclass(frozen=True)
class Body:
    body: str


def first_words(rows: list[Body], length: int, context: Any) -> list[str]:
    context["batches"] += 1
    return [" ".join(row.body.split()[:length]) for row in rows]


async def grades(title: str, double: int | None) -> list[dict[str, Any]]:
    return [{"mark": len(title), "given": None}, {"mark": double, "given": "x"}]


async def greeting(name: str) -> str:
    return f"hello {name}"


# ---- the schema
@strawberry.enum
class Stage(enum.Enum):
    CALL = "call"
    DRAFTING = "drafting"


@strawberry.enum
class Mechanism(enum.Enum):
    STATES = "STATES"
    CIVIL_SOCIETY = "CIVIL_SOCIETY"


@strawberry.enum
class Ordering(enum.Enum):
    NEWEST = "newest"
    TITLE = "title"
    LONGEST = "longest"


@strawberry.interface
class Node:
    id: strawberry.ID = col(description="Its id.")


@strawberry.input
class SizeFilter:
    at_most: int | None = strawberry.UNSET


@strawberry.input
class ContributionFilter:
    mechanism: Mechanism | None = strawberry.UNSET
    min_words: int | None = strawberry.UNSET
    titles: list[str] | None = strawberry.UNSET
    edition: strawberry.ID | None = strawberry.UNSET
    size: SizeFilter | None = strawberry.UNSET


@strawberry.type
@lives(organisation, ("name", "id"))
class Organisation(Node):
    name: str = col()
    mechanism: Mechanism = col()


@strawberry.type
@lives(comment, ("created_at", "id"), visible=sees_comment)
class Comment(Node):
    body: str = col()
    created_at: dt.datetime = col()
    organisation: Organisation | None = to_one("organisation_id")
    contribution: Annotated["Contribution", strawberry.lazy("tests.support.reading.sample")] | None = to_one(
        "contribution_id"
    )


@strawberry.type
@lives(section, ("ordinal", "id"), visible=sees_section)
class Section(Node):
    ordinal: int = col()
    heading: str = col()


@strawberry.type
@lives(authorship, ("subject_id",), visible=sees_authorship)
class Authorship:
    note: str = col()


@strawberry.type
class Receipt:
    number: str | None = col("receipt_number")
    hash: str | None = col("receipt_hash")
    organisation: Organisation | None = to_one("organisation_id", when=named)


@strawberry.type
class Grade:
    mark: int | None
    given: str | None


@strawberry.type
class Withheld:
    layer: str = col()


LineageEnd = Annotated[Union["Contribution", Comment, Withheld], strawberry.union("LineageEnd")]


@strawberry.type
class Step:
    depth: int = col()
    relation: str = col()
    end: LineageEnd | None = union_by(
        "to_kind", "to_id", otherwise="Withheld", present=lambda row: row.c.layer != const("gone")
    )


@strawberry.type
@lives(contribution, ("submitted_at", "id"), visible=sees_contribution)
class Contribution(Node):
    title: str = col()
    body: str = col()
    mechanism: Mechanism = col()
    visibility: str = col()
    words: int | None = col()
    weight: int = col()
    country: str | None = col(when=named)
    targets: list[str] = col()
    submitted_at: dt.datetime = col()
    edition_id: strawberry.ID = col(tag="Edition")
    loud: str = sql(lambda row: sa.func.upper(row.c.title, type_=sa.Text))
    longer_than: bool | None = sql(
        lambda row, me, given: row.c.words > given["count"],
        args={"count": arg(int, "How many words.", 10)},
        when=named,
    )
    organisation: Organisation | None = to_one("organisation_id", when=named)
    edition: Annotated["Edition", strawberry.lazy("tests.support.reading.sample")] | None = to_one("edition_id")
    authorship: Authorship | None = to_one(on=lambda row, a: a.c.subject_id == row.c.id)
    receipt: Receipt | None = part(present=has_receipt)
    sections: list[Section] = listed("contribution_id", limit=3)
    comments: Connection[Comment] = many("contribution_id", default=3)
    lineage: list[Step] = walk(
        links_of,
        order=("depth", "id"),
        args={"depth": arg(int, "How far.", 2), "relation": arg(str | None, "Which.", strawberry.UNSET)},
    )
    excerpt: str = python(first_words, needs=("body",), args={"length": arg(int, "Words.", 3)})
    grades: list[Grade] | None = python(
        grades,
        needs={"title": lambda row: row.c.title, "double": lambda row: row.c.words * sa.literal_column("2")},
        when=named,
    )


FeedItem = Annotated[Contribution | Comment, strawberry.union("FeedItem")]


@strawberry.type
@lives(edition, ("-day", "id"))
class Edition(Node):
    title: str = col()
    stage: Stage = col()
    opens_at: dt.datetime | None = col()
    day: dt.date = col()
    contributions: Connection[Contribution] = many(
        "edition_id",
        filter=ContributionFilter,
        narrow=by_contribution_filter,
        order_by=Ordering,
        orders={
            "NEWEST": ("-submitted_at", "-id"),
            "TITLE": ("title", "id"),
            "LONGEST": ("-weight", "id"),
        },
        counted=lambda n: sa.case((n >= sa.literal_column("3"), n)),
    )
    feed: Connection[FeedItem] = many(on={"Contribution": feed_contributions, "Comment": feed_comments}, default=10)


@strawberry.type
class Viewer:
    organisations: Connection[Organisation] = many(on=lambda row, o, me: o.c.id == sa.any_(me.organisations))
    signed_in: bool = sql(lambda row, me: sa.func.cardinality(me.organisations) > sa.literal_column("0"))


@strawberry.type
class Query:
    viewer: Viewer = part()
    editions: Connection[Edition] = many()
    contributions: Connection[Contribution] = many(filter=ContributionFilter, narrow=by_contribution_filter)
    search: Connection[Contribution] = many(
        args={"text": arg(str, "What to look for.")},
        order=("id",),
        narrow=lambda c, given: (
            sa.func.strpos(sa.func.lower(c.c.title), sa.func.lower(given["text"])) > sa.literal_column("0")
        ),
    )
    organisation: Organisation | None = single(
        lambda o, given: o.c.name == given["name"], args={"name": arg(str, "Its name.")}
    )
    node: Node | None = node()
    nodes: list[Node | None] = nodes()
    greeting: str = python(greeting, args={"name": arg(str, "Whom.", "you")})


@strawberry.interface
class UserError:
    message: str


@strawberry.type
class TooLong(UserError):
    limit: int


@strawberry.type
class Closed(UserError):
    closed_at: dt.datetime


@strawberry.type
class SavePayload:
    contribution: Contribution | None = outcome("contribution")
    errors: list[UserError] = projected("errors")


@strawberry.type
class Mutation:
    @strawberry.mutation
    def save(self, title: str) -> SavePayload:
        """Never run: graphql-core executes introspection only."""
        return SavePayload(errors=[])


schema = strawberry.Schema(
    query=Query, mutation=Mutation, types=[Organisation, Comment, Contribution, Edition, Section, TooLong, Closed]
)
core = graphql_schema(schema)
