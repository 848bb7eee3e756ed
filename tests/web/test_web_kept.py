"""What somebody wrote is on the page that says it was not taken: whatever went wrong, and whether or not it can be
sent again."""

import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import pytest

from forum.api.problem import Problem
from forum.web.visits import Site
from tests.support.pages import Portal, hidden, portal

LONG = "Fair recruitment <b>begins</b> before departure.\nIt ends after return."


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def test_words_for_a_thing_that_is_not_there_for_the_writer_are_kept(on: Portal) -> None:
    text = {"comment": f"Comment:{uuid.uuid4()}", "text": LONG}
    async with on.by("rep.network") as line:
        form = hidden(await line.get(f"/calls/{on.s.call}/input"))
        refused = await line.post(f"/calls/{uuid.uuid4()}/input", data={**form, **text, "title": "Recruitment"})
    page = unescape(refused.text)
    assert refused.status_code == 404
    assert LONG in page
    assert "Recruitment" in page
    assert "Send it again" not in page
    assert "<b>" not in refused.text


async def test_words_that_came_when_the_database_was_away_are_kept_and_can_be_sent_again(
    on: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/calls/{on.s.call}/input"
    async with on.by("rep.network") as line:
        form = hidden(await line.get(address))
        typed = {**form, "title": "Recruitment", "text-a": LONG}

        async def away(*_: object, **__: object) -> None:
            raise Problem("DATABASE_UNAVAILABLE", "The database does not answer just now.", status=503)

        with monkeypatch.context() as patch:
            patch.setattr(Site, "visit", away)  # before anything of the form was read
            refused = await line.post(address, data=typed)
        page = unescape(refused.text)
        assert refused.status_code == 503
        assert LONG in page
        assert "Send it again" in page
        again = hidden(refused)
        assert again["key"] == form["key"]


async def test_a_form_of_another_site_is_not_shown(on: Portal) -> None:
    async with on.by("rep.network") as line:
        form = hidden(await line.get(f"/calls/{on.s.call}/input"))
        refused = await line.post(
            f"/calls/{on.s.call}/input", data={**form, "title": "Recruitment"}, headers={"Sec-Fetch-Site": "cross-site"}
        )
    assert refused.status_code == 403
    assert "Recruitment" not in refused.text
