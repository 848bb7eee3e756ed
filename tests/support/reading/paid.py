"""What a read has the database look at: rows and blocks by its executed plan, the same numbers on any machine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from forum.domain.viewer import Viewer
from forum.reading.run import Reader
from graphql import OperationDefinitionNode, parse

BLOCK, ROW = 0.04, 0.005  # points: what it takes to visit a block, and to look at a row in it, at the least


@dataclass(frozen=True)
class Paid:
    """`points`: the price. `rows`: those looked at in tables, kept or not. `blocks`: pages of tables and indexes."""

    points: int
    rows: int
    blocks: int

    @property
    def work(self) -> float:
        """What the database alone must be given for it, in points."""
        return self.blocks * BLOCK + self.rows * ROW

    def beyond(self, other: "Paid") -> "Paid":
        """What it is more than another read."""
        return Paid(self.points - other.points, self.rows - other.rows, self.blocks - other.blocks)


async def paid(connection: Any, reader: Reader, text: str, variables: Mapping[str, Any] | None = None) -> Paid:
    """The price of a query, and what its statement looked at, executed for nobody in particular."""
    document, given, viewer = parse(text), variables or {}, Viewer()
    [operation] = document.definitions
    assert isinstance(operation, OperationDefinitionNode)
    prepared = reader.prepare(document, operation)
    plan = reader.plan(prepared, given, viewer)
    sent = [_sent(kind, source, given, viewer) for kind, source in plan.parameters]
    told = await connection.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {plan.sql}", *sent)
    top = orjson.loads(told)[0]["Plan"]
    rows = sum(_looked_at(one) for one in _nodes(top) if "Relation Name" in one)
    return Paid(reader.cost(prepared, given), round(rows), top["Shared Hit Blocks"] + top["Shared Read Blocks"])


def _sent(kind: str, source: Any, variables: Mapping[str, Any], viewer: Viewer) -> Any:
    return source(variables) if kind == "variable" else viewer.values[source] if kind == "viewer" else source


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _looked_at(node: dict[str, Any]) -> float:
    removed = sum(node.get(f"Rows Removed by {by}", 0) for by in ("Filter", "Index Recheck"))
    return float((node["Actual Rows"] + removed) * node["Actual Loops"])
