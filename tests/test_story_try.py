"""The demonstration shows a return that is mended, and leaves one call open, to be tried with a token of one's own."""

import asyncio
import os
import subprocess
import sys

import httpx

from forum.client.session import Session
from tests.support.told import Told

CALL_TO_TRY, WHO = "call:open", "de-focal-point"


async def _run(command: list[str], variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(subprocess.run, command, env=variables, capture_output=True, text=True, timeout=300)


async def test_a_timely_input_was_returned_after_the_deadline_mended_and_answered(told: Told) -> None:
    texts = told.story.texts["returned"]
    returned = told.sent("ReturnContribution")
    assert [sent.persona for sent in returned] == ["gfmd-secretariat"]
    page = (await told.ask("ge-focal-point", "ContributionPage", id=told.story.inputs[texts["key"]]["id"]))["node"]
    assert (page["title"], page["late"], page["mendUntil"]) == (texts["title"], False, None)
    assert page["dispositions"]["nodes"], "it was counted, and answered"
    mine = (await told.ask("ge-focal-point", "MyNotices", first=50))["viewer"]["notices"]["nodes"]
    kinds = [notice["kind"] for notice in mine]
    assert {"CALL", "RETURNED", "ANSWERED", "TEXT_CLOSED"} <= set(kinds)
    assert kinds.count("RETURNED") == 1
    theirs = (await told.ask("de-focal-point", "MyNotices", first=50))["viewer"]["notices"]["nodes"]
    assert "RETURNED" not in [notice["kind"] for notice in theirs]


async def test_one_call_is_open_and_says_so(told: Told) -> None:
    page = (await told.ask(None, "CallPage", id=told.story.ids[CALL_TO_TRY]))["node"]
    assert page["state"] == "OPEN"
    assert f'The call "{page["title"]}" is open until' in told.said
    may = {answer["act"]: answer["yes"] for answer in (await told.ask(WHO, "Acts", on=page["id"]))["acts"]}
    assert may["SAVE_CONTRIBUTION"] is True
    assert may["DECLINE_CALL"] is True


async def test_a_token_is_had_beside_it_with_no_setting_but_its_folder(told: Told, tmp_path) -> None:
    folder = told.out.parent / "told"
    file = folder / "demonstration.json"
    assert file.stat().st_mode & 0o077 == 0, "its owner's alone"
    left_out = ("DATABASE_URL", "FORUM_SECRET", "FORUM_MODE", "FORUM_TOKEN")
    variables = {name: value for name, value in os.environ.items() if name not in left_out}
    command = [sys.executable, "-m", "forum", "token", WHO]
    got = await _run(command, {**variables, "FORUM_DATA_DIR": str(folder)})
    assert got.returncode == 0, got.stderr
    session = Session(told.stage.url, got.stdout.strip(), WHO)
    try:
        call = told.story.ids[CALL_TO_TRY]
        saved = await session.do("SaveContribution", call=call, title="Tried", language="en")
        await session.do("WithdrawContribution", contribution=saved["contribution"]["id"])
    finally:
        await session.close()
    # An operator's own secret is never set aside for the demonstration's.
    refused = await _run(command, {**variables, "FORUM_DATA_DIR": str(tmp_path)})
    assert refused.returncode != 0
    assert "FORUM_SECRET" in refused.stderr


async def test_one_signs_in_with_a_browser_as_anybody_of_the_story(told: Told) -> None:
    own = {"Origin": told.stage.url, "Sec-Fetch-Site": "same-origin"}
    async with httpx.AsyncClient(base_url=told.stage.url, headers=own) as line:
        people = (await line.get("/sign-in")).text
        assert WHO in people
        assert "no-focal-point" in people
        assert (await line.post("/sign-in", data={"person": WHO})).status_code == 303
        home = (await line.get("/")).text
        assert "Inputs for the Summit of 2021" in home
        assert "has not answered yet" in home or "has handed in an input" in home
        asked = await line.post("/graphql", json={"query": "{ viewer { organisations { name } } }"})
        assert asked.json()["data"]["viewer"]["organisations"] == [{"name": "Germany"}]
