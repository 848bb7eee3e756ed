"""What organisations ask of their own sides and who cleared what, for the real tables; and the rule about it, in plain
Python."""

import datetime as dt
from typing import Any

from tests.support.reading.real_rows import AUDIENCES, START, Maker, Row

HOUR = dt.timedelta(hours=1)
ROLES = ("representative", "delegate", "administrator")


def clearances(m: Maker) -> None:
    """Rules that stand and that ended, clearances of inputs and comments by every organisation, and their history."""
    for n, o in enumerate(m.rows["organisation"][:3]):
        for k in range(3):
            who = m.rows["person"][k % 5]["id"]
            m.add(
                "clearance_rule", organisation_id=o["id"], subjects=(["input"], ["input", "comment"])[k % 2],
                people=k + 1, roles=list(ROLES[:k]), set_at=START + (k // 2) * HOUR, set_by_id=m.maybe(who),
                ended_at=None if k == 2 else m.at(), ended_by_id=None if k == 2 else who,
            )  # fmt: skip
        for k in range(8):
            _cleared(m, o, n, k)


def _cleared(m: Maker, organisation: Row, n: int, k: int) -> None:
    c, d = m.rows["contribution"][3 * k + n], m.rows["document"][(k + n) % len(m.rows["document"])]
    comments = [x["id"] for x in m.rows["comment"] if x["document_id"] == d["id"]]
    what: Row = {"contribution_id": c["id"], "revision": 1 + k % 2}
    if k % 2:
        comment = m.maybe(m.pick(comments)) if comments else None
        what = {
            "document_id": d["id"], "markdown": f"words {k}", "proposed_text": m.maybe("better"),
            "audience": AUDIENCES[k % 3], "attribution": ("none", "organisation")[k // 2 % 2],
            "mechanism": m.maybe("states"), "comment_id": comment,
        }  # fmt: skip
    row = m.add(
        "clearance", organisation_id=organisation["id"], person_id=m.rows["person"][k % 5]["id"], role=ROLES[k % 3],
        cleared_at=START + (k // 3) * HOUR, taken_back_at=m.maybe(m.at(), 0.3), **what,
    )  # fmt: skip
    edition = d["edition_id"] if k % 2 else c["edition_id"]
    line = m.add("history", subject_kind="clearance", subject_id=row["id"], edition_id=edition, act="clear",
                 detail="{}", leaf=b"9")  # fmt: skip
    m.add("authorship", subject_id=line["id"], subject_kind="history", author_kind="organisation",
          organisation_id=organisation["id"], person_id=row["person_id"], written_at=m.at())  # fmt: skip


def clearance(x: Row, me: Any, db: Any) -> bool:
    return x["organisation_id"] in me.organisations
