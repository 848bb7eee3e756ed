"""The demonstration shows a return that is mended, and leaves one call open, to be tried with a token of one's own; and
its pages speak the reader's language, the words of the process included."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from html.parser import HTMLParser

import httpx
import pytest

from forum.client.session import Session
from forum.files import shipped
from forum.worded import in_language, languages_of
from forum.workflow.check.texts import texts
from forum.workflow.load import read_file
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


# ---- in the reader's language
ROOM = re.compile(r'href="(/(?:forums/gfmd|tracks|calls|documents|writing|consultation|inputs|meetings)\b[^"#?]*)"')
MOST_PAGES = 45  # of one visitor; those that list much are met first
AR = {"language": "ar"}  # as somebody chose it on a page
# Titles that people typed and the process has as well: the edition's own texts and meetings stay as they were written.
TYPED = re.compile(
    r"Global Forum|Report|Summary|Focused input|What became|Summit|Friends of the Forum|Regional consultation"
)


class Words(HTMLParser):
    """The texts of a page, each by itself, without the marks around them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.texts.add(re.sub(r"^[\d. ]+", "", " ".join(data.split())).strip("\u2068\u2069 :,.;«»"))


def process_words() -> dict[str, str]:
    """What the process of the demonstration says, English -> Arabic; without its mechanisms, which are bodies with
    a name on the record."""
    process = read_file(shipped() / "gfmd.toml")
    names = set(process.mechanisms.values())
    worded = [text.words for text in texts(process) if languages_of(text.words) and text.words not in names]
    return {str(words): in_language(words, "ar") for words in worded}


async def walked(told: Told, persona: str | None) -> AsyncIterator[tuple[str, str]]:
    """The pages of the forum that somebody comes to in Arabic by following links: address and text."""
    same = {"Origin": told.stage.url, "Sec-Fetch-Site": "same-origin"}
    async with httpx.AsyncClient(base_url=told.stage.url, headers=same, follow_redirects=True, cookies=AR) as line:
        if persona is not None:
            assert (await line.post("/sign-in", data={"person": persona})).status_code == 200
        ahead, known = ["/forums/gfmd"], {"/forums/gfmd"}
        while ahead and len(known) < MOST_PAGES + len(ahead):
            page = await line.get(ahead.pop(0))
            if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
                yield page.url.path, page.text
                found = [address for address in dict.fromkeys(ROOM.findall(page.text)) if address not in known]
                ahead, known = [*ahead, *found], known | set(found)


def english(page: str, words: dict[str, str]) -> Iterator[str]:
    """What the process says in English on a page."""
    yield from (text for text in sorted(Words(page).texts) if text in words and not TYPED.match(text))


@pytest.mark.parametrize("persona", [None, "gfmd-secretariat"])
async def test_pages_in_arabic_say_what_the_process_says_in_arabic(told: Told, persona: str | None) -> None:
    words = process_words()
    left: dict[str, list[str]] = {}
    met: set[str] = set()
    pages = 0
    async for address, page in walked(told, persona):
        pages += 1
        assert '<html lang="ar" dir="rtl"' in page, address
        met |= Words(page).texts & set(words.values())
        if left_in_english := list(english(page, words)):
            left[address] = left_in_english
    assert pages > 15
    assert left == {}
    assert {words[stage] for stage in ("Call for inputs", "Drafting", "Consultation on the draft")} <= met


async def test_one_text_in_english_among_the_arabic_ones_would_be_found(told: Told) -> None:
    words = process_words()
    address, page = await anext(each async for each in walked(told, None) if each[0].startswith("/tracks/"))
    assert list(english(page, words)) == [], address
    assert list(english(page.replace(words["Drafting"], "Drafting"), words)) == ["Drafting"]
