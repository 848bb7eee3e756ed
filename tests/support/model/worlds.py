"""Random worlds of authority, each as the model has it and as rows of the service's tables.

Five bodies: one that works by the process of the GFMD, one by that of a national platform, one by a hostile text that
gives every act to everybody, a body that some of them convene, and one that another set up; four organisations; ten
people with mandates of every sort and state; inputs, texts and comments of every visibility. All is drawn from a seed.
"""

import datetime as dt
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any
from uuid import UUID, uuid5

from forum.domain.calendar_address import hash_of
from forum.store.tables import schema as t
from forum.workflow.load import digest
from tests.model.table import EVERY_ROLE, OFFICES, PROCESSES, SPEAKING, TABLE, TEAM
from tests.model.world import Author, Forum, Mandate, Place, World
from tests.support.scene import WORKFLOWS

Rows = list[tuple[Any, list[dict[str, Any]]]]
DAY = dt.timedelta(days=1)
WORKING = {"g": "gfmd", "n": "national", "o": "open"}  # forum: the process it works by
REGISTRARS = ("g", "o")
BODIES = ("g", "n", "o", "b", "s")
ORGANISATIONS = {"kenya": "state", "nepal": "state", "network": "organisation", "quito": "organisation"}
MECHANISMS = ("civil_society", "mayors")
PEOPLE = tuple(f"p{n}" for n in range(10))
STATES = ("draft", "released", "submitted", "admitted", "returned", "withdrawn")
HANDED_IN = frozenset(("submitted", "admitted", "returned"))
_SPACE = UUID("5b0cf9ee-1d0b-4a5f-8d9c-7a4f6d2f9a10")


def texts() -> dict[str, str]:
    """The texts of the processes; the hostile one is the GFMD's, each act given to every role."""
    said = {name: (WORKFLOWS / f"{name}.toml").read_text("utf-8") for name in ("gfmd", "national")}
    everyone = "[" + ", ".join(f'"{role}"' for role in sorted(EVERY_ROLE)) + "]"
    said["open"] = re.sub(r"\bby = \[[^\]]*\]", f"by = {everyone}", said["gfmd"])
    return said


TEXTS = texts()


@dataclass(frozen=True)
class Thing:
    """Something a request is about: its type in the contract, its id, the place it is in, and what the model knows."""

    type: str
    id: UUID
    place: Place | None = None
    author: Author | None = None
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def gid(self) -> str:
        return f"{self.type}:{self.id}"


@dataclass
class Drawn:
    """A world that was drawn: the model's, with the things in it and the rows it is made of."""

    seed: int
    now: dt.datetime
    random: random.Random
    world: World = field(default_factory=lambda: World({}, frozenset()))
    places: dict[str, Place] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)  # ids of mandates that were in force at some time, or will be
    rows: Rows = field(default_factory=list)

    def key(self, name: str) -> UUID:
        """The id of a thing of this world."""
        return uuid5(_SPACE, f"{self.seed} {name}")

    def subject(self, person: str) -> str:
        return f"w{self.seed}.{person}"


def draw(seed: int, now: dt.datetime) -> Drawn:
    """The world of a seed."""
    d = Drawn(seed, now, random.Random(seed))
    forums = _forums(d)
    _people(d)
    seats = {
        (forum, organisation): d.random.choice(("member", "observer", "participant"))
        for forum in BODIES
        for organisation in ORGANISATIONS
        if d.random.random() < 0.35
    }
    mandates = frozenset((*_offices(d), *_roles(d, forums), *(_of_each(d, forums) if seed % 3 == 1 else ())))
    d.world = World(forums, mandates, seats)
    _seats(d)
    for name in (*WORKING, "b"):
        _cycle(d, name)
    for m in sorted(mandates, key=lambda m: m.id):
        d.things.append(Thing("Mandate", UUID(m.id), about={"mandate": m.id}))
    _tokens(d)
    _sign_ins(d)
    _contacts(d)
    _applications(d)
    _invitations(d)
    return d


# ---- bodies and people
def _forums(d: Drawn) -> dict[str, Forum]:
    convening = [name for name in WORKING if d.random.random() < 0.5]
    found = {name: Forum(process=process, registrar=name in REGISTRARS) for name, process in WORKING.items()}
    found["b"] = Forum(parent=d.random.choice((None, "g", "n")), convenors=frozenset(convening))
    found["s"] = Forum(parent=d.random.choice(("g", "o", "n", "b")[: 3 if d.seed % 3 == 1 else 4]))
    d.rows.append((t.forum, [
        {"id": d.key(n), "slug": f"{n}-{d.seed}", "name": f"{n} {d.seed}", "layer": "gfmd", "kind": "forum",
         "parent_id": None if f.parent is None else d.key(f.parent), "registrar": f.registrar}
        for n, f in found.items()
    ]))  # fmt: skip
    d.rows.append((t.convenor, [
        {"id": d.key(f"b by {by}"), "forum_id": d.key("b"), "convened_by_id": d.key(by)} for by in convening
    ]))  # fmt: skip
    d.rows.append((t.process_definition, [
        {"id": d.key(f"process {n}"), "name": process, "version": "1", "hash": digest(TEXTS[process]),
         "text": TEXTS[process], "published_at": d.now - 40 * DAY, "forum_id": d.key(n), "adopted_at": d.now - 40 * DAY}
        for n, process in WORKING.items()
    ]))  # fmt: skip
    d.things += [Thing("Forum", d.key(n), Place(n)) for n in found]
    return found


def _people(d: Drawn) -> None:
    d.rows.append((t.organisation, [
        {"id": d.key(o), "name": f"{o} {d.seed}", "kind": "state" if kind == "state" else "civil_society",
         "country_code": None}
        for o, kind in ORGANISATIONS.items()
    ]))  # fmt: skip
    d.rows.append((t.person, [{"id": d.key(p), "subject": d.subject(p), "name": p} for p in PEOPLE]))
    d.things += [Thing("Organisation", d.key(o), about={"organisation": o}) for o in ORGANISATIONS]


def _tokens(d: Drawn) -> None:
    """Of each person one that stands and one that was revoked."""
    for person, ended in product(PEOPLE, (False, True)):
        id_ = d.key(f"token {ended} of {person}")
        d.rows.append((t.token, [{
            "id": id_, "subject": d.subject(person), "purpose": "a portal", "issued_by": "operator",
            "issued_at": d.now - DAY, "expires_at": d.now + DAY, "revoked_at": d.now if ended else None,
        }]))  # fmt: skip
        d.things.append(Thing("Token", id_, about={"of": person, "ended": ended}))


def _sign_ins(d: Drawn) -> None:
    """Of each person one that stands, one that was ended and one that was not used for too long."""
    for person, end in product(PEOPLE, ("none", "ended", "idle")):
        id_ = d.key(f"sign-in {end} of {person}")
        d.rows.append((t.sign_in, [{
            "id": id_, "person_id": d.key(person), "secret_hash": hash_of(id_.bytes * 2), "issuer": "demonstration",
            "client": "a browser", "began_at": d.now - DAY, "ends_at": d.now + DAY,
            "last_used_at": d.now - (DAY / 2 if end == "idle" else DAY / 2000),
            "idle_seconds": 3600, "ended_at": d.now if end == "ended" else None,
        }]))  # fmt: skip
        d.things.append(Thing("SignIn", id_, about={"of": person, "ended": end != "none"}))


def _contacts(d: Drawn) -> None:
    """Everybody is reached at an address of their own, and has their dates read at another."""
    for person in PEOPLE:
        id_ = d.key(f"contact of {person}")
        d.rows.append((t.contact, [{"id": id_, "person_id": d.key(person), "address": f"{person}@example.org"}]))
        d.things.append(Thing("Contact", id_, about={"of": person}))
        id_ = d.key(f"calendar of {person}")
        address = {"id": id_, "person_id": d.key(person), "hash": hash_of(id_.bytes * 2), "since": d.now}
        d.rows.append((t.calendar_address, [address]))
        d.things.append(Thing("CalendarAddress", id_, about={"of": person}))


def _applications(d: Drawn) -> None:
    """Of half the people, to a forum that admits and to one that does no more; waiting, and answered."""
    for n, (person, forum) in enumerate(product(PEOPLE[::2], ("g", "n"))):
        id_, waits = d.key(f"application of {person} to {forum}"), n % 3 > 0
        d.rows.append((t.application, [{
            "id": id_, "forum_id": d.key(forum), "person_id": d.key(person), "name": f"Of {person}",
            "kind": "civil_society", "about": "We nurse.", "made_at": d.now - DAY,
            "state": "waiting" if waits else "declined", "answered_at": None if waits else d.now,
        }]))  # fmt: skip
        d.things.append(Thing("Application", id_, Place(forum), about={"of": person, "waits": waits}))


def _invitations(d: Drawn) -> None:
    """Of each organisation one by its administrators and one by a body's office, open and declined."""
    [someone, *_] = sorted(m.id for m in d.world.mandates)
    for n, organisation in enumerate(ORGANISATIONS):
        for by in (None, BODIES[n % len(BODIES)]):
            id_, waits = d.key(f"invitation for {organisation} by {by}"), n % 2 > 0
            d.rows.append((t.invitation, [{
                "id": id_, "address": f"{n}@example.org", "name": "New", "organisation_id": d.key(organisation),
                "forum_id": by and d.key(by), "given_by_forum_id": by and d.key(by), "role": "delegate",
                "starts_at": d.now, "zone": "Europe/Zurich", "invited_by_id": d.key(PEOPLE[0]),
                "invited_under_id": UUID(someone), "invited_at": d.now - DAY, "open_until": d.now + 9 * DAY,
                "state": "open" if waits else "declined", "answered_at": None if waits else d.now,
                "blank_at": d.now + 30 * DAY,
            }]))  # fmt: skip
            about = {"organisation": organisation, "by": by, "waits": waits}
            d.things.append(Thing("Invitation", id_, None if by is None else Place(by), about=about))


def _seats(d: Drawn) -> None:
    d.rows.append((t.participation, [
        {"id": d.key(f"seat {f} {o}"), "forum_id": d.key(f), "organisation_id": d.key(o), "status": status,
         "mechanisms": [], "starts_at": d.now - 30 * DAY}
        for (f, o), status in d.world.seats.items()
    ]))  # fmt: skip
    d.things += [
        Thing("Participation", d.key(f"seat {f} {o}"), Place(f), about={"organisation": o}) for f, o in d.world.seats
    ]


# ---- mandates
def _state(d: Drawn) -> str:
    """Of any role, also of those that nobody proposes."""
    return d.random.choice(("in force",) * 8 + ("later", "over", "proposed", "proposed"))


def _offices(d: Drawn) -> list[Mandate]:
    found = []
    for n in range(6):
        forum = d.random.choice(BODIES)
        m = Mandate(
            str(d.key(f"office {n}")), d.random.choice(sorted(OFFICES)), None,
            d.random.choice(list(ORGANISATIONS)), forum, by=d.random.choice((None, forum)), state=_state(d),
        )  # fmt: skip
        found.append(m)
    _enter(d, found)
    return found


def _roles(d: Drawn, forums: dict[str, Forum]) -> list[Mandate]:
    found = []
    for n in range(24):
        role = d.random.choice(_WEIGHTED)
        organisation: str | None = d.random.choice(list(ORGANISATIONS))
        forum, by = d.random.choice(BODIES), None
        above = [f for f in (*forums[forum].convenors, forums[forum].parent) if f]
        giver = d.random.choice((None, forum, forum, *above))
        scope: str | None = forum
        if role == "administrator":
            by = d.random.choice((None, None, organisation, organisation, giver))  # no act gives one by a forum
            scope = forum if by in BODIES else None
        elif role in SPEAKING:
            by = d.random.choice((organisation, organisation, giver))
            scope = forum if by in BODIES or d.random.random() < 0.2 else None
        else:
            by, organisation = giver, organisation if d.random.random() < 0.6 else None
        found.append(Mandate(
            str(d.key(f"role {n}")), role, d.random.choice(PEOPLE), organisation, scope,
            d.random.choice(MECHANISMS) if role == "coordinator" else None, by,
            _state(d),
        ))  # fmt: skip
    _enter(d, found)
    return found


def _of_each(d: Drawn, forums: dict[str, Forum]) -> list[Mandate]:
    """In every third world each role and office is proposed, by a forum and by the one above it; and there are people
    whose word it might be."""
    heads = [Mandate(f"head {f}", "secretariat", PEOPLE[n], forum=f) for n, f in enumerate(WORKING)]
    heads += [Mandate(f"admin {o}", "administrator", PEOPLE[n + 3], o) for n, o in enumerate(ORGANISATIONS)]
    above, proposed = forums["s"].parent, []
    for role, (forum, by) in product(sorted(TABLE), (("s", above), ("g", "g"))):
        organisation, person = d.random.choice(list(ORGANISATIONS)), d.random.choice(PEOPLE)
        holder = None if role in OFFICES else person
        mechanism = MECHANISMS[0] if role == "coordinator" else None
        proposed.append(Mandate(f"{role} in {forum}", role, holder, organisation, forum, mechanism, by, "proposed"))
    found = [replace(m, id=str(d.key(m.id))) for m in (*heads, *proposed)]
    _enter(d, found)
    return found


_WEIGHTED = (*sorted(SPEAKING) * 3, *("administrator", "secretariat") * 4, "coordinator", "coordinator", *sorted(TEAM))


def _enter(d: Drawn, mandates: Sequence[Mandate]) -> None:
    d.rows.append((t.mandate, [mandate_row(d, m) for m in mandates]))


def mandate_row(d: Drawn, m: Mandate) -> dict[str, Any]:
    """A mandate as a row. One that is over was declined, or has ended; of the latter some were never accepted."""
    past, ahead = d.now - 30 * DAY, d.now + 30 * DAY
    how = d.random.choice(("declined", "ended", "lapsed")) if m.state == "over" and m.person else "ended"
    accepted = m.state in ("in force", "later") or (m.state == "over" and how == "ended")
    d.accepted |= {m.id} if accepted else set()
    by = "operator" if m.by is None else "forum" if m.by in BODIES else "organisation"
    return {
        "id": UUID(m.id), "organisation_id": m.organisation and d.key(m.organisation),
        "person_id": m.person and d.key(m.person), "office": m.role if m.role in OFFICES else None,
        "role": None if m.role in OFFICES else m.role, "forum_id": m.forum and d.key(m.forum),
        "mechanism_code": m.mechanism, "given_by": by, "given_by_forum_id": d.key(str(m.by)) if by == "forum" else None,
        "starts_at": ahead if m.state == "later" else past, "accepted_at": past if accepted else None,
        "declined_at": past if m.state == "over" and how == "declined" else None,
        "ends_at": d.now - DAY if m.state == "over" and how != "declined" else None,
        "edition_id": None, "track_id": None,
    }  # fmt: skip


# ---- a cycle: an edition with a track, a call, inputs, texts and comments
def _cycle(d: Drawn, name: str) -> None:
    """The edition of a forum and its track; of the body a track of another's edition, convened as the body."""
    home = name if name in WORKING else d.random.choice(list(WORKING))
    process = WORKING[home]
    stage = d.random.choice(list(PROCESSES[process]))
    asked = frozenset(o for o in ORGANISATIONS if d.random.random() < 0.3)
    place = Place(name, home, process, stage, d.random.random() < 0.25, asked)
    d.places[name] = place
    ids = {"edition_id": d.key(f"edition {home}"), "track_id": d.key(f"track {name}")}
    if name == home:
        d.rows.append((t.edition, [{
            "id": ids["edition_id"], "forum_id": d.key(home), "name": f"{home} {d.seed}", "zone": "Europe/Zurich",
            "process_id": d.key(f"process {home}"), "opened_at": d.now - 30 * DAY,
        }]))  # fmt: skip
        d.things.append(Thing("Edition", ids["edition_id"], Place(home, home, process)))
    d.rows.append((t.track, [{
        "id": ids["track_id"], "edition_id": ids["edition_id"], "name": name, "title": name, "definition": "main",
        "stage": stage, "stage_since": d.now - 30 * DAY, "convened_as_id": None if name == home else d.key(name),
    }]))  # fmt: skip
    d.things.append(Thing("Track", ids["track_id"], place))
    call = d.key(f"call {name}")
    d.rows.append((t.call, [{
        "id": call, **ids, "forum_id": d.key(name), "title": "A call", "text": "Tell us.", "zone": "Europe/Zurich",
        "opens_at": d.now - 20 * DAY, "closes_at": d.now + (-1 if place.call_over else 20) * DAY, "languages": ["en"],
    }]))  # fmt: skip
    d.things.append(Thing("Call", call, place))
    d.rows.append((t.addressee, [
        {"id": d.key(f"asked {name} {o}"), "call_id": call, "organisation_id": d.key(o)} for o in sorted(asked)
    ]))  # fmt: skip
    d.things += [
        Thing("Addressee", d.key(f"asked {name} {o}"), place, about={"organisation": o}) for o in sorted(asked)
    ]
    for n in range(5):
        _input(d, f"input {name} {n}", place, {**ids, "call_id": call})
    for n in range(2):
        _document(d, f"document {name} {n}", place, ids)


def _author(d: Drawn, place: Place) -> Author:
    kind = d.random.choice(("organisation", "organisation", "organisation", "mechanism", "forum"))
    if kind == "mechanism":
        where = d.random.choice([place.forum, *sorted(d.world.forums[place.forum].convenors)])
        return Author(kind, mechanism=d.random.choice(MECHANISMS), forum=where)
    if kind == "forum":
        return Author(kind, forum=place.forum)
    organisation = d.random.choice(list(ORGANISATIONS))
    return Author(ORGANISATIONS[organisation], organisation)


def _shown(d: Drawn, author: Author, *, named: bool) -> dict[str, Any]:
    """What a text shows of its author."""
    kinds = {"mechanism": "mechanism", "forum": "forum"}
    attribution = kinds.get(author.kind, "organisation") if named else "none"
    organisation = d.key(author.organisation) if named and author.organisation else None
    return {"attribution": attribution, "named_organisation_id": organisation, "label": "A label"}


def _wrote(d: Drawn, subject: UUID, kind: str, author: Author) -> None:
    together = author.kind == "mechanism" and author.forum is not None
    d.rows.append((t.authorship, [{
        "subject_id": subject, "subject_kind": kind, "author_kind": author.kind,
        "organisation_id": author.organisation and d.key(author.organisation), "mechanism_code": author.mechanism,
        "forum_id": d.key(str(author.forum)) if author.kind == "forum" else None,
        "coordination": f"{author.mechanism}@{d.key(str(author.forum))}" if together else None,
        "person_id": None, "written_at": d.now - 10 * DAY,
    }]))  # fmt: skip


def _input(d: Drawn, name: str, place: Place, ids: dict[str, UUID]) -> None:
    author, named, state = _author(d, place), d.random.random() < 0.5, d.random.choice(STATES)
    visibility = d.random.choice(("public", "participants", "secretariat"))
    was_in = state not in ("draft", "released")
    d.rows.append((t.contribution, [{
        "id": d.key(name), **ids, "forum_id": d.key(place.forum), "title": name, "language": "en", "state": state,
        "visibility": visibility, "kind": "collective" if author.kind == "mechanism" else "input",
        **_shown(d, author, named=named), "receipt_number": f"R {d.seed} {name}" if was_in else None,
        "receipt_hash": "00" if was_in else None, "submitted_at": d.now - 9 * DAY if was_in and named else None,
        "released_revision": None if state == "draft" else 1,
    }]))  # fmt: skip
    _wrote(d, d.key(name), "contribution", author)
    about = {"state": state, "visibility": visibility, "named": named, "receipt": was_in}
    d.things.append(Thing("Contribution", d.key(name), place, author, about))


def _document(d: Drawn, name: str, place: Place, ids: dict[str, UUID]) -> None:
    audience, kinds = d.random.choice(("team", "participants", "public")), {"national": "national_input"}
    d.rows.append((t.document, [{
        "id": d.key(name), **ids, "forum_id": d.key(place.forum), "title": name, "language": "en",
        "audience": audience, "kind": kinds.get(place.process or "", "consolidated_report"),
        "symbol": f"{d.seed}/{name}", "version_label": "1",
    }]))  # fmt: skip
    d.things.append(Thing("Document", d.key(name), place, about={"audience": audience}))
    for n in range(2):
        author, named, of = _author(d, place), d.random.random() < 0.5, f"comment {n} of {name}"
        own = d.random.choice(("team", "participants", "public"))
        d.rows.append((t.comment, [{
            "id": d.key(of), "document_id": d.key(name), "markdown": "Why?", "audience": own,
            **_shown(d, author, named=named), "written_at": d.now - 5 * DAY if named else None,
        }]))  # fmt: skip
        _wrote(d, d.key(of), "comment", author)
        d.things.append(Thing("Comment", d.key(of), place, author, {"audience": own, "document": audience}))
