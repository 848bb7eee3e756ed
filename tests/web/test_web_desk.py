"""The desk, the writing table, the consultation, the form of a call: what waits is there, and what was typed stays."""

import re
import uuid
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from forum.api.schema.act_forms import act_form
from forum.domain.contact import Language
from forum.store.tables import schema as t
from forum.web.page_terms import TERMS
from forum.web.page_words import Words
from forum.web.refusal_words import about, worded
from forum.workflow.act_names import ACTS
from forum.workflow.load import digest
from tests.support.pages import Portal, hidden, portal
from tests.support.scene import WORKFLOWS

_CODE = re.compile(r"<(script|style|img)|<[^>]*\s(style|on\w+)=")
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
async def on(database: Any) -> AsyncIterator[Portal]:
    async with portal(database.app_url) as pages:
        yield pages


async def desk(line: Any) -> str:
    """The address of the desk, as the first page leads to it."""
    page = await line.get("/")
    [address] = set(re.findall(r'href="(/forums/gfmd/[^"/]+/desk)"', page.text))
    return str(address)


async def a_draft(on: Portal) -> dict[str, Any]:
    """A draft of one paragraph, beside an input that waits for its answer."""
    input_ = await on.s.input(visibility="public", title=HOSTILE)
    await on.s.stage("main", "drafting")
    document = await on.s.document("main", "consolidated_report", title=HOSTILE, symbol="GFMD/1/REP")
    return {"input": input_, "document": document, "paragraph": await on.s.write(document, "Desks near markets help.")}


async def test_the_desk_shows_what_waits_and_takes_an_input_in(on: Portal) -> None:
    input_ = await on.s.input(visibility="public", title=HOSTILE)
    async with on.by("secretariat") as line:
        address = await desk(line)
        page = await line.get(address)
        assert page.status_code == 200, re.findall("<main.*</main>", page.text, re.S)
        for words in ("inputs to be taken in", "Admit an input", "Move the track on", "Who has answered"):
            assert words in page.text, words
        assert not _CODE.search(page.text)
        form = quick_of(page.text, "admit_contribution")
        assert form["contribution"] == f"Contribution:{input_}"
        done = await line.post(address, data=form)
        assert done.status_code == 303
        after = await line.get(done.headers["location"])
        assert 'role="status"' in after.text
        assert "<button>Admit an input" not in after.text


async def test_inputs_that_come_when_nobody_can_take_them_in_are_shown_with_the_reason(on: Portal) -> None:
    admit = 'admit_contribution = { by = ["secretariat"] }\n'
    text = (WORKFLOWS / "gfmd.toml").read_text("utf-8")
    call = "[tracks.main.stages.call.acts]\n"
    assert admit in text
    assert call in text
    narrow = text.replace(admit, "").replace(call, call + admit)
    edition = await on.s.row(t.edition, id=on.s.editions["gfmd"])
    await on.s.change(t.process_definition, edition["process_id"], text=narrow, hash=digest(narrow))
    await on.s.input(visibility="public", title="Came late")
    await on.s.stage("main", "drafting")
    async with on.by("secretariat") as line:
        page = re.sub("</?bdi>", "", unescape((await line.get(await desk(line))).text))
    assert "inputs to be taken in" not in page  # nobody is asked for what nobody can do
    assert "Inputs that wait to be taken in: 1" in page
    assert "Came late" in page
    assert "The process opens that at:" in page
    assert "<button>Admit an input" not in page


def made_on(made: dict[str, Any]) -> dict[str, Any]:
    """The text and its paragraph, as a comment names them."""
    return {"document": made["document"], "paragraph": made["paragraph"]}


def quick_of(page: str, act: str) -> dict[str, str]:
    """The hidden fields of the first short form of this act."""
    for form in re.findall(r'<form method="post" class="quick".*?</form>', page, re.S):
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        found = {name: unescape(value) for name, value in fields}
        if found["act"] == act:
            return found
    raise AssertionError(f"no form of {act}")


@pytest.mark.parametrize("reader", [None, "rep.network", "focal.kenya"])
async def test_a_desk_offers_nobody_what_is_the_offices(on: Portal, reader: str | None) -> None:
    await on.s.input(visibility="public")
    async with on.by("secretariat") as line:
        address = await desk(line)
    async with on.by(reader) as line:
        page = await line.get(address)
    assert page.status_code == 200
    for words in ("Admit an input", "Move the track on", "Issue a call", "Begin a document"):
        assert words not in page.text, words


async def test_a_call_that_is_refused_comes_back_with_all_that_was_typed(on: Portal) -> None:
    address = f"/tracks/{on.s.tracks['main']}/call"
    async with on.by("secretariat") as line:
        form = hidden(await line.get(address))
        typed = {
            **form, "title": HOSTILE, "text": "Send *them*.", "closesAt": "2020-01-01T12:00", "languages": ["en", "fr"],
            "statuses.MEMBER": "yes", "sections.1.prompt": "What works?", "sections.1.maxLength": "70",
        }  # fmt: skip
        refused = await line.post(address, data=typed)
    assert refused.status_code == 400
    page = unescape(refused.text)
    for words in (HOSTILE, "Send *them*.", "2020-01-01T12:00", "What works?", 'value="70"', 'id="closesAt-error"'):
        assert words in page, words
    ticked = re.findall(r'name="([^"]+)" value="([^"]+)" checked', refused.text)
    assert {("languages", "en"), ("languages", "fr"), ("statuses.MEMBER", "yes")} == set(ticked)


async def test_a_call_is_issued_with_questions_that_bear_their_place_as_code(on: Portal) -> None:
    await on.s.stage("main", "call")
    address = f"/tracks/{on.s.tracks['main']}/call"
    async with on.by("secretariat") as line:
        form = hidden(await line.get(address))
        data = {**form, "title": "Skills", "text": "Send them.", "closesAt": "2100-01-01T12:00",
                "statuses.MEMBER": "yes", "sections.0.prompt": "What works?",
                "sections.2.prompt": "What else?"}  # fmt: skip
        done = await line.post(address, data=data)
        assert done.status_code == 303, unescape(done.text)
        page = await line.get(done.headers["location"])
    assert "Skills" in page.text


async def test_the_writing_table_answers_cites_and_narrows(on: Portal) -> None:
    made = await a_draft(on)
    async with on.by("secretariat") as line:
        page = await line.get("/writing/GFMD/1/REP")
        assert page.status_code == 200
        for words in ("waits for its answer", "No source is named yet.", "Name a source", "Add a paragraph"):
            assert words in page.text, words
        assert not _CODE.search(page.text)
        paragraph = f"Paragraph:{made['paragraph']}"
        cite = {**quick_of(page.text, "cite_source"), "paragraph": paragraph, "relation": "CARRIES"}
        assert (await line.post("/writing/GFMD/1/REP", data=cite)).status_code == 303
        answer = {**quick_of(page.text, "record_disposition"), "word": "taken_up", "paragraph": paragraph}
        assert (await line.post("/writing/GFMD/1/REP", data=answer)).status_code == 303
        page = await line.get("/writing/GFMD/1/REP")
        assert "No source is named yet." not in page.text
        assert "taken up in paragraph 1" in page.text
        narrowed = await line.get("/writing/GFMD/1/REP?mechanism=business")
        assert "Nothing sent yet that you may read." in narrowed.text
        odd = await line.get("/writing/GFMD/1/REP?target=99.zz")
        assert 'value="99.zz"' in odd.text


async def test_several_inputs_are_answered_together_by_boxes(on: Portal) -> None:
    await on.s.input(visibility="public", title="One")
    await on.s.input(visibility="public", title="Another")
    await on.s.stage("main", "drafting")
    await on.s.document("main", "consolidated_report", symbol="GFMD/1/REP")
    async with on.by("secretariat") as line:
        page = await line.get("/writing/GFMD/1/REP")
        boxes = re.findall(r'name="subjects" value="([^"]+)"', page.text)
        assert len(boxes) == 2
        form = quick_of(page.text, "record_joint_disposition")
        done = await line.post(
            "/writing/GFMD/1/REP", data={**form, "subjects": boxes, "word": "noted", "reason": "Alike."}
        )
        assert done.status_code == 303, unescape(done.text)
        assert (await line.get("/writing/GFMD/1/REP")).text.count("noted for further work</bdi></span>") == 2


async def test_a_comment_is_written_below_its_paragraph_and_answered_at_the_table(on: Portal) -> None:
    made = await a_draft(on)
    await on.s.circulate(made["document"])
    await on.s.stage("main", "consultation")
    async with on.by("focal.kenya") as line:
        page = await line.get("/consultation/GFMD/1/REP")
        assert "those who take part" in page.text
        form = quick_of(page.text, "add_comment")
        assert form["paragraph"] == f"Paragraph:{made['paragraph']}"
        sent = await line.post("/consultation/GFMD/1/REP", data={**form, "text": HOSTILE, "attribution": "NONE"})
        assert sent.status_code == 303, unescape(sent.text)
        page = await line.get("/consultation/GFMD/1/REP")
        assert "(yours)" in page.text
        assert not _CODE.search(page.text)
    async with on.by("secretariat") as line:
        page = await line.get("/writing/GFMD/1/REP")
        assert "not attributed" in page.text
        assert "Kenya" not in re.sub(r"<select.*?</select>", "", page.text, flags=re.S)


async def test_what_is_nobodys_to_read_is_one_page(on: Portal) -> None:
    await a_draft(on)
    pages = set()
    async with on.by(None) as line:
        for address in ("/writing/GFMD/1/REP", "/writing/NOTHING", "/consultation/GFMD/1/REP", "/consultation/NOTHING"):
            page = await line.get(address)
            assert page.status_code == 404
            pages.add(re.sub(r"<code>[0-9a-f]{32}</code>", "", page.text))
    assert len(pages) == 1


async def test_there_is_no_clock_to_move_outside_the_demonstration(on: Portal) -> None:
    async with on.by("secretariat") as line:
        assert (await line.get("/clock")).status_code == 404
        assert (await line.post("/clock", data={"step": "week"})).status_code == 404
        assert "/clock" not in (await line.get("/")).text


async def test_a_short_form_that_is_refused_is_open_on_its_page_with_what_was_typed(on: Portal) -> None:
    made = await a_draft(on)
    async with on.by("secretariat") as line:
        page = await line.get("/writing/GFMD/1/REP")
        form = quick_of(page.text, "record_disposition")
        refused = await line.post("/writing/GFMD/1/REP", data={**form, "word": "taken_up", "reason": HOSTILE})
        assert refused.status_code == 400
        assert re.search(r"<details open><summary>Answer an input or a comment", refused.text)
        assert HOSTILE in unescape(refused.text)
        assert f'href="#form{form["at"]}"' in refused.text
        assert "Done" not in refused.text
        paragraph = {"paragraph": f"Paragraph:{made['paragraph']}"}
        again = {**quick_of(refused.text, "record_disposition"), "word": "taken_up", "reason": "So", **paragraph}
        assert (await line.post("/writing/GFMD/1/REP", data=again)).status_code == 303


async def test_what_somebody_else_revised_meanwhile_is_shown_beside_what_was_typed(on: Portal) -> None:
    made = await a_draft(on)
    async with on.by("secretariat") as line:
        form = quick_of((await line.get("/writing/GFMD/1/REP")).text, "revise_paragraph")
        await on.s.do("revise_paragraph", "penholder", paragraph=made["paragraph"], expected_revision=1, text="Theirs.")
        refused = await line.post("/writing/GFMD/1/REP", data={**form, "text": "Mine."})
        assert refused.status_code == 400
        assert "<p>Theirs.</p>" in refused.text
        again = {**quick_of(refused.text, "revise_paragraph"), "text": "Mine."}
        assert again["expectedRevision"] == "2"
        assert (await line.post("/writing/GFMD/1/REP", data=again)).status_code == 303
        assert "<p>Mine.</p>" in (await line.get("/writing/GFMD/1/REP")).text


@pytest.mark.parametrize("symbol", ["../../etc", "a//b", "/a", "a/", "a<b>/c", "a?b", "a#b", "%2e"])
async def test_a_symbol_that_no_address_holds_is_refused_in_words(on: Portal, symbol: str) -> None:
    await on.s.stage("main", "drafting")
    async with on.by("secretariat") as line:
        address = await desk(line)
        form = quick_of((await line.get(address)).text, "draft_document")
        typed = {**form, "kind": "consolidated_report", "title": "A text", "symbol": symbol, "language": "en"}
        refused = await line.post(address, data=typed)
    assert refused.status_code == 400
    assert "symbol" in refused.text.lower()


async def test_the_desk_counts_inputs_comments_and_applications_that_wait_for_an_answer(on: Portal) -> None:
    made = await a_draft(on)
    await on.s.circulate(made["document"])
    await on.s.stage("main", "consultation")
    await on.s.do("add_comment", "focal.kenya", **made_on(made), text="Say who decides.")
    await on.s.add(t.application, {
        "id": uuid.uuid4(), "forum_id": on.s.forums["gfmd"], "person_id": on.s.people["rep.stranger"],
        "name": "Nurses Abroad", "kind": "civil_society", "about": "Nurses.", "state": "waiting", "made_at": on.s.now,
    })  # fmt: skip
    async with on.by("secretariat") as line:
        page = await line.get(await desk(line))
        waits = re.sub("</?bdi>", "", page.text[page.text.index('id="waits"') : page.text.index("</section>")])
        for words in ("inputs without an answer: 1</a>", "comments without an answer: 1</a>",
                      "applications for admission that wait: 1</a>"):  # fmt: skip
            assert words in waits, words
        assert 'href="/writing/GFMD/1/REP#text"' in waits
        [answer] = re.findall(r'href="(/do/admit_organisation[^"]+)"', page.text)
        assert (await line.get(unescape(answer))).status_code == 200
        paragraph = f"Paragraph:{made['paragraph']}"
        for _ in range(2):
            table = await line.get("/writing/GFMD/1/REP")
            sent = {**quick_of(table.text, "record_disposition"), "word": "taken_up", "paragraph": paragraph}
            assert (await line.post("/writing/GFMD/1/REP", data=sent)).status_code == 303
        assert "without an answer" not in (await line.get(await desk(line))).text
    async with on.by("rep.stranger") as line:
        page = await line.get((await line.get("/forums/gfmd")).url.join("/").path)
        assert "Nurses Abroad" not in page.text


async def test_an_act_has_the_same_words_on_its_button_its_link_its_page_and_when_it_is_done(on: Portal) -> None:
    made = await a_draft(on)
    await on.s.circulate(made["document"])
    await on.s.stage("main", "consultation")
    await on.s.do("add_comment", "focal.kenya", **made_on(made), text="Say who decides.")
    found = set()
    async with on.by("secretariat") as line:
        for address in (await desk(line), "/writing/GFMD/1/REP", "/consultation/GFMD/1/REP", "/documents/GFMD/1/REP"):
            text = (await line.get(address)).text
            forms = re.findall(r'name="act" value="([^"]+)".*?<button[^>]*>([^<]*)</button>', text, re.S)
            links = re.findall(r'href="/do/([a-z_]+)[^"]*">([^<]*)</a>', text)
            for act, words in (*forms, *links):
                assert words == TERMS["Act"][act.upper()], (address, act)
                found.add(act)
        assert {"record_disposition", "cite_source", "revise_paragraph", "extend_window"} <= found
        page = await line.get("/do/issue_document")
        assert "<h1>Issue a document</h1>" in page.text
        form = quick_of((await line.get("/writing/GFMD/1/REP")).text, "revise_paragraph")
        done = await line.post("/writing/GFMD/1/REP", data={**form, "text": "Other words."})
        page = await line.get(done.headers["location"])
        assert f"Done: {TERMS['Act']['REVISE_PARAGRAPH']}" in re.sub("</?bdi>", "", page.text)


async def test_a_sentence_names_things_by_what_they_are_called_and_not_by_ids(on: Portal) -> None:
    made = await a_draft(on)
    await on.s.circulate(made["document"])
    await on.s.stage("main", "consultation")
    await on.s.no_call_open()
    await on.s.do("add_comment", "focal.kenya", **made_on(made), text="Say who *decides*, and when.")
    await on.s.stage("main", "closing")
    async with on.by("secretariat") as line:
        page = await line.get("/do/issue_document?" + urlencode({"document": f"Document:{made['document']}"}))
        refused = await line.post(
            "/do/issue_document", data={**hidden(page), "document": f"Document:{made['document']}"}
        )
        assert refused.status_code == 400
        sentences = [unescape(words) for words in re.findall(r"<li>(.*?)</li>", refused.text)]
        table = unescape((await line.get("/writing/GFMD/1/REP")).text)
    said = [words for words in sentences if "has no answer yet" in words]
    assert said, sentences
    assert any(name in said[0] for name in (HOSTILE, "Say who decides, and when."))
    reasons = re.findall(r'<p class="why">(.*?)</p>', table)
    for words in (*sentences, *reasons):
        assert not re.search(r"[A-Z][a-z]+:[0-9a-f]{8}-", words), words


def test_sentences_of_the_contract_become_those_of_a_page() -> None:
    id_ = "Comment:00000000-0000-4000-8000-000000000001"
    words = Words()
    assert worded(words, f"No answer: {id_}.", {}) == "No answer: this comment."
    known = {"a": [{"id": id_, "text": {"plainText": "x" * 70}}]}
    assert worded(words, f"No answer: {id_}.", known) == f"No answer: \u201c{'x' * 60}\u2026\u201d."
    assert worded(words, "End it (endInvitation), say actingAs, iPhone.", {}) == (
        "End it (\u201cEnd an invitation\u201d), say \u201cAs what you act\u201d, iPhone."
    )
    begin = "\u8bf7\u7528openEdition\u5f00\u542f"  # Chinese has no spaces around a name
    assert worded(Words(Language.ZH), begin, {}) == ("\u8bf7\u7528\u201c\u5f00\u542f\u5c4a\u4f1a\u201d\u5f00\u542f")
    mandate = {
        "id": "Mandate:00000000-0000-4000-8000-000000000002",
        "role": "DELEGATE",
        "organisation": {"name": "Kenya"},
    }
    assert worded(words, f"Say which: {mandate['id']}.", [mandate]) == "Say which: delegate, Kenya."
    unknown = "Odd:00000000-0000-4000-8000-000000000003"
    assert worded(words, f"There is no {unknown}.", {}) == "There is no Odd."


async def test_a_form_speaks_of_its_fields_by_their_labels(on: Portal) -> None:
    async with on.by("secretariat") as line:
        for act in (name for name in ACTS if act_form(name)):
            form = act_form(act)
            assert form is not None
            text = (await line.get(f"/do/{act}")).text
            hints = " ".join(re.findall(r'<p(?: class="hint")?>(.*?)</p>', text, re.S))
            assert str(about(Words(), form.about)) in hints, act
            for field in form.fields:
                assert f"`{field.name}`" not in hints, (act, field.name)
                assert f">{field.name}</code>" not in hints, (act, field.name)
        page = (await line.get("/do/withdraw_paragraph?language=fr")).text
    assert "carryTo</" not in page
    assert "carryTo`" not in page
    assert '<bdi lang="fr">\u00ab\u00a0Paragraphe de remplacement\u00a0\u00bb</bdi>' in page


async def test_a_form_speaks_the_language_of_its_page(on: Portal) -> None:
    form = act_form("issue_call")
    assert form is not None
    async with on.by("secretariat") as line:
        for language in Language:
            page = (await line.get(f"/do/issue_call?language={language.value}")).text
            for text in (form.about, *(field.about for field in form.fields if not field.fields)):
                assert str(about(Words(language), text)) in page, (language, text)
            assert '<span lang="en" dir="ltr">' not in page, language


def test_a_hint_keeps_code_apart_and_is_english_where_nobody_translated_it() -> None:
    assert about(Words(), "`viewer { tokens }` lists them, `id` <i>too</i>, iPhone.") == (
        '<code lang="en" dir="ltr">viewer { tokens }</code> lists them, <code lang="en" dir="ltr">id</code>'
        " &lt;i&gt;too&lt;/i&gt;, iPhone."
    )
    assert about(Words(Language.AR), "New, `after` it.") == (
        '<span lang="en" dir="ltr">New, <bdi lang="ar">\u00ab\u0628\u0639\u062f\u00bb</bdi> it.</span>'
    )
    assert about(Words(Language.ZH), "The mandate to end.") == "\u8981\u7ec8\u6b62\u7684\u6388\u6743\u3002"
