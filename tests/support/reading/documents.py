"""Random documents, by a walk over a schema; ids and cursors come from earlier answers."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from typing import Any

from forum.reading import declarations
from forum.reading.declarations import declared
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_leaf_type,
)

ID = re.compile(r"\w+:[0-9a-f]{8}-[0-9a-f-]{27}")


@dataclass
class Harvest:
    """What earlier answers held: ids, cursors by the list they came from, texts, instants."""

    ids: list[str] = field(default_factory=list)
    cursors: dict[str, list[str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)

    def take(self, answer: Any, places: dict[str, str], at: str = "") -> None:
        for key, value in answer.items() if isinstance(answer, dict) else ((None, v) for v in answer):
            if isinstance(value, (dict, list)):
                self.take(value, places, places.get(key or "", at))
            elif key in ("cursor", "endCursor") and value:
                self._keep(self.cursors.setdefault(at, []), value)
            elif isinstance(value, str) and ID.fullmatch(value):
                self._keep(self.ids, value)
            elif isinstance(value, str) and re.fullmatch(r"\d{4}-.*Z", value):
                self._keep(self.moments, value)
            elif isinstance(value, str) and len(value) < 40:
                self._keep(self.texts, value)

    @staticmethod
    def _keep(pool: list[str], value: str) -> None:
        if value not in pool and len(pool) < 400:
            pool.append(value)


@dataclass
class Document:
    text: str
    places: dict[str, str]
    draws: dict[str, Any]

    def values(self) -> dict[str, Any]:
        """A set of variables, drawn anew each time; some are left out or null."""
        return {name: value for name, draw in self.draws.items() if (value := draw()) is not ...}


class Writer:
    """Writes one document after another. `fresh()` gives the next."""

    def __init__(
        self, schema: Any, seed: int, harvest: Harvest, budget: int = 45, skip: frozenset[str] = frozenset()
    ) -> None:
        self.schema, self.random, self.harvest, self.budget, self.skip = (
            schema,
            random.Random(seed),
            harvest,
            budget,
            skip,
        )

    def fresh(self) -> Document:
        self.left, self.names = self.random.randint(6, self.budget), 0
        self.places: dict[str, str] = {}
        self.variables: dict[str, tuple[str, Any]] = {}
        self.fragments: list[str] = []
        body = self.selection(self.schema.query_type, 0)
        heads = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        text = f"query Q{f'({heads})' if heads else ''} {body}\n" + "\n".join(self.fragments)
        return Document(text, self.places, {name: draw for name, (_, draw) in self.variables.items()})

    def chance(self, p: float) -> bool:
        return self.random.random() < p

    def name(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def variable(self, type_: Any, draw: Any) -> str:
        name = self.name("v")
        self.variables[name] = (type_, draw)
        return f"${name}"

    # ---- selections
    def selection(self, type_: Any, depth: int, apart: bool = False) -> str:
        """`apart`: in a branch of a union no response key may mean two things, so every field gets a name of its
        own."""
        if isinstance(type_, (GraphQLInterfaceType, GraphQLUnionType)):
            return "{ " + " ".join(self.branches(type_, depth)) + " }"
        names = [n for n in type_.fields if f"{type_.name}.{n}" not in self.skip]
        fields = self.random.sample(names, self.random.randint(1, min(6, len(names))))
        made = [self.one(type_, name, depth, apart) for name in fields]
        made = [m for m in made if m] or ["__typename"]
        if self.chance(0.2):
            made.append(f"{self.name('t')}: __typename")
        if self.chance(0.15):
            made = self.wrapped(type_, made)
        return "{ " + " ".join(made) + " }"

    def wrapped(self, type_: Any, made: list[str]) -> list[str]:
        cut = self.random.randint(0, len(made))
        if cut == len(made):
            return made
        if self.chance(0.5):
            return [*made[:cut], f"... on {type_.name} {{ {' '.join(made[cut:])} }}"]
        name = self.name("F")
        self.fragments.append(f"fragment {name} on {type_.name} {{ {' '.join(made[cut:])} }}")
        return [*made[:cut], f"...{name}", f"...{name}"]

    def branches(self, type_: Any, depth: int) -> list[str]:
        made = ["__typename"] if self.chance(0.7) else []
        for member in self.schema.get_possible_types(type_):
            if self.chance(0.6) and self.left > 0:
                inner = self.selection(member, depth + 1, apart=True)
                made.append(f"... on {member.name} {inner}")
        if isinstance(type_, GraphQLInterfaceType) and self.chance(0.5):
            made.append("id" if "id" in type_.fields else "__typename")
        return made or ["__typename"]

    def one(self, type_: Any, name: str, depth: int, apart: bool) -> str:
        self.left -= 1
        found = type_.fields[name]
        named, leaf = get_named_type(found.type), is_leaf_type(get_named_type(found.type))
        if not leaf and (depth > 6 or self.left <= 0):
            return ""
        head, again = name, False
        paged = isinstance(declared(found), declarations.Many)
        if found.args or paged:
            key = self.name("c")
            self.places[key] = f"{type_.name}.{name}"
            head = f"{key}: {name}{self.arguments(type_, name, found)}"
        elif name not in ("id", "cursor", "endCursor") and (apart or self.chance(0.25)):
            head = f"{self.name('x')}: {name}"
        else:
            again = not leaf and self.chance(0.1)
        switch = self.switch() if self.chance(0.08) else ""
        body = "" if leaf else " " + self.selection(named, depth + 1)
        made = f"{head}{switch}{body}"
        return f"{made} {head} {self.selection(named, depth + 1)}" if again else made

    def switch(self) -> str:
        word = self.random.choice(("skip", "include"))
        told = (
            self.variable("Boolean!", lambda: self.chance(0.5))
            if self.chance(0.7)
            else self.random.choice(("true", "false"))
        )
        return f" @{word}(if:{told})"

    # ---- arguments
    def arguments(self, type_: Any, name: str, found: Any) -> str:
        made = []
        for key, argument in found.args.items():
            needed = isinstance(argument.type, GraphQLNonNull) and argument.default_value is Undefined
            if needed or self.chance(0.55):
                draw = lambda key=key, argument=argument: self.drawn(f"{type_.name}.{name}", key, argument.type)  # noqa: E731
                made.append(f"{key}:{self.told(argument.type, draw)}")
        return f"({','.join(made)})" if made else ""

    def told(self, type_: Any, draw: Any) -> str:
        if self.chance(0.5):
            return self.variable(str(type_), draw)
        value = draw()
        while value is ... and isinstance(type_, GraphQLNonNull):
            value = draw()
        return self.literal(None if value is ... else value, type_)

    def literal(self, value: Any, type_: Any) -> str:
        bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if value is None:
            return "null"
        if isinstance(bare, GraphQLList):
            return "[" + ",".join(self.literal(v, bare.of_type) for v in value) + "]"
        if isinstance(bare, GraphQLInputObjectType):
            return "{" + ",".join(self.inner(k, v, bare.fields[k].type) for k, v in value.items()) + "}"
        if isinstance(bare, GraphQLEnumType):
            return str(value)
        if isinstance(value, bool):
            return str(value).lower()
        return (
            str(value)
            if isinstance(value, (int, float))
            else '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        )

    def inner(self, key: str, value: Any, type_: Any) -> str:
        if self.chance(0.3):  # a variable inside a literal object
            return f"{key}:{self.variable(str(type_), lambda: value)}"
        return f"{key}:{self.literal(value, type_)}"

    def drawn(self, place: str, key: str, type_: Any) -> Any:
        """A value for an argument: often one that earlier answers held, sometimes null, nothing, or a wrong one."""
        root = place.startswith("Query.")
        if not isinstance(type_, GraphQLNonNull) and self.chance(0.08):
            return self.random.choice((None, ...))
        if key == "first":
            return self.random.choice((0, 1, 1, 2, 2, 3, 5, 9, *((101, -1) if root and self.chance(0.1) else ())))
        if key == "after":
            pool = self.harvest.cursors.get(place)
            if root and self.chance(0.04):
                return self.random.choice(("", "x", "2026|", "|"))
            return self.random.choice(pool) if pool else None
        return self.value(type_)

    def value(self, type_: Any) -> Any:
        bare = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if isinstance(bare, GraphQLList):
            return [
                self.value(bare.of_type if isinstance(bare.of_type, GraphQLNonNull) else GraphQLNonNull(bare.of_type))
                for _ in range(self.random.randint(0, 3))
            ]
        if isinstance(bare, GraphQLInputObjectType):
            return {
                k: self.value(f.type)
                for k, f in bare.fields.items()
                if isinstance(f.type, GraphQLNonNull) or self.chance(0.4)
            }
        if not isinstance(type_, GraphQLNonNull) and self.chance(0.1):
            return None
        if isinstance(bare, GraphQLEnumType):
            return self.random.choice(list(bare.values))
        return self.scalar(bare.name)

    def scalar(self, name: str) -> Any:
        pools = {"ID": self.harvest.ids, "DateTime": self.harvest.moments, "String": self.harvest.texts}
        if name in pools and pools[name] and not self.chance(0.05):
            return self.random.choice(pools[name])
        if name == "Boolean":
            return self.chance(0.5)
        if name in ("Int", "Float"):
            return self.random.choice((0, 1, 2, 3, 10, 11, 40))
        return "2026-03-01T12:00:00.000000Z" if name == "DateTime" else "2026-01-02" if name == "Date" else "a"
