"""Any act by a form: what its mutation takes is asked for, what was filled in is sent, what is refused comes back."""

import datetime as dt
import re
import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.api.schema.act_forms import FieldKind, FormField, act_form
from forum.api.schema.inputs import LISTS_OF_WORDS
from forum.store.tables import schema as t
from forum.web import act_fields, act_terms
from forum.web.after_sign_in import ours
from forum.web.page_terms import TERMS
from forum.workflow.act_names import ACTS
from tests.support.pages import Portal, hidden, portal

FORMS = [name for name in ACTS if act_form(name)]
ISSUE = {
    "title": "Inputs to the summit", "zone": "Africa/Nairobi", "text": "Send *them*.\r\nSoon.", "languages": "en\r\nfr",
    "statuses.MEMBER": "yes", "sections.0.code": "a", "sections.0.prompt": "What works?", "sections.0.maxLength": "300",
    "sections.0.unit": "WORDS", "sections.0.required": "yes", "sections.2.code": "b", "sections.2.prompt": "What else?",
    "sections.2.maxLength": "200", "sections.2.unit": "CHARACTERS", 
    "sections.1.unit": "WORDS", "sections.1.maxLength": "3000",
}  # fmt: skip


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


def address(act: str, **filled: str) -> str:
    return f"/do/{act}?{urlencode(filled)}"


def names_in(fields: tuple[FormField, ...], before: str = "") -> list[str]:
    """Every field that a form asks for, as its first row has it, groups within groups too."""
    found = []
    for field in fields:
        name = before + field.name
        found += names_in(field.fields, f"{name}.0.") if field.fields else [name]
    return found


async def test_every_act_has_its_form_with_all_that_it_takes(on: Portal) -> None:
    assert len(FORMS) >= 75
    async with on.by("secretariat") as line:
        for name in FORMS:
            page = await line.get(f"/do/{name}")
            assert page.status_code == 200, name
            form = act_form(name)
            assert form is not None
            for inner in names_in(form.fields):
                assert re.search(rf'name="{re.escape(inner)}(\.[A-Z_]+)?"', page.text), (name, inner)
            assert not re.search(r"<script|\son\w+=|{{|{%", page.text)
    record = act_form("record_meeting")
    assert record is not None
    assert "sessions.0.panels.0.speakers.0.name" in names_in(record.fields)


MEETING = {
    "title": "A round table", "status": "FINAL", "startsOn": "2027-03-01", "endsOn": "2027-03-02", "zone": "UTC",
    "sessions.0.title": "Opening", "sessions.0.panels.0.title": "Skills", "sessions.0.panels.0.kind": "panel",
    "sessions.0.panels.1.title": "", "sessions.0.panels.2.title": "Cities", "sessions.0.panels.2.kind": "panel",
    "sessions.0.panels.2.speakers.1.name": "Amina Diallo", "sessions.0.panels.2.speakers.1.role": "speaker",
    "sessions.0.panels.2.speakers.0.role": "speaker", "sessions.0.panels.2.speakers.2.role": "speaker",
}  # fmt: skip


async def test_a_meeting_is_entered_with_its_panels_and_their_speakers(on: Portal) -> None:
    async with on.by("secretariat") as line:
        form = await line.get(address("record_meeting", track=f"Track:{on.s.tracks['main']}", fixed="track"))
        sent = {**hidden(form), **MEETING}
        for group in ("sessions.0.panels.2.speakers", "sessions.0.panels", "sessions"):  # the last makes a second one
            more = await line.post("/do/record_meeting", data={**sent, "more": group})
            assert more.status_code == 200
            assert f'formaction="#{group}"' in more.text
            for typed in ('value="Opening"', 'value="Cities"', 'value="Amina Diallo"'):
                assert typed in more.text, group
        assert 'name="sessions.1.panels.0.speakers.0.name"' in more.text
        wrong = {**sent, "sessions.0.panels.2.kind": "nonsense"}
        refused = await line.post("/do/record_meeting", data=wrong)
        assert refused.status_code == 400
        places = re.findall(r'<li><a href="#([^"]+)">', refused.text)
        assert places
        assert all(place.startswith("sessions.0.panels.2.") for place in places), places
        assert all(f'id="{place}-error"' in refused.text for place in places)
        done = await line.post("/do/record_meeting", data=sent)
        assert done.status_code == 303, re.findall(r"<li>.*", done.text)
    [meeting] = await on.s.rows(t.meeting, title="A round table")
    panels = sorted(row["title"] for row in await on.s.rows(t.panel, meeting_id=meeting["id"]))
    assert panels == ["Cities", "Skills"]
    assert [row["name"] for row in await on.s.rows(t.speaker)] == ["Amina Diallo"]


def test_a_path_of_the_contract_leads_to_the_row_of_the_form() -> None:
    record, body = act_form("record_meeting"), act_form("establish_body")
    assert record is not None
    assert body is not None
    filled = act_fields.read(record.fields, MEETING, "UTC")
    panels = filled.input["sessions"][0]["panels"]
    assert [panel.get("title") for panel in panels] == ["Skills", "Cities"]
    assert filled.name_of(["sessions", "0", "panels", "1", "speakers", "0", "name"]) == (
        "sessions.0.panels.2.speakers.1.name"
    )
    assert filled.name_of(["sessions", "7"]) == "sessions.7"
    typed = {"bodies.1.firstEdition.0.name": "2027", "bodies.1.firstEdition.0.anchors.2.name": "summit"}
    filled = act_fields.read(body.fields, typed, "UTC")
    [group] = filled.input["bodies"]
    assert group["firstEdition"]["name"] == "2027"  # one, not a list of one
    assert [anchor["name"] for anchor in group["firstEdition"]["anchors"]] == ["summit"]
    path = ["bodies", "0", "firstEdition", "anchors", "0", "at"]
    assert filled.name_of(path) == "bodies.1.firstEdition.0.anchors.2.at"
    assert filled.name_of(path) in [name for name, _ in filled.problems]


def test_every_act_and_every_field_has_its_word() -> None:
    def names(fields: tuple[FormField, ...]) -> set[str]:
        return {name for field in fields for name in (field.name, *names(field.fields))}

    def words(fields: tuple[FormField, ...]) -> set[str]:
        return {kind for field in fields for kind in (field.words, *words(field.fields)) if kind}

    forms = [form for form in map(act_form, FORMS) if form]
    assert {form.act.upper() for form in forms} == set(TERMS["Act"])
    assert {name for form in forms for name in (*names(form.fields), *form.tells)} - set(TERMS["Field"]) == set()
    for kind in {kind for form in forms for kind in words(form.fields)}:
        assert set(LISTS_OF_WORDS[kind].__members__) - set(TERMS[kind]) == set(), kind


async def test_a_call_is_issued_by_its_form(on: Portal) -> None:
    track = f"Track:{on.s.tracks['main']}"
    async with on.by("secretariat") as line:
        page = await line.get(f"/tracks/{on.s.tracks['main']}")
        [link] = re.findall(r'href="(/do/issue_call[^"]+)"', page.text)
        form = await line.get(unescape(link))
        closes = (on.s.now + 40 * dt.timedelta(days=1)).strftime("%Y-%m-%dT12:00")
        answer = await line.post("/do/issue_call", data={**hidden(form), **ISSUE, "closesAt": closes})
        assert answer.status_code == 303, re.findall(r"<li><a href.*", answer.text)
        back = await line.get(answer.headers["location"])
        assert "Done: Issue a call" in re.sub("</?bdi>", "", back.text)
    [call] = await on.s.rows(t.call, title="Inputs to the summit")
    assert call["closes_at"].astimezone(ZoneInfo("Africa/Nairobi")).strftime("%Y-%m-%dT%H:%M") == closes
    sections = sorted(await on.s.rows(t.call_section, call_id=call["id"]), key=lambda row: row["ordinal"])
    assert [(row["code"], row["max_length"], row["unit"], row["required"]) for row in sections] == [
        ("a", 300, "words", True), ("b", 200, "characters", False),
    ]  # fmt: skip
    assert call["track_id"] == on.s.tracks["main"]
    assert track


async def test_what_is_refused_stands_beside_its_field_and_all_comes_back(on: Portal) -> None:
    async with on.by("secretariat") as line:
        form = await line.get(address("issue_call", track=f"Track:{on.s.tracks['main']}", fixed="track"))
        sent = {**hidden(form), **ISSUE, "sections.2.code": "a", "closesAt": "2031-01-01T12:00"}
        answer = await line.post("/do/issue_call", data=sent)
        assert answer.status_code == 400
        assert re.search(r'<a href="#sections\.(2|0)', answer.text), re.findall(
            r"<li>.*error.*|<a href=.#.*", answer.text
        )
        for typed in ("What else?", "Send *them*.\nSoon.", 'value="Inputs to the summit"', 'value="2031-01-01T12:00"'):
            assert typed in answer.text
        wrong = {"title": "", "sections.0.maxLength": "many", "closesAt": "2027-03-28T02:30", "zone": "Europe/Zurich"}
        odd = await line.post("/do/issue_call", data={**sent, **wrong})
        assert "Europe/Zurich show once" in odd.text
        found = re.findall(r'<li><a href="#([^"]+)">', odd.text)
        assert sorted(found) == ["closesAt", "sections.0.maxLength", "title"]
    assert [row["title"] for row in await on.s.rows(t.call)] == ["Inputs to the Chair"]


async def test_a_value_that_the_contract_cannot_take_loses_nothing_of_the_form(on: Portal) -> None:
    """The form has no field of its own for a language: what is no code is refused by the contract, before the act."""
    async with on.by("secretariat") as line:
        form = await line.get(address("record_contribution", call=f"Call:{on.s.call}", fixed="call"))
        sent = {**hidden(form), "title": "By post", "language": "English", "sections.0.code": "a",
                "sections.0.text": "A long letter."}  # fmt: skip
        answer = await line.post("/do/record_contribution", data=sent)
    assert answer.status_code == 400
    assert 'href="#language"' in answer.text
    assert "BCP 47" in answer.text
    assert "By post" in answer.text


async def test_more_rows_are_asked_for_without_doing_anything(on: Portal) -> None:
    async with on.by("secretariat") as line:
        form = await line.get(address("issue_call", track=f"Track:{on.s.tracks['main']}"))
        answer = await line.post("/do/issue_call", data={**hidden(form), **ISSUE, "more": "sections"})
        assert answer.status_code == 200
        assert 'name="sections.5.code"' in answer.text
        assert "What else?" in answer.text
    assert len(await on.s.rows(t.call)) == 1


async def test_what_is_shown_once_is_shown(on: Portal) -> None:
    await on.s.add(t.mandate, {
        "id": uuid.uuid4(), "person_id": on.s.people["focal.kenya"], "organisation_id": on.s.organisations["kenya"],
        "role": "administrator", "starts_at": on.s.now, "zone": "UTC", "accepted_at": on.s.now, "given_by": "operator",
    })  # fmt: skip
    async with on.by("focal.kenya") as line:
        form = await line.get(address("invite_person", organisation=f"/organisations/{on.s.organisations['kenya']}"))
        sent = {**hidden(form), "organisation": f"https://forum.example/organisations/{on.s.organisations['kenya']}",
                "role": "DELEGATE", "address": "w@example.org", "name": "W", "zone": "Africa/Nairobi",
                "startsAt": on.s.now.strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
        answer = await line.post("/do/invite_person", data=sent)
        assert answer.status_code == 200, re.findall(r"<li>.*", answer.text)
        assert "This is shown once" in answer.text
        assert re.search(r"<code>[A-Za-z0-9_.-]{40,}</code>", answer.text)
        assert len(await on.s.rows(t.invitation)) == 1
        again = await line.post("/do/invite_person", data=sent)  # the same form: done once, and its link is not kept
        assert again.status_code == 303
    assert len(await on.s.rows(t.invitation)) == 1


@pytest.mark.parametrize(("subject", "offered"), [("secretariat", True), ("focal.kenya", False)])
async def test_a_forum_s_office_is_offered_to_invite(on: Portal, subject: str, offered: bool) -> None:
    async with on.by(subject) as line:
        page = await line.get("/forums/gfmd")
    for act in ("invite_person", "invite_people"):
        assert (f"/do/{act}?forum=Forum%3A{on.s.forums['gfmd']}" in page.text) == offered


async def test_many_are_looked_at_row_by_row_before_they_are_asked_in(on: Portal) -> None:
    starts = on.s.now.strftime("%Y-%m-%dT%H:%M")
    people = {
        f"people.{n}.{name}": value
        for n in (0, 2)
        for name, value in {
            "role": "NOTE_TAKER", "address": f"p{n}@example.org", "name": f"P{n}", "zone": "UTC", "startsAt": starts,
            "organisation": f"/organisations/{on.s.organisations['kenya']}",
        }.items()
    }  # fmt: skip
    async with on.by("secretariat") as line:
        form = await line.get(address("invite_people", forum=f"Forum:{on.s.forums['gfmd']}", fixed="forum"))
        sent = {**hidden(form), **people}
        looked = await line.post("/do/invite_people", data={**sent, "dryRun": "yes"})
        assert "nothing was done" in looked.text, re.findall(r"<li>.*", looked.text)
        assert looked.text.count("is asked in") == 2
        assert await on.s.rows(t.invitation) == []
        done = await line.post("/do/invite_people", data=sent)
        assert re.search(r"<code>https://forum.example/invitation\?link=[^<]{40,}</code>", done.text), done.text
    assert len(await on.s.rows(t.invitation)) == 2


@pytest.mark.parametrize("subject", [None, "focal.kenya"])
async def test_a_form_lends_nobody_a_right(on: Portal, subject: str | None) -> None:
    async with on.by(subject) as line:
        form = await line.get(address("rename_forum", forum=f"Forum:{on.s.forums['gfmd']}"))
        sent = {**hidden(form), "forum": f"Forum:{on.s.forums['gfmd']}", "name": "Mine", "reason": "I like it."}
        answer = await line.post("/do/rename_forum", data=sent)
        assert answer.status_code == (401 if subject is None else 400)
        assert "Mine" in answer.text
    assert await on.s.rows(t.forum, name="Mine") == []


@pytest.mark.parametrize(
    ("written", "fits"), [("2027-03-15", True), ("15 March", False), ("2027-02-30", False), ("20270315", False)]
)
def test_a_day_is_one_of_the_calendar(written: str, fits: bool) -> None:
    form = act_form("deliver_document")
    assert form is not None
    filled = act_fields.read(form.fields, {"deliveredOn": written}, "UTC")
    assert (("deliveredOn", act_terms.PROBLEM["DAY"]) not in filled.problems) == fits
    assert (filled.input.get("deliveredOn") == written) == fits


@pytest.mark.parametrize("name", ["close_call", "turn_stage", "nothing", "%00", "issue_call%2F", "Act", "__init__"])
async def test_what_is_no_act_of_people_is_no_page(on: Portal, name: str) -> None:
    async with on.by("secretariat") as line:
        assert (await line.get(f"/do/{name}")).status_code == 404
        assert (await line.post(f"/do/{name}", data={"key": str(uuid.uuid4())})).status_code == 404


@pytest.mark.parametrize(
    "away", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/a\r\nX: y"]
)
def test_one_comes_back_to_this_service_alone(away: str) -> None:
    assert ours(away) == "/"
    assert ours("/tracks/1?a=b") == "/tracks/1?a=b"


# ---- from what is filled in to what is sent
ZONES = ["UTC", "Europe/Zurich", "Africa/Casablanca", "Pacific/Apia", "Asia/Kathmandu", "America/New_York"]


@given(st.integers(0, 100_000_000), st.sampled_from(ZONES))
def test_an_instant_is_the_one_that_the_clocks_there_show_once(minutes: int, zone: str) -> None:
    local = dt.datetime(1950, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None) + dt.timedelta(minutes=minutes)
    sent = act_fields.instant(local.isoformat(timespec="minutes"), zone)
    there = ZoneInfo(zone)
    shown = {local.replace(tzinfo=there, fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    clocks = {at for at in shown if at.astimezone(there).replace(tzinfo=None) == local}
    assert (sent is None) == (len(clocks) != 1 or len(shown) != 1)
    if sent is not None:
        assert {dt.datetime.fromisoformat(sent)} == clocks


@given(st.sampled_from(FORMS), st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=8))
def test_whatever_is_filled_in_is_an_input_or_a_problem(name: str, odd: dict[str, str]) -> None:
    form = act_form(name)
    assert form is not None
    fields = {**odd, **{field.name: text for field, text in zip(form.fields, odd.values(), strict=False)}}
    filled = act_fields.read(form.fields, fields, "UTC")
    assert set(filled.input) <= {field.name for field in form.fields}
    needed = {field.name for field in form.fields if field.required and field.kind != FieldKind.GROUP}
    empty = {name_ for name_ in needed if not fields.get(name_, "").strip()}
    ticked = {field.name for field in form.fields if field.many and field.kind == FieldKind.CHOICE}
    switches = {field.name for field in form.fields if isinstance(field.default, bool)}
    assert empty - ticked - switches <= {problem for problem, _ in filled.problems}


@given(st.text(max_size=80))
def test_what_is_no_address_of_ours_stays_as_it_was_written(written: str) -> None:
    sent = act_fields.thing(written, "Call")
    assert sent == written or re.fullmatch(r"[A-Za-z]+:[0-9a-f-]{36}", sent)


def test_the_address_of_a_page_is_its_thing() -> None:
    id_ = str(uuid.uuid4())
    for text, thing in (
        (f"https://forum.example/inputs/{id_}", f"Contribution:{id_}"), (f"/calls/{id_}/addressees", f"Call:{id_}"),
        (f"/documents/GFMD/2020/FI#{id_}", f"Paragraph:{id_}"), (id_, f"Track:{id_}"), (f"Forum:{id_}", f"Forum:{id_}"),
    ):  # fmt: skip
        assert act_fields.thing(text, "Track") == thing
