"""The lineage a second time: a walk in plain Python over the rows, by what `forum/reading/lineage_walk.py` promises.

Nodes are contributions, comments, paragraphs and panels. Each step leads from a text to what it carries (down) or from
a thing to the texts that carry it (up); a section of a received contribution was a paragraph elsewhere. Nothing is
followed that the viewer does not see.
"""

from collections.abc import Iterator
from typing import Any

from tests.support.reading.real_rules import ENDS, HOOKS, all_of, end, end_told, get, layer

Row = dict[str, Any]
Node = tuple[str, Any, Any]  # kind, id, and of a contribution the section by which it was reached
Step = tuple[str, str, Any, Any]  # relation and node
DEEPEST = 12
RECEIVED = "received"


def down(node: Node, db: Any) -> Iterator[Step]:
    """What a paragraph carries, by itself or with its recommendation; what a received section was."""
    kind, key, part = node
    if kind == "paragraph":
        p = get(db, "paragraph", key)
        for s in all_of(db, "source", "document_id", p["document_id"]):
            of_recommendation = p["recommendation_id"] and s["recommendation_id"] == p["recommendation_id"]
            if s["paragraph_id"] == key or of_recommendation:
                yield s["relation"], *end(s, db), s["section_id"]
    if kind == "contribution":
        for x in all_of(db, "contribution_section", "contribution_id", key):
            if x["origin_paragraph_id"] and part in (None, x["id"]):
                yield RECEIVED, "paragraph", x["origin_paragraph_id"], None


def up(node: Node, db: Any) -> Iterator[Step]:
    """The paragraphs that carry the node, and the contributions as which a paragraph was received."""
    kind, key, part = node
    if kind == "paragraph":
        for x in all_of(db, "contribution_section", "origin_paragraph_id", key):
            yield RECEIVED, "contribution", x["contribution_id"], x["id"]
    for s in db["source"]:
        if end(s, db) == (kind, key) and _by_this(s, part):
            for p in all_of(db, "paragraph", "document_id", s["document_id"]):
                same = s["recommendation_id"] and p["recommendation_id"] == s["recommendation_id"]
                if p["id"] == s["paragraph_id"] or same:
                    yield s["relation"], "paragraph", p["id"], None


def _by_this(s: Row, part: Any) -> bool:
    """Who came by one section goes on by what cites it, or the contribution whole; not by its neighbours or
    practices."""
    if part is None:
        return True
    return s["practice_id"] is None and s["section_id"] in (None, part)


def steps(kind: str) -> Any:
    """The hook of a lineage field: every node once, at its nearest."""

    def of(row: Row, given: Row, me: Any, db: Any) -> list[Row]:
        leads = down if given["direction"] == "down" else up
        found: dict[Any, Row] = {}
        at: set[Node] = {(kind, row["id"], None)}
        for depth in range(1, min(given["depth"], DEEPEST) + 1):
            ways = {(step, node[:2]) for node in at for step in leads(node, db)}
            at = set()
            for (relation, to, key, part), before in sorted(ways, key=lambda w: (w[0][0], w[1][1], w[1][0])):
                seen = ENDS[to](get(db, to, key), me, db)
                if seen:
                    at.add((to, key, part))
                    found.setdefault((to, key), _step(depth, relation, to, key, None, before))
                elif told(to, key, db):
                    stands = layer(_towards(to, key), None, me, db)
                    found.setdefault(
                        (depth, relation, stands), _step(depth, relation, "withheld", None, stands, (None, None))
                    )
        return list(found.values())

    return of


def _step(depth: int, relation: str, kind: str, key: Any, stands: str | None, before: tuple[Any, Any]) -> Row:
    place = f"~{stands}{relation}" if key is None else str(key)
    end_ = {"depth": depth, "relation": relation, "kind": kind, "id": key, "layer": stands, "place": place}
    return {**end_, "previous_kind": before[0], "previous_id": before[1]}


def _towards(kind: str, key: Any) -> Row:
    """A source that leads there, for the rules that ask of one."""
    columns = dict.fromkeys(
        ("comment_id", "from_paragraph_id", "panel_id", "section_id", "practice_id", "contribution_id")
    )
    return {**columns, "from_paragraph_id" if kind == "paragraph" else f"{kind}_id": key}


def told(kind: str, key: Any, db: Any) -> bool:
    return end_told(_towards(kind, key), db)


def withheld(row: Row, given: Any, me: Any, db: Any) -> str:
    return row["layer"] if "layer" in row else layer(row, given, me, db)


LINEAGE = {
    **HOOKS,
    ("walk", "Contribution.lineage"): steps("contribution"),
    ("walk", "Paragraph.lineage"): steps("paragraph"),
    ("sql", "Withheld.layer"): withheld,
}
