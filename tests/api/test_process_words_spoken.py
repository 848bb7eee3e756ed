"""What a process says comes in the language of the request, wherever it goes out: titles, sentences, refusals, notices;
and in nothing else do answers differ."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from forum import app
from forum.domain.contact import Language
from forum.domain.saying import read
from forum.files import shipped
from forum.languages.say import Reader
from forum.papers.in_common import disclaimers, kind_title
from forum.settings import Settings
from forum.store.tables import schema as t
from forum.worded import in_language
from forum.workflow.load import read_file
from tests.api.test_refusals_spoken import SECRET, Door, submit
from tests.support.scene import DAY, ahead, scene
from tests.support.sign_ins import served
from tests.support.tokens import issued

GFMD = read_file(shipped() / "gfmd.toml")
MAIN = GFMD.tracks["main"]
TRACK = """query($id: ID!) { node(id: $id) { ... on Track {
  name title stage { id title } stages { name title leadsTo } documentKinds { kind title }
  edition { name anchors { name title } }
} } }"""
TEXT = """query($id: ID!) { node(id: $id) { ... on Document {
  title closingWords answerWords { word words namesParagraph }
  dispositions(first: 5) { nodes { word words reason } }
} } }"""
NOTICES = "{ viewer { notices(first: 10) { nodes { kind words } } } }"
PROCESS = """query($hash: String!, $text: String!) {
  process(hash: $hash) { name version tracks { name title } rehearsal(starts: "2027-01-04") { rehearsal { title } } }
  checkProcess(text: $text) { check { title findings { code } } }
}"""


@pytest.fixture
async def door(database: Any) -> AsyncIterator[Door]:
    settings = Settings(mode="test", database_url=database.app_url, secret=SECRET, pool=4)
    async with scene(database.app_url) as s:
        parts = await app.parts(settings, database.app_url)
        people = ("focal.kenya", "secretariat", "rep.network", "penholder")
        tokens = {name: (await issued(s.engine, SECRET, name))[name] for name in people}
        yield Door(s, parts, served(parts), tokens)
        await parts.close()


async def asked(door: Door, language: str, query: str, by: str = "secretariat", /, **variables: Any) -> Any:
    answer = (await door.ask(by, language, query, **variables)).json()
    assert "errors" not in answer, answer
    return answer["data"]


async def test_a_track_its_stages_and_its_anchors_speak_the_language_of_the_request(door: Door) -> None:
    track = door.s.tracks["main"]
    await door.s.change(t.track, track, title=str(MAIN.title))
    english = (await asked(door, "en", TRACK, id=f"Track:{track}"))["node"]
    assert (english["title"], english["stage"]["title"]) == ("Main track, to the Summit", "Call for inputs")
    for language in Language.words():
        answer = (await asked(door, language, TRACK, id=f"Track:{track}"))["node"]
        assert answer["title"] == in_language(MAIN.title, language)
        assert answer["stage"] == {"id": "call", "title": in_language(MAIN.stages["call"].title, language)}
        assert [stage["title"] for stage in answer["stages"]] == [
            in_language(stage.title, language) for stage in MAIN.stages.values()
        ]
        assert [kind["title"] for kind in answer["documentKinds"]] == [
            in_language(GFMD.documents[kind].title, language) for kind in MAIN.documents
        ]
        assert {anchor["name"]: anchor["title"] for anchor in answer["edition"]["anchors"]} == {
            name: in_language(anchor.title, language) for name, anchor in GFMD.anchors.items()
        }
        same = [[stage["name"], stage["leadsTo"]] for stage in answer["stages"]]
        assert same == [[stage["name"], stage["leadsTo"]] for stage in english["stages"]]
    assert (await asked(door, "de", TRACK, id=f"Track:{track}"))["node"] == english, "as in the file"


async def test_a_title_that_somebody_typed_stays_as_it_was_typed(door: Door) -> None:
    track = door.s.tracks["main"]
    await door.s.change(t.track, track, title="Call for inputs")
    assert (await asked(door, "ar", TRACK, id=f"Track:{track}"))["node"]["title"] == "Call for inputs"


async def test_a_recorded_edition_has_no_words_but_its_own(door: Door) -> None:
    edition = door.s.editions["gfmd"]
    await door.s.change(t.edition, edition, state="recorded", process_id=None)
    answer = (await asked(door, "fr", TRACK, id=f"Track:{door.s.tracks['main']}"))["node"]
    assert (answer["title"], answer["stage"]["title"]) == ("Main", "call")
    assert {(anchor["name"], anchor["title"]) for anchor in answer["edition"]["anchors"]} == {
        ("hlpf", "hlpf"), ("summit", "summit"),
    }  # fmt: skip


async def test_an_answer_and_the_end_of_a_text_are_said_to_each_reader(door: Door) -> None:
    s = door.s
    input_ = await s.input()
    await s.no_call_open()
    await s.stage("main", "drafting")
    document = await s.document("main", "consolidated_report", language="fr")
    paragraph = await s.write(document, "Une conclusion.")
    about: dict[str, Any] = {"document": document, "subject": f"Contribution:{input_}"}
    await s.do("record_disposition", "penholder", **about, word="taken_up", reason="Good.", paragraph=paragraph)
    number = (await s.row(t.paragraph, id=paragraph))["number"] or "1"
    for language in Language.words():
        answer = (await asked(door, language, TEXT, id=f"Document:{document}"))["node"]
        [given] = answer["dispositions"]["nodes"]
        template = in_language(GFMD.dispositions["taken_up"], language)
        assert re.fullmatch(re.escape(template).replace(r"\{paragraph\}", ".+"), given["words"]), number
        assert (given["word"], given["reason"]) == ("taken_up", "Good.")
        [taken] = [word for word in answer["answerWords"] if word["word"] == "taken_up"]
        assert (taken["words"], taken["namesParagraph"]) == (template, True)
    # It is closed: the words on it are in its own language, what people are told in each reader's.
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=document)
    on_it = (await s.row(t.document, id=document))["closing_words"]
    assert re.fullmatch(r"Publié par la présidence le \d+ \S+ \d{4}", on_it)
    [told] = [row for row in await s.rows(t.notice, kind="outcome") if row["contribution_id"] == input_]
    assert "Issued by the Chair on" in told["words"]
    assert "Taken up in paragraph" in told["words"] or "taken up in paragraph" in told["words"]
    arabic = Reader(Language.AR, "UTC").say(read(told["saying"]))
    assert "أصدرته الرئاسة في" in arabic
    assert "أُخذ به في الفقرة" in arabic
    assert not re.search("Issued|taken up", arabic)
    # And in the contract, to the side whose input it is.
    notices = (await asked(door, "es", NOTICES, "rep.network"))["viewer"]["notices"]["nodes"]
    words = next(notice["words"] for notice in notices if notice["kind"] == "OUTCOME")
    assert "Publicado por la Presidencia el" in words
    assert "recogido en el párrafo" in words


async def test_a_refusal_and_its_facts_name_stages_in_the_language_of_the_request(door: Door) -> None:
    s = door.s
    text = {"track": f"Track:{s.tracks['main']}", "kind": "consolidated_report", "title": "T", "symbol": "S/1"}
    query = """mutation($input: DraftDocumentInput!) { draftDocument(input: $input) { errors {
      code message ... on NotAtThisStage { stage stages } } } }"""
    for language in ("en", "fr", "ar"):
        fields = {**text, "language": "en", "idempotencyKey": submit()["idempotencyKey"]}
        [error] = (await asked(door, language, query, "penholder", input=fields))["draftDocument"]["errors"]
        call, drafting = (in_language(MAIN.stages[name].title, language) for name in ("call", "drafting"))
        assert (error["code"], error["stage"]) == ("NOT_AT_THIS_STAGE", call)
        assert drafting in error["stages"]
        assert call in error["message"]


async def test_more_time_for_a_stage_is_told_in_the_readers_words_at_once_and_later(door: Door) -> None:
    s = door.s
    window = {"track_id": s.tracks["main"], "stage": "call", "opens_at": s.now - DAY, "closes_at": s.now + 2 * DAY}
    await s.add(t.stage_window, {"id": submit()["idempotencyKey"], **window, "zone": "Europe/Zurich"})
    await s.change(t.track, s.tracks["main"], title=str(MAIN.title))
    await s.do(
        "extend_window", "secretariat", track=s.tracks["main"], stage="call", closes_at=s.now + 5 * DAY, reason="Snow."
    )
    said = [row for row in await s.rows(t.notice) if "Snow." in row["words"]]
    assert said
    assert 'The stage "Call for inputs" of "Main track, to the Summit"' in said[0]["words"]
    french = Reader(Language.FR, "UTC").say(read(said[0]["saying"]))
    assert "Appel à contributions" in french
    assert "Volet principal, jusqu'au Sommet" in french


async def test_a_moved_date_is_told_by_its_name_in_the_readers_language(door: Door) -> None:
    s = door.s
    edition = s.editions["gfmd"]
    await s.do("move_anchor", "secretariat", edition=edition, anchor="hlpf", to=ahead(s, 130), reason="The hall.")
    said = [row for row in await s.rows(t.notice) if "The hall." in row["words"]]
    assert "Opening of the High-level Political Forum" in said[0]["words"]
    assert "高级别政治论坛开幕" in Reader(Language.ZH, "UTC").say(read(said[0]["saying"]))


async def test_a_definition_is_shown_in_the_language_of_the_request(door: Door) -> None:
    hash_ = (await door.s.row(t.process_definition, name="gfmd"))["hash"]
    for language in Language.words():
        answer = await asked(door, language, PROCESS, hash=hash_, text=GFMD.text)
        titles = [in_language(track.title, language) for track in GFMD.tracks.values()]
        assert [track["title"] for track in answer["process"]["tracks"]] == titles
        check = answer["checkProcess"]["check"]
        assert check == {"title": in_language(GFMD.title, language), "findings": []}
        assert answer["process"]["rehearsal"]["rehearsal"]["title"] == check["title"]


def test_a_paper_speaks_the_language_of_its_text() -> None:
    for language in Language.words():
        document = {"language": language, "edition": {"process": {"text": GFMD.text}}}
        assert kind_title(document, "regional_report") == in_language(GFMD.documents["regional_report"].title, language)
        assert disclaimers(document, "focused_input") == (in_language(GFMD.disclaimers["focused_input"], language),)
    assert kind_title({"language": "de", "edition": document["edition"]}, "focused_input").startswith("Focused")


async def test_the_calendar_of_a_forum_says_what_is_planned_in_its_language(door: Door) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door.site), base_url="http://s") as line:
        feeds = {word: (await line.get(f"/calendar/gfmd.ics?language={word}")).text for word in Language.words()}
    for language, feed in feeds.items():
        shown = feed.replace("\r\n ", "")
        assert in_language(GFMD.meetings["summit"].title, language) in shown
        assert in_language(GFMD.documents["consolidated_report"].title, language) in shown
    assert "Report of the Chair" not in feeds["ar"].replace("\r\n ", "")
