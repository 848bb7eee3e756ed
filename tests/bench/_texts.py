"""The data set's texts: one document an edition, its paragraphs, and the comments on them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.bench._inputs import AUTHOR, drawn, named
from tests.bench._words import prose, title
from tests.bench.world import START, Rows, World

_DOCUMENTS = (("public", 70), ("participants", 25), ("team", 5))
_COMMENTS = (("public", 50), ("participants", 40), ("team", 10))
_NAMINGS = (("organisation", 70), ("mechanism", 10), ("none", 20))


def made(w: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """Documents, parts, paragraphs, revisions, comments and who wrote these."""
    documents = [w.ordered() for _ in w.editions]
    columns = (
        "id", "track_id", "edition_id", "forum_id", "kind", "symbol", "title", "language", "state", "audience",
        "version_label",
    )  # fmt: skip
    rows: Rows = [
        (id_, w.tracks[n], edition, w.forums[forum], "consolidated_report", f"BENCH/{n:03}", title(w.rng), "en",
         "circulated", drawn(w, _DOCUMENTS), "zero draft")
        for n, (id_, (edition, forum)) in enumerate(zip(documents, w.editions, strict=True))
    ]  # fmt: skip
    w.texts = [(row[5], n, row[9] == "public") for n, row in enumerate(rows)]
    yield "document", columns, rows
    parts = [w.ordered() for _ in documents]
    yield (
        "part",
        ("id", "document_id", "ordinal", "number", "heading"),
        [(part, id_, 1, "I", title(w.rng)) for part, id_ in zip(parts, documents, strict=True)],
    )
    places = [(d, n) for d in range(len(documents)) for n in range(1, w.size.paragraphs + 1)]
    paragraphs: Rows = [
        (w.ordered(), documents[d], parts[d], n, f"p-{n}", f"sec_1__para_{n}", str(n), prose(w.rng, 400))
        for d, n in places
    ]
    yield "paragraph", ("id", "document_id", "part_id", "ordinal", "w_id", "e_id", "number", "markdown"), paragraphs
    revisions = [w.ordered() for _ in documents]
    yield (
        "revision",
        ("id", "document_id", "number", "label", "hash", "salt", "frozen_at"),
        [
            (revision, id_, 1, "zero draft", w.rng.randbytes(32).hex(), w.rng.randbytes(32), START)
            for revision, id_ in zip(revisions, documents, strict=True)
        ],
    )
    yield from _comments(
        w, [(d, documents[d], row[0], revisions[d]) for (d, _), row in zip(places, paragraphs, strict=True)]
    )


def _comments(w: World, places: list[tuple[int, UUID, UUID, UUID]]) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    rows: Rows = []
    authors: Rows = []
    for d, document, paragraph, revision in places:
        members = w.members[w.editions[d][1]]
        for _ in range(w.size.comments):
            organisation = w.rng.choice(members)
            row, author = _comment(w, (document, paragraph, revision), organisation)
            rows.append(row)
            authors.append(author)
    columns = (
        "id", "document_id", "paragraph_id", "revision_id", "markdown", "audience", "attribution",
        "named_organisation_id",
        "named_mechanism", "label", "written_at",
    )  # fmt: skip
    yield "comment", columns, rows
    yield "authorship", AUTHOR, authors


def _comment(w: World, place: tuple[UUID, UUID, UUID], organisation: int) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    naming, id_, at = drawn(w, _NAMINGS), w.random(), START
    body, person = w.organisations[organisation], w.rng.choice(w.speakers[organisation])
    row = (
        id_, *place, prose(w.rng, 240), drawn(w, _COMMENTS), naming, *named(w, naming, organisation),
        None if naming == "none" else at,
    )  # fmt: skip
    kind = "state" if body[1] == "state" else "organisation"
    return row, (id_, "comment", kind, body[0], None, None, w.people[person][0], w.mandates[person], at, None)
