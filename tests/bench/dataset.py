"""The data set: every row of it, the same for the same seed, by table and in an order that references allow.

By `Size()`: 200 editions, 20,000 contributions of 1 KB in two sections each, 60,000 tags, 100,000 comments on the
paragraphs of 200 texts, 3,000 organisations, 5,000 people. Visibility, attribution, state and mechanism are mixed, so
that the rules of `reading/visibility.py` hide something from everybody. `spare`: released inputs beyond these, to be
submitted.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.bench import _inputs, _texts
from tests.bench._words import sentence, title
from tests.bench.world import FOREVER, KINDS, MECHANISMS, START, Rows, Size, World, mechanism_of, subject, token_id

Maker = Callable[[World], Iterator[tuple[str, tuple[str, ...], Rows]]]


def forum_slug(forum: int) -> str:
    """A forum's short name."""
    return f"forum-{forum:02}"


def edition_name(edition: int, size: Size) -> str:
    """An edition's name within its forum."""
    return str(2001 + edition // size.forums)


def tables(world: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    """Table, columns, rows; the world knows them as soon as they are given."""
    for maker in (_bodies, _people, _cycle, _inputs.made, _texts.made):
        yield from maker(world)


def _bodies(w: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    rng, size = w.rng, w.size
    w.forums = [w.ordered() for _ in range(size.forums)]
    layers = ("gfmd", "regional", "national", "global")
    forums: Rows = [
        (id_, forum_slug(n), f"Forum number {n}", layers[n % 4], "forum", "none") for n, id_ in enumerate(w.forums)
    ]
    yield "forum", ("id", "slug", "name", "layer", "kind", "power"), forums
    codes = [(w.ordered(), code, code.replace("_", " ").title()) for code in MECHANISMS]
    yield "mechanism", ("id", "code", "name"), codes
    rows: Rows = []
    for n in range(size.organisations):
        kind = KINDS[min(rng.getrandbits(3), 5)]
        id_, name = w.ordered(), f"Organisation {n:04} {kind.replace('_', ' ')}"
        w.organisations.append((id_, kind, name))
        country = "".join(rng.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=2)) if kind == "state" else None
        rows.append((id_, name, None, kind, country))
    yield "organisation", ("id", "name", "short_name", "kind", "country_code"), rows
    yield "participation", _SEAT, [_seat(w, n, f) for n in range(size.organisations) for f in _forums_of(w, n)]


_SEAT = ("id", "forum_id", "organisation_id", "status", "mechanisms", "starts_at")


def _forums_of(w: World, organisation: int) -> list[int]:
    chosen = sorted(w.rng.sample(range(w.size.forums), k=min(3, w.size.forums)))
    w.seats[organisation] = chosen
    for forum in chosen:
        w.members.setdefault(forum, []).append(organisation)
    return chosen


def _seat(w: World, organisation: int, forum: int) -> tuple[Any, ...]:
    id_, kind, _ = w.organisations[organisation]
    status = w.rng.choice(("member", "observer"))
    return w.ordered(), w.forums[forum], id_, status, [mechanism_of(kind)], START


def _people(w: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    rng, size = w.rng, w.size
    w.people = [(w.ordered(), n % size.organisations) for n in range(size.people)]
    yield "person", ("id", "subject", "name"), [(id_, subject(n), f"Person {n}") for n, (id_, _) in enumerate(w.people)]
    listed = ("id", "subject", "purpose", "issued_by", "issued_at", "expires_at")
    about = ("the bench", "operator", START, START + dt.timedelta(days=3650))
    yield "token", listed, [(token_id(subject(n)), subject(n), *about) for n in range(len(w.people))]
    rows: Rows = []
    for n, (id_, organisation) in enumerate(w.people):
        w.mandates.append(w.ordered())
        body, kind, _ = w.organisations[organisation]
        role, forum, mechanism = ("national_focal_point" if kind == "state" else "representative"), None, None
        if n >= size.organisations and rng.random() < 0.1:  # every organisation keeps somebody who speaks for it
            at = rng.randrange(size.forums)
            role, forum = "secretariat", w.forums[at]
            w.offices.setdefault(at, n)
        elif n >= size.organisations and rng.random() < 0.05:
            role, mechanism, forum = "coordinator", mechanism_of(kind), w.forums[rng.randrange(size.forums)]
        else:
            w.speakers.setdefault(organisation, []).append(n)
        rows.append((w.mandates[n], body, id_, None, role, forum, mechanism, START, START))
    for n in range(size.forums):
        chair = w.organisations[rng.randrange(size.organisations)][0]
        rows.append((w.ordered(), chair, None, "chair", None, w.forums[n], None, START, START))
    scope = ("office", "role", "forum_id", "mechanism_code")
    columns = ("id", "organisation_id", "person_id", *scope, "starts_at", "accepted_at")
    yield "mandate", columns, rows


def _cycle(w: World) -> Iterator[tuple[str, tuple[str, ...], Rows]]:
    size, rng = w.size, w.rng
    hash_, text = w.process
    w.process_id = w.ordered()
    yield (
        "process_definition",
        ("id", "name", "version", "hash", "text", "published_at"),
        [(w.process_id, "gfmd", "bench", hash_, text, START)],
    )
    w.editions = [(w.ordered(), n % size.forums) for n in range(size.editions)]
    day = dt.timedelta(days=1)
    yield (
        "edition",
        ("id", "forum_id", "name", "theme", "state", "zone", "process_id", "opened_at"),
        [
            (
                id_,
                w.forums[f],
                edition_name(n, size),
                title(rng),
                "running",
                "Europe/Zurich",
                w.process_id,
                START + n * day,
            )
            for n, (id_, f) in enumerate(w.editions)
        ],
    )
    w.tracks = [w.ordered() for _ in w.editions]
    yield (
        "track",
        ("id", "edition_id", "name", "title", "definition", "stage", "stage_since"),
        [(id_, w.editions[n][0], "main", "Main track", "main", "call", START) for n, id_ in enumerate(w.tracks)],
    )
    yield (
        "theme",
        ("id", "edition_id", "code", "title"),
        [(w.ordered(), id_, f"theme-{n}", title(rng)) for id_, _ in w.editions for n in (1, 2, 3)],
    )
    w.calls = [w.ordered() for _ in w.editions]
    columns = (
        "id",
        "track_id",
        "edition_id",
        "forum_id",
        "title",
        "text",
        "opens_at",
        "closes_at",
        "zone",
        "languages",
    )
    yield "call", columns, [
        (id_, w.tracks[n], w.editions[n][0], w.forums[w.editions[n][1]], title(rng), sentence(rng), START, FOREVER,
         "Europe/Zurich", ["en", "fr"])
        for n, id_ in enumerate(w.calls)
    ]  # fmt: skip
    sections = (("what", "What is done"), ("learnt", "What was learnt"))
    yield (
        "call_section",
        ("id", "call_id", "ordinal", "code", "prompt", "min_length", "max_length", "unit"),
        [
            (w.ordered(), id_, n, code, prompt, 0, 2000, "words")
            for id_ in w.calls
            for n, (code, prompt) in enumerate(sections, 1)
        ],
    )


def facts(world: World) -> Mapping[str, Any]:
    """What operations are made of, once the world is full: see `operations.py`."""
    size = world.size
    return {
        "editions": [(forum_slug(f), edition_name(n, size)) for n, (_, f) in enumerate(world.editions)],
        "contributions": [str(id_) for id_ in world.contributions],
        "calls": [str(id_) for id_ in world.calls],
        "public": [str(id_) for id_ in world.public],
        "texts": world.texts,
        "offices": {forum_slug(f): subject(person) for f, person in world.offices.items()},
        "speakers": [subject(world.speakers[o][0]) for o in range(min(64, size.organisations))],
        "submissions": [(str(id_), subject(person)) for id_, person in world.submissions],
    }
