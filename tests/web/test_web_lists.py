"""Lists for the public and for an office: practices by SDG target, inputs narrowed in the address, how a thing is
cited, and who was asked in."""

import re
import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any

import httpx
import pytest

from forum.actions.contribution.parts import PracticeText
from forum.store.tables import schema as t
from tests.support.pages import Portal, hidden, portal

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def words(page: httpx.Response) -> str:
    """What stands in the main part of a page, without its marks."""
    return unescape(re.sub("<[^>]+>", "", page.text[page.text.index("<main") : page.text.index("</main>")]))


async def edition(on: Portal) -> str:
    return f"/forums/gfmd/{(await on.s.row(t.edition, id=on.s.editions['gfmd']))['name']}"


async def test_practices_are_listed_by_the_targets_they_name_and_only_to_who_may_read_them(on: Portal) -> None:
    desk = PracticeText(name=HOSTILE, sdg="10.7 & 8.8", place="Nairobi", aim="Register", dates="2018 - 2021")
    bridge = PracticeText(name="Bridge", sdg="4", place="Quito", aim="Teach")
    await on.s.input(visibility="public", practices=(desk, bridge))
    await on.s.input(
        "focal.kenya", visibility="secretariat", practices=(PracticeText(name="Hidden", sdg="10.7", place="", aim=""),)
    )
    async with on.by(None) as line:
        address = f"{await edition(on)}/practices"
        every, of_10, of_4 = [words(await line.get(address, params=p)) for p in ({}, {"target": "10"}, {"target": "4"})]
        odd = await line.get(address, params={"target": "99.z"})
    assert (HOSTILE in every, "Bridge" in every) == (True, True)
    assert (HOSTILE in of_10, "Bridge" in of_10) == (True, False)
    assert (HOSTILE in of_4, "Bridge" in of_4) == (False, True)
    assert "Hidden" not in every + of_10
    assert odd.status_code == 200
    async with on.by("secretariat") as line:
        assert "Hidden" in words(await line.get(address, params={"target": "10.7"}))


async def test_inputs_are_narrowed_to_a_target_in_the_address(on: Portal) -> None:
    await on.s.input(visibility="public", title="On pay", targets=("8.8",))
    await on.s.input("focal.kenya", visibility="public", title="On schools", targets=("4.3",))
    async with on.by(None) as line:
        page = words(await line.get(f"{await edition(on)}/inputs", params={"target": "8"}))
    assert ("On pay" in page, "On schools" in page) == (True, False)


async def test_an_input_is_cited_by_author_title_and_address_once_everybody_may_read_it(on: Portal) -> None:
    public = await on.s.input(visibility="public", title="On pay")
    hidden_ = await on.s.input("focal.kenya", visibility="participants", title="On schools")
    async with on.by("secretariat") as line:
        cited = words(await line.get(f"/inputs/{public}"))
        assert re.search(rf"To cite it: .*“On pay”, .*/inputs/{public}", cited)
        assert "To cite it" not in words(await line.get(f"/inputs/{hidden_}"))


async def test_an_office_sees_whom_it_asked_in_and_whose_letter_came_back(on: Portal) -> None:
    address = "/forums/gfmd/invitations"
    async with on.by("secretariat") as line:
        assert "Nobody whom you may see was asked in." in words(await line.get(address))
        for name in ("Amina", "Bashir"):
            form = hidden(await line.get("/do/invite_person", params={"forum": f"Forum:{on.s.forums['gfmd']}"}))
            given = {
                "forum": f"Forum:{on.s.forums['gfmd']}", "role": "PENHOLDER", "address": f"{name}@example.org",
                "organisation": f"Organisation:{on.s.organisations['ecuador']}", "zone": "UTC", "name": name,
                "startsAt": "2090-01-01T09:00", "endsAt": "2091-01-01T09:00", "byHand": "yes",
            }  # fmt: skip
            done = await line.post("/do/invite_person", data={**form, **given})
            assert done.status_code in (200, 303), words(done)
        listed = words(await line.get(address))
        assert "Letters that came back" not in listed
        assert listed.index("Amina") >= 0
        assert "the link was handed over" in listed
        assert "waits for an answer" in listed
        [bashir] = await on.s.rows(t.invitation, name="Bashir")
        letter = {"id": uuid.uuid4(), "due_at": on.s.now, "state": "failed", "invitation_id": bashir["id"]}
        await on.s.add(t.letter, letter)
        back = words(await line.get(address))
        assert "Letters that came back: 1." in back
        assert back.index("Bashir") < back.index("Amina")  # what is to be done stands first
    for reader in ("rep.network", None):
        async with on.by(reader) as line:
            page = words(await line.get(address))
            assert "Amina" not in page
            assert "example.org" not in page
