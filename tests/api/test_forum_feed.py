"""A forum's feed: public, the same bytes for the same record, and what moves grows."""

import datetime as dt
import uuid

import httpx
import pytest

from forum import app
from forum.domain.contact import Language
from forum.settings import Settings
from forum.store.tables import schema as t
from tests.support.feeds.readers import READERS, by_node, events, instant, needs_readers, wire
from tests.support.scene import DAY, ahead, scene
from tests.support.silence_scene import drafted, put

GFMD = "/calendar/gfmd.ics"


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


async def dates(http, address=GFMD):
    answer = await http.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return events(answer.content)


def second(at):
    return at.replace(microsecond=0)


async def test_a_call_stands_at_its_deadline_for_anybody(s, http):
    call = await s.row(t.call, id=s.call)
    read = await dates(http)
    event = read[f"call-{s.call}"]
    assert instant(event) == second(call["closes_at"])
    assert event.decoded("DTSTART").tzinfo.key == call["zone"]
    assert call["title"] in event["SUMMARY"]
    assert "In UTC:" in event["DESCRIPTION"]
    assert {uid.partition("-")[0] for uid in read} == {"call", "meeting", "due", "anchor"}
    signed = await http.get(GFMD, headers={"Authorization": "Bearer nonsense"})
    assert signed.content == (await http.get(GFMD)).content  # who asks is not looked at


@pytest.mark.once
@needs_readers
async def test_programs_of_others_read_the_instants_that_the_service_says(s, http):
    zones = ("Europe/Zurich", "Asia/Kathmandu", "America/New_York", "Pacific/Apia", "Africa/Casablanca")
    wanted = {}
    row = await s.row(t.call, id=s.call)
    for n, zone in enumerate(zones):
        for month in (1, 7):
            id_, at = uuid.uuid4(), dt.datetime(2026, month, 15, 12, n, tzinfo=dt.UTC)
            fields = {
                "id": id_,
                "zone": zone,
                "opens_at": at - 20 * DAY,
                "closes_at": at,
                "title": "مساهمات 移民, «a»; b",
            }
            await s.add(t.call, row | fields)
            wanted[f"call-{id_}"] = [wire(at), f"Gfmd: Inputs close: {fields['title']}"]
    read = by_node((await http.get(GFMD)).content)
    for reader in READERS:
        assert {uid: read[reader][uid][1:3] for uid in wanted} == wanted, reader


async def test_texts_are_in_it_once_everybody_may_read_them(s, http):
    d, _ = await drafted(s, "Count everybody.")
    silence = await put(s, d)
    await s.change(t.document, d, comments_open_at=s.now, comments_close_at=s.now + 9 * DAY)
    hidden = {f"comments-{d}", f"silence-{silence}", f"out-{d}"}
    for circle in ("team", "participants"):
        await s.change(t.document, d, audience=circle)
        assert hidden & set(await dates(http)) == set()
    closed = s.now + 3 * DAY
    await s.change(t.document, d, audience="public")
    before = await dates(http)
    assert instant(before[f"comments-{d}"]) == second(s.now + 9 * DAY)
    assert instant(before[f"silence-{silence}"]) == second((await s.row(t.silence, id=silence))["ends_at"])
    await s.change(t.document, d, state="issued", closed_at=closed)
    after = await dates(http)
    assert instant(after[f"out-{d}"]) == second(closed)
    assert instant(after[f"comments-{d}"]) == second(closed)  # closed before its time: it moves there
    assert after[f"comments-{d}"].decoded("SEQUENCE") > before[f"comments-{d}"].decoded("SEQUENCE")


async def test_more_time_moves_the_entry_and_it_grows(s, http):
    before = (await dates(http))[f"call-{s.call}"]
    closes = ahead(s, 19)
    await s.do("extend_window", "secretariat", call=s.call, closes_at=closes, reason="A holiday")
    after = (await dates(http))[f"call-{s.call}"]
    assert instant(after) == closes
    assert after["UID"] == before["UID"]
    assert after.decoded("SEQUENCE") > before.decoded("SEQUENCE")
    for stamp in ("DTSTAMP", "LAST-MODIFIED"):
        assert after.decoded(stamp) > before.decoded(stamp)


async def test_an_anchor_that_moves_takes_its_dates_along(s, http):
    anchor = await s.row(t.anchor, name="summit")
    uid = f"anchor-summit-{s.editions['gfmd']}"
    before = await dates(http)
    to = anchor["at"] + 7 * DAY
    await s.do(
        "move_anchor", "secretariat", edition=s.editions["gfmd"], anchor="summit", to=to, reason="A strike"
    )  # fmt: skip
    after = await dates(http)
    assert instant(after[uid]) - instant(before[uid]) == 7 * DAY
    for moved in (uid, f"due-summary_of_conclusions-{s.editions['gfmd']}"):
        assert after[moved].decoded("SEQUENCE") > before[moved].decoded("SEQUENCE")
    [row] = await s.rows(t.history, act="move_anchor")
    assert after[uid].decoded("DTSTAMP") == second(row["at"])


async def test_a_call_that_was_taken_back_is_cancelled(s, http):
    before = (await dates(http))[f"call-{s.call}"]
    await s.do("withdraw_call", "secretariat", call=s.call, reason="The wrong question")
    after = (await dates(http))[f"call-{s.call}"]
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after.decoded("SEQUENCE") > before.decoded("SEQUENCE")


async def test_a_meeting_is_on_its_days_and_takes_the_place_of_what_was_planned(s, http):
    days = {"starts_on": dt.date(2027, 3, 4), "ends_on": dt.date(2027, 3, 5)}
    m = (await s.do("record_meeting", "secretariat", track=s.tracks["main"], title="Workshop; «one»", city="Quito",
                    venue="Palace, hall 1", **days))["meeting"]  # fmt: skip
    event = (await dates(http))[f"meeting-{m}"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (days["starts_on"], dt.date(2027, 3, 6))
    assert (event["LOCATION"], event["STATUS"]) == ("Palace, hall 1, Quito", "TENTATIVE")
    await s.do("revise_meeting", "secretariat", meeting=m, reason="It begins later", starts_on=dt.date(2027, 3, 5),
               expected_revision=1)  # fmt: skip
    later = (await dates(http))[f"meeting-{m}"]
    assert later.decoded("DTSTART") == dt.date(2027, 3, 5)
    assert later.decoded("SEQUENCE") > event.decoded("SEQUENCE")
    summit = (await s.row(t.anchor, name="summit"))["at"].date()
    planned = f"meeting-summit-{s.editions['gfmd']}"
    assert planned in await dates(http)
    await s.do("record_meeting", "secretariat", track=s.tracks["main"], title="Summit", starts_on=summit,
               ends_on=summit + DAY)  # fmt: skip
    assert planned not in await dates(http)


async def test_the_same_record_gives_the_same_bytes_and_they_are_sent_once(s, http):
    first = await http.get(GFMD)
    await s.shift(DAY)
    again = await http.get(GFMD)
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert first.headers["cache-control"] == "public, no-cache"
    kept = await http.get(GFMD, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (kept.status_code, kept.content) == (304, b"")
    head = await http.head(GFMD)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(first.content)))


async def test_all_pages_of_an_edition_are_in_it(s, http):
    row = await s.row(t.call, id=s.call)
    ids = [uuid.uuid4() for _ in range(120)]
    await s.add(t.call, *(row | {"id": id_} for id_ in ids))
    assert {f"call-{id_}" for id_ in ids} <= set(await dates(http))


async def test_an_edition_that_was_taken_back_and_a_rehearsal_are_not_in_it(s, http):
    assert await dates(http)
    await s.change(t.edition, s.editions["gfmd"], state="withdrawn")
    assert await dates(http) == {}


async def test_it_speaks_six_languages(s, http):
    word = {"en": "Inputs close", "fr": "Fin des contributions", "es": "Cierre de", "ar": "تلقي", "zh": "截止",
            "ru": "Окончание"}  # fmt: skip
    for language in Language.words():
        by_name = await http.get(f"{GFMD}?language={language}")
        by_header = await http.get(GFMD, headers={"Accept-Language": f"tlh, {language}-XX;q=0.8, en;q=0.1"})
        assert by_name.content == by_header.content
        assert word[language] in events(by_name.content)[f"call-{s.call}"]["SUMMARY"]
        assert by_name.headers["vary"] == "Accept-Language"
    assert "Inputs close" in (await http.get(GFMD, headers={"Accept-Language": "tlh"})).text


ODD = [
    "nobody.ics",
    "gfmd",
    "gfmd.ICS",
    ".ics",
    "GFMD.ics",
    "gfmd.ics.ics",
    "g%66md%00.ics",
    "é.ics",
    "x" * 5000 + ".ics",
]


@pytest.mark.parametrize("file", ODD, ids=lambda file: file[:20])
async def test_every_other_address_is_answered_word_for_word_the_same(http, file):
    answer = await http.get(f"/calendar/{file}")
    assert (answer.status_code, answer.text) == (
        404, "There is no calendar at this address: it may be mistyped, renewed or ended.\n"
    )  # fmt: skip


async def test_what_is_not_read_is_refused_with_a_sentence(http):
    for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND"):
        answer = await http.request(method, GFMD)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    for language in ("", "xx", "EN", "de" * 4000):
        answer = await http.get(GFMD, params={"language": language})
        assert answer.status_code == 400
        assert "en, fr, es, ar, zh, ru" in answer.text


async def test_reading_is_paid_for_by_the_address_it_comes_from(s, parts):
    parts.service.rates.rate = 100
    site = app.site(parts, Settings(mode="test", secret="s" * 32))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(site), base_url="http://forum.example") as http:
        answers = [await http.get(GFMD) for _ in range(3)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"]
    assert answers[-1].text.startswith("Your address has asked for more")
