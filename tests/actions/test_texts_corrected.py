"""A closed text is corrected by a corrigendum or added to by an addendum; the text itself stays as it was."""

import json

import pytest

from forum.actions.document.correct_document import CorrectedParagraph
from forum.errors import InvalidValue, NotFound, RoleNotAllowed, TextTooLong, WrongState
from forum.store.tables import schema as t
from tests.support.scene import scene

REASON = "The number was that of the year before."


@pytest.fixture
async def s(database):
    async with scene(database.app_url) as made:
        await made.no_call_open()
        yield made


async def closed(s, issue=True):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions", symbol="GFMD/2020/SC.1")
    first = await s.write(d, "Some 300 took part.", kind="preamble")
    other = await s.write(d, "Thanks were expressed.", kind="closing")
    if issue:
        await s.stage("main", "closing")
        await s.do("issue_document", "secretariat", document=d)
    return d, first, other


def reads(paragraph, words):
    return CorrectedParagraph(paragraph=paragraph, reads=words)


async def correct(s, d, *paragraphs, by="secretariat", reason=REASON, **more):
    return await s.do("correct_document", by, document=d, paragraphs=paragraphs, reason=reason, **more)


async def test_a_corrigendum_says_what_reads_otherwise_beside_the_text(s):
    d, first, _ = await closed(s)
    before = await s.row(t.document, id=d), await s.row(t.paragraph, id=first), await s.rows(t.revision, document_id=d)
    ids = await correct(s, d, reads(first, "Some 310 took part."), title="The same text")
    after = await s.row(t.document, id=d), await s.row(t.paragraph, id=first), await s.rows(t.revision, document_id=d)
    assert after == before
    row = await s.row(t.correction, id=ids["correction"])
    assert (row["kind"], row["symbol"], row["document_id"]) == ("corrigendum", "GFMD/2020/SC.1/Corr.1", d)
    title, paragraph = json.loads(row["changes"])
    assert title == {"what": "title", "was": "A text", "reads": "The same text"}
    assert paragraph["what"] == "paragraph 1 (unnumbered) of section 1"
    assert (paragraph["was"], paragraph["reads"]) == ("Some 300 took part.", "Some 310 took part.")


async def test_a_second_one_begins_from_what_the_first_says(s):
    d, first, other = await closed(s)
    await correct(s, d, reads(first, "Some 310 took part."))
    with pytest.raises(InvalidValue) as refused:
        await correct(s, d, reads(other, "Thanks."), reads(first, "Some 310 took part."))
    assert refused.value.path == ("paragraphs", "1", "reads")
    ids = await correct(s, d, reads(first, "Some 300 took part."))  # it was right after all
    row = await s.row(t.correction, id=ids["correction"])
    assert row["symbol"] == "GFMD/2020/SC.1/Corr.2"
    assert json.loads(row["changes"])[0]["was"] == "Some 310 took part."


async def test_an_addendum_adds_and_counts_by_itself(s):
    d, first, _ = await closed(s)
    await correct(s, d, reads(first, "Some 310 took part."))
    ids = await correct(s, d, addition="A list of those who took part.")
    row = await s.row(t.correction, id=ids["correction"])
    assert (row["kind"], row["symbol"]) == ("addendum", "GFMD/2020/SC.1/Add.1")
    assert json.loads(row["changes"]) == [{"what": "addition", "was": None, "reads": "A list of those who took part."}]


async def test_an_addendum_that_was_sent_twice_is_issued_once(s):
    d, *_ = await closed(s)
    await correct(s, d, addition="A list of those who took part.")
    with pytest.raises(InvalidValue, match=r"GFMD/2020/SC\.1/Add\.1 says this already") as refused:
        await correct(s, d, addition="A list of those who took part.")
    assert refused.value.path == ("addition",)
    assert len(await s.rows(t.correction)) == 1


async def test_readers_and_those_who_got_the_text_are_told_once(s):
    d, first, _ = await closed(s)
    await s.do("transmit_document", "secretariat", document=d, to_track=s.tracks["hlpf"])
    ids = await correct(s, d, reads(first, "Some 310 took part."))
    people = {row["id"]: row["subject"] for row in await s.rows(t.person)}
    told = [people[n["person_id"]] for n in await s.rows(t.notice, kind="corrected")]
    assert len(told) == len(set(told))
    assert {"secretariat.hlpf", "focal.kenya", "rep.network", "penholder"} <= set(told)
    assert "secretariat" not in told
    [line] = [row for row in await s.rows(t.history, subject_id=d) if row["act"] == "correct_document"]
    assert json.loads(line["detail"]) == {"correction": str(ids["correction"]), "reason": REASON, "told": len(told)}
    words = (await s.rows(t.notice, kind="corrected"))[0]["words"]
    assert words.startswith("GFMD/2020/SC.1/Corr.1 was issued")
    assert REASON in words


async def test_what_is_open_is_revised_instead_and_nobody_else_corrects(s):
    d, first, _ = await closed(s, issue=False)
    with pytest.raises(WrongState):
        await correct(s, d, reads(first, "Other."))
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=d)
    for who in ("penholder", "focal.kenya"):
        with pytest.raises(RoleNotAllowed):
            await correct(s, d, reads(first, "Other."), by=who)


async def test_bad_input_says_where_it_is_wrong(s):
    d, first, _ = await closed(s)
    for paragraphs, more, error, path in (
        ((), {}, InvalidValue, ("paragraphs",)),
        ((reads(first, "Other."),), {"addition": "More."}, InvalidValue, ("addition",)),
        ((reads(first, "Other."), reads(first, "Else.")), {}, InvalidValue, ("paragraphs", "1", "paragraph")),
        ((reads(s.call, "Other."),), {}, NotFound, ("paragraphs", "0", "paragraph")),
        ((reads(first, " "),), {}, InvalidValue, ("paragraphs", "0", "reads")),
        ((), {"title": "A text"}, InvalidValue, ("title",)),
        ((reads(first, "Other."),), {"reason": " "}, InvalidValue, ("reason",)),
    ):
        with pytest.raises(error) as refused:
            await correct(s, d, *paragraphs, **more)
        assert refused.value.path == path
    assert not await s.rows(t.correction)


async def test_two_paragraphs_of_one_number_and_one_called_title_are_corrected_each_by_itself(s):
    await s.stage("main", "drafting")
    d = await s.document("main", "summary_of_conclusions", symbol="GFMD/2020/SC.1")
    first = await s.write(d, "Some 300 took part.", kind="conclusion")
    box, other = await s.write(d, "A box.", kind="box", number="1"), await s.write(d, "B.", kind="box", number="title")
    await s.stage("main", "closing")
    await s.do("issue_document", "secretariat", document=d)
    await correct(s, d, reads(first, "Some 310 took part."), reads(other, "C."), title="The same text")
    ids = await correct(s, d, reads(box, "A larger box."), reads(other, "D."))
    row = await s.row(t.correction, id=ids["correction"])
    assert [change["was"] for change in json.loads(row["changes"])] == ["A box.", "C."]
    names = [change["what"] for row in await s.rows(t.correction) for change in json.loads(row["changes"])]
    assert len(set(names)) == 4  # the other box is named in both


async def test_a_text_is_corrected_also_when_its_edition_is_over(s):
    d, first, _ = await closed(s)
    await s.change(t.edition, s.editions["gfmd"], state="closed")
    ids = await correct(s, d, reads(first, "Some 310 took part."))
    assert (await s.row(t.correction, id=ids["correction"]))["symbol"] == "GFMD/2020/SC.1/Corr.1"


async def test_a_paragraph_stays_no_longer_than_one(s):
    d, first, _ = await closed(s)
    with pytest.raises(TextTooLong) as refused:
        await correct(s, d, reads(first, "a" * 10_001))
    assert refused.value.path == ("paragraphs", "0", "reads")


async def test_no_document_and_no_correction_have_one_symbol(s):
    d, _, _ = await closed(s)
    await s.stage("main", "drafting")
    await s.document("main", "summary_of_conclusions", symbol="GFMD/2020/SC.1/Add.1")
    for n in (2, 3):
        ids = await correct(s, d, addition=f"More {n}.")
        row = await s.row(t.correction, id=ids["correction"])
        assert (row["number"], row["symbol"]) == (n, f"GFMD/2020/SC.1/Add.{n}")
    with pytest.raises(InvalidValue) as refused:
        await s.document("main", "summary_of_conclusions", symbol="GFMD/2020/SC.1/Add.3")
    assert refused.value.path == ("symbol",)
