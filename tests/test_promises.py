"""What is promised (`docs/`, trust), scaled down: deadlines, closing once, retries, what was acknowledged, what was
frozen.

Each promise is a function of its figures; `tests/soak/` calls the same functions with the large ones.
"""

import asyncio
import hashlib
import json
import unicodedata
import uuid
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import Runner
from forum.store.processes import Processes
from forum.store.unit import make_engine
from tests.support.served import Served, payload, post, save, until

LEAD = timedelta(seconds=0.2)  # from when the clock is moved to the deadline
HOUR = timedelta(hours=1)


async def close_call(runner: Runner, call: uuid.UUID) -> bool:
    act = CATALOGUE["close_call"]
    command: Any = act.command
    return await runner.by_clock(act, command(call=call))


async def _at_least(things: Any, number: int) -> bool:
    return len(things) >= number


# ---- a deadline is a deadline
async def deadline_race(served: Served, submissions: int, lines: int) -> Counter[str]:
    """Submissions from several lines to both servers, before and after the deadline, while a closer asks again and
    again. The clock is moved to just before the deadline when a third has been answered."""
    call, closes = await served.call(HOUR)
    waiting = await served.released(call, submissions)
    answers: list[Any] = []
    counted: list[int] = []
    handed_in = "SELECT count(*) AS n FROM contribution WHERE call_id = $1 AND state = 'submitted'"

    async def hand_in(http: httpx.AsyncClient) -> None:
        async with http:
            while waiting:
                given = {"contribution": waiting.pop(), "idempotencyKey": str(uuid.uuid4())}
                answers.append(payload(await post(http, "SubmitContribution", input=given), "SubmitContribution"))

    async def closer() -> None:
        await until(lambda: close_call(served.scene.runner, call), 60)
        counted.append((await served.rows(handed_in, call))[0]["n"])

    async def mover() -> None:
        await until(lambda: _at_least(answers, submissions // 3), 60)
        [now] = await served.rows("SELECT clock_timestamp() AS at")
        await served.scene.shift(closes - now["at"] - LEAD)

    try:
        await asyncio.gather(mover(), closer(), *(hand_in(http) for http in served.clients(lines, "rep.network")))
    finally:
        await served.scene.shift(timedelta(0))
    [after] = await served.rows(handed_in, call)
    assert [after["n"]] == counted, "something was handed in after the call was closed"
    for answer in answers:
        for error in answer["errors"]:
            assert error["code"] == "DEADLINE_PASSED", error
            assert datetime.fromisoformat(error["deadline"]) == closes
            assert datetime.fromisoformat(error["serverTime"]) >= closes
    in_time = [a for a in answers if not a["errors"]]
    assert len(in_time) == after["n"]
    late = await served.rows("SELECT 1 FROM contribution WHERE call_id = $1 AND submitted_at >= $2", call, closes)
    assert late == []
    return Counter(accepted=len(in_time), refused=len(answers) - len(in_time))


async def test_nothing_is_handed_in_after_the_deadline(served: Served) -> None:
    seen = await deadline_race(served, 300, 16)
    assert seen.total() == 300
    assert min(seen["accepted"], seen["refused"]) >= 10, seen


async def test_a_moved_clock_moves_the_deadline(served: Served) -> None:
    """There is one clock: the servers read its shift in the statement itself."""
    call, closes = await served.call(timedelta(hours=1))
    [first, second] = await served.released(call, 2)
    [http] = served.clients(1, "rep.network")
    async with http:
        given = {"contribution": first, "idempotencyKey": str(uuid.uuid4())}
        assert payload(await post(http, "SubmitContribution", input=given), "SubmitContribution")["errors"] == []
        try:
            await served.scene.shift(timedelta(hours=1))
            given = {"contribution": second, "idempotencyKey": str(uuid.uuid4())}
            [error] = payload(await post(http, "SubmitContribution", input=given), "SubmitContribution")["errors"]
        finally:
            await served.scene.shift(timedelta(0))
    assert error["code"] == "DEADLINE_PASSED"
    assert timedelta(0) <= datetime.fromisoformat(error["serverTime"]) - closes < timedelta(minutes=1)


# ---- closed once
async def closed_once(served: Served, closers: int, rounds: int) -> None:
    """So many closers, each with a connection of its own, at one call from before its deadline; and again."""
    engines = [make_engine(served.roles.app, 1) for _ in range(closers)]
    try:
        for _ in range(rounds):
            call, closes = await served.call(timedelta(milliseconds=50))
            done = asyncio.Event()

            async def ask(runner: Runner, call: uuid.UUID = call, done: asyncio.Event = done) -> bool:
                async def asked() -> str:
                    if await close_call(runner, call):
                        done.set()
                        return "won"
                    return "lost" if done.is_set() else ""

                return await until(asked) == "won"

            won = await asyncio.gather(*(ask(Runner(e, Processes())) for e in engines))
            assert won.count(True) == 1
            lines = await served.rows("SELECT at FROM history WHERE subject_id = $1 AND act = 'close_call'", call)
            assert [line["at"] for line in lines] == [closes]
    finally:
        for engine in engines:
            await engine.dispose()


async def test_a_call_is_closed_once(served: Served) -> None:
    await closed_once(served, 8, 4)


# ---- a retry is the same submission
async def retried(served: Served, keys: int, tries: int, lines: int) -> None:
    call, _ = await served.call(timedelta(hours=1))
    inputs = [save(call, title=f"Input {n}") for n in range(keys)]
    waiting = [given for _ in range(tries) for given in inputs]
    answers: dict[str, list[str]] = {given["idempotencyKey"]: [] for given in inputs}

    async def send(http: httpx.AsyncClient) -> None:
        async with http:
            while waiting:
                given = waiting.pop()
                made = payload(await post(http, "SaveContribution", input=given), "SaveContribution")
                assert made["errors"] == []
                answers[given["idempotencyKey"]].append(json.dumps(made, sort_keys=True))

    await asyncio.gather(*(send(http) for http in served.clients(lines, "rep.network")))
    assert {len(given) for given in answers.values()} == {tries}
    assert all(len(set(given)) == 1 for given in answers.values())
    [made] = await served.rows("SELECT count(*) AS n FROM contribution WHERE call_id = $1", call)
    assert made["n"] == keys


async def test_a_retry_is_the_same_submission(served: Served) -> None:
    await retried(served, 50, 5, 16)


async def test_a_key_is_good_for_one_request(served: Served) -> None:
    call, _ = await served.call(timedelta(hours=1))
    given = save(call)
    [http, other] = served.clients(2, "rep.network")
    [stranger] = served.clients(1, "focal.kenya")
    async with http, other, stranger:
        first = payload(await post(http, "SaveContribution", input=given), "SaveContribution")
        reused = payload(await post(other, "SaveContribution", input={**given, "title": "Another"}), "SaveContribution")
        [error] = reused["errors"]
        assert (error["code"], error["path"], reused["contribution"]) == ("KEY_REUSED", ["idempotencyKey"], None)
        # Another person's key is another key.
        theirs = payload(await post(stranger, "SaveContribution", input=given), "SaveContribution")
        assert theirs["errors"] == []
        assert theirs["contribution"]["id"] != first["contribution"]["id"]


# ---- what was acknowledged stays
async def acknowledged_stays(served: Served, submissions: int, lines: int, kills: int) -> Counter[int]:
    """Submissions through both servers while the postmaster is killed; the statuses that were seen."""
    call, _ = await served.call(timedelta(hours=1))
    waiting = await served.released(call, submissions)
    every = submissions // (kills + 1)
    receipts: dict[str, Any] = {}
    seen: Counter[int] = Counter()

    async def hand_in(http: httpx.AsyncClient) -> None:
        async with http:
            while waiting:
                given = {"contribution": waiting.pop(), "idempotencyKey": str(uuid.uuid4())}
                async with asyncio.timeout(60):
                    answer = await post(http, "SubmitContribution", input=given)
                    while answer.status_code == 503:
                        seen[503] += 1
                        [error] = answer.json()["errors"]
                        assert error["extensions"]["code"] == "DATABASE_UNAVAILABLE"
                        assert int(answer.headers["Retry-After"]) >= 1
                        await asyncio.sleep(0.1)
                        answer = await post(http, "SubmitContribution", input=given)
                seen[answer.status_code] += 1
                made = payload(answer, "SubmitContribution")
                assert made["errors"] == []
                receipts[given["contribution"]] = made["contribution"]["receipt"]

    async def killer() -> None:
        for n in range(1, kills + 1):
            await until(partial(_at_least, receipts, n * every), 600)
            await served.kill()

    await asyncio.gather(killer(), *(hand_in(http) for http in served.clients(lines, "rep.network")))
    kept = await served.rows(
        "SELECT id, receipt_number, receipt_hash, submitted_at FROM contribution WHERE call_id = $1", call
    )
    assert {f"Contribution:{k['id']}": k["receipt_number"] for k in kept} == {
        i: r["number"] for i, r in receipts.items()
    }
    for row in kept:
        receipt = receipts[f"Contribution:{row['id']}"]
        assert (row["receipt_hash"], row["submitted_at"]) == (receipt["hash"], datetime.fromisoformat(receipt["at"]))
    lines_written = await served.rows(
        "SELECT subject_id FROM history WHERE act = 'submit_contribution' AND subject_id IN (SELECT id FROM "
        "contribution WHERE call_id = $1)",
        call,
    )
    assert len(lines_written) == submissions, "an effect happened twice, or left no trace"
    return seen


async def test_acknowledged_receipts_survive_a_killed_database(served: Served) -> None:
    seen = await acknowledged_stays(served, 150, 8, 2)
    assert set(seen) == {200, 503}, seen
    assert {server.returncode for server in served.servers} == {None}
    for http in served.clients(2, None):
        async with http:
            assert (await http.get("/readyz")).status_code == 200
    told = served.told()
    assert "database unavailable" in told
    assert "Traceback" not in told  # an outage is a line a request, no more


# ---- what was frozen can be checked by anybody
def jcs(value: Any) -> str:
    """RFC 8785 for what stands in our snapshots: written here anew, knowing nothing of the service."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda k: k.encode("utf-16-be"))
        return "{" + ",".join(f"{jcs(k)}:{jcs(value[k])}" for k in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    assert value is None or isinstance(value, (str, int, bool)), value
    return json.dumps(value, ensure_ascii=False)


ODD = 'Zoe\u0308 says: \u201cالعربية\u201d \U0001f6c2 \u2028 desks "help" \\ here / 中文 e\u0301'


@pytest.fixture
async def frozen(served: Served) -> str:
    """An input with odd text, handed in; its receipt's hash."""
    call, _ = await served.call(timedelta(hours=1))
    [http] = served.clients(1, "rep.network")
    async with http:
        given = save(call, title=ODD, sections=[{"code": "a", "text": ODD}], targets=["10.7"], practices=[
            {"name": "\U0001f3d9 " + ODD, "sdg": "10, 11 & 16", "place": "İzmir", "aim": ODD}])  # fmt: skip
        made = payload(await post(http, "SaveContribution", input=given), "SaveContribution")["contribution"]
        given = {"contribution": made["id"], "expectedRevision": made["revision"]}
        assert payload(await post(http, "ReleaseContribution", input=given), "ReleaseContribution")["errors"] == []
        given = {"contribution": made["id"], "idempotencyKey": str(uuid.uuid4())}
        done = payload(await post(http, "SubmitContribution", input=given), "SubmitContribution")
    return done["contribution"]["receipt"]["hash"]


async def test_a_snapshot_is_checked_by_an_independent_reader(served: Served, frozen: str) -> None:
    [row] = await served.rows("SELECT content, salt FROM snapshot WHERE hash = $1", frozen)
    content = json.loads(row["content"])
    assert jcs(content) == row["content"]  # canonical as it stands
    assert unicodedata.is_normalized("NFC", row["content"])
    assert "Zo\u00eb" in row["content"]
    assert len(row["salt"]) == 32
    assert hashlib.sha256(row["salt"] + jcs(content).encode()).hexdigest() == frozen
    people = await served.rows("SELECT id::text, name FROM person UNION ALL SELECT id::text, name FROM organisation")
    assert not [p for p in people if p["id"] in row["content"] or (len(p["name"]) > 8 and p["name"] in row["content"])]
    content["title"] += "."
    assert hashlib.sha256(row["salt"] + jcs(content).encode()).hexdigest() != frozen


async def test_every_snapshot_keeps_to_its_hash(served: Served, frozen: str) -> None:
    rows = await served.rows("SELECT content, salt, hash FROM snapshot")
    assert frozen in {row["hash"] for row in rows}
    for row in rows:
        assert hashlib.sha256(row["salt"] + jcs(json.loads(row["content"])).encode()).hexdigest() == row["hash"]
    assert len({row["salt"] for row in rows}) == len(rows)
