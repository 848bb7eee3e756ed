"""The data set's inputs: contributions with sections, tags, authorship, snapshots, history; and the spare ones."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from tests.bench._words import prose, title
from tests.bench.world import START, Rows, World, mechanism_of

# The migration-related targets, the first ones far more frequent than the last: a skew as in real calls.
TARGETS = (
    "10.7", "8.8", "17.18", "10.c", "8.7", "5.2", "16.2", "4.b", "3.c", "3.8", "17.16", "13.1", "11.5", "1.3", "16.9",
    "8.5", "5.4", "4.3", "10.2", "17.3",
)  # fmt: skip
_STATES = (("submitted", 75), ("admitted", 10), ("returned", 3), ("released", 5), ("draft", 5), ("withdrawn", 2))
_AUDIENCES = (("public", 60), ("participants", 25), ("secretariat", 15))
_NAMINGS = (("organisation", 60), ("mechanism", 15), ("forum", 5), ("none", 20))
COLUMNS = (
    "id", "track_id", "edition_id", "forum_id", "call_id", "title", "language", "state", "visibility", "attribution",
    "named_organisation_id", "named_mechanism", "label", "kind", "revision", "released_revision", "length",
    "submitted_at",
    "receipt_number", "receipt_hash",
)  # fmt: skip
AUTHOR = (
    "subject_id", "subject_kind", "author_kind", "organisation_id", "mechanism_code", "forum_id", "person_id",
    "mandate_id",
    "written_at", "submitted_at",
)  # fmt: skip
_SECTIONS = (("what", "What is done"), ("learnt", "What was learnt"))
_HISTORY = ("id", "subject_kind", "subject_id", "edition_id", "act", "actor_id", "mandate_id", "at", "detail", "leaf")


def made(w: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """Every table of the inputs, contributions first."""
    rows, authors = _contributions(w)
    yield "contribution", COLUMNS, rows
    yield "authorship", AUTHOR, authors
    everyone = [row[0] for row in rows]
    yield (
        "contribution_section",
        ("id", "contribution_id", "ordinal", "code", "heading", "markdown"),
        [
            (w.random(), id_, n, code, heading, prose(w.rng, 512))
            for id_ in everyone
            for n, (code, heading) in enumerate(_SECTIONS, 1)
        ],
    )
    yield "tag", ("id", "contribution_id", "scheme", "code"), [tag for id_ in everyone for tag in _tags(w, id_)]
    handed_in = [row for row in rows if row[18] is not None]
    yield (
        "snapshot",
        ("id", "subject_kind", "subject_id", "content", "salt", "hash"),
        [(w.random(), "contribution", row[0], _frozen(w), w.rng.randbytes(32), row[19]) for row in handed_in],
    )
    yield "history", _HISTORY, [_line(w, row) for row in handed_in]
    yield "addressee", ("id", "call_id", "organisation_id"), _addressees(w, rows)


def _frozen(w: World) -> str:
    """About as much as an input says, frozen; no words of anybody's."""
    return json.dumps({"practices": [], "sections": [prose(w.rng, 1024)]})


def drawn(w: World, shares: tuple[tuple[str, int], ...]) -> str:
    """A word by its share in a hundred."""
    return w.rng.choices([word for word, _ in shares], [share for _, share in shares])[0]


def _contributions(w: World) -> tuple[Rows, Rows]:
    rows: Rows = []
    authors: Rows = []
    for n in range(w.size.contributions + w.size.spare):
        spare = n >= w.size.contributions
        edition = n % w.size.editions
        organisation = w.rng.choice(w.members[w.editions[edition][1]])
        person = w.rng.choice(w.speakers[organisation])
        state = "released" if spare else drawn(w, _STATES)
        at = START + dt.timedelta(minutes=n)
        row, author = _one(w, edition, organisation, person, state, at)
        rows.append(row)
        authors.append(author)
        w.contributions.append(row[0])
        if row[8] == "public" and row[18] is not None:
            w.public.append(row[0])
        if spare:
            w.submissions.append((row[0], person))
    return rows, authors


def _one(
    w: World, edition: int, organisation: int, person: int, state: str, at: dt.datetime
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    naming, forum = drawn(w, _NAMINGS), w.editions[edition][1]
    received = state in ("submitted", "admitted", "returned")
    id_, body = w.random(), w.organisations[organisation]
    row = (
        id_, w.tracks[edition], w.editions[edition][0], w.forums[forum], w.calls[edition], title(w.rng),
        w.rng.choice(("en", "en", "fr")), state, drawn(w, _AUDIENCES), naming, *named(w, naming, organisation),
        "collective" if naming == "mechanism" else "input", 1, 1 if state != "draft" else None, 160,
        at if received and naming != "none" else None,
        w.rng.randbytes(8).hex().upper() if received else None, w.rng.randbytes(32).hex() if received else None,
    )  # fmt: skip
    submitted = at if received else None
    author = (
        id_, "contribution", "state" if body[1] == "state" else "organisation", body[0], None, None,
        w.people[person][0],
        w.mandates[person], at, submitted,
    )  # fmt: skip
    return row, author


def named(w: World, naming: str, organisation: int) -> tuple[UUID | None, str | None, str]:
    """What a row shows of its author: organisation, mechanism, label."""
    id_, kind, name = w.organisations[organisation]
    code = mechanism_of(kind)
    if naming == "organisation":
        return id_, code, name
    if naming == "mechanism":
        return None, code, code.replace("_", " ").title()
    return None, None, "The secretariat" if naming == "forum" else "A participant"


def _tags(w: World, contribution: UUID) -> list[tuple[Any, ...]]:
    """Three tags: SDG targets, in one of three inputs an objective of the Compact in place of the last."""
    codes = sorted({min(int(w.rng.expovariate(0.18)), len(TARGETS) - 1) for _ in range(12)})
    w.rng.shuffle(codes)
    chosen = [("sdg", TARGETS[c]) for c in codes[:3]]
    if w.rng.random() < 0.33:
        chosen[2:] = [("gcm", f"gcm-{w.rng.randint(1, 23)}")]
    return [(w.random(), contribution, scheme, code) for scheme, code in chosen]


def _line(w: World, row: tuple[Any, ...]) -> tuple[Any, ...]:
    act, at = "submit_contribution", row[17]
    return w.ordered(), "contribution", row[0], row[2], act, None, None, at, "{}", w.rng.randbytes(32)


def _addressees(w: World, rows: Rows) -> Rows:
    """Each call is addressed to those whose inputs are named, and to forty more."""
    calls = {id_: n for n, id_ in enumerate(w.calls)}
    asked: dict[int, set[UUID]] = {n: set() for n in calls.values()}
    for row in rows:
        if row[10] is not None:
            asked[calls[row[4]]].add(row[10])
    for n, ids in asked.items():
        members = w.members[w.editions[n][1]]
        ids.update(w.organisations[o][0] for o in w.rng.sample(members, k=min(40, len(members))))
    return [(w.ordered(), w.calls[n], id_) for n, ids in asked.items() for id_ in sorted(ids)]
