"""Bad input over real HTTP on the real contract: each gets a clear, typed answer, nothing is lost, the service goes
on."""

import asyncio
import json
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.client.import_practices import import_practices
from forum.client.session import Session, document
from forum.errors import FileRefused
from forum.store.tables import schema as t
from tests.support.fuzzed_inputs import inputs_of
from tests.support.served import TEXT, Served, payload, post, save, until
from tests.support.wide_reads import doing

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def goes_on(served: Served) -> AsyncIterator[None]:
    """After each test both servers live, answer, and have met nothing they did not expect."""
    before = len(served.told())
    yield
    assert {server.returncode for server in served.servers} == {None}
    for http in served.clients(2, None):
        async with http:
            answer = await http.post("/graphql", json={"query": '{ forum(slug: "gfmd") { name } }'})
            assert answer.json()["data"] == {"forum": {"name": "Gfmd"}}
    said = served.told()[before:]
    assert "unexpected error" not in said, said
    assert "Traceback" not in said, said


@pytest.fixture
async def network(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    """A representative's line."""
    [http] = served.clients(1, "rep.network")
    async with http:
        yield http


@pytest.fixture
async def call(served: Served) -> uuid.UUID:
    return (await served.call(HOUR))[0]


async def raw(http: httpx.AsyncClient, body: bytes) -> httpx.Response:
    return await http.post("/graphql", content=body, headers={"Content-Type": "application/json"})


async def asked(http: httpx.AsyncClient, query: str, /, **variables: Any) -> httpx.Response:
    return await raw(http, json.dumps({"query": query, "variables": variables}).encode())


def refused(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The one error of a request that was not answered: its code, its request id, and a sentence."""
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert "data" not in body
    error = body["errors"][0]
    assert (error["extensions"]["code"], error["extensions"]["requestId"]) == (code, answer.headers["x-request-id"])
    assert len(error["message"]) > 20
    return error


async def error_of(http: httpx.AsyncClient, operation: str, /, **given: Any) -> dict[str, Any]:
    """The one error of a mutation that was refused as data."""
    made = payload(await asked(http, doing(operation[0].lower() + operation[1:]), input=given), operation)
    assert [v for k, v in made.items() if k != "errors" and v is not None] == []
    [error] = made["errors"]
    assert len(error["message"]) > 15
    return error


# ---- codes and times
@pytest.mark.parametrize(
    ("field", "given", "hint"),
    [
        ("targets", "10.99", "10.1 to 10.7 and 10.a to 10.c"),
        ("targets", "18", "17"),
        ("targets", "SDG ten", "Write a goal as 10"),
        ("objectives", "24", "1 to 23"),
        ("themes", "sports", "It has no themes"),
    ],
)
async def test_unknown_codes(network: httpx.AsyncClient, call: uuid.UUID, field: str, given: str, hint: str) -> None:
    error = await error_of(network, "SaveContribution", **save(call, **{field: [given]}))
    assert (error["__typename"], error["code"], error["path"]) == ("UnknownCode", "UNKNOWN_CODE", [field, "0"])
    assert given in error["message"]
    assert hint in error["message"]


async def test_unknown_codes_in_a_filter(network: httpx.AsyncClient) -> None:
    query = "query($t: [TargetCode!]) { contributions(filter: {targets: $t}) { totalCount } }"
    error = refused(await asked(network, query, t=["10.99"]), 400, "UNKNOWN_CODE")
    assert "10.1 to 10.7" in error["message"]
    assert (await asked(network, query, t=["http://metadata.un.org/sdg/10.7", "10.C"])).status_code == 200


@pytest.mark.parametrize("naive", ["2027-03-01T12:00:00", "2027-03-01 12:00:00", "2027-03-01T12:00:00.5"])
async def test_naive_times(served: Served, naive: str) -> None:
    [secretariat] = served.clients(1, "secretariat")
    async with secretariat:
        given = {"track": f"Track:{served.scene.tracks['main']}", "title": "x", "text": "x", "closesAt": naive,
                 "zone": "Europe/Zurich", "sections": [], "idempotencyKey": str(uuid.uuid4())}  # fmt: skip
        error = refused(await post(secretariat, "IssueCall", input=given), 400, "NAIVE_TIME")
        assert "has no zone" in error["message"]
        refused(await post(secretariat, "ForumPage", slug="gfmd", at=naive), 400, "NAIVE_TIME")


@pytest.mark.parametrize(
    "wrong", ["yesterday", "2027-02-30T12:00:00Z", "2027-03-01T25:00:00Z", "9999-12-31T23:59:59-14:00", 7]
)
async def test_times_that_are_none(network: httpx.AsyncClient, wrong: Any) -> None:
    answer = await post(network, "ForumPage", slug="gfmd", at=wrong)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] in ("INVALID_VALUE", "BAD_VARIABLES")


# ---- sections
async def test_sections_too_long_too_short_and_missing(network: httpx.AsyncClient, call: uuid.UUID) -> None:
    async def released(*sections: dict[str, str]) -> dict[str, Any]:
        saved = payload(
            await post(network, "SaveContribution", input=save(call, sections=sections)), "SaveContribution"
        )
        id_, revision = saved["contribution"]["id"], saved["contribution"]["revision"]
        return await error_of(network, "ReleaseContribution", contribution=id_, expectedRevision=revision)

    long = await released({"code": "a", "text": "word " * 41})
    assert (long["code"], long["limit"], long["actual"], long["unit"]) == ("TEXT_TOO_LONG", 40, 41, "words")
    assert long["path"] == ["sections", "a"]
    short = await released({"code": "a", "text": "two words"})
    assert (short["code"], short["limit"], short["actual"], short["path"]) == (
        "TEXT_TOO_SHORT",
        3,
        2,
        ["sections", "a"],
    )
    missing = await released({"code": "b", "text": TEXT})
    assert (missing["code"], missing["path"]) == ("SECTION_MISSING", ["sections", "a"])
    unknown = await error_of(network, "SaveContribution", **save(call, sections=[{"code": "z", "text": TEXT}]))
    assert (unknown["code"], unknown["words"], unknown["path"]) == (
        "WORD_NOT_ALLOWED",
        ["a", "b"],
        ["sections", "0", "code"],
    )


# ---- text that cannot be stored
@pytest.mark.parametrize("where", ["title", "code", "key of the input"])
@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"])
async def test_nul_and_lone_surrogates(network: httpx.AsyncClient, call: uuid.UUID, where: str, bad: str) -> None:
    given = save(call)
    if where == "title":
        given["title"] = bad
    elif where == "code":
        given["sections"] = [{"code": bad, "text": TEXT}]
    else:
        given[bad] = 1
    refused(await asked(network, document("SaveContribution"), input=given), 400, "BAD_TEXT")


async def test_bad_text_in_the_document_and_bytes_that_are_no_text(network: httpx.AsyncClient) -> None:
    refused(await raw(network, b'{"query": "{ forum(slug: \\"a\\\\u0000\\") { id } }"}'), 400, "BAD_TEXT")
    refused(await raw(network, b'{"query": "{ forum(slug: \\"a\\\\uD800\\") { id } }"}'), 400, "SYNTAX_ERROR")
    refused(await raw(network, b'{"query": "{ serverTime }", "variables": {"a": "\xff"}}'), 400, "BAD_TEXT")
    refused(await raw(network, '{"query": "{ serverTime }"}'.encode("utf-16")), 400, "BAD_TEXT")


async def test_control_characters_are_named(network: httpx.AsyncClient, call: uuid.UUID) -> None:
    error = await error_of(network, "SaveContribution", **save(call, title="a\x07b"))
    assert error["code"] == "INVALID_VALUE"
    assert "U+0007" in error["message"]


# ---- too much
async def test_thirty_megabytes(network: httpx.AsyncClient) -> None:
    body = b'{"query": "{ serverTime }", "variables": {"a": "' + b"x" * 30_000_000 + b'"}}'
    error = refused(await raw(network, body), 413, "REQUEST_TOO_LARGE")
    assert error["extensions"]["limit"] == 1024 * 1024

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * 65_536

    answer = await network.post("/graphql", content=pieces(), headers={"Content-Type": "application/json"})
    refused(answer, 413, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize("opening", ['{"a":', "["])
async def test_json_100_000_deep(network: httpx.AsyncClient, opening: str) -> None:
    body = '{"query": "{ serverTime }", "variables": {"a": ' + opening * 100_000
    refused(await raw(network, body.encode()), 400, "JSON_TOO_DEEP")


async def test_a_fragment_bomb(network: httpx.AsyncClient) -> None:
    levels = 40
    bomb = "{ forums { nodes { ...f0 } } } " + " ".join(
        f"fragment f{n} on Forum {{ ...f{n + 1} parent {{ ...f{n + 1} }} }}" for n in range(levels)
    ) + f" fragment f{levels} on Forum {{ name }}"  # fmt: skip
    async with asyncio.timeout(20):  # read level by level it would take years
        refused(await asked(network, bomb), 400, "QUERY_TOO_LARGE")


async def test_an_alias_of_64_bytes(network: httpx.AsyncClient) -> None:
    error = refused(await asked(network, f"{{ {'a' * 64}: serverTime }}"), 400, "QUERY_TOO_LARGE")
    assert (error["extensions"]["actual"], error["extensions"]["limit"]) == (64, 63)
    assert "a" * 63 in (await asked(network, f"{{ {'a' * 63}: serverTime }}")).json()["data"]


@pytest.mark.parametrize("way", ["variable", "literal"])
async def test_pages_of_any_size(network: httpx.AsyncClient, way: str) -> None:
    def page(first: Any) -> Any:
        if way == "variable":
            return asked(network, "query($n: Int) { contributions(first: $n) { nodes { id } } }", n=first)
        return asked(network, f"{{ contributions(first: {json.dumps(first)}) {{ nodes {{ id }} }} }}")

    whole = await page(None)  # as if it were left out
    assert len(whole.json()["data"]["contributions"]["nodes"]) <= 20
    assert whole.json()["extensions"]["cost"]["requested"] == 12  # 1 + 20 * (0.5 + 0.03)
    for wrong in (10**9, 101, -1):
        error = refused(await page(wrong), 400, "PAGE_TOO_LARGE")
        assert "0 to 100" in error["message"]
    refused(await page(10**10), 400, "BAD_VARIABLES" if way == "variable" else "INVALID_DOCUMENT")
    assert (await page(0)).json()["data"] == {"contributions": {"nodes": []}}


async def test_cost_is_known_before_anything_is_done(network: httpx.AsyncClient) -> None:
    query = "{ contributions(first: 100) { nodes { usedIn(first: 100) { nodes { section { text { safeHtml } } } } } } }"
    error = refused(await asked(network, query), 400, "COST_TOO_HIGH")
    assert error["extensions"]["requested"] > error["extensions"]["limit"]


# ---- twice, late, out of turn
async def test_a_doubled_submission(served: Served, network: httpx.AsyncClient, call: uuid.UUID) -> None:
    [ready] = await served.released(call, 1)
    key = str(uuid.uuid4())
    first, again = [
        payload(
            await post(network, "SubmitContribution", input={"contribution": ready, "idempotencyKey": key}),
            "SubmitContribution",
        )
        for _ in range(2)
    ]
    assert first == again
    error = await error_of(network, "SubmitContribution", contribution=ready, idempotencyKey=str(uuid.uuid4()))
    assert (error["code"], error["state"], error["needs"]) == ("WRONG_STATE", "submitted", ["released"])
    rows = await served.rows("SELECT 1 FROM snapshot WHERE subject_id = $1", uuid.UUID(ready.partition(":")[2]))
    assert len(rows) == 1


async def test_a_stale_revision(network: httpx.AsyncClient, call: uuid.UUID) -> None:
    made = payload(await post(network, "SaveContribution", input=save(call)), "SaveContribution")["contribution"]
    change = {k: v for k, v in save(call, title="Second").items() if k != "call"} | {"contribution": made["id"]}
    assert (
        payload(await post(network, "SaveContribution", input={**change, "expectedRevision": 1}), "SaveContribution")[
            "errors"
        ]
        == []
    )
    late = {**change, "title": "Third", "expectedRevision": 1, "idempotencyKey": str(uuid.uuid4())}
    error = await error_of(network, "SaveContribution", **late)
    assert (error["code"], error["expected"], error["current"], error["path"]) == (
        "STALE_REVISION",
        1,
        2,
        ["expectedRevision"],
    )
    assert error["currentText"] == TEXT


async def test_acts_that_are_not_allowed_now(served: Served, network: httpx.AsyncClient, call: uuid.UUID) -> None:
    [ready] = await served.released(call, 1)
    error = await error_of(network, "AdmitContribution", contribution=ready)
    assert (error["code"], error["roles"]) == ("ROLE_NOT_ALLOWED", ["secretariat"])
    error = await error_of(network, "AdvanceStage", track=f"Track:{served.scene.tracks['main']}", to="drafting")
    assert (error["code"], error["roles"], error["yours"]) == (
        "ROLE_NOT_ALLOWED",
        ["chair", "secretariat"],
        ["representative"],
    )
    [secretariat] = served.clients(1, "secretariat")
    async with secretariat:
        given = {"document": f"Document:{uuid.uuid4()}", "text": "x", "idempotencyKey": str(uuid.uuid4())}
        assert (await error_of(secretariat, "WriteParagraph", **given))["code"] == "NOT_FOUND"
        given = {"track": f"Track:{served.scene.tracks['main']}", "kind": "consolidated_report", "title": "x",
            "symbol": "X/1",
                 "language": "en", "idempotencyKey": str(uuid.uuid4())}  # fmt: skip
        early = await error_of(secretariat, "DraftDocument", **given)
        assert (early["code"], early["stage"]) == ("NOT_AT_THIS_STAGE", "Call for inputs")
        assert "Drafting" in early["stages"]
    [nobody] = served.clients(1, None)
    async with nobody:
        assert (await error_of(nobody, "SaveContribution", **save(call)))["code"] == "NOT_SIGNED_IN"


async def test_ids_of_another_kind_and_of_nothing(network: httpx.AsyncClient, call: uuid.UUID) -> None:
    for wrong in (f"Track:{call}", "Call:7", "x", "Call:" + "0" * 36, "::", "", str(call)):
        answer = await post(network, "SaveContribution", input={**save(call), "call": wrong})
        assert answer.status_code in (200, 400)
        assert "INVALID_VALUE" in answer.text, wrong
        assert (await post(network, "ContributionPage", id=wrong)).status_code in (200, 400)
    error = await error_of(network, "SaveContribution", **save(uuid.uuid4()))
    assert error["code"] == "NOT_FOUND"
    error = await error_of(network, "SaveContribution", **{**save(call), "call": None})
    assert (error["code"], error["path"]) == ("INVALID_VALUE", ["call"])


OWN: dict[str, dict[str, Any]] = {
    "SaveContribution": {"title": "x", "language": "en", "expectedRevision": 1},
    "ReleaseContribution": {"expectedRevision": 1},
    "SubmitContribution": {}, "WithdrawContribution": {}, "AdmitContribution": {},
    "ReturnContribution": {"reason": "x"},
    "ReceiveContribution": {},
}  # fmt: skip


@pytest.mark.parametrize("operation", OWN)
async def test_what_may_not_be_seen_answers_as_what_is_not_there(
    served: Served, network: httpx.AsyncClient, call: uuid.UUID, operation: str
) -> None:
    """To the letter: else an id could be tried for whether there is a draft."""
    draft = payload(await post(network, "SaveContribution", input=save(call)), "SaveContribution")["contribution"]["id"]
    for who in ("secretariat", "focal.kenya", "secretariat.hlpf"):
        [http] = served.clients(1, who)
        async with http:
            there, nowhere = [
                await error_of(http, operation, contribution=id_, idempotencyKey=str(uuid.uuid4()), **OWN[operation])
                for id_ in (draft, f"Contribution:{uuid.uuid4()}")
            ]
        assert there["code"] == "NOT_FOUND", who
        assert there == nowhere, who


# ---- files
HEAD = b"Section,SDG,Name and Link,Project Date,Country/Region/City,Aim,Key Partners\n"
FILES = {
    "another encoding": (HEAD + "A,10.7,Café,2019,Genève,Aim,\n".encode("cp1252"), 2, "not UTF-8"),
    "UTF-16": ((HEAD.decode() + "A,10.7,N,2019,P,Aim,\n").encode("utf-16"), 1, "UTF-16"),
    "a spreadsheet": (b"PK\x03\x04" + b"\0" * 40, 1, "spreadsheet"),
    "another table": (b"Name,Age\nA,7\n", 1, "Section"),
    "too few cells": (HEAD + b"A,10.7,N,2019,P,Aim,\nA,10.7,N\n", 3, "3 cells"),
    "an open quote": (HEAD + b'A,10.7,"N,2019,P,Aim,\n', None, "quot"),
    "NUL": (HEAD + b"A,10.7,N\0N,2019,P,Aim,\n", 2, "NUL"),
    "nothing": (b"", None, ""),
}


@pytest.mark.parametrize("name", FILES)
async def test_files_that_are_no_table_of_practices(served: Served, call: uuid.UUID, name: str) -> None:
    content, line, says = FILES[name]
    session = Session(served.urls[0], served.token("secretariat"))
    try:
        with pytest.raises(FileRefused) as refusal:
            await import_practices(session, content, call=f"Call:{call}")
    finally:
        await session.close()
    assert says in refusal.value.message
    assert len(refusal.value.message) > 20
    assert line is None or refusal.value.line == line
    assert await served.scene.rows(t.contribution, call_id=call) == []  # the file whole, or nothing of it


def test_the_command_says_it_in_one_line(served: Served, tmp_path: Path) -> None:
    file = tmp_path / "practices.csv"
    file.write_bytes(FILES["another encoding"][0])
    line = [sys.executable, "-m", "forum", "import", "practices", str(file), "--edition", "gfmd/gfmd 2020",
            "--track", "main",
            "--url", served.urls[0], "--token", served.token("secretariat")]  # fmt: skip
    run = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2, run.stderr
    assert run.stderr.startswith("forum: Line 2: byte 0xE9 is not UTF-8.")
    assert run.stderr.count("\n") == 1


# ---- a database that is killed in mid-request
async def test_the_database_killed_in_mid_request(served: Served, network: httpx.AsyncClient, call: uuid.UUID) -> None:
    """A write and a read are held by a lock when the postmaster is killed: both are told to come again, and then
    done."""
    [ready] = await served.released(call, 1)
    given = {"contribution": ready, "idempotencyKey": str(uuid.uuid4())}
    holder = await asyncpg.connect(served.cluster.url("served"))
    await holder.execute("BEGIN; LOCK TABLE contribution IN ACCESS EXCLUSIVE MODE")
    write = asyncio.create_task(post(network, "SubmitContribution", input=given))
    read = asyncio.create_task(post(network, "ContributionBrief", id=ready))

    async def waiting() -> bool:
        [row] = await served.rows("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        return row["n"] >= 2

    async def handed_in() -> httpx.Response | None:
        answer = await post(network, "SubmitContribution", input=given)
        return None if answer.status_code == 503 else answer

    await until(waiting)
    await served.kill()
    for answer in await asyncio.gather(write, read):
        error = refused(answer, 503, "DATABASE_UNAVAILABLE")
        assert int(answer.headers["Retry-After"]) >= 1
        assert "send the same request again" in error["message"]
    holder.terminate()
    again = await until(handed_in)
    made = payload(again, "SubmitContribution")
    assert made["errors"] == []
    assert made["contribution"]["receipt"]["number"]
    assert (await post(network, "ContributionBrief", id=ready)).json()["data"]["node"]["state"] == "SUBMITTED"


# ---- whatever else
FUZZED = {"saveContribution": "rep.network", "issueCall": "secretariat", "recordMeeting": "secretariat"}


@pytest.fixture
async def lines(served: Served) -> AsyncIterator[dict[str, httpx.AsyncClient]]:
    """A line of each person of the fuzz."""
    made = {who: next(served.clients(1, who)) for who in ("rep.network", "secretariat")}
    yield made
    for http in made.values():
        await http.aclose()


def fresh_key() -> str:
    return str(uuid.uuid4())


async def fuzzed(http: httpx.AsyncClient, mutation: str, given: Any) -> str:
    """One mutation with these variables: data with typed errors, or a request error with its code; never our fault."""
    answer = await asked(http, doing(mutation), input=given)
    assert answer.status_code in (200, 400), (given, answer.text)
    body = answer.json()
    if answer.status_code == 400:
        assert "data" not in body
        assert all(e["extensions"]["code"] and e["message"] for e in body["errors"]), body
        return "request"
    errors = body["data"][mutation]["errors"]
    assert all(e["code"] and e["message"] for e in errors), body
    return errors[0]["code"] if errors else "done"


@pytest.mark.parametrize("mutation", FUZZED)
async def test_no_variables_are_answered_with_a_fault_of_ours(
    served: Served, lines: dict[str, httpx.AsyncClient], call: uuid.UUID, mutation: str
) -> None:
    await served.scene.stage("regional", "call")  # a stage of a track at which calls are issued and meetings recorded
    known = {"Call": [f"Call:{call}"], "Track": [f"Track:{served.scene.tracks['regional']}"]}
    seen: set[str] = set()

    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(inputs_of(mutation, known), min_size=1, max_size=3))
    def gather(some: list[Any]) -> None:
        drawn.extend(some)

    drawn: list[Any] = [None, [], {"a": 1}]
    gather()
    if mutation == "saveContribution":  # of those drawn few name a call: one that is sound must not hang on luck
        drawn.append({"call": known["Call"][0], "title": "A title", "language": "en", "idempotencyKey": fresh_key()})
    for one in drawn:
        seen.add(await fuzzed(lines[FUZZED[mutation]], mutation, one))
    assert "request" in seen
    assert len(seen) >= 4, seen
    assert "done" in seen  # it came as far as the rules, and past them
