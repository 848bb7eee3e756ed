"""A request has a deadline: what it asked of the database is stopped there, and its connection is given back."""

import asyncio
import uuid
from contextlib import AsyncExitStack
from dataclasses import replace

import asyncpg
import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import ANONYMOUS, Caller
from forum.api.problem import of_exception
from forum.domain.call import Answer
from forum.reading import run
from forum.reading.run import Reader
from forum.settings import Settings
from forum.store import unit
from forum.store.tables import schema as t
from tests.support.scene import scene

TIME = GraphQLRequest("{ serverTime }")
HASTY = 0.1  # seconds: only for what never ends by itself, so that a busy machine changes nothing
PATIENT = 60.0


def _stop_after(made, seconds: float) -> None:
    made.service.limits = replace(made.service.limits, request_seconds=seconds)


def _error(found) -> tuple[int, str, dict]:
    told = orjson.loads(found.body)["errors"][0]["extensions"]
    return found.status, told["code"], dict(found.headers)


@pytest.fixture
async def made(database):
    async with scene(database.app_url):
        parts = await app.parts(Settings(mode="test", secret="s" * 32, pool=1), database.app_url)
        parts.service.limits = replace(parts.service.limits, request_seconds=PATIENT)
        yield parts
        await parts.close()


async def test_a_read_that_takes_too_long_is_stopped_in_the_database(made, database, monkeypatch):
    fetch = Reader.fetch

    async def slowly(self, connection, *given):
        await connection.execute("SELECT pg_sleep(60)")
        return await fetch(self, connection, *given)

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "fetch", slowly)
        _stop_after(made, HASTY)
        status, code, headers = _error(await answer(made.service, TIME, ANONYMOUS))
    assert (status, code, headers) == (503, "REQUEST_TOO_SLOW", {"Retry-After": "5"})
    _stop_after(made, PATIENT)
    assert (await answer(made.service, TIME, ANONYMOUS)).status == 200  # over the only connection there is
    watch = await asyncpg.connect(database.superuser_url)
    try:
        sleeping = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE $1"
        assert await watch.fetchval(sleeping, "SELECT pg_sleep%") == 0
    finally:
        await watch.close()


async def test_waiting_for_a_connection_counts(made):
    _stop_after(made, HASTY)
    async with made.pool.acquire():
        status, code, _ = _error(await answer(made.service, TIME, ANONYMOUS))
    assert (status, code) == (503, "REQUEST_TOO_SLOW")


async def test_an_act_that_takes_too_long_is_not_done(made, monkeypatch):
    async def never(*_):
        await asyncio.Event().wait()

    monkeypatch.setattr(type(made.runner), "_act", never)
    text = 'mutation { declineCall(input: {call: "Call:x", idempotencyKey: "%s"}) { errors { code } } }'
    asked = GraphQLRequest(text % "1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    assert (await answer(made.service, asked, Caller("rep.network"))).status == 200  # an id that is none
    text = text.replace("Call:x", "Call:1b4e28ba-2fa1-41d2-883f-0016d3cca427")
    asked = GraphQLRequest(text % "1b4e28ba-2fa1-41d2-883f-0016d3cca428")
    _stop_after(made, HASTY)
    assert _error(await answer(made.service, asked, Caller("rep.network")))[1] == "REQUEST_TOO_SLOW"


async def test_an_act_that_the_database_stops_leaves_nothing_and_may_be_sent_again(database, monkeypatch):
    text = 'mutation { declineCall(input: {call: "Call:%s", idempotencyKey: "%s"}) { errors { code } } }'
    async with scene(database.app_url) as s, AsyncExitStack() as stack:
        parts = await app.parts(Settings(mode="test", secret="s" * 32, pool=1), database.app_url)
        stack.push_async_callback(parts.close)
        parts.service.limits = replace(parts.service.limits, request_seconds=PATIENT)
        watch = await asyncpg.connect(database.superuser_url)
        stack.push_async_callback(watch.close)
        monkeypatch.setattr(unit, "WRITE_MS", 100)  # only for a lock that nobody gives back by themselves
        hasty = unit.make_engine(database.app_url, 1)
        stack.push_async_callback(hasty.dispose)
        asked = GraphQLRequest(text % (s.call, uuid.uuid4()))
        async with watch.transaction():
            await watch.execute("LOCK TABLE history")  # its line is written last: all else is written by then
            with monkeypatch.context() as patched:
                patched.setattr(parts.runner, "engine", hasty)
                stopped = await answer(parts.service, asked, Caller("rep.network"))
        assert _error(stopped)[:2] == (503, "REQUEST_TOO_SLOW")
        mine = {"call_id": s.call, "organisation_id": s.organisations["network"]}
        assert (await s.row(t.addressee, **mine))["answer"] == Answer.NONE_YET
        assert (await s.rows(t.history), await s.rows(t.request_key)) == ([], [])
        for _ in range(2):
            done = await answer(parts.service, asked, Caller("rep.network"))
            assert orjson.loads(done.body)["data"] == {"declineCall": {"errors": []}}
        assert (await s.row(t.addressee, **mine))["answer"] == Answer.NO_INPUT_THIS_TIME
        assert len(await s.rows(t.history)) == 1


async def test_the_database_stops_a_statement_by_itself(database, monkeypatch):
    monkeypatch.setattr(run, "STATEMENT_MS", 50)
    pool = await run.create_pool(database.app_url, 1)
    try:
        async with pool.acquire() as connection:
            with pytest.raises(asyncpg.QueryCanceledError) as stopped:
                await connection.execute("SELECT pg_sleep(60)")
        problem = of_exception(stopped.value, "an id of a request")
        assert (problem.code, problem.status) == ("REQUEST_TOO_SLOW", 503)
    finally:
        await pool.close()
