"""What one sets for oneself: shown, changed, refused beside its field; an address for one's calendar, shown once."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.support.pages import Portal, hidden, portal

HOSTILE = "<script>alert(1)</script>\"'>{{ 7*7 }}"
SET = {"address": "a.person@example.org", "language": "es", "zone": "Africa/Nairobi", "pace": "DAILY"}


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def buttons(page: httpx.Response) -> dict[str, dict[str, str]]:
    """The hidden fields of each form of the page, by what it does."""
    forms = re.findall(r'<form method="post" action="/settings".*?</form>', page.text, re.S)
    fields = [dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)) for form in forms]
    return {form["act"]: form for form in fields}


async def test_what_one_sets_holds_and_is_in_its_language_at_once(on: Portal) -> None:
    forum = f"Forum:{on.s.forums['gfmd']}"
    async with on.by("focal.kenya", Accept_Language="fr") as line:
        page = await line.get("/settings")
        assert page.text.count("checked") == 1  # at once; no forum is muted
        sent = await line.post("/settings", data={**hidden(page), **SET, f"muted.{forum}": "yes"})
        led = sent.headers["location"]
        assert (sent.status_code, led.partition("&")[0]) == (303, "/settings?language=es")
        after = await line.get(led)
        for words in ('<html lang="es"', 'class="done"', 'value="a.person@example.org"', 'value="Africa/Nairobi"'):
            assert words in after.text
        assert re.findall(r'name="([^"]+)" value="[^"]+" checked', after.text) == ["pace", f"muted.{forum}"]
        again = await line.post("/settings", data={**hidden(after), **SET})
        assert f'name="muted.{forum}" value="yes" checked' not in (await line.get(again.headers["location"])).text


@pytest.mark.parametrize(
    ("field", "wrong"), [("zone", "CET"), ("zone", HOSTILE), ("address", HOSTILE), ("address", "nobody"), ("zone", "")]
)
async def test_what_is_refused_stands_beside_its_field(on: Portal, field: str, wrong: str) -> None:
    async with on.by("focal.kenya") as line:
        page = await line.get("/settings")
        refused = await line.post("/settings", data={**hidden(page), **SET, field: wrong})
        assert refused.status_code == 400
        assert f'<a href="#{field}">' in refused.text
        assert f'aria-invalid="true" aria-describedby="{field}-error"' in refused.text
        assert "<script" not in refused.text
        assert 'value="DAILY" checked' in refused.text
        assert "a.person@example.org" in refused.text or field == "address"
        assert 'value="Africa/Nairobi"' in refused.text or field == "zone"


async def test_an_address_for_a_calendar_is_shown_once_and_can_be_ended(on: Portal) -> None:
    async with on.by("focal.kenya") as line:
        page = await line.get("/settings")
        assert set(buttons(page)) == {"contact", "renew"}
        shown = await line.post("/settings", data=buttons(page)["renew"])
        [address] = re.findall(r"<code>(https?://[^<]+)</code>", shown.text)
        path = httpx.URL(address).raw_path.decode()
        assert (await line.get(path)).headers["content-type"].startswith("text/calendar")
        again = await line.post("/settings", data=buttons(page)["renew"])  # the page is sent a second time
        assert (again.status_code, "<code>" in again.text) == (200, False)
        after = await line.get("/settings")
        assert "<code>" not in after.text
        ended = await line.post("/settings", data=buttons(after)["end"])
        assert set(buttons(await line.get(ended.headers["location"]))) == {"contact", "renew"}
        assert (await line.get(path)).status_code == 404


async def test_nobody_in_particular_has_settings(on: Portal) -> None:
    async with on.by() as nobody:
        assert (await nobody.get("/settings")).status_code == 401
        kept = await nobody.post("/settings", data={**SET, "act": "contact", "address": HOSTILE})
        assert kept.status_code == 401
        assert "Africa/Nairobi" in kept.text
        assert "<script" not in kept.text
    async with on.by("focal.kenya") as line:
        page = await line.get("/settings")
        assert (await line.post("/settings", data={**hidden(page), "act": "all"})).status_code == 400
