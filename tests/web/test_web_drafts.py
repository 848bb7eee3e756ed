"""An input is written in a browser: saved, mended, handed in, taken back; nothing that was typed is lost."""

import re
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from forum.store.tables import schema as t
from tests.support.pages import Portal, hidden, portal
from tests.support.scene import DAY
from tests.support.sign_ins import browser

WORDS = "Desks near markets help people find fair work."
NEW = {"title": "Desks", "language": "en", "visibility": "PARTICIPANTS", "attribution": "ORGANISATION", "text-a": WORDS}


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def write(on: Portal, line: httpx.AsyncClient, **fields: str) -> httpx.Response:
    """Open the form of the call, fill it in, send it."""
    form = await line.get(f"/calls/{on.s.call}/input")
    return await line.post(f"/calls/{on.s.call}/input", data={**hidden(form), **NEW, **fields})


async def draft(on: Portal, line: httpx.AsyncClient, **fields: str) -> str:
    """The address of a new draft."""
    return (await saved(on, line, **fields)).partition("?")[0]


async def saved(on: Portal, line: httpx.AsyncClient, **fields: str) -> str:
    """Where one is led after a new draft was saved."""
    answer = await write(on, line, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_an_input_is_written_handed_in_and_taken_back(on: Portal) -> None:
    async with on.by("rep.network") as line:
        assert f"/calls/{on.s.call}/input" in (await line.get(f"/calls/{on.s.call}")).text
        led = await saved(on, line, targets="10.7, 8.8")
        address, page = led.partition("?")[0], await line.get(led)
        for words in ("Saved as revision", WORDS, "10.7, 8.8", "Release it and hand it in"):
            assert words in page.text
        sent = await line.post(address, data={**hidden(page), "act": "hand_in"})
        assert sent.headers["location"].startswith(f"{address}?done=hand_in.")
        again = await line.post(address, data={**hidden(page), "act": "hand_in"})
        assert again.headers["location"].startswith(f"{address}?done=hand_in."), "a second click on the same button"
        receipt = await line.get(sent.headers["location"])
        [number] = re.findall(r'class="number">([A-Z0-9-]+)<', receipt.text)
        [row] = await on.s.rows(t.contribution, id=uuid.UUID(address.rpartition("/")[2]))
        assert (row["state"], row["receipt_number"]) == ("submitted", number)
        back = await line.post(address, data={**hidden(receipt), "act": "withdraw"})
        assert "It is taken back." in (await line.get(back.headers["location"])).text
        assert address in (await line.get(f"/calls/{on.s.call}")).text


async def test_what_is_refused_comes_back_with_all_that_was_typed(on: Portal) -> None:
    async with on.by("rep.network") as line:
        answer = await write(on, line, title="", **{"text-b": "Line one\r\n\r\n<b>Line</b> two", "targets": "10.7"})
        assert answer.status_code == 400
        assert '<a href="#title">' in answer.text
        assert 'aria-invalid="true" aria-describedby="title-error"' in answer.text
        for typed in (WORDS, "Line one\n\n&lt;b&gt;Line&lt;/b&gt; two", 'value="10.7"'):
            assert typed in answer.text
        odd = await write(on, line, targets="10.7, 99.9")
        assert '<a href="#targets">' in odd.text
        long = await write(on, line, **{"text-a": "word " * 41})
        page = await line.get(long.headers["location"])
        refused = await line.post(page.url.path, data={**hidden(page), "act": "hand_in"})
        assert refused.status_code == 400
        assert "This was not done" in refused.text
    assert await on.s.rows(t.contribution, state="submitted") == []


async def test_a_form_that_is_sent_twice_saves_once_and_one_that_was_changed_saves_again(on: Portal) -> None:
    async with on.by("rep.network") as line:
        form = {**hidden(await line.get(f"/calls/{on.s.call}/input")), **NEW}
        answers = [await line.post(f"/calls/{on.s.call}/input", data=form) for _ in range(2)]
        assert {answer.headers["location"] for answer in answers} == {answers[0].headers["location"]}
        assert len(await on.s.rows(t.contribution)) == 1
        changed = await line.post(f"/calls/{on.s.call}/input", data={**form, "title": "Other desks"})
        assert changed.status_code == 303
        assert changed.headers["location"] != answers[0].headers["location"]


async def test_two_tabs_do_not_write_over_each_other(on: Portal) -> None:
    async with on.by("rep.network") as line:
        address = await draft(on, line)
        first, second = [await line.get(f"{address}/edit") for _ in range(2)]
        assert (await line.post(f"{address}/edit", data={**hidden(first), **NEW, "title": "Mine"})).status_code == 303
        late = await line.post(f"{address}/edit", data={**hidden(second), **NEW, "title": "Yours"})
        assert late.status_code == 400
        assert 'value="Yours"' in late.text
        assert "<bdi>Mine</bdi>" in late.text
        # Whoever has compared may save: the form knows by now what it takes the place of.
        assert (await line.post(f"{address}/edit", data={**hidden(late), **NEW, "title": "Both"})).status_code == 303
    assert [row["title"] for row in await on.s.rows(t.contribution)] == ["Both"]


async def test_a_sign_in_that_has_ended_loses_nothing(on: Portal) -> None:
    async with on.by("rep.network") as line:
        form = await line.get(f"/calls/{on.s.call}/input")
        await line.post("/sign-out", data={"everywhere": "yes"})
        answer = await line.post(f"/calls/{on.s.call}/input", data={**hidden(form), **NEW})
        assert answer.status_code == 401
        assert WORDS in answer.text
        kept = {
            **dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)),
            **dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', answer.text)),
        }
    assert await on.s.rows(t.contribution) == []
    async with on.by("rep.network") as line:
        assert (await line.post(f"/calls/{on.s.call}/input", data=kept)).status_code == 303
    assert [row["title"] for row in await on.s.rows(t.contribution)] == ["Desks"]


async def test_the_deadline_passes_while_the_form_is_open(on: Portal) -> None:
    async with on.by("rep.network") as line:
        address = await draft(on, line)
        page = await line.get(f"{address}/edit")
        await on.s.change(t.call, on.s.call, closes_at=on.s.now - DAY / 2)
        answer = await line.post(f"{address}/edit", data={**hidden(page), **NEW, "title": "Too late"})
        assert answer.status_code == 400
        assert 'value="Too late"' in answer.text
        assert "deadline" in answer.text


async def test_a_draft_is_of_its_own_side_alone(on: Portal) -> None:
    async with on.by("rep.network") as line:
        address = await draft(on, line)
    for subject in (None, "focal.kenya", "secretariat"):
        async with on.by(subject) as line:
            for page in (address, f"{address}/edit"):
                assert (await line.get(page)).status_code == 404
            answer = await line.post(address, data={"key": str(uuid.uuid4()), "revision": "1", "act": "hand_in"})
            assert answer.status_code in (400, 401, 404)
    assert [row["state"] for row in await on.s.rows(t.contribution)] == ["draft"]


async def test_no_input_this_time_is_an_answer(on: Portal) -> None:
    async with on.by("focal.kenya") as line:
        page = await line.get(f"/calls/{on.s.call}")
        sent = await line.post(f"/calls/{on.s.call}", data={**hidden(page), "reason": "Elections."})
        assert "Thank you" in (await line.get(sent.headers["location"])).text
        assert "sends no input this time" in (await line.get("/")).text
    assert "Elections." in {row["reason"] for row in await on.s.rows(t.addressee)}


@pytest.mark.parametrize(
    "fields",
    [{"key": "none"}, {"revision": "x"}, {"revision": "9" * 30}, {"act": "delete"}, {"act": ""}, {"key": ""}],
    ids=str,
)
async def test_a_form_that_is_not_ours_is_refused(on: Portal, fields: dict[str, str]) -> None:
    async with on.by("rep.network") as line:
        address = await draft(on, line)
        page = await line.get(address)
        answer = await line.post(address, data={**hidden(page), "act": "hand_in", **fields})
        assert answer.status_code == 400
        assert "BAD_FORM" in answer.text
        if "act" not in fields:
            edit = await line.get(f"{address}/edit")
            assert (await line.post(f"{address}/edit", data={**hidden(edit), **NEW, **fields})).status_code == 400
    assert [row["state"] for row in await on.s.rows(t.contribution)] == ["draft"]


async def test_a_form_of_another_site_writes_nothing(on: Portal) -> None:
    async with on.by("rep.network") as line:
        form = await line.get(f"/calls/{on.s.call}/input")
        data = {**hidden(form), **NEW}
        answer = await line.post(f"/calls/{on.s.call}/input", data=data, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
    async with browser(on.site) as nobody:
        assert (await nobody.post(f"/calls/{on.s.call}/input", data=data)).status_code == 401
    assert await on.s.rows(t.contribution) == []


async def test_long_texts_are_taken_and_a_flood_is_not(on: Portal) -> None:
    async with on.by("rep.network") as line:
        form = hidden(await line.get(f"/calls/{on.s.call}/input"))
        long = await line.post(f"/calls/{on.s.call}/input", data={**form, **NEW, "text-a": "\u0639" * 60_000})
        assert long.status_code in (303, 400)
        assert "\u0639" * 1000 in long.text or long.status_code == 303
        flood = await line.post(f"/calls/{on.s.call}/input", data={**form, **NEW, "text-a": "x" * 2_000_000})
        assert flood.status_code == 413
