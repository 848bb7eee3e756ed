"""Documents that ask for as much as can be asked, made from the contract's own text: every type, all its fields.

`everything(type)` gives documents over `nodes(ids: ...)`: of the type all fields, of what they lead to all values.
Lists of ids are cut by what the contract's cost allows.
"""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from forum.files import folder
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

SCHEMA = build_schema((folder("graphql") / "schema.graphql").read_text("utf-8"))
FIELDS, AT_ONCE = 400, 4  # fields in one document; requests at one time
PAGE = 5  # rows of a list inside a thing: the rows are asked for by their own ids too


def node_types() -> list[str]:
    """The names of all types that have an id of their own."""
    node = SCHEMA.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return sorted(t.name for t in SCHEMA.get_possible_types(node))


def table_of(type_name: str) -> str:
    """The table in which things of this type stand."""
    known = {"HistoryEntry": "history", "Process": "process_definition"}
    return known.get(type_name) or re.sub(r"(?<!^)(?=[A-Z])", "_", type_name).lower()


def _is_node(type_: Any) -> bool:
    return isinstance(type_, GraphQLObjectType) and "id" in type_.fields and bool(type_.interfaces)


def _selection(type_: Any, depth: int) -> str:
    """All values of a type; with a depth left, all it leads to as well."""
    if isinstance(type_, (GraphQLUnionType, GraphQLInterfaceType)):
        return "__typename " + " ".join(f"... on {t.name} {{ {_ends(t)} }}" for t in SCHEMA.get_possible_types(type_))
    return " ".join(filter(None, (_field(name, f, depth) for name, f in type_.fields.items())))


def _ends(type_: Any) -> str:
    """Of a union's members only what no two of them have under one name and different types."""
    wanted = [n for n in ("id", "attribution", "receipt", "mine", "authorship", "layer") if n in type_.fields]
    return " ".join(filter(None, (_field(n, type_.fields[n], 1) for n in wanted))) or "__typename"


def _field(name: str, given: Any, depth: int) -> str:
    type_ = get_named_type(given.type)
    if name in ("edges", "acts"):  # acts are judged one by one: the operation Acts asks for them
        return ""
    if any(is_required_argument(a) for a in given.args.values()):
        return ""
    if is_leaf_type(type_):
        return name
    paged = f"(first: {PAGE})" if "first" in given.args else ""
    if type_.name.endswith("Connection"):
        node = get_named_type(type_.fields["nodes"].type)
        return (
            f"{name}{paged} {{ totalCount countIsExact exactCount nodes {{ {_selection(node, 0)} }} }}" if depth else ""
        )
    if (
        isinstance(given.type.of_type if isinstance(given.type, GraphQLNonNull) else given.type, GraphQLList)
        and not depth
    ):
        return ""
    if _is_node(type_) and not depth:
        return f"{name} {{ id }}"
    inner = depth if isinstance(type_, GraphQLObjectType) and not _is_node(type_) and depth == 0 else max(depth - 1, 0)
    selected = _selection(type_, inner)
    return f"{name} {{ {selected} }}" if selected else ""


@cache
def everything(type_name: str) -> tuple[str, ...]:
    """Documents `query($ids: [ID!]!)` that together select every field of the type."""
    type_ = SCHEMA.type_map[type_name]
    assert isinstance(type_, GraphQLObjectType)
    parts: list[list[str]] = [[]]
    size = 0
    for name, given in type_.fields.items():
        text = _field(name, given, 1)
        grown = len(re.findall(r"\w+", text))
        if size + grown > FIELDS:
            parts.append([])
            size = 0
        parts[-1].append(text)
        size += grown
    return tuple(
        f"query($ids: [ID!]!) {{ nodes(ids: $ids) {{ __typename ... on {type_name} {{ id {' '.join(p)} }} }} }}"
        for p in parts
    )


def _fact(name: str, field: GraphQLField) -> str:
    """A fact of a refusal: a plain one, or a list of small things, each with all it says."""
    type_ = get_named_type(field.type)
    return f"{name} {{ {' '.join(type_.fields)} }}" if isinstance(type_, GraphQLObjectType) else name


def _made(name: str, type_: Any) -> str:
    """The id of a thing; all there is of what is no thing of its own."""
    if is_leaf_type(type_):
        return name
    fields = {"id": None} if "id" in type_.fields else type_.fields
    return f"{name} {{ {' '.join(n if f is None else _made(n, get_named_type(f.type)) for n, f in fields.items())} }}"


def doing(mutation: str) -> str:
    """A document for one mutation that selects the id of what comes of it, and every fact of every refusal."""
    type_, error = SCHEMA.mutation_type, SCHEMA.type_map["UserError"]
    assert isinstance(type_, GraphQLObjectType)
    assert isinstance(error, GraphQLInterfaceType)
    given = type_.fields[mutation]
    fields = {name: field for name, field in get_named_type(given.type).fields.items() if name != "errors"}
    made = " ".join(_made(name, get_named_type(f.type)) for name, f in fields.items())
    facts = " ".join(
        f"... on {t.name} {{ {' '.join(_fact(n, f) for n, f in t.fields.items() if n not in error.fields)} }}"
        for t in SCHEMA.get_possible_types(error)
        if len(t.fields) > len(error.fields)
    )
    return (
        f"mutation($input: {given.args['input'].type}) {{ {mutation}(input: $input) "
        f"{{ {made} errors {{ __typename code message path {facts} }} }} }}"
    )


@dataclass
class Walker:
    """Reads widely at an address, as whoever a token names, several requests at a time."""

    http: httpx.AsyncClient
    token_of: Any
    most: dict[str, int] = field(default_factory=dict)  # how many ids a document takes at once

    def __post_init__(self) -> None:
        self.gate = asyncio.Semaphore(AT_ONCE)

    async def post(self, who: str | None, query: str, variables: Mapping[str, Any]) -> Any:
        """The whole answer. Fails on a request error: the walk must not go blind."""
        headers = {} if who is None else {"Authorization": f"Bearer {self.token_of(who)}"}
        async with self.gate:
            answer = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body = answer.json()
        assert answer.status_code == 200, (query, variables, answer.text[:2000])
        assert "errors" not in body, (query, answer.text[:2000])
        return body

    async def _fit(self, query: str, one: str) -> int:
        if query not in self.most:
            cost = (await self.post(None, query, {"ids": [one]}))["extensions"]["cost"]
            self.most[query] = max(1, min(100, cost["limit"] // cost["requested"]))
        return self.most[query]

    async def things(self, who: str | None, ids: Mapping[str, Sequence[str]]) -> list[Any]:
        """Everything of these things, by type, that this person may read; each as one object."""
        jobs = []
        for type_name, some in ids.items():
            for query in everything(type_name) if some else ():
                step = await self._fit(query, some[0])
                jobs += [self.post(who, query, {"ids": some[n : n + step]}) for n in range(0, len(some), step)]
        answers = await asyncio.gather(*jobs)
        return [thing for answer in answers for thing in answer["data"]["nodes"] if thing is not None]


def dicts(value: Any) -> Iterable[dict[str, Any]]:
    """Every object in an answer, outermost first."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
