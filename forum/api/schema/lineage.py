"""The lineage: what a text came from and what it reached, as a list of steps, each with where it leads."""

import enum
from typing import Any

import strawberry

from ...reading.declare import arg, col, sql, union_by, walk
from ...reading.lineage_walk import DEEPEST, withheld_layer
from ...reading.lineage_walk import walk as walked
from .common import value
from .links import LineageEnd
from .vocabularies import Layer

ENDS = {"comment": "Comment", "contribution": "Contribution", "panel": "Panel", "paragraph": "Paragraph"}


@strawberry.enum(description="Which way to follow the lineage.")
class LineageDirection(enum.Enum):
    UP = value("up", "To what it reached: the texts that carry it, and those that carry them.")
    DOWN = value("down", "To what it came from, down to the first input.")


@strawberry.type(
    description="Something is there that you may not see. Left out entirely where it would tell whose it is."
)
class Withheld:
    layer: Layer | None = sql(withheld_layer, description="At which level it stands.")


@strawberry.type(description="One thing that the lineage reaches.")
class LineageStep:
    depth: int = col(description="How far it is, in steps, by the nearest way.")
    relation: str = col(
        description="How the last step relates: carries, merges, rewords, quotes, contradicts, or received elsewhere."
    )
    end: LineageEnd | None = union_by(
        "kind",
        "id",
        kinds=ENDS,
        otherwise="Withheld",
        description="The thing; the lineage goes no further than `Withheld`.",
    )
    previous: LineageEnd | None = union_by(
        "previous_kind",
        "previous_id",
        kinds=ENDS,
        description="The thing before it on its way, a step nearer: what the lineage is asked of, for a first step. "
        "Where several lead to it, one of them; null of `Withheld`.",
    )


def lineage(kind: str) -> Any:
    """The field of a noun whose rows are nodes of that kind."""
    return walk(
        walked(kind),
        order=("depth", "place"),
        args={
            "direction": arg(LineageDirection, "Which way.", LineageDirection.UP),
            "depth": arg(int, f"How many steps at most; more than {DEEPEST} is read as {DEEPEST}.", 4),
        },
        description="What it reached or came from, the nearest first, each once; at most 200 steps.",
    )
