"""The service and the model of authority answer the same requests; where they differ, a sentence says so.

Asked are, of every thing as every person: what of it is read, each act as `acts` answers it, and acts that give and end
mandates, done and taken back.
"""

import uuid
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from forum import app
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest
from forum.api.http import budget
from forum.domain.viewer import Viewer
from forum.errors import Refusal
from forum.refusal import Several
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.store.unit import begin
from tests.model import acting, giving, sight
from tests.model.giving import STATE, YES
from tests.model.table import ADMISSION, OFFICES, SEATS, TABLE
from tests.model.world import Mandate, World, administers, held
from tests.support.model import invited
from tests.support.model.invited import ASKS_IN, accepted, link_of
from tests.support.model.worlds import BODIES, DAY, HANDED_IN, MECHANISMS, ORGANISATIONS, PEOPLE, Drawn, Thing
from tests.support.tokens import issued

PATIENT = 600.0  # seconds: a busy machine changes no answer
SECRET = "for-tests-only-" + "s" * 32
ACTS = "query($on: ID!) { acts(on: $on) { act yes because { code } } }"
READ = """query($ids: [ID!]!) { nodes(ids: $ids) { id
  ... on Contribution { mine authorship { kind } receipt { number } versions { number } }
  ... on Mandate { givenBy cameIn }
  ... on Organisation { people(first: 1) { totalCount } } } }"""
# Refused though the person may: of time, of what must come first, of the state of the thing.
NOT_NOW = frozenset(("GATE_CLOSED", STATE, "WINDOW_NOT_OPEN", "WINDOW_CLOSED", "TRACK_NOT_ENDED"))
NO_ACTS = frozenset(("Addressee", "Comment"))
SEEN, UNSEEN, HIDDEN = "sees", "does not see", "HIDDEN"


@dataclass(frozen=True)
class Request:
    """What somebody asks: to see something of a thing, to do an act on it; `new`: the mandate that is to be given."""

    person: str | None
    thing: Thing
    what: str
    sees: bool = False
    done: bool = False
    new: Mandate | None = None


Answered = list[tuple[Request, str]]


# ---- the service
@dataclass
class Asked:
    """The service on a database."""

    http: httpx.AsyncClient
    parts: app.Parts
    tokens: dict[str, str] = field(default_factory=dict)

    async def post(self, subject: str | None, query: str, **variables: Any) -> Any:
        """The data of an answer."""
        if subject and subject not in self.tokens:
            self.tokens |= await issued(self.parts.engine, SECRET, subject, hours=10)
        headers = {"Authorization": f"Bearer {self.tokens[subject]}"} if subject else {}
        answer = await self.http.post("/graphql", json={"query": query, "variables": variables}, headers=headers)
        body = answer.json()
        assert answer.status_code == 200, body
        assert "errors" not in body, body
        return body["data"]


@asynccontextmanager
async def service(url: str) -> AsyncIterator[Asked]:
    """The service on this database, in this process, with no limits of rate; mechanisms are there."""
    settings = Settings(mode="test", secret=SECRET, pool=4, database_url=url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(budget.RATES, "open", budget.Rate(1e9, 1e9))
        parts = await app.parts(settings, url)
    parts.service.limits = replace(parts.service.limits, request_seconds=PATIENT)
    try:
        async with begin(parts.engine) as unit:
            await unit.add(t.mechanism, *[{"id": uuid.uuid4(), "code": code, "name": code} for code in MECHANISMS])
            await unit.connection.commit()
        transport = httpx.ASGITransport(app.site(parts, settings))
        async with httpx.AsyncClient(transport=transport, base_url="http://world") as http:
            yield Asked(http, parts)
    finally:
        await parts.close()


async def enter(asked: Asked, d: Drawn) -> None:
    """Write a world into the database."""
    async with begin(asked.parts.engine) as unit:
        for table, rows in d.rows:
            await unit.add(table, *rows)
        await unit.connection.commit()


async def answers(asked: Asked, d: Drawn, person: str | None, things: list[Thing], *, acts: bool = True) -> Answered:
    """What the service answers to one person about these things: what is read of each, and (`acts`) each act on it."""
    found: Answered = []
    for thing, here in zip(things, await _read(asked, d, person, things), strict=True):
        found += [(Request(person, thing, what, sees=True), SEEN if yes else UNSEEN) for what, yes in here.items()]
        if thing.type in NO_ACTS or not acts:
            continue
        said = await _acts(asked, d, person, thing)
        found += [(Request(person, thing, act), word) for act, word in said.items()]
    return found


async def _acts(asked: Asked, d: Drawn, person: str | None, thing: Thing) -> dict[str, str]:
    """Each act on a thing with the service's answer; one answer for all where the person does not see the thing."""
    said = (await asked.post(person and d.subject(person), ACTS, on=thing.gid))["acts"]
    return {a["act"].lower(): YES if a["yes"] else a["because"]["code"] for a in said} or {"any act": HIDDEN}


async def _read(asked: Asked, d: Drawn, person: str | None, things: list[Thing]) -> list[dict[str, bool]]:
    found: list[dict[str, bool]] = []
    for n in range(0, len(things), 100):
        some = things[n : n + 100]
        nodes = (await asked.post(person and d.subject(person), READ, ids=[thing.gid for thing in some]))["nodes"]
        found += [_of_node(node, thing.type) for node, thing in zip(nodes, some, strict=True)]
    return found


def _of_node(node: Any, type_: str) -> dict[str, bool]:
    """What of a thing was read: itself, and what has a guard of its own."""
    found, there = {"it": node is not None}, node or {}
    if type_ == "Mandate":
        found["whose word it rests on"] = there.get("givenBy") is not None
        found["whether its person ever came"] = there.get("cameIn") is not None
    if type_ == "Organisation":
        found["its people"] = bool(there.get("people", {}).get("totalCount"))
    if type_ == "Contribution":
        found["that it is their own side's"] = bool(there.get("mine"))
        found["who wrote it"] = there.get("authorship") is not None
        found["its receipt"] = there.get("receipt") is not None
        found["its versions"] = there.get("versions") is not None
    return found


async def tried(asked: Asked, d: Drawn, request: Request) -> str:
    """The service's answer to an act on a mandate that is done and taken back: the state in which it left the
    mandate."""
    act, person = CATALOGUE[request.what], request.person
    asked_for = ActRequest(act, act.command(**_fields(d, request)), person and d.subject(person), None, uuid.uuid4())
    async with begin(asked.parts.engine) as unit:  # never committed
        who = await unit.person(asked_for.subject)
        assert who is not None
        await unit.claim(Viewer.of(who).session())
        try:
            outcome = await asked.parts.runner._act(unit, asked_for, who, None)
        except Several as refused:
            return refused.each[0].code
        except Refusal as refusal:
            return refusal.code
        if request.new is None:
            return YES
        link = link_of(outcome)
        made = outcome.ids["mandate"] if link is None else await accepted(asked.parts.runner, unit, link)
        row = await unit.row(t.mandate, id=made)
        assert row is not None
        return "in force" if row["accepted_at"] else "proposed"


def _fields(d: Drawn, request: Request) -> dict[str, Any]:
    new, now = request.new, d.now
    if request.thing.type == "Token":
        return {"token": request.thing.id}
    if request.thing.type == "SignIn":
        return {"sign_in": request.thing.id, "others": d.random.random() < 0.5}
    if request.what in (*ASKS_IN, "end_invitation"):
        return invited.given(d, request)
    if request.thing.type == "Contact":
        return {"person": d.key(request.thing.about["of"]), "pace": "daily"}
    if request.thing.type == "CalendarAddress":
        return {"person": d.key(request.thing.about["of"])}
    if request.thing.type == "Application":
        return {"application": request.thing.id, "reason": "So."}
    if new is None:
        more = (
            {"ends_at": now + 60 * DAY, "reason": "So.", "leave_alone": True} if request.what == "end_mandate" else {}
        )
        return {"mandate": request.thing.id, **more}
    subject = None if new.person is None else d.subject(new.person)
    common = {"organisation": d.key(str(new.organisation)), "starts_at": now - DAY, "subject": subject}
    if request.what == "name_representative":
        return {**common, "role": new.role, "forum": new.forum and d.key(new.forum)}
    word = {"office" if new.role in OFFICES else "role": new.role}
    return {**common, **word, "forum": d.key(str(new.forum)), "mechanism": new.mechanism}


def wishes(d: Drawn) -> list[Request]:
    """Acts on mandates, one at random of each sort: by act, role, state, and whose words somebody has about it; and
    acts on tokens and applications, one's own and another's."""
    sorts: dict[tuple[object, ...], list[Request]] = {}
    to_give = list(_to_give(d))
    to_invite = [wish for gift in to_give for wish in invited.wishes(gift)]
    for r in (*to_give, *to_invite, *_to_answer(d)):
        sorts.setdefault(_sort(d.world, r), []).append(r)
    about_mandates = [d.random.choice(some) for _, some in sorted(sorts.items(), key=lambda of: repr(of[0]))]
    return [*about_mandates, *_to_revoke(d), *_to_reach(d), *_to_decline(d), *_to_end(d)]


def _to_give(d: Drawn) -> Iterator[Request]:
    things = {thing.id: thing for thing in d.things}
    for person, role, organisation in product(PEOPLE, sorted(TABLE), ORGANISATIONS):
        forum, other = d.random.choice(BODIES), d.random.choice(PEOPLE)
        holder = None if role in OFFICES else d.random.choice((person, other))
        mechanism = d.random.choice(MECHANISMS) if role == "coordinator" else None
        given = Mandate("new", role, holder, organisation, forum, mechanism)
        yield Request(person, things[d.key(forum)], "grant_mandate", done=True, new=given)
        named = replace(given, person=holder or other, mechanism=None, forum=d.random.choice((None, None, forum)))
        yield Request(person, things[d.key(organisation)], "name_representative", done=True, new=named)


def _to_answer(d: Drawn) -> Iterator[Request]:
    mandates = [thing for thing in d.things if thing.type == "Mandate"]
    for person, thing, act in product(PEOPLE, mandates, ("accept_mandate", "decline_mandate", "end_mandate")):
        yield Request(person, thing, act, done=True)


def _to_revoke(d: Drawn) -> Iterator[Request]:
    for thing in (thing for thing in d.things if thing.type == "Token"):
        of = PEOPLE.index(thing.about["of"])
        for person in (PEOPLE[of], PEOPLE[of - 1]):
            yield Request(person, thing, "revoke_token", done=True)
    for thing in (thing for thing in d.things if thing.type == "SignIn"):
        of = PEOPLE.index(thing.about["of"])
        for person in (PEOPLE[of], PEOPLE[of - 1]):
            yield Request(person, thing, "end_sign_in", done=True)


def _to_reach(d: Drawn) -> Iterator[Request]:
    for thing in (thing for thing in d.things if thing.type == "Contact"):
        of = PEOPLE.index(thing.about["of"])
        for person in (PEOPLE[of], PEOPLE[of - 1]):
            yield Request(person, thing, "set_contact", done=True)
    for thing in (thing for thing in d.things if thing.type == "CalendarAddress"):
        of = PEOPLE.index(thing.about["of"])
        for person, act in product((PEOPLE[of], PEOPLE[of - 1]), ("renew_calendar", "end_calendar")):
            yield Request(person, thing, act, done=True)


def _to_decline(d: Drawn) -> Iterator[Request]:
    for thing in (thing for thing in d.things if thing.type == "Application"):
        for person in PEOPLE:
            yield Request(person, thing, "decline_application", done=True)


def _to_end(d: Drawn) -> Iterator[Request]:
    for thing in (thing for thing in d.things if thing.type == "Invitation"):
        for person in PEOPLE:
            yield Request(person, thing, "end_invitation", done=True)


def _sort(w: World, r: Request) -> tuple[object, ...]:
    """What a request on a mandate is an example of."""
    person, m = r.person or "", r.new or _mandate(w, r.thing)
    mine = [None, *held(w, person)]
    if r.new:
        words = {word for one in held(w, person) for word in giving.offices(w, one, m.forum)}
        words |= {"administrator"} if any(administers(one, m.organisation) for one in held(w, person)) else set()
        own = any(one.organisation == m.organisation for one in held(w, person) if giving.offices(w, one, m.forum))
        return r.what, m.role, m.person == person, own, *sorted(words)
    words = {word for one in mine for word in giving.about(w, person, one, m)}
    return r.what, m.role, m.state, *sorted(words)


# ---- the model
_GIVING = {"grant_mandate": giving.grant, "name_representative": giving.name, **dict.fromkeys(ASKS_IN, giving.invite)}


def expected(d: Drawn, r: Request) -> str:
    """What the model answers."""
    if r.sees:
        return SEEN if seen(d, r.person, r.thing)[r.what] else UNSEEN
    if not seen(d, r.person, r.thing)["it"] and not r.done:
        return HIDDEN
    if r.person is None:
        return "NOT_SIGNED_IN"
    if r.new is not None:
        given = _GIVING[r.what](d.world, r.person, r.new)
        return given if isinstance(given, str) else given.state
    return _dry(d.world, r.person, r)


def _dry(w: World, person: str, r: Request) -> str:
    place, thing = r.thing.place, r.thing
    if thing.type == "Mandate":
        m = _mandate(w, thing)
        act = {"accept_mandate": giving.accept, "decline_mandate": giving.decline, "end_mandate": giving.end}
        return act[r.what](w, person, m)
    if r.what == "set_clearance_rule":
        return giving.set_clearance_rule(w, person, thing.about["organisation"])
    if thing.type == "Organisation":
        return _may_give(giving.name(w, person, Mandate("new", "delegate", "x", thing.about["organisation"])))
    if thing.type == "Contact":
        return giving.set_contact(person, thing.about["of"]) if r.done else HIDDEN  # its act is on the person
    if thing.type == "CalendarAddress":
        own = {"renew_calendar": giving.renew_calendar, "end_calendar": giving.end_calendar}
        return own[r.what](person, thing.about["of"]) if r.done else HIDDEN  # its acts are on the person
    if thing.type == "Token":
        return giving.revoke_token(person, thing.about["of"], ended=thing.about["ended"])
    if thing.type == "SignIn":
        return giving.end_sign_in(person, thing.about["of"], ended=thing.about["ended"])
    if thing.type == "Invitation":
        about = thing.about
        return giving.end_invitation(w, person, about["by"], about["organisation"], waits=about["waits"])
    assert place is not None
    if r.what in ("clear_contribution", "clear_comment"):
        return acting.clears(w, person, place, thing.author)
    if r.what == "propose_agreement":
        return giving.propose_agreement(w, person, place.forum)
    if r.what in ADMISSION:
        applicant = person if r.what == "apply_for_admission" else thing.about.get("of")
        return giving.come(w, person, r.what, place.forum, applicant, waits=thing.about.get("waits", True))
    if r.what in SEATS:
        return giving.seat(w, person, r.what, place.forum, thing.about.get("organisation"))
    if r.what in ("grant_mandate", *ASKS_IN):
        return _may_give(giving.grant(w, person, Mandate("new", "penholder", "x", None, place.forum)))
    if thing.type in ("Forum", "Edition"):
        return acting.on_forum(w, person, r.what, place)
    return acting.judge(w, person, r.what, place, thing.author)


def _may_give(given: Mandate | str) -> str:
    return given if isinstance(given, str) else YES


def _mandate(w: World, thing: Thing) -> Mandate:
    return next(m for m in w.mandates if m.id == thing.about["mandate"])


def seen(d: Drawn, person: str | None, thing: Thing) -> dict[str, bool]:
    """What of a thing somebody sees, by the model."""
    w, place, about = d.world, thing.place, thing.about
    if thing.type == "Mandate":
        m = _mandate(w, thing)
        it = sight.sees_mandate(w, person, m, accepted=m.id in d.accepted)
        return {
            "it": it, "whose word it rests on": it and sight.concerns(w, person, m),
            "whether its person ever came": it and m.person is not None and sight.hears_who_came(w, person, m),
        }  # fmt: skip
    if thing.type == "Organisation":
        of = [m for m in w.mandates if m.organisation == about["organisation"] and m.person]
        return {"it": True, "its people": bool(of) and about["organisation"] in sight.sides(w, person)}
    if thing.type == "Application" and place:
        return {"it": sight.sees_application(w, person, place.forum, about["of"])}
    if thing.type == "Invitation":
        return {"it": sight.sees_invitation(w, person, about["by"], about["organisation"])}
    if thing.type == "Contact":
        return {"it": sight.sees_contact(person, about["of"])}
    if thing.type == "CalendarAddress":
        return {"it": sight.sees_calendar_address(person, about["of"])}
    if thing.type == "Token":
        return {"it": sight.sees_token(person, about["of"])}
    if thing.type == "SignIn":
        return {"it": sight.sees_sign_in(person, about["of"])}
    if thing.type == "Addressee" and place:
        return {"it": sight.sees_addressee(w, person, place.forum, about["organisation"])}
    if thing.type == "Document" and place:
        return {"it": sight.reads(w, person, place.forum, about["audience"])}
    if thing.author is None or place is None:
        return {"it": True}
    if thing.type == "Comment":
        circles = (about["document"], about["audience"])
        return {"it": sight.sees_comment(w, person, place.forum, thing.author, *circles)}
    own, handed_in = sight.own_side(w, person, thing.author), about["state"] in HANDED_IN
    it = sight.sees_input(w, person, place.forum, thing.author, about["visibility"], handed_in=handed_in)
    receipt = sight.sees_receipt(w, person, place.forum, thing.author, named=about["named"])
    return {
        "it": it, "that it is their own side's": own, "who wrote it": own,
        "its receipt": it and about["receipt"] and receipt, "its versions": it and receipt,
    }  # fmt: skip


# ---- the comparison
def same(r: Request, said: str, wanted: str) -> bool:
    """Whether both mean the same: the model knows no gates and no state of a text, `acts` none of a mandate."""
    if said == wanted:
        return True
    return not r.done and ((wanted == YES and said in NOT_NOW) or (said == YES and wanted == STATE))


def differing(d: Drawn, answered: Iterable[tuple[Request, str]]) -> Answered:
    """The requests that the model answers otherwise, each with the service's answer."""
    return [(r, said) for r, said in answered if not same(r, said, expected(d, r))]


async def world(asked: Asked, d: Drawn, acting_people: int) -> Answered:
    """The service's answers in a world: what everybody reads of everything, all acts on all things of so many people,
    and one of each sort of act on mandates."""
    await enter(asked, d)
    acts = {*d.random.sample(PEOPLE, acting_people), *((None,) if d.seed % 5 == 1 else ())}
    found: Answered = []
    for person in (None, *PEOPLE):
        found += await answers(asked, d, person, d.things, acts=person in acts)
    return found + [(r, await tried(asked, d, r)) for r in wishes(d)]


async def _again(asked: Asked, d: Drawn, r: Request) -> str:
    if r.done:
        return await tried(asked, d, r)
    return {x.what: said for x, said in await answers(asked, d, r.person, [r.thing])}.get(r.what, HIDDEN)


async def told(asked: Asked, d: Drawn, r: Request) -> str:
    """A difference as a sentence, in the smallest world in which it is there: what makes none is taken away first."""
    for m in sorted(d.world.mandates, key=lambda m: m.id):
        if m.state not in ("in force", "proposed") or m.id == r.thing.about.get("mandate"):
            continue
        fewer = replace(d, world=replace(d.world, mandates=d.world.mandates - {m} | {replace(m, state="over")}))
        async with _without(asked, uuid.UUID(m.id), d) as keep:
            said = await _again(asked, fewer, r)
            if not same(r, said, expected(fewer, r)):
                d = fewer
                keep()
    said = await _again(asked, d, r)
    who = "Somebody who is not signed in" if r.person is None else f"{r.person}"
    wish = f"asks to see {r.what}" if r.sees else f"asks {r.what}"
    of = f" ({_held(r.new)})" if r.new else ""
    there = sorted(
        f"{m.person or 'an office'}: {_held(m)}" for m in d.world.mandates if m.state in ("in force", "proposed")
    )
    what = r.thing.about | ({"author": r.thing.author} if r.thing.author else {})
    return (
        f"World {d.seed}: {who} {wish}{of} of {r.thing.type} {what}, {r.thing.place}. "
        f"The service says {said}, the model {expected(d, r)}. "
        f"There is: {'; '.join(there) or 'no mandate'}. Seats: {d.world.seats}. {d.world.forums}"
    )


@asynccontextmanager
async def _without(asked: Asked, mandate: uuid.UUID, d: Drawn) -> AsyncIterator[Any]:
    """A mandate has ended in the meantime; for good where that is asked for."""
    kept: list[bool] = []

    async def ends(at: Any) -> None:
        async with begin(asked.parts.engine) as unit:
            await unit.run(sa.update(t.mandate).where(t.mandate.c.id == mandate).values(ends_at=at))
            await unit.connection.commit()

    await ends(d.now - DAY)
    try:
        yield lambda: kept.append(True)
    finally:
        if not kept:
            await ends(None)


def _held(m: Mandate) -> str:
    of = "".join(f" of {x}" for x in (m.organisation, m.mechanism) if x)
    where = f" in {m.forum}" if m.forum else ""
    return f"{m.role}{of}{where} by {m.by or 'the operator'}, {m.state}"
