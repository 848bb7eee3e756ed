"""Rows for the sample schema: few distinct values, so that equal keys, empty lists and hidden ends are common."""

import datetime as dt
import random
import uuid
from typing import Any

from tests.support.reading import sample

START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
Rows = dict[str, list[dict[str, Any]]]


def made(seed: int = 7, contributions: int = 40, comments: int = 90) -> Rows:
    """Rows of every table, by table name; the same for the same seed."""
    r = random.Random(seed)

    def new() -> uuid.UUID:
        return uuid.UUID(int=r.getrandbits(128), version=4)

    def moment() -> dt.datetime:
        return START + dt.timedelta(minutes=r.randint(0, 12), microseconds=r.choice((0, 0, 1, 123456)))

    def maybe(value: Any) -> Any:
        return value if r.random() < 0.7 else None

    organisations = [
        {"id": new(), "name": f"{n} é|中", "mechanism": r.choice(("STATES", "CIVIL_SOCIETY"))}
        for n in ("b", "B", "a", "Z", "é", "b")
    ]
    editions = [
        {
            "id": new(),
            "title": f"Edition {i}",
            "stage": r.choice(("call", "drafting")),
            "opens_at": maybe(moment()),
            "day": dt.date(2026, 1, r.randint(1, 3)),
        }
        for i in range(5)
    ]
    texts = [
        _contribution(r, new(), r.choice(editions[:4])["id"], r.choice(organisations)["id"], moment())
        for _ in range(contributions)
    ]
    notes = [
        {
            "id": new(),
            "contribution_id": r.choice(texts)["id"],
            "organisation_id": maybe(r.choice(organisations)["id"]),
            "body": f"comment {i}",
            "internal": r.random() < 0.4,
            "created_at": moment(),
        }
        for i in range(comments)
    ]
    sections = [
        {"id": new(), "contribution_id": r.choice(texts)["id"], "ordinal": r.randint(1, 4), "heading": f"h{i}"}
        for i in range(60)
    ]
    ends = [(t["id"], "contribution") for t in texts] + [(n["id"], "comment") for n in notes] + [(new(), "elsewhere")]
    links = [
        {
            "id": new(),
            "from_id": r.choice(texts)["id"],
            "to_id": end,
            "to_kind": kind,
            "relation": r.choice(("carries", "quotes")),
            "layer": r.choice(("local", "national", "gone")),
        }
        for end, kind in r.choices(ends, k=70)
    ]
    authors = [
        {
            "subject_id": t["id"],
            "organisation_id": t["organisation_id"] or r.choice(organisations)["id"],
            "note": r.choice(("by us", "by us", "for the file")),
        }
        for t in texts
    ]
    return {
        "organisation": organisations,
        "edition": editions,
        "contribution": texts,
        "comment": notes,
        "section": sections,
        "link": links,
        "authorship": authors,
    }


def _contribution(r: random.Random, key: uuid.UUID, edition: Any, organisation: Any, at: dt.datetime) -> dict[str, Any]:
    words = r.choice((None, 3, 10, 11, 40))
    return {
        "id": key,
        "edition_id": edition,
        "organisation_id": organisation if r.random() < 0.8 else None,
        "title": r.choice(("alpha", "Alpha", "beta|1", "été", "gamma")),
        "body": " ".join(r.choices(("one", "two", "three", '"quoted"', "line\nbreak", "中文"), k=6)),
        "mechanism": r.choice(("STATES", "CIVIL_SOCIETY")),
        "visibility": r.choice(("PUBLIC", "PUBLIC", "MECHANISM", "PRIVATE")),
        "attributed": r.random() < 0.5,
        "submitted_at": at,
        "words": words,
        "targets": r.choice(([], ["10.7"], ["10.7", "8.8"])),
        "receipt_number": r.choice((None, "R-1", "R-2")),
        "receipt_hash": r.choice((None, b"\x00\xff")),
        "weight": r.randint(1, 3),
        "country": r.choice((None, "NO", "PH")),
    }


async def stored(owner: Any, rows: Rows, app_role: str | None = None) -> None:
    """Makes the tables and puts the rows into them, over the owner's connection."""
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in sample.meta.sorted_tables:
        await owner.execute(str(CreateTable(table).compile(dialect=postgresql.dialect())))
        if rows[table.name]:
            names = list(rows[table.name][0])
            await owner.copy_records_to_table(
                table.name, columns=names, records=[[row[n] for n in names] for row in rows[table.name]]
            )
    await owner.execute(sample.SECURITY)
    if app_role:
        await owner.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {app_role}")
