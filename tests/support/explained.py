"""What PostgreSQL does for each read of a service: its plans, taken beside the answers."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest

from forum.reading.run import Reader


@dataclass(frozen=True)
class Explained:
    """One read: the operation, the rows that were looked at in tables, the objects in its answer, and the tables that
    were read from end to end with how many rows."""

    operation: str
    read: int
    shown: int
    whole: Mapping[str, int]


@dataclass
class _Connection:
    """A connection that has each statement explained before it is run."""

    real: Any
    plans: list[Mapping[str, Any]] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    async def fetchval(self, sql: str, *values: Any) -> Any:
        told = await self.real.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) {sql}", *values)
        self.plans.append(json.loads(told)[0]["Plan"])
        return await self.real.fetchval(sql, *values)

    async def prepare(self, sql: str, **_: Any) -> Any:
        return _Statement(self, sql)


@dataclass(frozen=True)
class _Statement:
    connection: _Connection
    sql: str

    async def fetchval(self, *values: Any) -> Any:
        return await self.connection.fetchval(self.sql, *values)


@contextmanager
def explained() -> Iterator[list[Explained]]:
    """While this is entered, each read of this process is explained into the list."""
    found: list[Explained] = []
    fetch = Reader.fetch

    async def explaining(self: Reader, connection: Any, prepared: Any, variables: Any, viewer: Any) -> Any:
        watched = _Connection(connection)
        fetched = await fetch(self, watched, prepared, variables, viewer)
        name = prepared.operation.name.value if prepared.operation.name else ""
        body = fetched.body
        found.extend(_read(name, plan, _objects(orjson.loads(body))) for plan in watched.plans)
        return fetched

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "fetch", explaining)
        yield found


def _read(name: str, plan: Mapping[str, Any], shown: int) -> Explained:
    whole: dict[str, int] = {}
    rows = 0
    for node in _nodes(plan):
        if "Relation Name" in node:
            looked = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            rows += int(node["Actual Loops"] * looked)
            if node["Node Type"] == "Seq Scan" and node["Actual Loops"]:
                whole[node["Relation Name"]] = int(looked)
    return Explained(name, rows, shown, whole)


def _nodes(plan: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _objects(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_objects, value.values()))
    return sum(map(_objects, value)) if isinstance(value, list) else 0
