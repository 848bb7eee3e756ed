"""Everything that somebody can ask of a world, and what comes back to the byte: reads of every operation and of
documents made from the contract, acts that are tried, papers, and the lines of the log meanwhile."""

import asyncio
import logging
import re
import uuid
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
import orjson
import pytest

from forum import app
from forum.api.http import budget
from forum.api.schema.contract import GRAPHQL
from forum.client.session import Session
from forum.domain.calendar_address import hash_of, path_of
from forum.errors import Refusal
from forum.files import folder
from forum.papers import drawn
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.reading.test_reading_real import RealWriter
from tests.support.noninterference.worlds import SECRET, World
from tests.support.reading.documents import Harvest
from tests.support.scene import FORUMS
from tests.support.tokens import issued
from tests.support.wide_reads import doing, everything, node_types, table_of

PATIENT = 600.0
Ids = dict[str, list[str]]  # of every thing, by type
Asked = tuple[str, dict[str, Any]]  # a document and its variables
PAGED = """query($after: String, $filter: ContributionFilter) {
  contributions(first: 2, after: $after, filter: $filter) {
    totalCount countIsExact exactCount
    pageInfo { hasNextPage endCursor } edges { cursor node { id title attribution { kind label } } } } }"""


class _Lines(logging.Handler):
    """What the service's own loggers write; times aside."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.split(".")[0] not in ("httpx", "httpcore", "asyncio"):
            self.lines.append(f"{record.name} {record.levelname} {record.getMessage()}")


@dataclass
class Asker:
    """Asks one world, as anybody."""

    world: World
    http: httpx.AsyncClient
    lines: list[str]
    tokens: dict[str, str] = field(default_factory=dict)

    async def headers(self, who: str | None, number: int = 0) -> dict[str, str]:
        if who is not None and who not in self.tokens:
            self.tokens |= await issued(self.world.s.engine, SECRET, who, alike=True)
        token = {} if who is None else {"Authorization": f"Bearer {self.tokens[who]}"}
        return {"Accept": "application/graphql-response+json", "X-Request-Id": f"request-{number:08d}", **token}

    async def post(self, who: str | None, asked: Asked, number: int = 0) -> bytes:
        """Status, headers and body, as they came."""
        query, variables = asked
        given = {"query": query, "variables": variables}
        answer = await self.http.post("/graphql", json=given, headers=await self.headers(who, number))
        told = sorted((k.lower(), v) for k, v in answer.headers.items())
        return f"{answer.status_code} {told}\n".encode() + answer.content

    async def paper(self, who: str | None, symbol: str, ending: str = "pdf", **more: bool) -> bytes:
        """The paper as this person may print it, in a format; why not, where not."""
        session = Session("http://world", None)
        await session.close()
        session.http = httpx.AsyncClient(
            transport=self.http._transport, base_url="http://world", headers=await self.headers(who)
        )
        try:
            return await drawn.of(session, symbol, ending=ending, **more)
        except Refusal as refusal:
            return repr((refusal.code, refusal.message)).encode()


_KEPT: dict[str, Any] = {}  # plans are of a text, not of a database: what one world compiled serves the other


@asynccontextmanager
async def asking(world: World, *, anew: bool = False) -> AsyncIterator[Asker]:
    """The service on a world's database, in this process. `anew`: nothing that was compiled before counts, since the
    rules themselves were changed for the test."""
    if anew:
        _KEPT.clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(budget.RATES, "open", budget.Rate(1e9, 1e9))
        if _KEPT:
            patch.setattr(app, "Reader", lambda *_, **__: _KEPT["reader"])
        settings = Settings(mode="test", secret=SECRET, pool=4)
        parts = await app.parts(settings, world.s.engine.url)
    # A deadline that passes in one of two worlds, on a busy machine, would look like a difference.
    parts.service.papers.now = lambda: 0  # links end at one instant in both worlds
    parts.service.limits = replace(parts.service.limits, request_seconds=PATIENT)
    if _KEPT:
        parts.service.plans = _KEPT["plans"]
    _KEPT.update(reader=parts.reader, plans=parts.service.plans)
    heard = _Lines()
    logging.getLogger().addHandler(heard)
    try:
        transport = httpx.ASGITransport(app.site(parts, settings))
        async with httpx.AsyncClient(transport=transport, base_url="http://world") as http:
            yield Asker(world, http, heard.lines)
    finally:
        logging.getLogger().removeHandler(heard)
        await parts.close()
        if anew:
            _KEPT.clear()


# ---- what is asked
async def ids_of(world: World) -> Ids:
    """Every id there is, by type, whether or not anybody may see the thing."""
    found: Ids = {}
    tables = await world.tables()
    for type_ in node_types():
        rows = [orjson.loads(row) for row in tables[table_of(type_)]]
        found[type_] = sorted(f"{type_}:{row['id']}" for row in rows)
    return found


def operations(ids: Ids, symbols: Sequence[str]) -> Iterator[Asked]:
    """The documents of `graphql/operations/` that read, for every id and symbol that they could be about."""
    for file in sorted((folder("graphql") / "operations").glob("*.graphql")):
        text = file.read_text("utf-8")
        head = re.search(r"^query \w+(\(.*?\))? \{", text, re.M | re.S)
        if head is not None:
            names = re.findall(r"\$(\w+):", head[1] or "")
            yield from ((text, given) for given in _variables(text, names, ids, symbols))


def _variables(text: str, names: list[str], ids: Ids, symbols: Sequence[str]) -> Iterator[dict[str, Any]]:
    more: dict[str, Any] = {"first": 3, "depth": 12, "width": 900, "changes": True, "contributors": True}
    more |= {"forum": "gfmd", "name": "gfmd 2020", "slug": "gfmd", "anchor": "summit", "at": "2030-01-01T12:00:00Z"}
    given = {name: more[name] for name in names if name in more}
    if "symbol" in names:
        yield from ({**given, "symbol": symbol} for symbol in symbols)
    elif "id" in names:
        kinds = set(re.findall(r"\.\.\. on (\w+)", text))
        yield from ({**given, "id": id_} for kind in sorted(kinds & set(ids)) for id_ in ids[kind])
    elif "ids" in names:
        kinds = set(re.findall(r"\.\.\. on (\w+)", text))
        yield from ({**given, "ids": ids[kind][:100]} for kind in sorted(kinds & set(ids)))
    elif "on" in names:
        kinds = {"Contribution", "Document", "Track", "Call"}
        yield from ({**given, "on": id_} for kind in sorted(kinds) for id_ in ids[kind])
    elif "edition" in names:
        yield from ({**given, "edition": id_} for id_ in ids["Edition"])
    elif not {"text", "hash"} & set(names):
        yield given


def wide(ids: Ids) -> Iterator[Asked]:
    """Of every thing everything: all fields, and all values of what they lead to."""
    for type_name, some in ids.items():
        for query in everything(type_name) if some else ():
            yield from ((query, {"ids": some[n : n + 5]}) for n in range(0, len(some), 5))


def filters(ids: Ids) -> list[dict[str, Any]]:
    """Every filter of the list of inputs that could point at an author, and those of the places they stand in."""
    found: list[dict[str, Any]] = [{"organisation": id_} for id_ in ids["Organisation"]]
    found += [{"mechanism": code} for code in ("states", "civil_society", "mayors")]
    return found + [{"edition": id_} for id_ in ids["Edition"]] + [{"track": id_} for id_ in ids["Track"]]


def tried(ids: Ids) -> Iterator[Asked]:
    """Acts on what stands without a name, by people whose side did not write it: done or refused, the answer is the
    same."""
    number = 0
    for id_ in ids["Contribution"]:
        for mutation, more in (
            ("releaseContribution", {"expectedRevision": 1}),
            ("submitContribution", {}),
            ("withdrawContribution", {}),
            ("clearContribution", {"expectedRevision": 1}),
            ("admitContribution", {}),
            ("receiveContribution", {}),
            ("returnContribution", {"reason": "Which?"}),
            ("saveContribution", {"title": "Mine", "language": "en", "expectedRevision": 1}),
        ):
            number += 1
            keyed = mutation in ("submitContribution", "saveContribution")
            key = {"idempotencyKey": str(uuid.UUID(int=number, version=4))} if keyed else {}
            yield doing(mutation), {"input": {"contribution": id_, **more, **key}}
    for document_ in ids["Document"]:
        for kind in ("Contribution", "Comment"):
            for id_ in ids[kind]:
                number += 1
                key = {"idempotencyKey": str(uuid.UUID(int=number, version=4))}
                given = {"document": document_, "subject": id_, "word": "noted", "reason": "So."}
                yield doing("recordDisposition"), {"input": {**given, **key}}


async def otherwise(one: Asker, other: Asker, who: str | None, this: Asked, number: int = 0) -> tuple[str, Any]:
    """What the two worlds answer otherwise, empty where nothing; and the data of the first."""
    a, b = await asyncio.gather(one.post(who, this, number), other.post(who, this, number))
    said = "" if a == b else f"{who}: {this}\n{a.decode()}\n{b.decode()}"
    return said, orjson.loads(a.partition(b"\n")[2]).get("data")


async def differences(one: Asker, other: Asker, who: str | None, asked: Iterable[Asked]) -> list[str]:
    """Where the two worlds answer otherwise: the document, its variables, and both answers."""
    found = [(await otherwise(one, other, who, this, number))[0] for number, this in enumerate(asked)]
    return [said for said in found if said]


async def feeds(one: Asker, other: Asker, people: Iterable[str]) -> list[str]:
    """Where the calendars of the two worlds differ: each forum's own, and those of these people at an address each."""
    addresses = [f"/calendar/{slug}.ics" for slug in FORUMS]
    for who in people:
        secret = hash_of(who.encode())
        addresses.append(path_of(secret))
        row = {"id": uuid.uuid5(uuid.NAMESPACE_URL, who), "hash": hash_of(secret), "since": one.world.s.now}
        for asker in (one, other):
            await asker.world.s.add(t.calendar_address, row | {"person_id": asker.world.s.people[who]})
    read = [await asyncio.gather(*(asker.http.get(address) for asker in (one, other))) for address in addresses]
    assert all(a.status_code == 200 for a, _ in read)
    return [address for address, (a, b) in zip(addresses, read, strict=True) if a.content != b.content]


async def walked(one: Asker, other: Asker, who: str | None, number: int, seed: int, ids: Ids) -> list[str]:
    """The same of so many random documents over the whole contract, that walk on with what was answered before."""
    harvest = Harvest(ids=[id_ for some in ids.values() for id_ in some][:400])
    writer = RealWriter(GRAPHQL, seed, harvest)
    found = []
    for n in range(number):
        made = writer.fresh()
        said, data = await otherwise(one, other, who, (made.text, made.values()), n)
        found += [said] if said else []
        harvest.take(data or {}, made.places)
    return found


async def paged(one: Asker, other: Asker, who: str | None, ids: Ids) -> list[str]:
    """The same of all pages of the list of inputs, under every filter that could point at an author."""
    found = []
    for narrowed in filters(ids):
        after = None
        while True:
            said, data = await otherwise(one, other, who, (PAGED, {"filter": narrowed, "after": after}))
            found += [said] if said else []
            page = data["contributions"]["pageInfo"]
            if not page["hasNextPage"]:
                break
            after = page["endCursor"]
    return found
