"""When a date was set last, a second time in plain Python: of anchors by the history, of meetings by corrections."""

import datetime as dt
import json
from typing import Any

Row = dict[str, Any]


def anchor_moved_at(a: Row, db: Any) -> dt.datetime | None:
    moves = [h for h in db["history"] if h["act"] == "move_anchor" and h["edition_id"] == a["edition_id"]]
    return max((h["at"] for h in moves if json.loads(h["detail"]).get("anchor") == a["name"]), default=None)


def meeting_revised_at(m: Row, db: Any) -> dt.datetime | None:
    return max((x["made_at"] for x in db["correction"] if x["meeting_id"] == m["id"]), default=None)
