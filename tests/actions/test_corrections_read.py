"""Whoever a correction concerns can read it, and nobody else learns of anything by it."""

import pytest

from forum.actions.contribution.parts import SectionText
from forum.actions.document.correct_document import CorrectedParagraph
from forum.domain.text import sentence
from forum.store.tables import schema as t
from tests.support.scene import scene
from tests.support.silence_scene import reading

REASON = "The number was that of the year before."
CHANGES = "corrections(first: 5) { nodes { symbol reason changes { what was reads } } }"
ARRIVED = f"query Q($id: ID!) {{ node(id: $id) {{ ... on Contribution {{ {CHANGES} }} }} }}"
PEOPLE = ("secretariat", "penholder", "focal.kenya", "rep.network", "rep.stranger", "secretariat.hlpf", None)


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await made.no_call_open()
        yield made


async def sent(s, audience):
    """A text that was closed for this audience, and sent to another forum; its paragraph, and what arrived there."""
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions", symbol="GFMD/2020/SC.1")
    p = await s.write(d, "Some 300 took part.", kind="preamble")
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=d)
    await s.change(t.document, d, audience=audience)
    there = await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["hlpf"])
    return d, p, there["contribution"]


async def corrected(s, d, p, words="Some 310 took part."):
    paragraphs = (CorrectedParagraph(paragraph=p, reads=words),)
    ids = await s.do("correct_document", "secretariat", document=d, paragraphs=paragraphs, reason=REASON)
    return ids["correction"]


@pytest.mark.parametrize("audience", ["public", "participants"])
async def test_who_was_sent_a_text_reads_its_corrections_where_it_arrived(s, database, audience):
    d, p, arrived = await sent(s, audience)
    await corrected(s, d, p)
    async with reading(database.app_url) as ask:
        page = await ask("secretariat.hlpf", ARRIVED, id=f"Contribution:{arrived}")
        stranger = await ask("rep.stranger", ARRIVED, id=f"Contribution:{arrived}")
    [correction] = page["node"]["corrections"]["nodes"]
    assert correction["symbol"] == "GFMD/2020/SC.1/Corr.1"
    assert [change["reads"] for change in correction["changes"]] == ["Some 310 took part."]
    if audience == "participants":
        assert stranger["node"] is None


async def test_nobody_reads_a_correction_of_a_text_that_is_not_theirs(s, database):
    d, p, _ = await sent(s, "participants")
    id_ = await corrected(s, d, p)
    text = "query Q($id: ID!) { node(id: $id) { ... on Correction { reason changes { reads } } } }"
    async with reading(database.app_url) as ask:
        read = {who for who in PEOPLE if (await ask(who, text, id=f"Correction:{id_}"))["node"] is not None}
    assert read == {"secretariat", "penholder", "focal.kenya", "rep.network", "secretariat.hlpf"}


@pytest.mark.parametrize("sender", ["network", None])
async def test_the_team_reads_at_the_call_why_an_entry_was_taken_back(s, database, sender):
    fields = {"title": "By post", "language": "en", "sections": (SectionText(code="a", text="Desks help."),)}
    if sender:
        fields["received_from"] = s.organisations[sender]
    mine = (await s.do("record_contribution", "secretariat", call=s.call, **fields))["contribution"]
    await s.do("withdraw_recorded_contribution", "secretariat", contribution=mine, reason=REASON)
    text = f"query Q($id: ID!) {{ node(id: $id) {{ ... on Call {{ {CHANGES} }} }} }}"
    async with reading(database.app_url) as ask:
        read = {who: (await ask(who, text, id=f"Call:{s.call}"))["node"]["corrections"]["nodes"] for who in PEOPLE}
    assert {who for who, lines in read.items() if lines} == {
        "secretariat",
        "penholder",
        *(["rep.network"] if sender else []),
    }
    [line] = read["secretariat"]
    assert (line["reason"], line["changes"][0]["was"]) == (REASON, "By post")


async def test_a_body_that_a_text_was_put_to_is_told_of_its_correction(s):
    d, p, _ = await sent(s, "participants")
    await s.add(t.silence, {
        "id": d, "document_id": d, "revision_id": (await s.rows(t.revision, document_id=d))[0]["id"],
        "body_id": s.forums["rcp"], "starts_at": s.now, "ends_at": s.now, "state": "passed", "round": 1, "hours": 48,
    })  # fmt: skip
    id_ = await corrected(s, d, p)
    people = {row["id"]: row["subject"] for row in await s.rows(t.person)}
    assert "secretariat.rcp" in {people[n["person_id"]] for n in await s.rows(t.notice, cause_id=id_)}


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("The year was wrong", "The year was wrong."),
        ("Which year?", "Which year?"),
        ("He wrote “no.”", "He wrote “no.”"),
        ("年份有误。", "年份有误。"),
        ("哪一年？", "哪一年？"),
        ("أي سنة؟", "أي سنة؟"),
        ("And so on…", "And so on…"),
    ],
)
def test_a_reason_ends_as_a_sentence_does_in_its_language(words, read):
    assert sentence(words) == read
