"""What people change in our Word files is found on the paragraph it belongs to, and what is not understood is named."""

import pytest

from forum.rendering.formats import drawn
from forum.rendering.papers.redline import redline
from forum.returned.proposed import Apart, Comment, NotRead, Proposed, Returned, read
from forum.returned.tracked import Stretch
from tests.rendering.test_rendering_redline import both
from tests.returned.word_files import DOCUMENT, KNOWN, ONE, THREE, TWO, edited, put_in, remark, run, sent, taken_out
from tests.support.office import converted, needs_office
from tests.support.rendering.files_back import parts

MARK = '<w:rPr><w:ins w:id="9" w:author="Amina"/></w:rPr>'
FIRST = run(ONE)


def sent_paragraph(name: str) -> str:
    """The markup of one paragraph as we send it out."""
    body = parts(sent())[DOCUMENT].decode()
    at = body.index(f'w:name="{name}"')
    return body[body.rindex("<w:p>", 0, at) : body.index("</w:p>", at) + len("</w:p>")]


def back(file: bytes) -> tuple[Returned, dict[str, Proposed]]:
    found = read(file, KNOWN)
    return found, {one.w_id: one for one in found.paragraphs}


def test_a_file_that_was_not_changed_proposes_nothing() -> None:
    found, _ = back(sent())
    assert [(one.w_id, one.before) for one in found.paragraphs] == list(zip(KNOWN, (ONE, TWO, THREE), strict=True))
    assert [one for one in found.paragraphs if one.changed or one.comments] == []
    assert found.apart == ()


def test_words_put_in_and_taken_out_are_the_proposed_wording() -> None:
    words = run("Desks ") + taken_out("near markets") + put_in("in towns") + run(" help.")
    found, by = back(edited((FIRST, words)))
    first = by[KNOWN[0]]
    assert (first.before, first.after, first.changed) == (ONE, "Desks in towns help.", True)
    assert first.stretches[1:3] == [Stretch("removed", "near markets", "Amina"), Stretch("added", "in towns", "Amina")]
    assert [by[name].changed for name in KNOWN[1:]] == [False, False]
    assert found.apart == ()


def test_what_one_put_in_and_another_took_out_stands_in_neither_text() -> None:
    inside = f'<w:ins w:id="1" w:author="Bo">{run("Some ")}{taken_out("few ")}</w:ins>'
    _, by = back(edited((FIRST, inside + FIRST)))
    assert (by[KNOWN[0]].before, by[KNOWN[0]].after) == (ONE, f"Some {ONE}")


def test_words_in_links_and_content_controls_are_not_lost() -> None:
    held = f"<w:sdt><w:sdtContent>{run('Desks ')}{put_in('now ')}</w:sdtContent></w:sdt>"
    linked = f"<w:hyperlink>{run('near markets')}{taken_out(' indeed')}</w:hyperlink>{run(' help.')}"
    _, by = back(edited((FIRST, held + linked)))
    assert by[KNOWN[0]].before == "Desks near markets indeed help."
    assert by[KNOWN[0]].after == "Desks now near markets help."


def test_a_passage_that_moved_left_one_place_and_came_to_another() -> None:
    moved = put_in("It stays. ", "moveTo")
    _, by = back(edited((FIRST, moved + FIRST), (run(THREE), taken_out(THREE, "moveFrom"))))
    assert (by[KNOWN[0]].after, by[KNOWN[2]].after) == (f"It stays. {ONE}", "")
    assert by[KNOWN[0]].stretches[0].moved
    assert by[KNOWN[2]].before == THREE


def test_a_paragraph_that_was_split_is_one_paragraph_of_the_record() -> None:
    head = f'<w:pPr><w:pStyle w:val="Plain"/>{MARK}</w:pPr>'
    own = sent_paragraph(KNOWN[0])
    split = own.replace("</w:pPr>", f"{MARK}</w:pPr>", 1).replace(FIRST, run("Desks near markets."))
    found, by = back(edited((own, f"{split}<w:p>{head.replace(MARK, '')}{run('They help.')}</w:p>")))
    assert (by[KNOWN[0]].before, by[KNOWN[0]].after) == (
        "Desks near markets.They help.", "Desks near markets.\n\nThey help."
    )  # fmt: skip
    assert found.apart == ()


def test_a_paragraph_that_was_put_in_is_listed_behind_its_neighbour() -> None:
    own = sent_paragraph(KNOWN[1])
    new = f"<w:p><w:pPr>{MARK}</w:pPr>{put_in('Villages pay too.')}</w:p>"
    found, _ = back(edited((own, new + own)))
    assert found.apart == (NotRead(Apart.NEW, KNOWN[0], "Villages pay too."),)
    assert not any(one.changed for one in found.paragraphs)


def test_comments_are_on_the_paragraph_where_they_begin() -> None:
    begins, ends = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    refers = '<w:r><w:commentReference w:id="{}"/></w:r>'
    words = run("Desks ") + begins + run("near markets") + ends + refers.format(1) + run(" help.") + refers.format(2)
    other = '<w:commentRangeStart w:id="3"/>' + run("No word of the record.") + '<w:commentRangeEnd w:id="3"/>'
    notes = remark(1, "Which markets?") + remark(2, "Good.", "Chen") + remark(3, "Who says so?")
    found, by = back(edited((FIRST, words), (run("No word of the record."), other), comments=notes))
    assert by[KNOWN[0]].comments == [Comment("Bo", "Which markets?", "near markets"), Comment("Chen", "Good.", "")]
    assert not by[KNOWN[0]].changed
    assert found.apart == (NotRead(Apart.COMMENT, KNOWN[2], "Who says so?"),)


def test_what_belongs_to_no_paragraph_or_is_not_read_is_named() -> None:
    looks = (
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="3" w:author="Bo"><w:rPr/></w:rPrChange></w:rPr><w:t>It stays.</w:t></w:r>'
    )
    drawing = f'<w:ins w:id="4" w:author="Bo"><w:r><w:drawing/></w:r></w:ins>{FIRST}'
    found, _ = back(
        edited((run("No word of the record."), put_in("Ours.")), (run(THREE), looks), (FIRST, drawing),
               (f'w:name="{KNOWN[1]}"', 'w:name="_Toc1"'))
    )  # fmt: skip
    assert [(one.kind, one.w_id) for one in found.apart] == [
        (Apart.OBJECT, KNOWN[0]), (Apart.FORM, KNOWN[2]), (Apart.NEW, KNOWN[2]), (Apart.MISSING, KNOWN[1]),
    ]  # fmt: skip


@pytest.mark.parametrize("through", [False, pytest.param(True, marks=needs_office("a redline that LibreOffice saved"))])
def test_a_redline_of_ours_is_read_back_by_paragraph_also_as_libreoffice_saves_it(through: bool) -> None:
    file = drawn(redline(*both()), "docx")
    if through:
        file = converted({"a.docx": file}, "docx")["a.docx"]
    known = [f"sec_1__para_{n}" for n in (1, 2, 3, 4, 5)]
    by = {one.w_id: one for one in read(file, known).paragraphs}
    assert [by[name].changed for name in known] == [False, True, True, False, True]
    assert (by["sec_1__para_2"].before, by["sec_1__para_2"].after) == ("To be taken out.", "")
    assert (by["sec_1__para_5"].before, by["sec_1__para_5"].after) == ("", "It is new.")
    assert by["sec_1__para_3"].before.startswith("Some speakers agree.")
    assert by["sec_1__para_3"].after.startswith("Most speakers do agree.")
