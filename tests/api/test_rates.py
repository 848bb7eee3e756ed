"""Points of cost by person, client and address: spent before anything is done, refused with a wait, shared."""

import asyncio
import time
from typing import Any

import asyncpg
import httpx
import pytest

from forum.api.http.identity import ISSUER, issue
from forum.api.http.rates import BURST, CLIENT, LEAST, PER_MESSAGE, Rates, Spent, spenders_of
from forum.api.problem import Problem
from forum.settings import RATE, Settings, load
from forum.store.spending import share
from tests.support.api.http_sample import NEW, SECRET, code, post, reads_of, service, serving

AMINA, BORIS = (("person", "amina"), ("client", "portal")), (("person", "boris"), ("client", "portal"))


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _refused(rates: Rates, who: Any, cost: int = 100) -> Problem | None:
    try:
        rates.spend(who, cost)
    except Problem as problem:
        return problem
    return None


def _left(rates: Rates, kind: str, name: str) -> float:
    return rates._bucket(kind, rates._hidden(name)).left


def test_a_burst_then_a_flow() -> None:
    clock = Clock()
    rates = Rates(100, clock)
    assert [_refused(rates, AMINA) for _ in range(BURST)] == [None] * BURST
    problem = _refused(rates, AMINA)
    assert problem is not None
    assert (problem.code, problem.status, problem.headers) == ("TOO_MANY_REQUESTS", 429, {"Retry-After": "1"})
    assert problem.facts == {"of": "person", "rate": 100, "charged": 100, "retryAfter": 1}
    clock.now += 0.99
    assert _refused(rates, AMINA) is None  # what is there pays for a request, whatever it costs
    refused = _refused(rates, AMINA)
    assert refused is not None
    clock.now += 1.0
    assert _refused(rates, AMINA) is None
    clock.now += 1_000
    assert _left(rates, "person", "amina") == 100 * BURST  # no more than the burst is ever there


def test_one_is_told_what_was_charged_and_what_is_left_of_ones_own() -> None:
    clock = Clock()
    rates = Rates(100, clock)
    assert rates.spend(BORIS, 900) == Spent(900, 100, 9)
    assert rates.spend(AMINA, 1) == Spent(LEAST, 1_000 - LEAST, 1)  # nothing of what the client's other people spent
    clock.now += 0.5
    assert rates.spend(AMINA, 0) == Spent(LEAST, 1_000 - LEAST, 1)
    assert rates.spend(AMINA, 2_000) == Spent(2_000, -1_000 - LEAST, 21)  # what is owed is told, too
    assert Rates(0, clock).spend(AMINA, 7) == Spent(LEAST)


def test_the_dearest_request_is_possible_and_waited_for() -> None:
    clock = Clock()
    rates = Rates(100, clock)
    assert _refused(rates, AMINA, cost=5_000) is None
    problem = _refused(rates, AMINA)
    assert problem is not None
    assert problem.headers["Retry-After"] == "41"
    clock.now += 41
    assert _refused(rates, AMINA) is None


def test_each_has_their_own_and_a_client_is_bounded_as_a_whole() -> None:
    rates = Rates(100, Clock())
    assert _refused(rates, AMINA, cost=1_000) is None
    assert _refused(rates, AMINA) is not None
    assert _refused(rates, BORIS) is None
    others = [(("person", f"p{n}"), ("client", "portal")) for n in range(CLIENT * BURST)]
    refused = [one for one in (_refused(rates, who, cost=100) for who in others) if one is not None]
    assert refused
    assert {one.facts["of"] for one in refused} == {"client"}
    before = _left(rates, "person", "carla")
    assert _refused(rates, (("person", "carla"), ("client", "portal"))) is not None
    assert _left(rates, "person", "carla") == before  # refused by one, it takes nothing of the other
    assert _refused(rates, (("address", "9.9.9.9"),)) is None


def test_the_services_own_tokens_are_no_common_client() -> None:
    """Else one person could spend what all others have."""
    assert spenders_of("amina", ISSUER, "::1") == (("person", "amina"),)
    assert spenders_of("amina", "portal", "::1") == (("person", "amina"), ("client", "portal"))
    assert spenders_of(None, "portal", "::1") == (("address", "::1"),)


def test_reading_a_request_costs_something() -> None:
    rates = Rates(100, Clock())
    rates.spend(AMINA, 0)
    assert _left(rates, "person", "amina") == 100 * BURST - LEAST


def test_how_many_are_remembered_is_bounded() -> None:
    rates = Rates(100, Clock(), buckets=50)
    for n in range(200):
        rates.spend((("address", f"a{n}"),), 1)
    assert len(rates) == 50
    assert len(rates._unsent) <= 51


# ---- between processes
def test_what_is_told_is_heard_and_hides_who_it_was() -> None:
    here, there = Rates(100, Clock(), "a secret"), Rates(100, Clock(), "a secret")
    here.spend(AMINA, 700)
    messages = list(here.messages())
    assert "amina" not in "".join(messages)
    for message in messages:
        there.heard(message)
    assert _left(there, "person", "amina") == _left(here, "person", "amina") == 300
    assert list(here.messages()) == []  # told once
    another = Rates(100, Clock(), "another secret")
    another.heard(messages[0])
    assert _left(another, "person", "amina") == 1_000


def test_messages_fit_and_nonsense_is_left_aside() -> None:
    rates = Rates(100, Clock())
    for n in range(2 * PER_MESSAGE + 1):
        rates.spend((("address", f"a{n}"),), 10_000)
    messages = list(rates.messages())
    assert len(messages) == 3
    assert max(len(one.encode()) for one in messages) < 8_000
    for odd in ("", "{", "7", "[[1]]", '[["person", "x", "y"]]', '[["chair", "x", 5]]', '[["person", "x", -5]]'):
        rates.heard(odd)


async def test_two_servers_share_over_the_database(database) -> None:
    here = Clock()
    both = [Rates(100, here, "s"), Rates(100, Clock(), "s")]
    heard = asyncio.Event()

    async def spend() -> None:
        both[0].spend(AMINA, 20)
        here.now += 1  # what was spent flows back, however long a busy machine takes to hear of it
        await asyncio.sleep(0.01)

    def listening(message: str) -> None:
        both[1].heard(message)
        heard.set()

    tasks = [
        asyncio.create_task(share(database.app_url, both[0].messages, both[0].heard, 0.01)),
        asyncio.create_task(share(database.app_url, both[1].messages, listening, 0.01)),
    ]
    try:
        async with asyncio.timeout(20):
            while not heard.is_set():  # what is told before the other listens is heard by nobody
                await spend()
            assert _left(both[1], "person", "amina") < 1_000
            assert list(both[1].messages()) == []  # what was heard is not told again
            watch = await asyncpg.connect(database.superuser_url)
            heard.clear()
            await watch.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND usename = 'forum_app'"
            )
            await watch.close()
            while not heard.is_set():  # both come back by themselves
                await spend()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


# ---- over HTTP
def test_a_request_is_refused_before_anything_is_done() -> None:
    clock = Clock()
    made = service(rates=Rates(10, clock))
    with serving(made) as client:
        assert post(client, "{ items(first: 200) { id } }").status_code == 200
        reads = reads_of(made).reads
        refused: httpx.Response = post(client, "{ hello }")
        assert (refused.status_code, code(refused)) == (429, "TOO_MANY_REQUESTS")
        assert refused.headers["retry-after"] == "11"
        assert refused.json()["errors"][0]["extensions"]["of"] == "address"
        assert reads_of(made).reads == reads
        token = issue(SECRET, "amina", now=time.time(), lifetime=60)
        assert post(client, "{ hello }", token=token).status_code == 200  # a person is not their address
        clock.now += 11
        assert post(client, "{ hello }", accept=NEW).status_code == 200


@pytest.mark.parametrize(
    ("given", "rate"),
    [({}, RATE), ({"FORUM_RATE": "0"}, 0), ({"FORUM_RATE": "500"}, 500), ({"FORUM_MODE": "demo"}, 0)],
)
def test_the_operator_says_how_much(given: dict[str, str], rate: int) -> None:
    assert load(given).rate == rate
    assert Settings().rate == 0
