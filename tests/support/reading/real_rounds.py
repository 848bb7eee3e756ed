"""Rounds of silences for the real tables - what was put, what was reserved - and the rules about them, in plain
Python."""

import json
from typing import Any

from tests.support.reading.real_rows import FAR, START, Maker, Row

WITHDRAWN, PUBLISHED = {"withdrawn_at": START}, {"published": True}


def rounds(m: Maker) -> None:
    """A second round on every other text, what each revision holds, and reservations: standing, taken back,
    published."""
    first = {s["document_id"]: s for s in m.rows["silence"]}
    for n, d in enumerate(m.rows["document"]):
        s = first[d["id"]]
        _frozen(m, s["revision_id"], ("w0", "One.", None), ("w1", "Two.", None))
        if n % 2:
            version = m.add(
                "revision", document_id=d["id"], number=2, label="l2", hash="h2", salt=b"s", frozen_at=START
            )
            _frozen(m, version["id"], ("w0", "One.", "several"), ("w2", "Three.", None))
            body = m.rows["forum"][n % 4]["id"]
            given = {"body_id": body, "state": "passed", "hours": 72, "starts_at": FAR, "ends_at": FAR}
            s = m.add("silence", document_id=d["id"], revision_id=version["id"], round=2, **given)
        # Closed at its last version, closed after it was put, or still open.
        d["closed_at"], d["revision"] = (START, 1 + n % 2) if n % 3 else (None, 1)
        reserved: tuple[Row, ...] = ({}, WITHDRAWN, PUBLISHED)
        for k, more in enumerate(reserved):
            paragraph = next(p["id"] for p in m.rows["paragraph"] if p["document_id"] == d["id"]) if k else None
            row = {
                "withdrawn_at": None,
                "published": False,
                "paragraph_id": paragraph,
                "words": f"w{k}",
                "placed_at": START,
                **more,
            }
            m.add("reservation", silence_id=s["id"], organisation_id=m.rows["organisation"][k]["id"], **row)


_PLACED = {"e_id": "e", "kind": "quote", "part": 1, "parent": None, "recommendation": None}


def _frozen(m: Maker, revision: Any, *paragraphs: tuple[str, str, str | None]) -> None:
    rows = [
        {**_PLACED, "w_id": id_, "number": str(n), "text": text, "weight": weight}
        for n, (id_, text, weight) in enumerate(paragraphs, 1)
    ]
    content = json.dumps({"paragraphs": rows, "recommendations": []})
    m.add("snapshot", subject_kind="revision", subject_id=revision, content=content, salt=b"s", hash="h")


# ---- the rules
def seen(s: Row, d: Row, me: Any) -> bool:
    """Whether a round lay before the viewer: the body that was asked, the text's participants and team."""
    return s["body_id"] in me.forums or d["forum_id"] in me.forums or d["forum_id"] in me.teams


def words_read(r: Row, d: Row, db: Any, me: Any) -> bool:
    """Whether the viewer reads what a version says: it is the text of a closed document, or was a draft of theirs."""
    asked = [s for s in db["silence"] if s["revision_id"] == r["id"]]
    closed = d["closed_at"] is not None and d["revision"] == r["number"]
    return (
        closed
        or d["forum_id"] in me.forums
        or d["forum_id"] in me.teams
        or any(s["body_id"] in me.forums for s in asked)
    )


def frozen(content: str) -> list[Row]:
    """The paragraphs of a version as they are answered."""
    rows: list[Row] = json.loads(content)["paragraphs"]
    for row in rows:
        row["kind"], row["markdown"] = row["kind"].upper(), row.pop("text")
        row["safe_html"] = f"<p>{row['markdown']}</p>\n"
    return rows


def told(before: str | None, after: str, unchanged: bool) -> list[Row]:
    """What changed, of texts whose words never do: paragraphs only come and go."""
    if before is None:
        return []
    old, new = ({p["w_id"]: p for p in json.loads(side)["paragraphs"]} for side in (before, after))
    rows = []
    for id_ in ("w0", "w1", "w2"):
        was, now = old.get(id_), new.get(id_)
        if was or now:
            kind = (
                "NEW"
                if was is None
                else "WITHDRAWN"
                if now is None
                else "UNCHANGED"
                if was["weight"] == now["weight"]
                else "CHANGED"
            )
            words = {
                "kind": {"NEW": "ADDED", "WITHDRAWN": "REMOVED"}.get(kind, "SAME"),
                "text": (now or was or {})["text"],
            }
            numbers = {"was_number": was and was["number"], "number": now and now["number"]}
            weights = {"was_weight": was and was["weight"], "weight": now and now["weight"]}
            rows.append({"what": "PARAGRAPH", "w_id": id_, "kind": kind, **numbers, **weights, "words": [words]})
    return [row for row in rows if unchanged or row["kind"] != "UNCHANGED"]
