"""The same schema, executed: graphql-core calls a resolver for each field, and batches go to the database.

What the compiled reads are held against. It is made as fast as such a thing reasonably gets: one statement for each
place in the document (no N+1), rows as they come from asyncpg, statements prepared and kept, values that the database
can shape shaped there, the parsed and validated documents of the service's own cache. It knows the fields that Q1, Q2
and Q3 ask for. The rules of visibility are written here a second time, in the statements; row-level security is told
who asks, as there.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import orjson

from forum.reading.fill import Fetched
from forum.reading.page import one_more
from forum.reading.run import Prepared, Reader
from forum.reading.values import as_uuid, list_mark
from graphql import ExecutionResult, GraphQLError, GraphQLObjectType, GraphQLSchema, build_schema, execute, print_schema
from tests.bench.batches import Session

Resolver = Callable[..., Any]
DEFAULT = 20


class Resolvers:
    """Stands in the place of the service's `Reader`: documents are prepared and priced as there, and executed here."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.schema = _executable(reader.schema)

    def prepare(self, document: Any, operation: Any, *, trusted: bool = False) -> Prepared:
        """As the service does."""
        return self._reader.prepare(document, operation, trusted=trusted)

    def cost(self, prepared: Prepared, variables: Mapping[str, Any]) -> int:
        """As the service does."""
        return self._reader.cost(prepared, variables)

    def known(self, prepared: Prepared, variables: Mapping[str, Any], viewer: Any, node: Any = None) -> bool:
        """Nothing is compiled here, so nothing is ever new."""
        return True

    def compiling(self, prepared: Prepared, variables: Mapping[str, Any], viewer: Any, node: Any = None) -> Any:
        """Never asked for."""
        return lambda: lambda: None

    async def fetch(self, connection: Any, prepared: Prepared, variables: Mapping[str, Any], viewer: Any) -> Fetched:
        """The JSON object of the operation's root fields. graphql-core coerces the variables once more, which leaves
        the strings and numbers of Q1, Q2 and Q3 as they are."""
        session = Session(connection, viewer)
        await session.begin()
        made = execute(
            self.schema,
            prepared.document,
            context_value=session,
            variable_values=dict(variables),
            operation_name=prepared.operation.name.value if prepared.operation.name else None,
            field_resolver=_of_row,
            type_resolver=_type_of,
        )
        result = await made if isinstance(made, Awaitable) else made
        if not isinstance(result, ExecutionResult) or result.errors:
            raise GraphQLError(f"The bench's resolvers failed: {getattr(result, 'errors', result)}")
        return Fetched(orjson.dumps(result.data))


def _of_row(source: Any, info: Any) -> Any:
    """A row holds its values under the names of the contract."""
    return source[info.field_name]


def _type_of(value: Any, info: Any, _: Any) -> str:
    return value["__typename"]


# ---- resolvers
def _edition(_: Any, info: Any, forum: str, name: str) -> Any:
    return info.context.first("edition", slug=forum, name=name)


def _node(_: Any, info: Any, id: str) -> Any:
    tag, _, key = id.partition(":")
    uuid = as_uuid(key)
    if tag != "Contribution" or uuid is None:
        return None
    return info.context.first("contribution", id=uuid)


class _Page:
    """A page of a list: its rows, and a count that is made only when it is asked for."""

    def __init__(self, rows: list[Any], size: int, count: Callable[[], Awaitable[int]] | None = None) -> None:
        self.rows, self.more, self.count = rows[:size], len(rows) > size, count


def _nodes(page: _Page, info: Any) -> Any:
    return page.rows


def _total(page: _Page, info: Any) -> Any:
    return page.count() if page.count else None


def _info(page: _Page, info: Any) -> Any:
    mark = list_mark(f"{info.path.prev.typename}.{info.path.prev.key}", ())
    return {"hasNextPage": page.more, "endCursor": f"{mark}|{page.rows[-1]['cursor']}" if page.rows else None}


def _place(after: str | None) -> str | None:
    """Where a cursor points, without the mark of its list."""
    return None if after is None else after.partition("|")[2]


async def _contributions_of(edition: Any, info: Any, first: int = DEFAULT, after: str | None = None, **_: Any) -> _Page:
    session = info.context
    which = {"edition": edition["key"]}
    found = await session.all("inputs_of", _place(after), **which, limit=one_more(first))
    return _Page(found, first, lambda: session.count("inputs_of_count", **which))


async def _contributions(
    _: Any, info: Any, first: int = DEFAULT, after: str | None = None, filter: Any = None
) -> _Page:
    session = info.context
    which = {"targets": filter["targets"], "mechanism": filter["mechanism"]}
    found = await session.all("inputs", _place(after), **which, limit=one_more(first))
    return _Page(found, first, lambda: session.count("inputs_count", **which))


async def _documents(edition: Any, info: Any, first: int = DEFAULT, **_: Any) -> _Page:
    return _Page(await info.context.all("documents", None, edition=edition["key"], limit=one_more(first)), first)


async def _paragraphs(document: Any, info: Any, first: int = DEFAULT, **_: Any) -> _Page:
    return _Page(await info.context.all("paragraphs", None, document=document["key"], limit=one_more(first)), first)


async def _comments(paragraph: Any, info: Any, first: int = DEFAULT, **_: Any) -> _Page:
    return _Page(await info.context.many("comments", paragraph["key"], limit=one_more(first)), first)


def _same(row: Any, info: Any) -> Any:
    return row


def _one(name: str, key: str) -> Resolver:
    def resolver(row: Any, info: Any) -> Any:
        return None if row[key] is None else info.context.one(name, row[key])

    return resolver


def _listed(name: str) -> Resolver:
    def resolver(row: Any, info: Any) -> Any:
        return info.context.many(name, row["key"])

    return resolver


_RESOLVERS: dict[str, Resolver] = {
    "Query.edition": _edition,
    "Query.node": _node,
    "Query.contributions": _contributions,
    "Edition.contributions": _contributions_of,
    "Edition.documents": _documents,
    "Document.paragraphs": _paragraphs,
    "Paragraph.comments": _comments,
    "Contribution.edition": _one("editions", "edition_key"),
    "Contribution.attribution": _same,
    "Contribution.targets": _listed("targets"),
    "Contribution.sections": _listed("sections"),
    "ContributionSection.text": _same,
    "Comment.text": _same,
    "Comment.attribution": _same,
    "Attribution.organisation": _one("organisations", "organisation_key"),
}


def _executable(contract: GraphQLSchema) -> GraphQLSchema:
    """The contract as an executable schema of graphql-core's own, with these resolvers."""
    schema = build_schema(print_schema(contract))
    for name, type_ in schema.type_map.items():
        if name.endswith("Connection") and isinstance(type_, GraphQLObjectType):
            type_.fields["nodes"].resolve = _nodes
            type_.fields["pageInfo"].resolve = _info
            type_.fields["totalCount"].resolve = _total
    for place, resolver in _RESOLVERS.items():
        name, _, field = place.partition(".")
        found = schema.type_map[name]
        assert isinstance(found, GraphQLObjectType)
        found.fields[field].resolve = resolver
    return schema
