"""Corrections of every kind of thing for the real tables, and the rule about them, in plain Python."""

import datetime as dt
import json
from typing import Any

from tests.support.reading.real_rows import START, Maker, Row

_KINDS = {
    "forum": "renamed", "organisation": "renamed", "meeting": "revised", "contribution": "taken_back",
    "document": "corrigendum",
}  # fmt: skip


def corrections(m: Maker) -> None:
    """Some of each kind of thing, of inputs and texts of every audience; some under a mandate that not all may see."""
    for of, kind in _KINDS.items():
        for n, thing in enumerate(m.rows[of][::2]):
            places = [{"what": "name", "was": None if n % 2 else "A", "reads": f"B{n}"}]
            m.add(
                "correction", kind=kind, number=1, symbol=f"C/{n}" if of == "document" else None,
                changes=json.dumps(places), reason=f"{of} {n}",
                mandate_id=m.maybe(m.pick(m.rows["mandate"])["id"]), made_at=START + n % 3 * dt.timedelta(hours=1),
                **{f"{of}_id": thing["id"]},
            )  # fmt: skip


# ---- the rules
def correction(x: Row, me: Any, reads: bool, entered: Row | None, wrote: bool) -> bool:
    """`reads`: the viewer reads the text; `entered`: the input, which the viewer's side `wrote`."""
    public = any(x[f"{of}_id"] is not None for of in ("forum", "organisation", "meeting"))
    return public or reads or (entered is not None and (entered["forum_id"] in me.teams or wrote))


def sent(x: Row, db: Any) -> list[Row]:
    """Where the text of a correction was sent to on this service."""
    return [m for m in db["transmission"] if m["document_id"] == x["document_id"] and m["contribution_id"] is not None]


def of_contribution(row: Row, other: Row, db: Any) -> bool:
    """An input's own corrections, and those of the text as which it came."""
    if other["document_id"] is not None:
        return any(m["contribution_id"] == row["id"] for m in sent(other, db))
    return bool(other["contribution_id"] == row["id"])


def places(x: Row) -> list[Row]:
    """What reads otherwise, as it is answered."""
    found: list[Row] = json.loads(x["changes"])
    return found
