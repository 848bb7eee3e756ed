"""Who comes to sign in from a page of ours goes back there, and nowhere else."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum import app
from forum.settings import Settings
from forum.web.after_sign_in import ours
from tests.support.scene import scene
from tests.support.sign_ins import browser, served

MACHINE = "http://127.0.0.1:8000"


@pytest.fixture
async def line(database: Any) -> AsyncIterator[Any]:
    settings = Settings(mode="test", database_url=database.app_url, secret="s" * 32, pool=4)
    async with scene(database.app_url):
        parts = await app.parts(settings, database.app_url)
        async with browser(served(parts, mode="demo"), home=MACHINE) as window:
            yield window
        await parts.close()


async def _signed_in_from(line: Any, referer: str) -> str:
    await line.get("/sign-in", headers={"Referer": referer})
    answer = await line.post("/sign-in", data={"person": "focal.kenya"})
    assert answer.status_code == 303
    return str(answer.headers["location"])


@pytest.mark.parametrize("page", ["/calls", "/forums/gfmd/GFMD%202027?after=x", "/documents/A/RES/73/195", "/nothing"])
async def test_one_goes_back_to_the_page_one_came_from(line: Any, page: str) -> None:
    assert await _signed_in_from(line, MACHINE + page) == page
    assert "after-sign-in" not in line.cookies


@pytest.mark.parametrize(
    "referer",
    ["", "https://elsewhere.example/calls", f"{MACHINE}.example/calls", f"{MACHINE}//elsewhere.example/", f"{MACHINE}/",
     f"{MACHINE}/sign-in?x=y", f"{MACHINE}/invitation?link=secret", "not an address", "http://[bad/calls",
     f"{MACHINE}@elsewhere.example/calls"],
)  # fmt: skip
async def test_from_anywhere_else_one_comes_to_the_first_page(line: Any, referer: str) -> None:
    assert await _signed_in_from(line, referer) == "/"


async def test_a_cookie_that_somebody_made_leads_nowhere_else(line: Any) -> None:
    line.cookies.set("after-sign-in", "//elsewhere.example/", domain="127.0.0.1")
    answer = await line.post("/sign-in", data={"person": "focal.kenya"})
    assert answer.headers["location"] == "/"


async def test_a_page_that_is_not_there_says_that_one_may_sign_in(line: Any) -> None:
    page = await line.get("/documents/NOT/FOR/YOU")
    assert page.status_code == 404
    assert "it may be for those who are signed in" in page.text
    await line.post("/sign-in", data={"person": "focal.kenya"})
    assert "it may be for those" not in (await line.get("/documents/NOT/FOR/YOU")).text


@given(st.text())
def test_what_is_taken_for_ours_is_a_path_of_ours(address: str) -> None:
    found = ours(address)
    assert found == "/" or (found == address and found[0] == "/" and found[1:2] not in ("/", "\\"))
