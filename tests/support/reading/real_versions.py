"""Versions of inputs, in plain Python: who reads which, and how they are answered."""

import json
from typing import Any

Row = dict[str, Any]


def guard(c: Row, me: Any, own: bool) -> bool:
    """Its own side, and the team of its forum while it is attributed."""
    return own or (c["forum_id"] in me.teams and c["attribution"] != "none")


def read(c: Row, kept: list[Row], own: bool) -> dict[int, Any]:
    """What each version says that the viewer reads, by number: its own side all, the team those since the input was
    last taken back that were attributed."""
    numbered = [x for x in kept if x["number"] is not None]
    last = {x["first_number"] for x in kept if x["hash"] == c["receipt_hash"]}
    mine = [x for x in numbered if own or x["first_number"] in last]
    told_ = {x["number"]: json.loads(x["content"]) for x in sorted(mine, key=lambda x: x["number"])}
    return {n: content for n, content in told_.items() if own or content["attribution"] != "none"}


def told(versions: dict[int, Any]) -> list[Row]:
    """`versions` as it is answered."""
    return [
        {"number": n, "title": content["title"], "sections": [
            {**section, "safe_html": f"<p>{section['markdown']}</p>\n"} for section in content["sections"]
        ]}
        for n, content in versions.items()
    ]  # fmt: skip


def changed(versions: dict[int, Any], given: Row) -> list[Row]:
    """What changed between two versions whose title stays and whose only section is one word, another each time."""
    until = given.get("until") or max(versions, default=0)
    since = given.get("since") or max((n for n in versions if n < until), default=0)
    if since not in versions or until not in versions:
        return []
    title = {"code": None, "heading": None, "kind": "UNCHANGED", "words": [{"kind": "SAME", "text": "Then"}]}
    old, new = (versions[n]["sections"][0]["markdown"] for n in (since, until))
    words = [{"kind": "REMOVED", "text": old}, {"kind": "ADDED", "text": new}]
    if old == new:
        words = [{"kind": "SAME", "text": new}]
    kind = "UNCHANGED" if old == new else "CHANGED"
    return [title, {"code": "a", "heading": "A", "kind": kind, "words": words}]
