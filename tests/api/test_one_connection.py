"""A request holds one connection at a time, whatever it asks for: many at once, over few connections, are all answered.

Holding one and waiting for another, enough requests stop each other for good; nothing of that hangs on time here. What
is held is noted for each request.
"""

import asyncio
import datetime as dt
import uuid
from collections.abc import Mapping

import orjson
import pytest

from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import ANONYMOUS, Caller
from tests.support.api.held import counted
from tests.support.scene import scene

PERSON = Caller("secretariat")
SOON = (dt.datetime.now(dt.UTC) + dt.timedelta(30)).isoformat()
IN_A_LIST = "{ calls(first: 20) { nodes { acts { act yes because { code } } track { acts { act } } } } }"
ON_A_THING = "query($id: ID!) { acts(on: $id) { act yes } again: acts(on: $id) { act } }"
OF_AN_EDITION = """query($id: ID!, $at: DateTime!) { node(id: $id) { ... on Edition {
  ifAnchorMoved(name: "summit", at: $at) { anchor } calendar { rehearsal { title } } } } }"""
OF_A_PROCESS = """query($id: ID!) {
  processes(first: 5) { nodes { changes(since: $id) { sentence } findings { code } } } }"""
WRITTEN = """mutation($input: SaveContributionInput!) { saveContribution(input: $input) {
  contribution { id acts { act yes } } errors { code } } }"""
REFUSED = """mutation($input: DeclineCallInput!) { declineCall(input: $input) { errors { code } } }"""


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


def _saving(s) -> dict[str, object]:
    text = [{"code": "a", "text": "Desks near markets help people."}]
    given = {"call": f"Call:{s.call}", "title": "T", "language": "en", "sections": text}
    return {"input": {"idempotencyKey": str(uuid.uuid4()), **given}}


def _asked(s) -> list[tuple[str, Mapping[str, object], Caller]]:
    """Every kind of request that needs Python for an answer."""
    edition, call = {"id": f"Edition:{s.editions['gfmd']}", "at": SOON}, {"id": f"Call:{s.call}"}
    declined = {"input": {"call": f"Call:{uuid.uuid4()}", "reason": "No.", "idempotencyKey": str(uuid.uuid4())}}
    return [
        (IN_A_LIST, {}, PERSON),
        (IN_A_LIST, {}, ANONYMOUS),
        (ON_A_THING, call, PERSON),
        (OF_AN_EDITION, edition, PERSON),
        (OF_A_PROCESS, {"id": f"Process:{uuid.uuid4()}"}, ANONYMOUS),
        (WRITTEN, _saving(s), Caller("rep.network")),
        (REFUSED, declined, Caller("rep.network")),
    ]


@pytest.mark.parametrize(("size", "times"), [(1, 2), (2, 5), (16, 9)])
async def test_many_at_once_over_few_connections_are_all_answered(s, database, monkeypatch, size, times):
    async with counted(database.app_url, size, monkeypatch) as (made, held):
        requests = [one for _ in range(times) for one in _asked(s)]
        answers = await asyncio.gather(
            *(answer(made.service, GraphQLRequest(text, variables=given), who) for text, given, who in requests)
        )
        wrong = [one.body for one in answers if one.status != 200]
        assert not wrong, wrong[:3]
        assert held.most == 1
        assert held.taken >= 2 * len(requests) - 1  # they did take them: one for the statement, one for what it needs


async def test_a_payload_has_what_needs_python(s, database, monkeypatch):
    async with counted(database.app_url, 2, monkeypatch) as (made, _):
        asked = GraphQLRequest(WRITTEN, variables=_saving(s))
        saved = orjson.loads((await answer(made.service, asked, Caller("rep.network"))).body)
        acts = {one["act"]: one["yes"] for one in saved["data"]["saveContribution"]["contribution"]["acts"]}
        assert acts["RELEASE_CONTRIBUTION"]
