"""One act on many things: chosen by boxes, looked at first, done one by one, named one by one, and taken back."""

import datetime as dt
import re
import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from forum.api.schema.act_forms import act_form
from forum.store.tables import schema as t
from forum.web import many
from forum.web.opposites import OPPOSITES
from forum.workflow.act_names import ACTS
from tests.support.pages import Portal, hidden, portal

DAY = dt.timedelta(days=1)
HOSTILE = "<img src=x onerror=alert(2)>"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def desk(line: httpx.AsyncClient) -> str:
    [address] = set(re.findall(r'href="(/forums/gfmd/[^"/]+/desk)"', (await line.get("/")).text))
    return str(address)


def chosen(act: str, *things: str, back: str = "/calls") -> str:
    return f"{many.ADDRESS}?{urlencode([('act', act), *(('thing', thing) for thing in things), ('back', back)])}"


def sent(page: httpx.Response, **more: str) -> dict[str, Any]:
    """What the form of a page sends, all its things with it."""
    form = re.search(r'<form method="post" action="/many".*?</form>', page.text, re.S)
    assert form, page.text
    return {**hidden(page), "thing": re.findall(r'name="thing" value="([^"]+)"', form[0]), **more}


async def test_inputs_are_ticked_at_the_desk_looked_at_and_taken_in_together(on: Portal) -> None:
    ids = [f"Contribution:{await on.s.input(visibility='public', title=title)}" for title in (HOSTILE, "Another")]
    async with on.by("secretariat") as line:
        address = await desk(line)
        for page in (await line.get(address), await line.get(f"/calls/{on.s.call}")):
            assert set(re.findall(r'<input type="checkbox" form="many[^"]*" name="thing" value="(Contribution:[^"]+)"',
                                  page.text)) == set(ids)  # fmt: skip
            assert re.search(r'<form method="get" action="/many"[^>]* id="many[^"]*">', page.text)
        looked = await line.get(chosen("admit_contribution", *ids, back=address))
        assert looked.status_code == 200
        assert re.sub("</?bdi>", "", looked.text).count("<td>it would be done</td>") == 2
        assert HOSTILE not in looked.text
        assert {row["state"] for row in await on.s.rows(t.contribution)} == {"submitted"}  # nothing is done yet
        form = sent(looked)
        for _ in range(2):  # a slow line, a second press: done once
            done = await line.post(many.ADDRESS, data=form)
            assert done.status_code == 200
            assert "Done with 2 of 2." in re.sub("</?bdi>", "", done.text)
            for id_ in ids:
                assert f"/inputs/{id_.partition(':')[2]}" in done.text
    assert {row["state"] for row in await on.s.rows(t.contribution)} == {"admitted"}
    assert len(await on.s.rows(t.history, act="admit_contribution")) == 2


async def test_what_would_be_refused_is_shown_with_why_and_is_left_out(on: Portal) -> None:
    first, second = [await on.s.input(visibility="public", title=title) for title in ("One", "Two")]
    await on.s.do("admit_contribution", "secretariat", contribution=first)
    ids = [f"Contribution:{id_}" for id_ in (first, second)]
    async with on.by("secretariat") as line:
        looked = await line.get(chosen("admit_contribution", *ids, "Contribution:" + "0" * 8 + str(first)[8:]))
        text = re.sub("</?bdi>", "", looked.text)
        assert "Possible now: 1 of 2." in text
        assert "it would be left out" in text
        assert '<p class="why">' in looked.text
        assert sent(looked)["thing"] == [ids[1]]
        await on.s.do("admit_contribution", "secretariat", contribution=second)  # by somebody else, meanwhile
        done = await line.post(many.ADDRESS, data=sent(looked))
    assert "This was not done" in done.text
    assert "not done:" in done.text


async def test_several_are_returned_with_one_reason_and_that_is_taken_back(on: Portal) -> None:
    ids = [f"Contribution:{await on.s.input(visibility='public', title=title)}" for title in ("One", "Two")]
    async with on.by("secretariat") as line:
        looked = await line.get(chosen("return_contribution", *ids))
        empty = await line.post(many.ADDRESS, data=sent(looked, reason=" ", mendUntil=""))
        assert empty.status_code == 400
        assert '<a href="#reason">' in empty.text
        odd = await line.post(many.ADDRESS, data=sent(looked, reason="Say where.", mendUntil="2020-01-01T12:00"))
        assert odd.status_code == 400  # refused for each alike: the form comes back, with what was typed
        assert odd.text.count('<a href="#mendUntil">') == 1
        assert "Say where." in odd.text
        done = await line.post(many.ADDRESS, data=sent(odd, reason="Say where.", mendUntil=""))
        assert {row["state"] for row in await on.s.rows(t.contribution)} == {"returned"}
        [undo] = re.findall(r'href="(/many\?act=withdraw_return[^"]+)"', done.text)
        back = await line.post(many.ADDRESS, data=sent(await line.get(unescape(undo))))
        assert "Done with 2 of 2." in re.sub("</?bdi>", "", back.text)
    assert {row["state"] for row in await on.s.rows(t.contribution)} == {"submitted"}


async def test_calls_are_given_more_time_together(on: Portal) -> None:
    call = f"Call:{on.s.call}"
    async with on.by("secretariat") as line:
        page = await line.get(await desk(line))
        assert f'form="many-calls" name="thing" value="{call}"' in page.text
        looked = await line.get(chosen("extend_window", call))
        assert set(re.findall(r'<(?:input|textarea|select) id="([^"]+)"', looked.text)) == {"closesAt", "reason"}
        later = (await on.s.row(t.call, id=on.s.call))["closes_at"] + 5 * DAY
        typed = {"closesAt": later.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M"), "reason": "Elections."}
        done = await line.post(many.ADDRESS, data=sent(looked, **typed))
    assert "Done with 1 of 1." in re.sub("</?bdi>", "", done.text), done.text
    assert (await on.s.row(t.call, id=on.s.call))["closes_at"] == later.replace(second=0, microsecond=0)


@pytest.mark.parametrize("reader", [None, "rep.network"])
async def test_who_may_not_is_shown_nothing_to_do_and_does_nothing(on: Portal, reader: str | None) -> None:
    id_ = f"Contribution:{await on.s.input(visibility='secretariat')}"
    async with on.by(reader) as line:
        looked = await line.get(chosen("admit_contribution", id_))
        assert looked.status_code == 200
        assert 'action="/many"' not in looked.text
        page = await line.get(f"/calls/{on.s.call}")
        assert 'action="/many"' not in page.text
        form = {**hidden(await line.get("/do/add_comment")), "act": "admit_contribution", "thing": id_}
        done = await line.post(many.ADDRESS, data=form)
        assert done.status_code == (401 if reader is None else 200)
    assert {row["state"] for row in await on.s.rows(t.contribution)} == {"submitted"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("act=issue_document", 404), ("", 404), ("act=admit_contribution", 200),
        ("act=admit_contribution&thing=x", 200),
        ("act=admit_contribution&thing=Forum%3A1&back=//evil.example", 200),
        ("act=admit_contribution&" + "&".join(f"thing=Contribution%3A{n}" for n in range(51)), 400),
    ],
)  # fmt: skip
async def test_odd_addresses_are_pages_with_a_sentence(on: Portal, query: str, status: int) -> None:
    async with on.by("secretariat") as line:
        page = await line.get(f"{many.ADDRESS}?{query}")
    assert page.status_code == status, page.text
    assert "evil.example" not in page.text.partition("<footer>")[0]


async def test_an_act_that_another_takes_back_says_so_when_it_is_done(on: Portal) -> None:
    id_ = await on.s.input(visibility="public")
    async with on.by("secretariat") as line:
        address = await desk(line)
        query = urlencode({"contribution": f"Contribution:{id_}", "fixed": "contribution", "back": address})
        form = await line.get(f"/do/return_contribution?{query}")
        done = await line.post("/do/return_contribution", data={**hidden(form), "reason": "Say where."})
        page = await line.get(done.headers["location"])
        [undo] = re.findall(r'role="status">.*?href="(/do/withdraw_return[^"]+)">Take the return', page.text, re.S)
        form = await line.get(unescape(undo))
        assert (await line.post("/do/withdraw_return", data=hidden(form))).status_code == 303
    assert {row["state"] for row in await on.s.rows(t.contribution)} == {"submitted"}


def test_what_takes_an_act_back_is_an_act_on_what_it_did() -> None:
    for act, opposite in OPPOSITES.items():
        form, back = act_form(act), act_form(opposite.act)
        assert form, act
        assert back, opposite
        assert back.on_field == opposite.field
        assert not opposite.same or opposite.field in {field.name for field in form.fields}
    for act, asked in many.ACTS.items():
        form = act_form(act)
        assert form, act
        assert act in ACTS
        assert {field.name for field in form.fields if field.required} <= {*asked, form.on_field}
        assert set(asked) <= {field.name for field in form.fields}


async def test_what_is_gone_meanwhile_is_counted_and_the_rest_is_done(on: Portal) -> None:
    here = f"Contribution:{await on.s.input(visibility='public', title='Here')}"
    async with on.by("secretariat") as line:
        looked = await line.get(chosen("admit_contribution", here, f"Contribution:{uuid.uuid4()}"))
        none = await line.get(chosen("admit_contribution", f"Contribution:{uuid.uuid4()}"))
    assert "Not there for you any more: 1." in re.sub("</?bdi>", "", looked.text)
    assert looked.text.count('<input type="hidden" name="thing"') == 1
    assert "Not there for you any more: 1." in re.sub("</?bdi>", "", none.text)
    assert '<form method="post" action="/many"' not in none.text
