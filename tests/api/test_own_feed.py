"""A person's own feed: what they may see and must do, at an address with a secret; and what a leaked one tells."""

import datetime as dt
import uuid

import httpx
import orjson
import pytest

from forum import app
from forum.api.http.body import GraphQLRequest
from forum.api.http.execute import answer
from forum.api.http.identity import Caller
from forum.errors import NotFound, WrongState
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.feeds.readers import events, instant
from tests.support.mail_box import reached
from tests.support.scene import DAY, ahead, scene
from tests.support.silence_scene import drafted, put
from tests.support.sources import ROOT

NOT_THERE = (404, "There is no calendar at this address: it may be mistyped, renewed or ended.\n")
PUBLIC = "/calendar/gfmd.ics"


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        yield made


@pytest.fixture
async def parts(s, database):
    settings = Settings(mode="test", secret="s" * 32, database_url=database.app_url, pool=4)
    made = await app.parts(settings, database.app_url)
    yield made
    await made.close()


@pytest.fixture
async def http(parts):
    site = app.site(parts, Settings(mode="test", secret="s" * 32))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://forum.example") as client:
        yield client


async def renewed(parts, s, subject, key=None):
    """A new address of this person's, by the contract."""
    text = (ROOT / "graphql/operations/renew_calendar.graphql").read_text("utf-8")
    given = {"person": f"Person:{s.people[subject]}", "idempotencyKey": str(key or uuid.uuid4())}
    asked = GraphQLRequest(query=text, variables={"input": given})
    payload = orjson.loads((await answer(parts.service, asked, Caller(subject))).body)["data"]["renewCalendar"]
    assert payload["errors"] == []
    return payload["address"]


async def dates(http, address):
    got = await http.get(address)
    assert got.status_code == 200, got.text
    return events(got.content)


def second(at):
    return at.replace(microsecond=0)


async def test_it_shows_what_is_asked_of_the_person(s, parts, http):
    mine = await dates(http, await renewed(parts, s, "focal.kenya"))
    assert instant(mine[f"call-{s.call}"]) == second((await s.row(t.call, id=s.call))["closes_at"])
    stranger = await dates(http, await renewed(parts, s, "rep.stranger"))
    assert f"call-{s.call}" not in stranger, "nobody asked them"
    assert f"call-{s.call}" in await dates(http, await renewed(parts, s, "secretariat"))


async def test_a_late_permit_stands_beside_the_deadline_for_whom_it_is(s, parts, http):
    kenya, nepal = [await renewed(parts, s, who) for who in ("focal.kenya", "focal.nepal")]
    until = ahead(s, 40)
    await s.do("permit_late_contribution", "secretariat", call=s.call, organisation=s.organisations["kenya"],
               until=until, reason="A flood")  # fmt: skip
    uid = f"permit-{s.call}-{s.organisations['kenya']}"
    mine = await dates(http, kenya)
    entry = mine[uid]
    assert (instant(entry), "Kenya" in entry.to_ical().decode(), "flood" in entry.to_ical().decode()) == (
        until, False, False,
    )  # fmt: skip
    assert uid not in await dates(http, nepal)
    assert uid not in await dates(http, PUBLIC)
    before = entry.decoded("SEQUENCE")
    await s.shift(dt.timedelta(minutes=1))
    await s.do("permit_late_contribution", "secretariat", call=s.call, organisation=s.organisations["kenya"],
               until=until + DAY, reason="A flood")  # fmt: skip
    assert (await dates(http, kenya))[uid].decoded("SEQUENCE") > before


async def test_a_silence_that_may_be_broken_without_the_title_of_its_text(s, parts, http):
    d, _ = await drafted(s, "Count everybody.")
    await s.change(t.document, d, title="A confidential title")
    silence = await put(s, d)
    kenya = await http.get(await renewed(parts, s, "focal.kenya"))  # on the steering group
    entry = events(kenya.content)[f"silence-{silence}"]
    assert instant(entry) == second((await s.row(t.silence, id=silence))["ends_at"])
    assert "a text that is not public" in entry["SUMMARY"]
    assert "confidential" not in kenya.text
    for other in ("rep.network", "secretariat.hlpf"):
        assert f"silence-{silence}" not in await dates(http, await renewed(parts, s, other))


async def test_a_returned_input_is_in_it_under_a_name_alone(s, parts, http):
    named = await s.input("focal.kenya", title="A secret title", attribution="organisation")
    unnamed = await s.input("rep.network", attribution="none")
    until = ahead(s, 5)
    for each in (named, unnamed):
        await s.do("return_contribution", "secretariat", contribution=each, reason="Which?", mend_until=until)
    kenya, network = [await http.get(await renewed(parts, s, who)) for who in ("focal.kenya", "rep.network")]
    assert instant(events(kenya.content)[f"mend-{named}"]) == until
    assert "secret title" not in kenya.text
    assert "mend-" not in network.text, "a leaked address would say whose it is"
    assert "mend-" not in (await http.get(await renewed(parts, s, "secretariat"))).text


async def test_its_address_is_shown_once_and_a_hash_is_kept(s, parts, http):
    key = uuid.uuid4()
    address = await renewed(parts, s, "focal.kenya", key)
    assert await renewed(parts, s, "focal.kenya", key) is None
    [row] = await s.rows(t.calendar_address)
    secret = address.removeprefix("/calendar/own/").removesuffix(".ics")
    for table in (t.history, t.request_key, t.calendar_address):
        assert secret not in str(await s.rows(table))
    assert (row["person_id"], len(row["hash"])) == (s.people["focal.kenya"], 32)
    assert (await http.get(address)).status_code == 200


async def test_what_was_renewed_or_ended_is_answered_as_what_never_was(s, parts, http):
    first = await renewed(parts, s, "focal.kenya")
    again = await renewed(parts, s, "focal.kenya")
    assert len(await s.rows(t.calendar_address)) == 1
    odd = ["x.ics", first[:-4], f"{'A' * 43}.ics", f"{'A' * 42}B.ics", f"{'A' * 5000}.ics", "%00.ics", "é.ics", ".ics"]
    for address in [first, *(a if a.startswith("/") else f"/calendar/own/{a}" for a in odd)]:
        got = await http.get(address)
        assert (got.status_code, got.text) == NOT_THERE, address
    assert (await http.get(again)).status_code == 200
    await s.do("end_calendar", "focal.kenya", person=s.people["focal.kenya"])
    got = await http.get(again)
    assert (got.status_code, got.text) == NOT_THERE
    with pytest.raises(WrongState):
        await s.do("end_calendar", "focal.kenya", person=s.people["focal.kenya"])


async def test_it_is_ones_own_to_renew_and_to_end(s):
    for act in ("renew_calendar", "end_calendar"):
        with pytest.raises(NotFound):
            await s.do(act, "secretariat", person=s.people["focal.kenya"])


async def test_what_is_no_longer_theirs_is_gone_and_with_the_last_mandate_the_feed(s, parts, http):
    address = await renewed(parts, s, "focal.kenya")
    assert f"call-{s.call}" in await dates(http, address)
    await s.change(t.mandate, s.mandates["focal.kenya"], ends_at=s.now - DAY)
    got = await http.get(address)
    assert (got.status_code, got.text) == NOT_THERE


async def test_it_is_in_the_language_of_its_person_and_kept_by_nobody_else(s, parts, http):
    await reached(s.engine, {"focal.kenya": s.people["focal.kenya"]}, language="ar")
    address = await renewed(parts, s, "focal.kenya")
    got = await http.get(address, headers={"Accept-Language": "fr"})
    assert "انتهاء تلقي المساهمات" in events(got.content)[f"call-{s.call}"]["SUMMARY"]
    assert got.headers["cache-control"] == "private, no-cache"
    assert (await http.get(address, headers={"If-None-Match": got.headers["etag"]})).status_code == 304
    head = await http.head(address)
    assert (head.status_code, head.headers["etag"]) == (200, got.headers["etag"])
    assert (await http.post(address)).status_code == 405


async def test_who_has_the_address_spends_no_points_of_its_person_and_guessing_costs(s, parts):
    address = await renewed(parts, s, "focal.kenya")
    parts.service.rates.rate = 200
    site = app.site(parts, Settings(mode="test", secret="s" * 32))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://forum.example") as http:
        while (await http.get(address)).status_code != 429:
            pass
        mine = GraphQLRequest(query="{ serverTime }", spenders=(("person", "focal.kenya"),))
        assert (await answer(parts.service, mine, Caller("focal.kenya"))).status == 200
        codes = [(await http.get(f"/calendar/own/{'A' * 43}.ics")).status_code for _ in range(60)]
    assert codes[-1] == 429
