"""The page of an invitation: what its link shows, how it is answered, and that every refusal is a page."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from forum import app
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.hostile.mandates import SECRET, hostile
from tests.support.invited import Invited, heading
from tests.support.scene import DAY
from tests.support.sign_ins import COOKIE, HOME, browser, served

ACCEPT, DECLINE = {"answer": "accept"}, {"answer": "decline"}
MACHINE = "http://127.0.0.1:8000"


@pytest.fixture
async def i(database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Invited]:
    async with hostile(database.app_url) as h:
        parts = await app.parts(Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4),
            database.app_url)  # fmt: skip
        yield Invited(h, parts, served(parts, secret=SECRET, public_url=HOME))
        await parts.close()


async def sent(line: httpx.AsyncClient, link: str, answer: dict[str, str]) -> httpx.Response:
    """The answer to an invitation, and the page that it leads to: by GET, so that it may be loaded again."""
    answered = await line.post("/invitation", data={"link": link, **answer})
    if answered.status_code != 303:
        return answered
    return await line.get(answered.headers["location"])


# ---- what is read
async def test_whoever_holds_the_link_reads_who_invites_to_what_and_until_when(i: Invited) -> None:
    id_, link = await i.invite("secretariat", forum=i.h.forum("gfmd"), role="PENHOLDER", endsAt=i.h.later)
    async with browser(i.site) as line:
        page = await line.get("/invitation", params={"link": link})
        assert page.status_code == 200
        assert heading(page) == "An invitation for Amina &lt;N.&gt;"
        names = [
            (await i.h.s.row(t.person, subject="secretariat"))["name"],
            (await i.h.s.row(t.forum, slug="gfmd"))["name"],
        ]
        for words in (*names, "penholder", "Writes the text.", "Kenya", "Europe/Zurich"):
            assert words in page.text
        assert "amina@example.org" not in page.text  # the link may be in other hands
        for way in ('value="accept"', 'value="decline"', f'href="/sign-in?link={link}"'):
            assert way in page.text
        assert (await line.get("/invitation", params={"link": link})).text == page.text
    assert (await i.h.s.row(t.invitation, role="penholder"))["state"] == "open", id_


async def test_nobody_learns_of_the_link_from_the_page(i: Invited) -> None:
    _, link = await i.invite()
    async with browser(i.site) as line:
        for address in ("/invitation", "/sign-in", "/sessions"):
            page = await line.get(address, params={"link": link})
            assert page.headers["referrer-policy"] == "strict-origin"
            assert page.headers["cache-control"] == "no-store"
            assert "http" not in page.text.split("<body>")[1]  # nothing elsewhere is linked or fetched
        assert "default-src 'none'" in page.headers["content-security-policy"]


# ---- the answer
async def test_who_is_signed_in_accepts_and_may_do_it_from_then_on(i: Invited) -> None:
    _, link = await i.invite()
    async with await i.as_("rep.quito") as line:
        assert "You are signed in as" in (await line.get("/invitation", params={"link": link})).text
        came = await sent(line, link, ACCEPT)
        assert (came.status_code, heading(came)[:12]) == (200, "You are here")
        assert "Belongs to a delegation." in came.text
        assert (await line.get(came.url)).text == came.text
        assert "Kenya" in (await line.get("/")).text
        async with browser(i.site) as stranger:
            assert (await stranger.get(came.url)).status_code == 404
        for answer in (ACCEPT, DECLINE):
            assert (await sent(line, link, answer)).status_code == 410


async def test_a_newcomer_accepts_without_an_account_and_is_signed_in_with_that_browser(i: Invited) -> None:
    _, link = await i.invite()
    async with browser(i.site) as line:
        came = await sent(line, link, ACCEPT)
        assert "You are signed in with this browser" in came.text
        assert "Amina &lt;N.&gt;" in (await line.get("/")).text
    [row] = await i.h.s.rows(t.sign_in)
    assert row["issuer"] == "invitation"
    assert [row for row in await i.h.s.rows(t.token) if row["issued_by"] == "invitation"] == []  # it has no use for one


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
async def test_its_pages_are_in_the_readers_language(i: Invited, language: str) -> None:
    _, link = await i.invite()
    english = re.compile("(?i)invit|accept|decline|delegat|until|sign|whoever")
    async with browser(i.site, Accept_Language=language) as line:
        for answer in (None, ACCEPT, ACCEPT):
            page = await (sent(line, link, answer) if answer else line.get("/invitation", params={"link": link}))
            [text] = re.findall(r"(?s)<main[^>]*>(.*)</main>", page.text)
            said = re.sub(r"<code>.*?</code>|<[^>]+>", "", text)
            assert language in ("fr", "es") or english.findall(said) == [], said
            assert f'<html lang="{language}"' in page.text
        assert page.status_code == 410


async def test_what_waits_says_so(i: Invited) -> None:
    _, link = await i.invite("secretariat", "network", forum=i.h.forum("gfmd"), role="REPRESENTATIVE")
    async with browser(i.site) as line:
        came = await sent(line, link, ACCEPT)
        assert "its administrator is asked" in came.text
        assert "You hold no mandate here yet" in (await line.get("/")).text


async def test_one_declines_and_nobody_comes_of_it(i: Invited) -> None:
    _, link = await i.invite()
    people = len(await i.h.s.rows(t.person))
    async with browser(i.site) as line:
        assert heading(await sent(line, link, DECLINE)) == "You declined the invitation"
        assert (await line.get("/invitation", params={"link": link})).status_code == 410
        assert line.cookies.get(COOKIE) is None
    assert len(await i.h.s.rows(t.person)) == people


# ---- refusals are pages
def body(page: httpx.Response) -> str:
    """What a page says above its foot."""
    return page.text.partition("<footer>")[0]


@pytest.mark.parametrize("link", ["", "x", "é", "A" * 75, "A" * 5000, "{{ 7*7 }}", "<script>alert(1)</script>"])
async def test_a_link_that_is_none_is_one_page_whatever_it_is(i: Invited, link: str) -> None:
    async with browser(i.site) as line:
        page = await line.get("/invitation", params={"link": link})
        assert (page.status_code, heading(page)) == (404, "This link opens nothing")
        # Forged, cut or missing: one answer, but that the page in other languages has the same address.
        assert body(page) == body(await line.get("/invitation"))
        for answer in (ACCEPT, DECLINE):
            assert body(await sent(line, link, answer)) == body(page)
        assert heading(await line.get("/invitation?link=%00")) == "This could not be read"


async def test_every_refusal_is_a_page_that_says_what_to_do(i: Invited) -> None:
    ended, taken_back = await i.invite()
    assert (await i.h.try_("admin.kenya", "end_invitation", invitation=ended))[0] == "done"
    _, own = await i.invite()
    _, named = await i.invite(address="c@example.org", subject="rep.network")
    _, late = await i.invite(address="d@example.org", endsAt=i.h.later)
    async with await i.as_("admin.kenya") as inviter, await i.as_("rep.quito") as other, browser(i.site) as line:
        cases = [(line, taken_back, 410, "was taken back"), (inviter, own, 403, "for somebody else"),
            (other, named, 403, "for somebody else")]  # fmt: skip
        for who, link, status, words in cases:
            for page in (await who.get("/invitation", params={"link": link}), await sent(who, link, ACCEPT)):
                assert (page.status_code, words in heading(page)) == (status, True), page.text
        assert f"/sign-in?link={named}" in page.text
        assert (await sent(other, own, ACCEPT)).status_code == 200
        _, again = await i.invite(address="e@example.org")
        stands = await sent(other, again, ACCEPT)
        assert (stands.status_code, heading(stands)) == (409, "You have this role already")
        await i.h.s.shift(2 * DAY)
        assert (await line.get("/invitation", params={"link": late})).status_code == 410
        await i.h.s.change(t.mandate, i.h.s.mandates["admin.kenya"], ends_at=i.h.s.now)
        for page in (await line.get("/invitation", params={"link": again}), await sent(line, again, ACCEPT)):
            assert (page.status_code, heading(page)) == (409, "This invitation does not count any more")


async def test_another_sites_page_and_an_odd_form_answer_nothing(i: Invited) -> None:
    _, link = await i.invite()
    async with browser(i.site, Origin="https://evil.example", Sec_Fetch_Site="cross-site") as line:
        assert (await sent(line, link, ACCEPT)).status_code == 403
    async with browser(i.site, Origin="null", Sec_Fetch_Site="") as line:
        assert (await sent(line, link, ACCEPT)).status_code == 403
    async with browser(i.site) as line:
        for odd in ({}, {"answer": "perhaps"}, {"answer": "ACCEPT"}):
            assert (await sent(line, link, odd)).status_code == 400
        assert (await line.put("/invitation", params={"link": link})).status_code == 405
    async with browser(i.site, home="http://forum.example") as line:
        assert (await line.get("/invitation", params={"link": link})).status_code == 403
    assert (await i.h.s.row(t.invitation, role="delegate"))["state"] == "open"


# ---- signing in on the way
async def test_in_the_demonstration_one_is_chosen_and_comes_back_to_the_invitation(i: Invited) -> None:
    _, link = await i.invite()
    async with browser(served(i.parts, secret=SECRET, mode="demo"), home=MACHINE) as line:
        chosen = await line.get("/sign-in", params={"link": link})
        assert f'name="link" value="{link}"' in chosen.text
        back = await line.post("/sign-in", data={"person": "rep.quito", "link": link})
        assert (back.status_code, back.headers["location"]) == (303, f"/invitation?link={link}")
        assert "You are signed in as" in (await line.get(back.headers["location"])).text
        odd = await line.post("/sign-in", data={"person": "rep.quito", "link": "//evil.example/\r\nX: y"})
        assert odd.status_code == 400
        odd = await line.post("/sign-in", data={"person": "rep.quito", "link": "//evil.example/?a=b&c"})
        assert odd.headers["location"] == "/invitation?link=%2F%2Fevil.example%2F%3Fa%3Db%26c"
