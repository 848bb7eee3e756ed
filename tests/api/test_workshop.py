"""New documents are read beside the event loop: clients take turns, what is known takes no turn, much is refused."""

import asyncio
import threading
import uuid

import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import ANONYMOUS, Caller
from forum.api.http.plans import Plans
from forum.api.http.workshop import Workshop
from forum.api.problem import Problem
from forum.reading.compile import Compiler
from forum.settings import Settings
from tests.support.api.http_sample import service
from tests.support.scene import scene


class Held:
    """Work that ends when it is let go, and what was begun in which order."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gate = threading.Event()

    def __call__(self, name: str):
        def work() -> str:
            self.begun.append(name)
            assert self.gate.wait(20)
            return name

        return work


@pytest.fixture
def held():
    made = Held()
    yield made
    made.gate.set()


async def test_clients_take_turns(held: Held) -> None:
    workshop = Workshop()
    given = [("flood", f"f{n}") for n in range(5)] + [("amina", "a"), ("boris", "b")]
    doing = [asyncio.create_task(workshop.do(client, name, held(name))) for client, name in given]
    await asyncio.sleep(0)
    held.gate.set()
    assert await asyncio.gather(*doing) == [name for _, name in given]
    assert held.begun == ["f0", "f1", "a", "b", "f2", "f3", "f4"]


async def test_the_same_work_is_done_once_and_its_refusal_reaches_all(held: Held) -> None:
    workshop = Workshop()

    def refuses() -> None:
        held("r")()
        raise Problem("SYNTAX_ERROR", "No.")

    doing = [asyncio.create_task(workshop.do(f"c{n}", "same", refuses)) for n in range(9)]
    await asyncio.sleep(0)
    held.gate.set()
    assert {str(one) for one in await asyncio.gather(*doing, return_exceptions=True)} == {"SYNTAX_ERROR: No."}
    assert (held.begun, workshop.done) == (["r"], 1)


async def test_how_much_may_wait_is_bounded(held: Held) -> None:
    workshop = Workshop(each=3, all=5)
    doing = [asyncio.create_task(workshop.do("flood", n, held(f"f{n}"))) for n in range(4)]  # one of them is begun
    await asyncio.sleep(0)
    with pytest.raises(Problem) as own:
        await workshop.do("flood", "x", held("x"))
    assert (own.value.code, own.value.status, own.value.headers["Retry-After"]) == ("TOO_MANY_NEW_DOCUMENTS", 429, "5")
    doing += [asyncio.create_task(workshop.do(f"c{n}", f"c{n}", held(f"c{n}"))) for n in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(Problem) as everybodys:
        await workshop.do("another", "y", held("y"))
    assert (everybodys.value.code, everybodys.value.status) == ("SERVICE_BUSY", 503)
    assert int(everybodys.value.headers["Retry-After"]) > 0
    held.gate.set()
    assert len(await asyncio.gather(*doing)) == 6


async def test_what_nobody_waits_for_any_more_is_not_begun(held: Held) -> None:
    workshop = Workshop()
    first = asyncio.create_task(workshop.do("a", 1, held("first")))
    gone = asyncio.create_task(workshop.do("a", 2, held("gone")))
    last = asyncio.create_task(workshop.do("b", 3, held("last")))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    held.gate.set()
    assert await asyncio.gather(first, last) == ["first", "last"]
    assert held.begun == ["first", "last"]
    assert await workshop.do("a", 2, held("gone")) == "gone"  # it may be asked for again


# ---- in the service
async def test_the_loop_never_reads_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    made, learn, threads = service(), Plans._learn, []

    def noted(self: Plans, *given: object):
        threads.append(threading.current_thread())
        return learn(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Plans, "_learn", noted)
    asked = [GraphQLRequest(f"{{ hello a{n}: hello }}", client="address:x") for n in range(3)]
    assert [(await answer(made, one, ANONYMOUS)).status for one in asked] == [200, 200, 200]
    assert len(threads) == 3
    assert threading.main_thread() not in threads
    done = made.plans.workshop.done
    assert [(await answer(made, one, ANONYMOUS)).status for one in asked] == [200, 200, 200]
    assert made.plans.workshop.done == done  # what is known takes no turn


async def test_nothing_is_compiled_on_the_loop(database, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, threads = Compiler.plan, []

    def noted(self: Compiler, *given: object):
        threads.append(threading.current_thread())
        return compiled(self, *given)  # type: ignore[arg-type]

    async with scene(database.app_url) as s:
        made = await app.parts(Settings(mode="test", secret="s" * 32, pool=2), database.app_url)
        monkeypatch.setattr(Compiler, "plan", noted)
        text = "{ calls { nodes { title sections { prompt } } } }"
        saved = """mutation($input: SaveContributionInput!) { saveContribution(input: $input) {
          contribution { id state } errors { code } } }"""
        texts = [{"code": "a", "text": "Desks near markets help people."}]
        given = {"call": f"Call:{s.call}", "title": "T", "language": "en", "sections": texts}
        try:
            for _ in range(2):
                read = await answer(made.service, GraphQLRequest(text, client="address:x"), ANONYMOUS)
                assert orjson.loads(read.body)["data"]["calls"]["nodes"]
                variables = {"input": {**given, "idempotencyKey": str(uuid.uuid4())}}
                asked = GraphQLRequest(saved, variables=variables, client="person:rep.network")
                done = orjson.loads((await answer(made.service, asked, Caller("rep.network"))).body)
                assert done["data"]["saveContribution"]["contribution"]["state"] == "DRAFT", done
            assert len(threads) == 3  # the page once, the payload once for each form
            assert threading.main_thread() not in threads
        finally:
            await made.close()


async def test_many_who_ask_the_same_at_once_wait_for_one_compilation(
    database, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled, forms = Compiler.plan, []

    def noted(self: Compiler, *given: object):
        forms.append(self.form)
        return compiled(self, *given)  # type: ignore[arg-type]

    async with scene(database.app_url):
        made = await app.parts(Settings(mode="test", secret="s" * 32, pool=2), database.app_url)
        monkeypatch.setattr(Compiler, "plan", noted)
        text = "query($s: String, $n: Int) { calls(after: $s, first: $n) { nodes { title } } }"
        given = [{"n": n} for n in range(1, 61)] + [{"n": 3, "s": None}] * 9
        asked = [GraphQLRequest(text, variables=one, client="address:x") for one in given]
        try:
            answers = await asyncio.gather(*(answer(made.service, one, ANONYMOUS) for one in asked))
            assert {one.status for one in answers} == {200}, [one.body for one in answers if one.status != 200][:1]
            assert len(forms) == 1
        finally:
            await made.close()
