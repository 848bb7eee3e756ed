"""Whom nobody linked comes in by an invitation: signing in accepts it, and the account is theirs then."""

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from forum import app
from forum.actions.core.catalogue import CATALOGUE
from forum.actions.core.runner import ActRequest
from forum.actions.invitation.accept_invitation import AcceptInvitation
from forum.cli import account_links
from forum.domain.account import Proven
from forum.errors import InvalidValue
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.hostile.mandates import SECRET as OURS
from tests.hostile.mandates import hostile
from tests.support.invited import Invited, heading
from tests.support.ministry import CLIENT, SECRET, free_port, ministry, signs_in
from tests.support.npm import needs_npm
from tests.support.sign_ins import HOME, browser, served, signed_in

pytestmark = [pytest.mark.once, needs_npm("whether people come in by an invitation with their account")]
AMINA = "amina-4"


@dataclass
class Desk(Invited):
    """The service with a provider, `ministry`, at which nobody is linked."""

    port: int

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def sent(self, line: httpx.AsyncClient, link: str) -> str:
        """The address at the provider, as the page between says it."""
        page = await line.post("/sign-in/ministry", data={"link": link})
        assert page.status_code == 200, page.text
        [address] = re.findall(r'<a class="button" href="([^"]+)"', page.text)
        assert page.headers["refresh"] == f"0;url={html.unescape(address)}"
        return html.unescape(address)

    async def comes(self, line: httpx.AsyncClient, link: str, login: str = AMINA) -> httpx.Response:
        """Sign in there, and come back: the page that it ends on."""
        back = await line.get(await signs_in(await self.sent(line, link), login))
        return await line.get(back.headers["location"]) if back.status_code == 303 else back

    async def standing(self) -> list[tuple[str, str]]:
        """Which accounts sign in whom, by the person's name."""
        names = {row["id"]: row["name"] for row in await self.h.s.rows(t.person)}
        rows = await self.h.s.rows(t.account)
        return [(row["subject"], names[row["person_id"]]) for row in rows if row["ended_at"] is None]


@pytest.fixture
async def desk(database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    port, file = free_port(), tmp_path / "providers.toml"
    file.write_text(
        f'[ministry]\ntitle = "The Ministry"\nissuer = "http://127.0.0.1:{port}"\n'
        f'client_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
    )
    async with hostile(database.app_url) as h:
        settings = Settings(mode="test", database_url=database.app_url, secret=OURS, pool=4)
        parts = await app.parts(settings, database.app_url)
        yield Desk(h, parts, served(parts, secret=OURS, providers=file, public_url=HOME), port)
        await parts.close()


async def test_a_stranger_comes_in_by_the_invitation_and_by_the_account_from_then_on(desk: Desk) -> None:
    _, link = await desk.invite()
    async with ministry(desk.port), browser(desk.site) as line:
        page = await line.get("/sign-in", params={"link": link})
        assert "Sign in with <bdi>The Ministry</bdi> and accept" in page.text
        assert "prompt=login" in await desk.sent(line, link)
        came = await desk.comes(line, link)
        assert heading(came) == "You are here, Amina &lt;N.&gt;"
        assert "for some hours" not in came.text
        assert await desk.standing() == [(AMINA, "Amina <N.>")]
        [sign_in] = await desk.h.s.rows(t.sign_in)
        [account] = await desk.h.s.rows(t.account)
        assert (sign_in["account_id"], sign_in["issuer"]) == (account["id"], account["issuer"])
        assert [row for row in await desk.h.s.rows(t.token) if row["issued_by"] == "invitation"] == []
        async with browser(desk.site) as later:  # and on another day, without any invitation
            back = await line.get("/sign-in/ministry")
            assert "prompt" not in back.headers["location"]
            begun = await later.get("/sign-in/ministry")
            await later.get(await signs_in(begun.headers["location"], AMINA))
            assert "Kenya" in (await later.get("/")).text
        history = [row["act"] for row in await desk.h.s.rows(t.history) if row["subject_kind"] == "account"]
        assert history == ["accept_invitation"]


async def test_who_is_linked_accepts_as_who_they_are(desk: Desk) -> None:
    await account_links.link(desk.parts, "rep.quito", f"http://127.0.0.1:{desk.port}", AMINA)
    name = (await desk.h.s.row(t.person, subject="rep.quito"))["name"]
    people = len(await desk.h.s.rows(t.person))
    _, link = await desk.invite()
    async with ministry(desk.port), browser(desk.site) as line:
        assert heading(await desk.comes(line, link)) == f"You are here, {name}"
    assert await desk.standing() == [(AMINA, name)]
    assert len(await desk.h.s.rows(t.person)) == people


async def test_who_is_named_comes_in_with_that_account_alone(desk: Desk) -> None:
    _, link = await desk.invite(subject=AMINA, issuer=desk.issuer)
    people = len(await desk.h.s.rows(t.person))
    async with ministry(desk.port), browser(desk.site) as line:
        refused = await desk.comes(line, link, "somebody-else")
        assert (refused.status_code, heading(refused)) == (403, "This invitation is for somebody else")
        assert f"/sign-in?link={link}" in refused.text
        assert await desk.standing() == []
        assert len(await desk.h.s.rows(t.person)) == people
        assert await desk.h.s.rows(t.sign_in) == []
        assert heading(await desk.comes(line, link)) == "You are here, Amina &lt;N.&gt;"


@pytest.mark.parametrize("issuer", [None, "https://login.example"])
async def test_an_account_of_the_same_subject_at_another_provider_is_somebody_else(
    desk: Desk, issuer: str | None
) -> None:
    """Where no issuer is named, the subject is this service's own: a provider's word for it counts for nothing."""
    _, link = await desk.invite(subject=AMINA, **({} if issuer is None else {"issuer": issuer}))
    people = len(await desk.h.s.rows(t.person))
    async with ministry(desk.port), browser(desk.site) as line:
        refused = await desk.comes(line, link)
        assert (refused.status_code, heading(refused)) == (403, "This invitation is for somebody else")
        assert await desk.standing() == []
        assert len(await desk.h.s.rows(t.person)) == people


async def test_whose_account_was_linked_before_is_named_by_it_as_well(desk: Desk) -> None:
    await account_links.link(desk.parts, "rep.quito", desk.issuer, AMINA)
    await account_links.link(desk.parts, "rep.network", "https://login.example", AMINA)
    for who, status in (("rep.network", 403), ("rep.quito", 303)):
        _, link = await desk.invite(subject=AMINA, issuer=desk.issuer, address=f"{who}@example.org")
        secret = (await signed_in(desk.parts, who))[0]
        async with browser(desk.site, secret) as line:
            shown = await line.get("/invitation", params={"link": link})
            assert shown.status_code == (200 if status == 303 else 403)
            answered = await line.post("/invitation", data={"link": link, "answer": "accept"})
            assert answered.status_code == status, answered.text


async def test_a_link_that_was_used_meanwhile_lets_nobody_in(desk: Desk) -> None:
    id_, link = await desk.invite()
    async with ministry(desk.port), browser(desk.site) as line:
        back = await signs_in(await desk.sent(line, link), AMINA)
        assert (await desk.h.try_("admin.kenya", "end_invitation", invitation=id_))[0] == "done"
        refused = await line.get(back)
        assert (refused.status_code, heading(refused)) == (410, "This invitation was taken back")
        assert await desk.standing() == []
        assert (await line.get(back)).status_code == 400  # and the answer counts once


async def test_nobody_is_sent_to_accept_but_by_the_form_on_our_page(desk: Desk) -> None:
    _, link = await desk.invite()
    async with ministry(desk.port):
        async with browser(desk.site, Origin="https://evil.example", Sec_Fetch_Site="cross-site") as line:
            assert (await line.post("/sign-in/ministry", data={"link": link})).status_code == 403
            by_address = await line.get("/sign-in/ministry", params={"link": link})
            back = await line.get(await signs_in(by_address.headers["location"], AMINA))
            assert back.status_code == 403
            assert "not linked to anybody here" in back.text
        async with browser(desk.site) as line:
            for odd in ("", "x", link[:-1], f"{link}A"):
                answer = await line.post("/sign-in/ministry", data={"link": odd})
                assert (answer.status_code, "or a part of it is missing" in answer.text) == (400, True)
    assert [row["invitation_id"] for row in await desk.h.s.rows(t.sign_in_attempt)] == []
    assert (await desk.h.s.row(t.invitation, role="delegate"))["state"] == "open"


async def test_two_invitations_accepted_with_one_account_make_one_person(desk: Desk) -> None:
    _, first = await desk.invite()
    _, second = await desk.invite(address="amina@ministry.example", role="REPRESENTATIVE")
    async with ministry(desk.port), browser(desk.site) as line, browser(desk.site) as other:
        one = await signs_in(await desk.sent(line, first), AMINA)
        two = await signs_in(await desk.sent(other, second), AMINA)
        assert (await line.get(one)).status_code == 303
        assert (await other.get(two)).status_code == 303
    assert len(await desk.standing()) == 1
    [person] = {row["person_id"] for row in await desk.h.s.rows(t.sign_in)}
    held = [row["role"] for row in await desk.h.s.rows(t.mandate) if row["person_id"] == person]
    assert sorted(held) == ["delegate", "representative"]


async def test_an_account_that_came_in_just_now_makes_nobody_else(desk: Desk) -> None:
    """Two at once: whoever is later finds the account taken, and nothing comes of it."""
    issuer = f"http://127.0.0.1:{desk.port}"
    await account_links.link(desk.parts, "rep.quito", issuer, AMINA)
    _, link = await desk.invite()
    people = len(await desk.h.s.rows(t.person))

    async def nothing(*_: Any) -> None: ...

    request = ActRequest(
        CATALOGUE["accept_invitation"], AcceptInvitation(link=link), "invited:1", proven=Proven(issuer, AMINA)
    )
    with pytest.raises(InvalidValue, match="Open this link again"):
        await desk.parts.runner.perform(request, nothing)
    assert len(await desk.h.s.rows(t.person)) == people
    assert (await desk.h.s.row(t.invitation, role="delegate"))["state"] == "open"
