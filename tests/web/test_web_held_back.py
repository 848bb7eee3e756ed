"""Forms that are not sent on: drawn for somebody else, or sent before. Whatever was typed is kept."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from forum.store.tables import schema as t
from forum.web import sent_before
from forum.web.held_back import typed
from forum.web.page_words import Words
from tests.support.pages import Portal, hidden, portal

COMMENT = {"text": "Say who *decides*.", "attribution": "ORGANISATION", "audience": "PARTICIPANTS"}
NEW = {"title": "Desks", "language": "en", "visibility": "PARTICIPANTS", "attribution": "ORGANISATION",
       "text-a": "Desks at the border\nwork."}  # fmt: skip


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def kept(page: httpx.Response) -> dict[str, str]:
    """What the page that holds a form back would send, but for the key of its buttons."""
    return {
        name: unescape(value)
        for found in (r'<input type="hidden" name="([^"]+)" value="([^"]*)"',
                      r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>')
        for name, value in re.findall(found, page.text)
    }  # fmt: skip


def keys(page: httpx.Response) -> list[str]:
    return re.findall(r'<button[^>]* name="key" value="([^"]+)"', page.text)


@pytest.fixture
async def address(on: Portal) -> str:
    """The form of a comment on a circulated text."""
    await on.s.stage("main", "drafting")
    document = await on.s.document("main", "consolidated_report", symbol="GFMD/1/REP")
    await on.s.write(document, "Desks near markets help.")
    await on.s.circulate(document)
    await on.s.stage("main", "consultation")
    return "/do/add_comment?" + urlencode({"document": f"Document:{document}", "fixed": "document", "back": "/forums"})


async def test_a_form_that_one_goes_back_to_is_asked_about_before_it_writes_twice(on: Portal, address: str) -> None:
    async with on.by("focal.nepal") as line:
        first, anew = hidden(await line.get(address)), hidden(await line.get(address))
        assert first["key"] != anew["key"]  # a browser that goes back gets the form drawn anew
        assert (await line.post("/do/add_comment", data={**first, **COMMENT})).status_code == 303
        held = await line.post("/do/add_comment", data={**anew, **COMMENT})
        assert held.status_code == 409
        for words in ("You have sent this already", 'href="/forums"', "Say who *decides*."):
            assert words in held.text
        assert len(await on.s.rows(t.comment)) == 1
        # The very form again - a reload, a second click - is the same act, and other words are another.
        assert (await line.post("/do/add_comment", data={**first, **COMMENT})).status_code == 303
        assert len(await on.s.rows(t.comment)) == 1
        other = await line.post("/do/add_comment", data={**anew, **COMMENT, "text": "Say when."})
        assert other.status_code == 303
        assert len(await on.s.rows(t.comment)) == 2
        for _ in range(2):  # who means it may, once a press
            assert (await line.post("/do/add_comment", data=kept(held))).status_code == 303
        assert len(await on.s.rows(t.comment)) == 3


async def test_an_input_is_not_begun_twice_by_going_back(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        for status in (303, 409):
            form = hidden(await line.get(address))
            assert (await line.post(address, data={**form, **NEW})).status_code == status
        by_itself = await line.post(
            address, data={**hidden(await line.get(address)), **NEW}, headers={"HX-Request": "true"}
        )
        assert "You have sent the same words from here before." in by_itself.text
    assert len(await on.s.rows(t.contribution)) == 1


async def test_a_mark_of_what_was_sent_is_kept_by_the_browser_and_says_nothing(on: Portal, address: str) -> None:
    async with on.by("focal.nepal") as line:
        for number in range(14):
            sent = {**hidden(await line.get(address)), **COMMENT, "text": f"Number {number}."}
            answer = await line.post("/do/add_comment", data=sent)
            assert answer.status_code == 303
        [cookie] = [head for head in answer.headers.get_list("set-cookie") if head.startswith("sent=")]
        assert re.fullmatch(r"sent=([0-9a-f]{16}\.[0-9a-f]{16}-?){12}; HttpOnly; .*SameSite=strict(; Secure)?", cookie)
        for odd in ("x", "a.b-c.d", "." * 500, "-" * 500):
            line.cookies.set(sent_before.COOKIE, odd, domain=line.base_url.host)
            assert (await line.post("/do/add_comment", data=sent)).status_code == 303
    assert len(await on.s.rows(t.comment)) == 14


async def test_a_form_that_was_drawn_for_another_person_is_not_sent_as_who_signed_in_since(
    on: Portal, address: str
) -> None:
    async with on.by("focal.nepal") as line:
        form = hidden(await line.get(address))
    async with on.by("focal.kenya") as line:
        held = await line.post("/do/add_comment", data={**form, **COMMENT})
        assert held.status_code == 409
        [person] = await on.s.rows(t.person, id=on.s.people["focal.kenya"])
        for words in ("Somebody else is signed in now", person["name"], "Say who *decides*."):
            assert words in held.text
        assert not await on.s.rows(t.comment)
        ids = {str(id_) for name, id_ in on.s.people.items()} | {"focal.nepal"}
        assert not [id_ for id_ in ids if id_ in held.text]  # whose it was is said to nobody
        first, own = keys(held)
        assert first == form["key"]
        still = await line.post("/do/add_comment", data={**kept(held), "key": first})
        assert still.status_code == 409
    async with on.by("focal.nepal") as line:  # who wrote it has signed in again
        assert (await line.post("/do/add_comment", data={**kept(held), "key": first})).status_code == 303
    async with on.by("focal.kenya") as line:
        assert (await line.post("/do/add_comment", data={**kept(held), "key": own})).status_code == 303
    assert len(await on.s.rows(t.comment)) == 2


async def test_a_draft_that_saves_by_itself_is_not_saved_as_somebody_else(on: Portal) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = hidden(await line.get(address))
    async with on.by("focal.kenya") as line:
        answer = await line.post(address, data={**form, **NEW}, headers={"HX-Request": "true"})
        assert "Somebody else is signed in now" in answer.text
        assert (await line.post(address, data={**form, **NEW})).status_code == 409
    assert not await on.s.rows(t.contribution)


@pytest.mark.parametrize("page", ["/settings", "/people/import", "process"])
async def test_every_page_of_forms_asks_whose_form_it_is(on: Portal, page: str) -> None:
    where = {"process": "/forums/gfmd/process", "/people/import": f"/people/import?for=Forum:{on.s.forums['gfmd']}"}
    wrong = "00000000-0000-4000-8000-000000000000." + "0" * 22
    sent = {"key": wrong, "act": "contact", "step": "adopt", "people": "W10=", "zone": "UTC"}
    async with on.by("secretariat") as line:
        assert (await line.post(where.get(page, page).partition("?")[0], data=sent)).status_code == 409


async def test_what_was_drawn_for_nobody_may_be_sent_once_one_has_signed_in(on: Portal, address: str) -> None:
    async with on.by() as line:
        form = hidden(await line.get(address))
    async with on.by("focal.nepal") as line:
        assert (await line.post("/do/add_comment", data={**form, **COMMENT})).status_code == 303


async def test_what_is_kept_stands_under_the_labels_of_its_form(on: Portal) -> None:
    async with on.by("secretariat") as line:
        form = hidden(await line.get("/do/issue_call"))
        await line.post("/sign-out", data={"everywhere": "yes"})
        page = await line.post("/do/issue_call", data={
            **form, "track": f"Track:{on.s.tracks['main']}", "closesAt": "2031-01-01T12:00", "statuses.MEMBER": "yes",
            "sections.1.prompt": "What works?", "sections.1.unit": "WORDS",
        })  # fmt: skip
    assert page.status_code == 401
    assert re.findall(r"<label[^>]*>([^<]*)</label>", page.text) == ["Closes", "Sections 2: Prompt"]
    shown = re.findall(r"<p><strong>([^<]*)</strong> ([^<]*)</p>", page.text)
    assert shown == [("Statuses:", "Members"), ("Sections 2: Counted in:", "words")]
    assert not re.search(r"<label[^>]*>[^<]*(closesAt|sections\.)", page.text)


def test_fields_of_pages_of_their_own_have_their_words() -> None:
    rows = typed(Words(), NEW, "")
    assert [(row.label, row.words) for row in rows] == [
        ("Title", ""), ("Language", ""), ("Visibility", "those who take part in the forum may read it"),
        ("Attribution", "under the organisation's name"), ("Text (a)", ""),
    ]  # fmt: skip
