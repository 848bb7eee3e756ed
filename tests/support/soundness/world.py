"""A forum with somebody in every role there is, for every kind of organisation that takes part; and one of each body.

Whoever can exist exists here: where the check says that an act is given to somebody, one of these is the one.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from forum.domain.mandate import Role
from forum.store.tables import schema as t
from forum.store.unit import UnitOfWork, fresh
from forum.workflow.vocabulary import BODIES, STATUSES

DAY = dt.timedelta(days=1)
MECHANISMS = ("states", "civil_society")
REVIEWED = "member.states"  # the organisation that tracks review
SPEAKING = ("national_focal_point", "delegate", "representative")
OF_FORUM = ("secretariat", "penholder", "resource_person", "note_taker", "moderator", "liaison")


@dataclass(frozen=True)
class Hand:
    """Somebody, and what the check takes that person for. `house`: of the forum's own people."""

    subject: str
    roles: frozenset[str]
    statuses: frozenset[str] = frozenset()
    mechanisms: frozenset[str] = frozenset()
    member: bool = False
    house: bool = False
    kind: str = ""  # of the organisation the person writes for: state or organisation, mechanism of a coordinator


@dataclass
class World:
    """Ids by name, and the people."""

    forum: uuid.UUID = field(default_factory=fresh)
    bodies: dict[str, uuid.UUID] = field(default_factory=dict)
    organisations: dict[str, uuid.UUID] = field(default_factory=dict)
    hands: list[Hand] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def put(self, table: str, **row: Any) -> None:
        self.rows.setdefault(table, []).append({"id": fresh(), **row})


def world(now: dt.datetime) -> World:
    """The forum as rows that are not yet written."""
    made, since = World(), now - 30 * DAY
    made.rows = {name: [] for name in ("organisation", "person", "forum", "mechanism", "participation", "mandate")}
    made.rows["forum"].append(_body(made.forum, "forum", None))
    for kind in BODIES:
        made.bodies[kind] = made.forum if kind == "forum" else fresh()
        if kind != "forum":
            made.rows["forum"].append(_body(made.bodies[kind], kind, made.forum))
    for code in MECHANISMS:
        made.put("mechanism", code=code, name=code)
    home = _organisation(made, "home", "member", "states", since)
    for forum in made.bodies.values():
        made.put("mandate", **_office(home, forum, "chair" if forum == made.forum else "member", since))
    for role in OF_FORUM:
        _person(made, role, home, made.forum, since, Hand(role, _with_chair(role), house=True))
    outside = _organisation(made, "seconding", None, "states", since)
    _person(made, "secretariat", outside, made.forum, since, Hand("aide", frozenset({"secretariat"}), house=True))
    for mechanism in MECHANISMS:
        subject = f"coordinator.{mechanism}"
        who = Hand(
            subject, frozenset({"coordinator"}), frozenset(), frozenset({mechanism}), house=True, kind="mechanism"
        )
        _person(made, "coordinator", None, made.forum, since, who, mechanism)
    for status, mechanism in product(STATUSES, MECHANISMS):
        name = f"chairing.{status}.{mechanism}"
        chairing = _organisation(made, name, status, mechanism, since)
        made.put("mandate", **_office(chairing, made.forum, "co_chair", since))
        _speakers(made, name, chairing, status, mechanism, since, house=True)
        name = f"{status}.{mechanism}"
        organisation = _organisation(made, name, status, mechanism, since)
        for forum in made.bodies.values():
            if forum != made.forum:
                made.put("mandate", **_office(organisation, forum, "member", since))
        _speakers(made, name, organisation, status, mechanism, since, house=False)
    return made


async def write(unit: UnitOfWork, made: World) -> None:
    """Write it down."""
    for table, rows in made.rows.items():
        await unit.add(getattr(t, table), *rows)


def _with_chair(role: str) -> frozenset[str]:
    return frozenset({role, "chair"} if role == "secretariat" else {role})


def _speakers(
    made: World, name: str, organisation: uuid.UUID, status: str, mechanism: str, since: dt.datetime, *, house: bool
) -> None:
    kind = "state" if mechanism == "states" else "organisation"
    for role in SPEAKING:
        who = Hand(
            f"{role}.{name}", frozenset({role}), frozenset({status}), frozenset({mechanism}), not house, house, kind
        )
        _person(made, role, organisation, None, since, who)


def _body(id_: uuid.UUID, kind: str, parent: uuid.UUID | None) -> dict[str, Any]:
    slug = "soundness" if parent is None else f"soundness-{kind.replace('_', '-')}"
    return {
        "id": id_, "slug": slug, "name": kind.replace("_", " ").title(), "layer": "regional", "kind": kind,
        "power": "none" if parent is None else "endorses", "parent_id": parent,
    }  # fmt: skip


def _organisation(made: World, name: str, status: str | None, mechanism: str, since: dt.datetime) -> uuid.UUID:
    id_ = made.organisations[name] = fresh()
    state = mechanism == "states"
    kind = "state" if state else "civil_society"
    made.put("organisation", id=id_, name=name, kind=kind, country_code="CH" if state else None)
    if status is not None:
        seat = {"status": status, "mechanisms": [mechanism], "starts_at": since}
        made.put("participation", forum_id=made.forum, organisation_id=id_, **seat)
    return id_


def _office(organisation: uuid.UUID, forum: uuid.UUID, office: str, since: dt.datetime) -> dict[str, Any]:
    return {
        "organisation_id": organisation, "forum_id": forum, "office": office, "person_id": None, "role": None,
        "mechanism_code": None, "starts_at": since, "accepted_at": since,
    }  # fmt: skip


def _person(
    made: World, role: str, organisation: uuid.UUID | None, forum: uuid.UUID | None, since: dt.datetime, who: Hand,
    mechanism: str | None = None,
) -> None:  # fmt: skip
    person = fresh()
    made.put("person", id=person, subject=who.subject, name=who.subject)
    made.put(
        "mandate", organisation_id=organisation, forum_id=forum, office=None, person_id=person, role=Role(role),
        mechanism_code=mechanism, starts_at=since, accepted_at=since,
    )  # fmt: skip
    made.hands.append(who)
