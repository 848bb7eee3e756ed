"""Whom readers take for a body's convenors: not a forum that has ended its agreement since."""

import pytest

from forum.store.tables import schema as t
from tests.hostile.mandates import hostile

LOOK = '{ forum(slug: "consultation") { convenors { slug } formerConvenors { slug } } }'


@pytest.fixture
async def h(database, monkeypatch):
    async with hostile(database.app_url) as made:
        yield made


async def seen(h):
    forum = (await h.ask(None, LOOK))["forum"]
    return [sorted(one["slug"] for one in forum[name]) for name in ("convenors", "formerConvenors")]


async def test_a_convenor_that_ended_its_agreement_is_a_former_one_until_it_agrees_again(h):
    assert await seen(h) == [["gfmd", "rcp"], []]
    row = await h.s.row(t.agreement, asking_id=h.s.forums["gfmd"], named_id=h.s.forums["rcp"])
    ended = {"agreement": f"Agreement:{row['id']}", "reason": "Another mandate."}
    await h.done("secretariat.rcp", "end_agreement", **ended)
    assert await seen(h) == [["gfmd"], ["rcp"]]
    asked = {"forum": h.forum("gfmd"), "named": h.forum("rcp"), "purpose": "CONVENE"}
    agreement = await h.done("secretariat", "propose_agreement", **asked)
    assert await seen(h) == [["gfmd"], ["rcp"]]  # asked is not agreed
    await h.done("secretariat.rcp", "accept_agreement", agreement=agreement)
    assert await seen(h) == [["gfmd", "rcp"], []]
