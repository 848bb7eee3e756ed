"""The main job, end to end: the ten steps of the demonstration, looked at from outside once the story is told.

The story ran against a real server and a real worker; what is asserted here is read back through operations, as the
public or as one of its people, and from the files it wrote.
"""

import csv
import hashlib
import io
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
import pytest

from forum.client.session import document
from forum.client.story import story
from forum.domain import receipts
from forum.domain.targets import IRI
from forum.files import folder, shipped
from forum.papers import drawn
from tests.support.told import Told, words_of

HEX = re.compile(r"[0-9a-f]{64}")
INPUT, SUMMARY = "GFMD/2020/HLPF/1", "IDM/2016/1/SOC"
PAPERS = ("focused-input.pdf", "summary-of-conclusions.pdf", "responses.pdf")


def instant(written: str) -> datetime:
    return datetime.fromisoformat(written)


async def forum_page(told: Told, slug: str, at: str | None = None) -> Any:
    return (await told.ask(None, "ForumPage", slug=slug, at=at))["forum"]


async def acts_on(told: Told, persona: str, id_: str) -> dict[str, Any]:
    return {a["act"]: a for a in (await told.ask(persona, "Acts", on=id_))["acts"]}


async def text_of(told: Told, persona: str | None = None, symbol: str = INPUT) -> Any:
    return (await told.ask(persona, "DocumentText", symbol=symbol, first=100, after=None))["document"]


# ---- 1. bodies
async def test_1_forums_at_every_layer(told: Told) -> None:
    found = (await told.ask(None, "Forums", filter=None, first=100, after=None))["forums"]["nodes"]
    layers: dict[str, set[str]] = {}
    for forum in found:
        layers.setdefault(forum["layer"], set()).add(forum["slug"])
    assert layers["LOCAL"] == {"quezon-city"}
    assert layers["NATIONAL"] == {"philippines", "portugal"}
    assert layers["REGIONAL"] == {"abu-dhabi-dialogue", "gfmd-add-consultation"}
    assert {"gfmd", "gfmd-steering-group", "gfmd-public-narratives", "idm"} <= layers["GFMD"]
    assert layers["GLOBAL"] == {"hlpf", "imrf"}
    page = await forum_page(told, "gfmd")
    bodies = {b["slug"]: b["kind"] for b in page["bodies"]["nodes"]}
    assert bodies["gfmd-steering-group"] == "STEERING_GROUP"
    assert bodies["gfmd-public-narratives"] == "WORKING_GROUP"
    assert {s for s, kind in bodies.items() if kind == "MECHANISM"} == {
        "gfmd-civil-society",
        "gfmd-business",
        "gfmd-mayors",
    }
    mechanisms = await told.query(None, "{ mechanisms { nodes { code forum { slug } } } }")
    bodies_of = {m["code"]: m["forum"] and m["forum"]["slug"] for m in mechanisms["mechanisms"]["nodes"]}
    assert {"states", "civil_society", "business", "mayors"} <= bodies_of.keys()
    assert bodies_of["mayors"] == "gfmd-mayors"


async def test_1_some_forty_organisations_take_part(told: Told) -> None:
    taking_part = (await forum_page(told, "gfmd"))["participations"]
    assert taking_part["exactCount"] == len(taking_part["nodes"]) >= 40
    assert {p["status"] for p in taking_part["nodes"]} == {"MEMBER", "OBSERVER"}
    assert {"states", "civil_society", "business", "mayors"} == {
        m for p in taking_part["nodes"] for m in p["mechanisms"]
    }


async def test_1_convenors_have_equal_rights(told: Told) -> None:
    consultation = await forum_page(told, "gfmd-add-consultation")
    assert {f["slug"] for f in consultation["convenors"]} == {"gfmd", "abu-dhabi-dialogue"}
    track = told.story.ids["track:gfmd/abu_dhabi_dialogue"]
    may = {
        p: {a for a, given in (await acts_on(told, p, track)).items() if given["yes"]}
        for p in ("gfmd-secretariat", "add-secretariat")
    }
    assert "ADVANCE_STAGE" in may["add-secretariat"]
    assert may["gfmd-secretariat"] == may["add-secretariat"]
    refused = (await acts_on(told, "hlpf-secretariat", track))["ADVANCE_STAGE"]
    assert (refused["yes"], refused["because"]["code"]) == (False, "ROLE_NOT_ALLOWED")


async def test_1_the_troika_follows_from_terms(told: Told) -> None:
    now, then = await forum_page(told, "gfmd"), await forum_page(told, "gfmd", "2019-06-01T00:00:00Z")
    named = [
        {k: [t["name"] for t in page["troika"][k]] for k in ("previous", "current", "next")} for page in (now, then)
    ]
    assert named[0] == {"previous": ["Ecuador"], "current": ["United Arab Emirates"], "next": ["France"]}
    assert named[1]["current"] == ["Ecuador"]
    assert sorted(named[1]["previous"]) == ["Germany", "Morocco"]  # co-chairs make it more than three
    assert named[1]["next"] == ["United Arab Emirates"]
    mine = (await told.ask("ph-focal-point", "WhoAmI"))["viewer"]["mandates"]
    assert [(m["role"], m["organisation"]["name"]) for m in mine] == [("NATIONAL_FOCAL_POINT", "Philippines")]


# ---- 2. the edition and its call
async def test_2_the_edition_has_its_tracks_and_themes(told: Told) -> None:
    edition = (await told.ask(None, "EditionHead", forum="gfmd", name="GFMD 2020"))["edition"]
    tracks = {t["name"]: t for t in edition["tracks"]}
    assert {n: t["definition"] for n, t in tracks.items()} == {
        "main": "main", "focused_input": "focused_input", "abu_dhabi_dialogue": "regional_consultation"
    }  # fmt: skip
    assert tracks["abu_dhabi_dialogue"]["convenedAs"]["slug"] == "gfmd-add-consultation"
    assert {t["code"] for t in tracks["abu_dhabi_dialogue"]["themes"]} == {"technology", "skills", "labour"}
    assert len(edition["themes"]) == 6
    text = (shipped() / "gfmd.toml").read_bytes()
    assert (edition["process"]["name"], edition["process"]["hash"]) == ("gfmd", hashlib.sha256(text).hexdigest())
    editions = (await forum_page(told, "gfmd"))["editions"]["nodes"]
    assert {e["name"]: e["state"] for e in editions} == {
        "GFMD 2021": "RUNNING",
        "GFMD 2020": "RUNNING",
        "GFMD 2019": "RECORDED",
    }


async def test_2_the_call_says_what_is_asked_until_when(told: Told) -> None:
    call = (await told.ask(None, "CallPage", id=told.story.ids["call"]))["node"]
    assert instant(call["closesAt"]) == datetime(2020, 4, 30, 10, tzinfo=UTC)  # 12:00 in Geneva
    assert call["timeZone"] == "Europe/Zurich"
    assert set(call["languages"]) == {"en", "fr", "es"}
    asked = {s["code"]: (s["minLength"], s["maxLength"], s["unit"]) for s in call["sections"]}
    assert asked == {"experience": (20, 400, "WORDS"), "proposal": (10, 200, "WORDS")}


# ---- 3. inputs
async def test_3_every_submission_has_a_receipt(told: Told) -> None:
    taken = [s.answer["data"]["submitContribution"]["contribution"] for s in told.sent("SubmitContribution")]
    taken = [c for c in taken if c is not None]
    numbers = {c["receipt"]["number"] for c in taken}
    assert all(map(receipts.valid, numbers))
    mended = told.story.inputs[told.story.texts["returned"]["key"]]["id"]  # handed in twice: a receipt each time
    assert len(numbers) - 1 == len({c["id"] for c in taken}) >= 13
    for made in (c for c in taken if c["id"] != mended):
        assert HEX.fullmatch(made["receipt"]["hash"])
        at = made["receipt"]["at"]
        if made["id"] == told.story.inputs["not_attributed"]["id"]:
            assert at is None
        elif made["id"] != told.story.inputs["city"]["id"]:
            assert timedelta(0) < instant(at) - datetime(2020, 4, 28, 9, tzinfo=UTC) < timedelta(minutes=10)


async def test_3_inputs_came_from_every_mechanism(told: Told) -> None:
    found = await told.ask(
        "gfmd-secretariat", "EditionPage", forum="gfmd", name="GFMD 2020", filter=None, first=100, after=None
    )
    nodes = found["edition"]["contributions"]["nodes"]
    assert {n["attribution"]["mechanism"]["code"] for n in nodes if n["attribution"]["mechanism"]} == {
        "states", "civil_society", "business", "mayors"
    }  # fmt: skip
    collective = {n["attribution"]["label"] for n in nodes if n["kind"] == "COLLECTIVE"}
    assert collective == {"Mayors Mechanism", "Civil Society Mechanism"}


def test_3_release_is_the_focal_points(told: Told) -> None:
    [refused] = told.sent("ReleaseContribution", "de-delegate")
    [error] = refused.answer["data"]["releaseContribution"]["errors"]
    assert (error["code"], error["__typename"]) == ("ROLE_NOT_ALLOWED", "RoleNotAllowed")
    [released] = told.sent("ReleaseContribution", "de-focal-point")
    assert released.answer["data"]["releaseContribution"]["errors"] == []
    assert {s.persona for s in told.sent("SaveContribution") if s.variables["input"].get("collective")} == {
        "mayors-coordinator", "cso-coordinator"
    }  # fmt: skip


def test_3_a_retry_is_the_same_submission(told: Told) -> None:
    *_, first, again = told.sent("SubmitContribution", "ca-focal-point")
    assert first.variables == again.variables
    assert first.answer["data"] == again.answer["data"]


async def test_3_one_addressee_sends_none_this_time(told: Told) -> None:
    page = await told.ask(
        "gfmd-secretariat", "WhoHasNotAnswered", id=told.story.ids["call"], answer=None, first=100, after=None
    )
    answers = {a["organisation"]["name"]: a["answer"] for a in page["node"]["addressees"]["nodes"]}
    assert [name for name, answer in answers.items() if answer == "NO_INPUT_THIS_TIME"] == ["Norway"]
    assert {name for name, answer in answers.items() if answer == "SENT"} >= {"Germany", "Canada", "City of Montréal"}
    assert answers["Sweden"] == "NONE_YET"  # it came too late


async def test_3_practices_are_taken_as_they_are(told: Told) -> None:
    written = list(csv.DictReader(io.StringIO((story.DATA / "practices.csv").read_text("utf-8-sig"))))
    made = [told.story.inputs[f"practice:{n}"]["id"] for n in range(1, len(written) + 1)]
    assert len(made) == 21
    read: dict[str, list[str]] = {}
    for row, id_ in zip(written, made, strict=True):
        node = (await told.ask("gfmd-secretariat", "ContributionPage", id=id_))["node"]
        assert (node["onBehalf"], node["late"]) == (True, True)
        assert node["attribution"]["organisation"] is None  # the country is where it takes place, not who sent it
        assert "not recorded" in node["attribution"]["label"]
        [practice] = node["practices"]["nodes"]
        assert practice["sdgAsWritten"] == row["SDG"]
        assert practice["datesAsWritten"] == row["Project Date"]
        assert practice["place"] == row["Country/Region/City"]
        assert practice["partners"] == row["Key Partners"]
        assert all(t["iri"] == IRI + t["code"] for t in practice["targets"])
        read[row["SDG"]] = sorted(t["code"] for t in practice["targets"])
    assert read["10, 11, 16 and 17"] == ["10", "11", "16", "17"]
    assert read["4. 8, 10, 11, 16 and 17"] == ["10", "11", "16", "17", "4", "8"]
    assert read["8.7 & 8.8, 10.7"] == ["10.7", "8.7", "8.8"]
    assert sum(not row["Project Date"] for row in written) == 5
    assert "line 19, SDG: '4.'" in told.said  # the doubtful cell is named


# ---- 4. the deadline
async def test_4_the_deadline_closes_the_call(told: Told) -> None:
    call = "query($id: ID!) { node(id: $id) { ... on Call { state closesAt closedAt track { stage { id } } } } }"
    closed = (await told.query(None, call, id=told.story.ids["call"]))["node"]
    assert closed["state"] == "CLOSED"
    assert closed["closedAt"] == closed["closesAt"]
    lines = await told.rows(
        "SELECT actor_id, at FROM history WHERE act = 'close_call' AND subject_id = $1", told.story.ids["call"][5:]
    )
    assert [(line["actor_id"], line["at"]) for line in lines] == [(None, instant(closed["closesAt"]))]


async def test_4_a_late_submission_is_told_when_and_by_which_clock(told: Told) -> None:
    [late] = told.sent("SubmitContribution", "se-focal-point")
    [error] = late.answer["data"]["submitContribution"]["errors"]
    assert (error["code"], late.answer["data"]["submitContribution"]["contribution"]) == ("DEADLINE_PASSED", None)
    assert instant(error["deadline"]) == datetime(2020, 4, 30, 10, tzinfo=UTC)
    assert (
        instant(error["deadline"]) <= instant(error["serverTime"]) < instant(error["deadline"]) + timedelta(minutes=1)
    )
    id_ = late.variables["input"]["contribution"]
    assert (await told.ask("gfmd-secretariat", "ContributionBrief", id=id_))["node"] is None
    assert (await told.ask("se-focal-point", "ContributionBrief", id=id_))["node"]["state"] == "RELEASED"


# ---- 5. the draft
async def test_5_paragraphs_have_identities_places_and_sources(told: Told) -> None:
    found = await text_of(told, "gfmd-penholder")
    paragraphs = found["paragraphs"]["nodes"]
    assert len({p["wId"] for p in paragraphs}) == len({p["eId"] for p in paragraphs}) == len(paragraphs) == 14
    assert all(re.fullmatch(r"(sec_\d+__)?(para|p)_\d+", p["eId"]) for p in paragraphs), paragraphs
    numbered = [p["number"] for p in paragraphs if p["kind"] == "PARAGRAPH"]
    assert numbered == [str(n) for n in range(1, 14)]
    assert all(p["sources"]["nodes"] for p in paragraphs if p["kind"] == "PARAGRAPH")
    assert len(found["recommendations"]) == 3
    recommended = await told.query(
        "gfmd-penholder",
        "query($s: String!) { document(symbol: $s) { recommendations { sources { nodes { id } } } } }",
        s=INPUT,
    )
    assert all(r["sources"]["nodes"] for r in recommended["document"]["recommendations"])


async def test_5_comments_are_answered_and_a_revision_follows(told: Told) -> None:
    found = await text_of(told, "gfmd-penholder")
    comments = [c for p in found["paragraphs"]["nodes"] for c in p["comments"]["nodes"]]
    assert len(comments) == 3
    assert {c["disposition"]["word"] for c in comments} == {"taken_up", "taken_up_in_part", "noted"}
    revised = [p for p in found["paragraphs"]["nodes"] if p["revision"] == 2]
    assert len(revised) == 2
    assert any("although claims offices exist" in p["text"]["markdown"] for p in revised)
    revisions = found["revisions"]["nodes"]
    assert [r["label"] for r in revisions] == ["Zero draft", "Rev.1"]  # what was put to the body is Rev.1, unchanged
    assert all(HEX.fullmatch(r["hash"]) for r in revisions)
    assert len({r["hash"] for r in revisions}) == 2


# ---- 6. every input answered
async def test_6_the_gate_says_which_inputs_are_open(told: Told) -> None:
    tried, started = told.sent("StartSilence")
    [error] = tried.answer["data"]["startSilence"]["errors"]
    assert (error["code"], error["gate"]) == ("GATE_CLOSED", "every_input_answered")
    handed_in = [*told.story.inputs.values()]
    in_track = {i["id"] for k, i in told.story.inputs.items() if k not in ("city", "national")}
    assert error["openCount"] == len(in_track) == len(handed_in) - 2
    assert set(error["openIds"]) <= in_track
    assert error["openIds"]
    assert started.answer["data"]["startSilence"]["errors"] == []


async def test_6_every_input_has_its_answer_in_the_words_of_the_process(told: Told) -> None:
    answers = (await told.ask("gfmd-secretariat", "ResponsePaper", symbol=INPUT, after=None))["document"][
        "dispositions"
    ]
    assert not answers["pageInfo"]["hasNextPage"]
    nodes = answers["nodes"]
    answered = {a["of"]["id"] for a in nodes if a["of"]["__typename"] == "Contribution"}
    assert answered == {i["id"] for k, i in told.story.inputs.items() if k not in ("city", "national")}
    together = [a for a in nodes if a["notedTogether"]]
    assert len(together) == 21
    assert len({(a["notedTogether"], a["reason"]) for a in together}) == 1
    assert together[0]["reason"]
    assert {re.sub(r"\d+", "#", a["words"]) for a in nodes} == {
        "taken up in paragraph #", "taken up in part in paragraph #", "noted for further work",
        "included in the annex of practices"
    }  # fmt: skip


# ---- 7. no objection
async def test_7_silence_ends_at_its_instant_exactly_once(told: Told) -> None:
    page = (await told.ask("gfmd-secretariat", "Silences", symbol=INPUT))["document"]
    [silence] = page["silences"]["nodes"]
    assert (silence["state"], silence["hours"], silence["body"]["slug"]) == ("PASSED", 72, "gfmd-steering-group")
    assert instant(silence["endsAt"]) - instant(silence["startsAt"]) == timedelta(hours=72)
    assert silence["closedAt"] == silence["endsAt"] == page["closedAt"]
    assert page["state"] == "ENDORSED"
    assert page["closingWords"] == "Endorsed by the Steering Group on 2 June 2020, no objection having been raised"
    history = (await told.ask("gfmd-secretariat", "DocumentHistory", symbol=INPUT, first=100, after=None))["document"][
        "history"
    ]
    assert not history["pageInfo"]["hasNextPage"]
    endorsed = [h for h in history["nodes"] if h["act"] == "endorse_document"]
    assert [(h["actor"], h["at"]) for h in endorsed] == [(None, silence["endsAt"])]
    lines = await told.rows("SELECT subject_id FROM history WHERE act = 'close_silence'")
    assert [str(line["subject_id"]) for line in lines].count(silence["id"].partition(":")[2]) == 1


async def test_7_nothing_of_the_gfmd_is_adopted(told: Told) -> None:
    for forum, name in (("gfmd", "GFMD 2020"), ("idm", "IDM 2016")):
        edition = (await told.ask("gfmd-secretariat", "EditionHead", forum=forum, name=name))["edition"]
        assert edition["documents"]["nodes"]
        for given in edition["documents"]["nodes"]:
            assert given["closingWords"], given["symbol"]
            assert "adopt" not in given["closingWords"].lower()
            assert given["state"] != "ADOPTED"
    for name in PAPERS:
        assert "adopted" not in words_of((told.out / name).read_bytes()).lower(), name


# ---- 8. the chain
async def lineage(told: Told, persona: str | None, id_: str, direction: str) -> list[Any]:
    found = (await told.ask(persona, "Lineage", id=id_, direction=direction, depth=12))["node"]["lineage"]
    return [step["end"] for step in found]


def layer(end: Any) -> str:
    forum = end["document"]["forum"] if end["__typename"] == "Paragraph" else end["edition"]["forum"]
    return forum["layer"]


async def test_8_from_a_city_up_to_the_global_text(told: Told) -> None:
    ends = await lineage(told, None, told.story.inputs["city"]["id"], "UP")
    assert {layer(e) for e in ends} == {"NATIONAL", "REGIONAL", "GFMD", "GLOBAL"}
    texts = [e["document"]["symbol"] for e in ends if e["__typename"] == "Paragraph"]
    assert list(dict.fromkeys(texts)) == ["PH/2020/NI/1", "GFMD/2020/RC/ADD/1", INPUT, "HLPF/2020/SYN/1"]


async def test_8_from_the_global_text_down_to_the_city(told: Told) -> None:
    ends = await lineage(told, "gfmd-secretariat", told.story.ids["paragraph:synthesis"], "DOWN")
    assert ends[-1]["__typename"] == "Contribution"
    assert ends[-1]["id"] == told.story.inputs["city"]["id"]
    # An input for participants only: the public learns that something stands there, and not what.
    public = await lineage(told, None, told.story.ids["paragraph:government"], "DOWN")
    assert {"__typename": "Withheld", "layer": "GFMD"} in public
    assert told.story.inputs["georgia"]["id"] not in {e.get("id") for e in public}
    theirs = await lineage(told, "de-focal-point", told.story.ids["paragraph:government"], "DOWN")
    assert told.story.inputs["georgia"]["id"] in {e.get("id") for e in theirs}


async def test_8_two_receivers_and_one_outside(told: Told) -> None:
    page = (await told.ask("gfmd-secretariat", "Silences", symbol=INPUT))["document"]
    sent = page["transmissions"]["nodes"]
    assert sorted(t["toEdition"]["forum"]["slug"] for t in sent if t["kind"] == "CONTRIBUTION") == ["hlpf", "imrf"]
    [outside] = [t for t in sent if t["kind"] == "OUTSIDE"]
    given = told.story.texts["outside"]
    assert (outside["outsideName"], outside["outsideSymbol"], outside["deliveredOn"]) == (
        given["name"],
        given["symbol"],
        "2020-06-15",
    )
    last = (await text_of(told, "gfmd-penholder"))["revisions"]["nodes"][-1]
    assert {t["hash"] for t in sent} == {last["hash"]}  # the text that was endorsed, frozen


# ---- 9. the meeting
MEETING = (
    "{ meetings { nodes { id figures { what computed statedValue statedText rule } faults { message } "
    "panels(first: 50) { nodes { id } } } } }"
)


async def test_9_figures_by_the_rule_beside_those_stated(told: Told) -> None:
    [meeting] = (await told.query(None, MEETING))["meetings"]["nodes"]
    figures = {f["what"]: f for f in meeting["figures"]}
    assert figures["speakers"]["computed"] == 32
    assert (figures["women"]["computed"], figures["women"]["statedValue"]) == (11, 10)
    assert figures["women"]["rule"]
    assert figures["participants"]["statedText"] == "some 300 participants"
    assert meeting["faults"] == []  # its secretariat's business
    [meeting] = (await told.query("idm-secretariat", MEETING))["meetings"]["nodes"]
    faults = " ".join(f["message"] for f in meeting["faults"])
    for fault in ('"1630 - 17:00"', "is also the title of session 1, panel 2", "stand at the same time on day 2",
                  "a later session has already begun", "The record states 10"):  # fmt: skip
        assert fault in faults


async def test_9_each_conclusion_names_its_panel_and_its_speaker(told: Told) -> None:
    page = (await told.ask(None, "DocumentPaper", symbol=SUMMARY, after=None))["document"]
    assert (page["state"], page["closing"]) == ("ISSUED", "issued")
    assert page["closingWords"].startswith("Issued by")
    conclusions = [p for p in page["paragraphs"]["nodes"] if p["kind"] == "CONCLUSION"]
    assert len(conclusions) == 6
    for conclusion in conclusions:
        ends = [s["end"] for s in conclusion["sources"]["nodes"]]
        assert ends
        assert {e["__typename"] for e in ends} == {"Panel"}
    spoken = [(p["text"]["markdown"], s["speaker"]["name"])
              for p in page["paragraphs"]["nodes"] for s in p["sources"]["nodes"] if s["speaker"]]  # fmt: skip
    assert spoken
    assert all(name in text for text, name in spoken)


async def test_9_what_was_wrong_is_put_right_on_the_record(told: Told) -> None:
    text = """query($symbol: String!) { document(symbol: $symbol) { id
      meeting { id title status revision corrections { nodes { id kind reason changes { what was reads } } } }
      corrections { nodes { id kind symbol reason changes { what was reads } mandate { id } } } } }"""
    document = (await told.query(None, text, symbol=SUMMARY))["document"]
    [corrigendum] = document["corrections"]["nodes"]
    assert (corrigendum["kind"], corrigendum["symbol"]) == ("CORRIGENDUM", f"{SUMMARY}/Corr.1")
    [place] = corrigendum["changes"]
    assert ("10 of them women" in place["was"], "11 of them women" in place["reads"]) == (True, True)
    page = (await told.ask(None, "DocumentPaper", symbol=SUMMARY, after=None))["document"]
    assert any("10 of them women" in p["text"]["markdown"] for p in page["paragraphs"]["nodes"])
    meeting = document["meeting"]
    assert (meeting["status"], meeting["revision"]) == ("FINAL", 2)
    assert [place["what"] for place in meeting["corrections"]["nodes"][0]["changes"]] == ["status", "title"]
    summary = words_of((told.out / "summary-of-conclusions.pdf").read_bytes())
    for written in (f"{SUMMARY}/Corr.1", "Corrigenda and addenda", "10 of them women"):
        assert written in summary


# ---- 10. the papers
def test_10_what_stands_in_the_folder(told: Told) -> None:
    assert {p.name for p in told.out.iterdir()} == {*PAPERS, "no-objection-record.pdf", "transcript.md"}


@pytest.mark.parametrize("name", PAPERS)
def test_10_a_paper_can_be_searched_and_carries_its_fonts(told: Told, name: str) -> None:
    data = (told.out / name).read_bytes()
    assert len(words_of(data)) > 1000
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        carrying = [f for f in fonts if f.Subtype != "/Type0"]  # a composite font's file hangs on its descendant
        assert carrying
        assert all(len(f.FontDescriptor.FontFile2.read_bytes()) > 100 for f in carrying)
        assert all("/ToUnicode" in f for f in fonts if f.Subtype == "/Type0")


async def test_10_the_papers_say_what_the_service_says(told: Told) -> None:
    found = words_of((told.out / "focused-input.pdf").read_bytes())
    text = await text_of(told)
    for paragraph in text["paragraphs"]["nodes"]:
        assert " ".join(paragraph["text"]["markdown"].split()[:4]) in found
    for written in ("4. 8, 10, 11, 16 and 17", "Endorsed by the Steering Group on 2 June 2020", INPUT, "Annex"):
        assert written in found
    endorsed = text["revisions"]["nodes"][-1]
    assert endorsed["hash"][:16] in found.replace(" ", "").replace("-", "")
    summary = words_of((told.out / "summary-of-conclusions.pdf").read_bytes())
    for written in ("some 300", "11", "Karen AbuZayd", SUMMARY):
        assert written in summary
    responses = words_of((told.out / "responses.pdf").read_bytes())
    for written in (
        "What became of your input",
        "taken up in paragraph 1",
        "included in the annex",
        "without attribution",
    ):
        assert written in responses


@pytest.mark.parametrize(
    ("name", "persona", "symbol", "responses"),
    [(PAPERS[0], None, INPUT, False), (PAPERS[1], None, SUMMARY, False), (PAPERS[2], "gfmd-secretariat", INPUT, True)],
)
async def test_10_the_same_text_gives_the_same_bytes(
    told: Told, name: str, persona: str | None, symbol: str, responses: bool
) -> None:
    again = await drawn.of(told.stage.as_(persona), symbol, responses)
    assert again == (told.out / name).read_bytes()


def test_10_the_transcript_holds_every_operation(told: Told) -> None:
    text = (told.out / "transcript.md").read_text("utf-8")
    headings = re.findall(r"^## (\d+)\. (\w+), by (.+)$", text, re.M)
    assert [int(n) for n, _, _ in headings] == list(range(1, len(headings) + 1))
    told_of = [(operation, persona) for _, operation, persona in headings]
    assert told_of == [(s.operation, s.persona) for s in told.stage.sent[: len(told_of)]]
    assert len(told_of) > 250
    assert all((folder("graphql") / "operations").joinpath(f"{_file(o)}.graphql").exists() for o, _ in told_of)
    assert all(document(o) for o, _ in told_of)
    assert {s for s, _ in told_of} >= {
        "SubmitContribution",
        "RecordJointDisposition",
        "TransmitDocument",
        "RecordMeeting",
        "Lineage",
    }


def _file(operation: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower()
