"""What a page says was done: it was, here, by who reads it; a link that somebody else wrote says nothing."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.support.pages import Portal, hidden, portal

GREEN = 'class="done"'


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def declined(on: Portal, line: Any) -> str:
    """Where one is led after a call was answered with no input."""
    page = await line.get(f"/calls/{on.s.call}")
    return (await line.post(f"/calls/{on.s.call}", data=hidden(page))).headers["location"]


async def test_what_was_done_is_shown_to_who_did_it_and_there_alone(on: Portal) -> None:
    async with on.by("rep.network") as line, on.by("rep.network") as elsewhere, on.by("focal.kenya") as other:
        led = await declined(on, line)
        assert re.fullmatch(rf"/calls/{on.s.call}\?done=declined\.[0-9a-f]{{22}}", led)
        assert GREEN in (await line.get(led)).text
        assert GREEN in (await line.get(led + "&language=ar")).text
        for reader in (elsewhere, other):
            assert GREEN not in (await reader.get(led)).text
        done = led.partition("?")[2]
        assert GREEN not in (await line.get(f"/forums/gfmd?{done}")).text
    async with on.by() as nobody:
        assert GREEN not in (await nobody.get(led)).text


@pytest.mark.parametrize("forged", ["declined", "declined.", "declined.0000000000000000000000", "declined.\u0660", "."])
async def test_a_forged_line_is_not_shown(on: Portal, forged: str) -> None:
    async with on.by("rep.network") as line:
        page = await line.get(f"/calls/{on.s.call}?done={forged}")
        assert (page.status_code, GREEN in page.text) == (200, False)
        led = await declined(on, line)
        assert GREEN not in (await line.get(led.replace("declined", "saved"))).text


async def test_after_an_act_by_a_form_its_page_says_so(on: Portal) -> None:
    async with on.by("secretariat") as line:
        form = await line.get("/do/rename_forum?back=/forums/gfmd")
        filled = {**hidden(form), "forum": f"Forum:{on.s.forums['gfmd']}", "name": "Global Forum", "reason": "Shorter."}
        sent = await line.post("/do/rename_forum", data=filled)
        assert sent.status_code == 303, sent.text
        assert GREEN in (await line.get(sent.headers["location"])).text
