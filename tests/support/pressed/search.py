"""Hill-climbing for the dearest legal request: random documents over the contract, of which those that take the most
processor time are kept, joined, doubled and changed. Nothing in it names a weakness: it knows the contract and a clock.
"""

import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from forum.api.schema.contract import GRAPHQL
from forum.reading import declarations
from forum.reading.declarations import declared
from graphql import GraphQLField, GraphQLObjectType, Undefined, get_named_type, is_leaf_type, is_object_type
from tests.support.typed import query_fields

KEPT, GROWN = 20, 14  # requests that are kept; fields of the root of one
Measure = Callable[[str], Awaitable["Found | str"]]  # a code, where it was refused


@dataclass(frozen=True)
class Found:
    """A request that was answered: processor milliseconds of server and database, its price in points."""

    query: str
    cpu: float
    cost: int


@dataclass
class Part:
    """A field with its arguments, and what is selected of it."""

    name: str
    arguments: str = ""
    inside: list["Part"] = field(default_factory=list)

    def copy(self) -> "Part":
        return Part(self.name, self.arguments, [part.copy() for part in self.inside])

    def text(self, alias: Iterator[int]) -> str:
        inside = " ".join(part.text(alias) for part in self.inside)
        selected = f" {{ {inside} }}" if inside else ""
        return f"nodes{selected}" if self.name == "nodes" else f"a{next(alias)}: {self.name}{self.arguments}{selected}"


def written(roots: list[Part]) -> str:
    """The document of these fields of the root."""
    alias = count()
    return f"{{ {' '.join(root.text(alias) for root in roots)} }}"


class Search:
    """`roots`: fields of the root with the arguments they need."""

    def __init__(self, measure: Measure, roots: dict[str, str], seed: int) -> None:
        self.measure, self.roots, self.random = measure, roots, random.Random(seed)
        self.best: list[tuple[Found, list[Part]]] = []
        self.refused: Counter[str] = Counter()

    async def step(self) -> None:
        """One request more."""
        roots = self._next()
        found = await self.measure(written(roots))
        if isinstance(found, str):
            self.refused[found] += 1
            return
        self.best = sorted([*self.best, (found, roots)], key=lambda one: -one[0].cpu)[:KEPT]

    def _next(self) -> list[Part]:
        if not self.best or self.random.random() > 0.75:
            return [self._root() for _ in range(self.random.randint(1, 3))]
        _, some = self.random.choice(self.best[:8])
        _, others = self.random.choice(self.best[:8])
        roots = [root.copy() for root in some]
        ways = (
            [*roots, self.random.choice(roots).copy()],
            [*roots, self._root()],
            roots[1:] or roots,
            [*roots, *(root.copy() for root in roots)],
            [*roots[: (len(roots) + 1) // 2], *(root.copy() for root in others[: (len(others) + 1) // 2])],
        )
        return self.random.choice(ways)[:GROWN]

    def _root(self) -> Part:
        name = self.random.choice(list(self.roots))
        given = query_fields(GRAPHQL)[name]
        named = get_named_type(given.type)
        if not isinstance(declared(given), declarations.Many):
            inside = [self._grown(named, 3) for _ in range(self.random.randint(1, 4))]
            return Part(name, self.roots[name], inside)
        return self._page(name, given, 2, self.roots[name])

    def _page(self, name: str, given: GraphQLField, depth: int, more: str = "") -> Part:
        page: Any = get_named_type(given.type)
        item = get_named_type(page.fields["nodes"].type)
        rows = [self._grown(item, depth) for _ in range(self.random.randint(1, 4))]
        counted = [Part("totalCount")] if self.random.random() < 0.3 else []
        first = self.random.choice((1, 5, 20, 100))
        return Part(name, f"(first: {first}{self.random.choice(('', more))})", [*counted, Part("nodes", "", rows)])

    def _grown(self, type_: Any, depth: int) -> Part:
        """A random field of a type that needs no argument."""
        if not isinstance(type_, GraphQLObjectType):
            return Part("__typename")
        free = [(name, given) for name, given in type_.fields.items() if not _needs(given)]
        name, given = self.random.choice(free)
        named = get_named_type(given.type)
        if is_leaf_type(named):
            return Part(name)
        if depth == 0 or not is_object_type(named):
            return Part(name, "", [Part("__typename")])
        if isinstance(declared(given), declarations.Many):
            return self._page(name, given, depth - 1)
        return Part(name, "", [self._grown(named, depth - 1)])


def _needs(given: GraphQLField) -> bool:
    return any(str(one.type).endswith("!") and one.default_value is Undefined for one in given.args.values())
