"""The start-up check names the field that could bubble, leak or have no plan."""

from typing import Any

import pytest
import sqlalchemy as sa
import strawberry

from forum.errors import Misconfigured
from forum.reading import declarations
from forum.reading.declarations import declared
from forum.reading.declare import Connection, col, listed, lives, many, node, nodes, part, to_one
from forum.reading.strawberry_internals import graphql_schema
from forum.reading.verify import verify
from tests.support.reading import sample
from tests.support.typed import some

meta = sa.MetaData()
thing = sa.Table(
    "thing", meta, sa.Column("id", sa.Uuid, primary_key=True), sa.Column("name", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=True), sa.Column("place", sa.Integer, nullable=False),
)  # fmt: skip


def hidden(row: Any, me: Any) -> Any:
    return sa.false()


def schema_with(order: tuple[str, ...] = ("id",), **fields: tuple[Any, Any]) -> Any:
    """A schema of one type `Thing` with the given fields, each (annotation, declaration)."""
    body = {
        "__annotations__": {name: kind for name, (kind, _) in fields.items()},
        **{n: d for n, (_, d) in fields.items()},
    }
    Thing: Any = strawberry.type(lives(thing, order)(type("Thing", (), body)))
    query = {"__annotations__": {"things": Connection[Thing]}, "things": many()}
    return graphql_schema(strawberry.Schema(query=strawberry.type(type("Query", (), query))))


def refused(schema: Any) -> str:
    with pytest.raises(Misconfigured) as caught:
        verify(schema)
    return str(caught.value)


def test_the_sample_is_sound():
    assert verify(sample.core, sample.meta) > 50


@pytest.mark.parametrize(
    ("kind", "declaration", "says"),
    [
        (str, col("name", when=hidden), "Thing.x is guarded"),
        (str, col("note"), "Thing.x is not nullable, but the column"),
        (str, col("missing"), "Thing.x needs a column missing"),
        (str, strawberry.field(), "Thing.x has no declaration"),
        (list[str], listed("place"), "Thing.x gives a String"),
    ],
)
def test_refuses_a_field(kind, declaration, says):
    assert says in refused(schema_with(x=(kind, declaration)))


@pytest.mark.parametrize(
    ("order", "says"),
    [
        (("note", "id"), "may be null"),
        (("name",), "not unique"),
        (("nowhere", "id"), "no column nowhere"),
        (("-place", "id"), "Thing.x guards"),
    ],
)
def test_refuses_an_order(order, says):
    assert says in refused(schema_with(order, x=(int | None, col("place", when=hidden))))


def test_refuses_two_texts_in_one_order():
    with pytest.raises(Misconfigured, match="one text"):
        verify(schema_with(("name", "note", "id"), x=(str, col("name"))))


def query_of(kind: Any, declaration: Any) -> Any:
    body = {"__annotations__": {"x": kind}, "x": declaration}
    return graphql_schema(
        strawberry.Schema(query=strawberry.type(type("Query", (), body)), types=[sample.Organisation])
    )


@pytest.mark.parametrize(
    ("kind", "declaration", "says"),
    [
        (sample.Organisation, to_one("id"), "must be nullable"),
        (sample.Organisation | None, to_one(), "needs a foreign key"),
        (sample.Node, node(), "must be nullable"),
        (list[sample.Node], nodes(), "items must be nullable"),
        (sample.Receipt, part(present=hidden), "must be nullable"),
        (list[sample.Organisation], many(), "must be Connection"),
        (sample.Receipt | None, to_one("id"), "lives in no table"),
        (Connection[sample.Organisation], many("nowhere"), "needs a column nowhere"),
    ],
)
def test_refuses_a_relation(kind, declaration, says):
    assert says in refused(query_of(kind, declaration))


def test_refuses_a_table_of_another_store():
    with pytest.raises(Misconfigured, match="no table of the store"):
        verify(sample.core, meta)


def test_declarations_are_where_this_version_of_strawberry_puts_them():
    """`declarations.py` reaches into strawberry's extension of graphql-core's objects: pinned here."""
    types: Any = sample.core.type_map
    contribution: Any = types["Contribution"]
    assert declared(contribution.fields["title"]) == declarations.Col()
    assert isinstance(declared(contribution.fields["id"]), declarations.Col)  # from the interface
    organisation = declared(contribution.fields["organisation"])
    assert isinstance(organisation, declarations.One)
    assert organisation.fk == "organisation_id"
    assert declarations.python_name(contribution.fields["submittedAt"], "submittedAt") == "submitted_at"
    assert declarations.python_name(types["ContributionFilter"].fields["minWords"], "minWords") == "min_words"
    assert some(declarations.access_of(contribution)).table is sample.contribution
    assert some(declarations.access_of(contribution)).tag == "Contribution"
    assert declarations.access_of(sample.core.type_map["Receipt"]) is None
    assert declared(types["PageInfo"].fields["endCursor"]) is None
