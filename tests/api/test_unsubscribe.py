"""The link in a letter: GET changes nothing, one POST ends the mail of that forum, and no link of another's making
does."""

import uuid

import httpx
import pytest

from forum import app
from forum.api.http.unsubscribing import link
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.mail_box import SECRET, reached
from tests.support.scene import scene

URL = "http://forum.example.org"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def http(s, database):
    settings = Settings(mode="test", secret=SECRET, database_url=database.app_url, pool=4)
    parts = await app.parts(settings, database.app_url)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app.site(parts, settings)), base_url=URL) as client:
        yield client
    await parts.close()


async def muted(s):
    return (await s.row(t.contact, person_id=s.people["rep.network"]))["muted"]


async def test_a_get_asks_and_one_click_ends_the_mail(s, http):
    await reached(s.engine, {"rep.network": s.people["rep.network"]}, language="ar")
    address = link(URL, SECRET, s.people["rep.network"], [s.forums["gfmd"]])
    page = await http.get(address)
    assert page.status_code == 200
    assert 'dir="rtl"' in page.text
    assert "<form" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert await muted(s) == []
    for _ in range(2):  # mail programs send it again
        done = await http.post(
            address, content="List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert done.status_code == 200
        assert await muted(s) == [s.forums["gfmd"]]
    assert len(await s.rows(t.history, act="set_contact")) == 1


@pytest.mark.parametrize("of", ["", ".", "abc", "abc.def", "é.ü", "A" * 5000, "%00", "AAAA.AAAA"])
async def test_a_link_that_was_not_signed_here_changes_nothing(s, http, of):
    await reached(s.engine, {"rep.network": s.people["rep.network"]})
    for method in ("GET", "POST"):
        page = await http.request(method, "/unsubscribe", params={"of": of})
        assert page.status_code == 404
        assert "This link is not complete." in page.text
    assert await muted(s) == []


async def test_a_link_of_another_secret_or_of_somebody_unknown_is_none(s, http):
    await reached(s.engine, {"rep.network": s.people["rep.network"]})
    gfmd = s.forums["gfmd"]
    wrong = (
        link(URL, "another" * 8, s.people["rep.network"], [gfmd]),
        link(URL, SECRET, uuid.uuid4(), [gfmd]),
        link(URL, SECRET, s.people["rep.network"], [uuid.uuid4()]),
    )
    for address in wrong:
        assert (await http.post(address)).status_code == 404
    assert await muted(s) == []


async def test_other_methods_are_not_taken(http):
    assert (await http.put("/unsubscribe")).status_code == 405
