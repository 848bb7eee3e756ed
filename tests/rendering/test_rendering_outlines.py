"""Facts become outlines: what stands where, and which words are never added."""

import html
import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain import text as words
from forum.rendering import outline as o
from forum.rendering.papers.facts import AnnexFacts, PracticeFacts, PracticeGroup
from forum.rendering.papers.front import FigureFacts, Imprint, colophon, figure_words, inline, pieces, roman
from forum.rendering.papers.response import AnswerFacts, ContributorFacts, PlaceFacts, response
from forum.rendering.papers.words import _NAMES, _WORDS, LANGUAGES, language_name, listing, word
from tests.support.rendering import sample_papers as papers
from tests.support.rendering.laid_out import focused_input, summary

PAGE = "https://forum.example.org/documents/GFMD/2020/FI/1"

ALL = [
    summary(papers.summary_en()),
    summary(papers.summary_ar()),
    summary(papers.summary_zh()),
    focused_input(papers.focused_en()),
    response(papers.response_en()),
]


@pytest.mark.parametrize("paper", ALL, ids=lambda paper: f"{paper.head.kind or paper.head.title}")
def test_no_paper_says_that_anything_was_adopted(paper: o.Outline) -> None:
    assert "adopt" not in str(asdict(paper)).casefold()


@pytest.mark.parametrize("key", sorted(_WORDS))
def test_every_fixed_word_stands_in_six_languages_with_the_same_gaps(key: str) -> None:
    import string

    told = _WORDS[key]
    assert len(told) == len(LANGUAGES)
    assert all(told)
    gaps = {frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name) for words in told}
    assert len(gaps) == 1


def test_every_language_is_named_in_every_language() -> None:
    assert set(_NAMES) == set(LANGUAGES)
    assert all(len(names) == len(LANGUAGES) for names in _NAMES.values())
    assert language_name("fr", "es") == "francés"
    assert language_name("sw", "en") == "sw"


def test_figures_stand_side_by_side() -> None:
    assert figure_words(FigureFacts("women", 11, "10"), "en") == "11 by the rule; 10 (as stated)"
    assert figure_words(FigureFacts("participants", None, "some 300"), "en") == "some 300 (as stated)"
    assert figure_words(FigureFacts("panels", 0, ""), "en") == "0 by the rule"
    assert figure_words(FigureFacts("panels"), "en") == ""


def test_figures_that_are_the_same_stand_once() -> None:
    assert figure_words(FigureFacts("speakers", 32, "32"), "en") == "32"
    assert figure_words(FigureFacts("panels", 6, "three sessions of two", 6), "en") == "6: three sessions of two"
    assert figure_words(FigureFacts("panels", 6, "five", 5), "en") == "6 by the rule; five (as stated)"


def test_where_two_figures_stand_the_paper_says_which_counts() -> None:
    notes = [o.plain(part.text) for part in summary(papers.summary_en()).parts if isinstance(part, o.Note)]
    assert any(word("which_counts", "en") in words for words in notes)
    met = replace(papers.summary_en().meeting, figures=(FigureFacts("women", 11, "11"),))
    alike = summary(replace(papers.summary_en(), meeting=met)).parts
    assert not any(word("which_counts", "en") in o.plain(part.text) for part in alike if isinstance(part, o.Note))


def test_the_address_of_the_text_stands_in_words_and_for_a_code() -> None:
    assert colophon(Imprint("en", "en", "")).address == ""
    here = colophon(Imprint("en", "en", "", address=PAGE))
    assert here.address == PAGE
    assert here.items[-1] == (word("read_at", "en"), (o.Run(PAGE, link=PAGE),))


def test_no_column_is_headed_by_a_link_that_no_practice_has() -> None:
    for link, title in (("", "practice_name"), ("https://example.org", "name_link")):
        annex = AnnexFacts("P", (), (PracticeGroup("", (PracticeFacts(name="N", link=link),)),))
        (table,) = [part for part in focused_input(papers.focused_en(annex)).parts if isinstance(part, o.Table)]
        assert table.columns[1].title == word(title, "en")


def test_the_running_head_of_a_paper_with_a_cover_is_its_symbol_and_kind() -> None:
    """With a long title it was cut."""
    facts = replace(papers.focused_en(), title="A title that is long " * 9)
    assert focused_input(facts).running == "GFMD/2020/FI/1 · Focused input to the High-level Political Forum"


def test_the_colophon_says_which_version_is_authoritative() -> None:
    here = colophon(Imprint("fr", "en", "abc", "Closed in some words"))
    told = {label: o.plain(words) for label, words in here.items}
    assert told[word("language_version", "fr")] == "français ; la version faisant foi est : anglais"
    assert told[word("snapshot", "fr")] == "abc"
    assert told[word("closing", "fr")] == "Closed in some words"
    assert word("symbol", "fr") not in told


def test_a_text_still_open_says_nothing_of_a_closing() -> None:
    here = colophon(Imprint("en", "en", "abc"))
    assert word("closing", "en") not in dict(here.items)


def test_the_summary_keeps_its_order_and_numbers() -> None:
    paper = summary(papers.summary_en())
    assert isinstance(paper.parts[0], o.KeyFacts)
    assert isinstance(paper.parts[-1], o.Colophon)
    assert isinstance(paper.parts[-2], o.Disclaimer)
    numbers = [part.number for part in paper.parts if isinstance(part, o.Conclusion)]
    assert numbers == ["1.", "2.", "3.", "4.", "5.", "6."]


def test_a_summary_without_disclaimers_has_the_language_s_own() -> None:
    own = next(part for part in summary(papers.summary_zh()).parts if isinstance(part, o.Disclaimer))
    assert o.plain(own.paragraphs[0]) == word("not_all", "zh")
    given_ = replace(papers.summary_zh(), disclaimers=("自拟",))
    other = next(part for part in summary(given_).parts if isinstance(part, o.Disclaimer))
    assert o.plain(other.paragraphs[0]) == "自拟"


def test_sections_are_numbered_in_roman_and_recommendations_follow() -> None:
    paper = focused_input(papers.focused_en())
    headings = [
        (part.number, o.plain(part.text)) for part in paper.parts if isinstance(part, o.Heading) and part.level == 1
    ]
    assert [number for number, _ in headings] == ["I.", "II.", "III.", ""]
    assert headings[2][1] == "Recommendations"
    assert headings[3][1] == "Annex: Practices received"


def test_sources_are_notes_and_absent_ones_leave_no_trace() -> None:
    paper = focused_input(papers.focused_en())
    notes = {
        part.number: [o.plain(note) for note in part.notes] for part in paper.parts if isinstance(part, o.Paragraph)
    }
    assert notes["1."] == ["Sources: Input 4, section 1; Input 9, section 2"]
    assert notes["3."] == []


def test_empty_cells_of_the_annex_stay_empty() -> None:
    annex = AnnexFacts("P", (), (PracticeGroup("", (PracticeFacts(sdg="4. 8, 10, 11, 16 and 17", name="N"),)),))
    table = next(part for part in focused_input(papers.focused_en(annex)).parts if isinstance(part, o.Table))
    (row,) = table.rows
    assert isinstance(row, o.Row)
    assert [o.plain(cell) for cell in row.cells] == ["4. 8, 10, 11, 16 and 17", "N", "", "", "", ""]


def test_groups_of_practices_have_a_row_across() -> None:
    table = next(part for part in focused_input(papers.focused_en()).parts if isinstance(part, o.Table))
    assert isinstance(table.rows[0], o.SectionRow)
    assert sum(isinstance(row, o.Row) for row in table.rows) == 21


def test_who_sent_nothing_this_time_is_told_so_and_has_no_table() -> None:
    *_, table, last = response(papers.response_en()).parts
    assert isinstance(last, o.Colophon)
    assert isinstance(table, o.Table)
    assert isinstance(table.rows[-1], o.SectionRow)
    assert o.plain(table.rows[-1].title) == "Iceland  States · No input this time"


def test_one_answer_to_many_pieces_is_printed_once_and_an_empty_column_is_none() -> None:
    """The same sentence stood 21 times in a table; a column of reasons had none."""
    noted = tuple(AnswerFacts(f"Practice {n}", "annexed", "", (PlaceFacts("9", f"{PAGE}#9"),)) for n in range(21))
    facts = replace(papers.response_en(), contributors=(ContributorFacts("A city", noted),))
    (table,) = [part for part in response(facts).parts if isinstance(part, o.Table)]
    assert [column.title for column in table.columns] == ["Input", "What became of it", "Reflected in"]
    _, row = table.rows
    assert isinstance(row, o.Row)
    assert o.plain(row.cells[0]).split("\n") == [f"• Practice {n}" for n in range(21)]
    assert row.cells[2] == (o.Run("9", link=f"{PAGE}#9"),)


def test_a_table_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="2 cells in a table of 1 columns"):
        o.Table((o.Column("A"),), (o.Row((o.text("a"), o.text("b"))),))


@pytest.mark.parametrize(
    ("number", "letters"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (1999, "MCMXCIX")]
)
def test_roman_numerals(number: int, letters: str) -> None:
    assert roman(number) == letters


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_numbers_without_a_roman_numeral_are_refused(number: int) -> None:
    with pytest.raises(ValueError):
        roman(number)


def test_inline_marks() -> None:
    runs = inline("a **b c** *d* [e](https://example.org/x_(y)?q=1)")
    assert [(run.text, run.bold, run.italic) for run in runs][:4] == [
        ("a ", False, False),
        ("b c", True, False),
        (" ", False, False),
        ("d", False, True),
    ]
    assert inline("[e](https://example.org)") == (o.Run("e", link="https://example.org"),)


@pytest.mark.parametrize("typed", ["5 * 3 * 2", "**", "a_b_c", "<b>x</b> & y", "** a **", "", "1986. A year", "12."])
def test_what_is_no_mark_stands_as_typed(typed: str) -> None:
    assert o.plain(inline(typed)) == typed
    assert all(not run.bold and not run.link for run in inline(typed))


def test_a_link_leads_to_pages_and_letters_only() -> None:
    assert all(run.link is None for run in inline("[x](javascript:alert(1)) [y](ftp://a.example)"))
    assert inline("[e](mailto:a@b.example)") == (o.Run("e", link="mailto:a@b.example"),)


@given(st.text(alphabet="ab*_->#1.`[]():\\ <>\n", max_size=80))
def test_a_paper_reads_a_text_as_every_screen_does(typed: str) -> None:
    """The words of the paper are those of the plain text, which are those that the HTML shows."""
    paper = o.plain(inline(typed)).replace("\u00a0", "").replace("• ", "").split()
    assert paper == words.plain(typed).split()
    shown = html.unescape(re.sub(r"<[^>]*>", "", words.safe_html(typed)))
    assert "".join(shown.split()) == "".join(paper)


def test_what_a_text_lists_at_its_end_is_a_list_on_paper() -> None:
    body, points = pieces("We ask for:\n\n- *one* desk\n- two desks")
    assert (o.plain(body), [o.plain(point) for point in points]) == ("We ask for:", ["one desk", "two desks"])
    for other in ("- b", "a\n\n- b\n\nc", "a\n- b\n  - c"):
        assert pieces(other) == (inline(other), ())
    assert o.plain(inline("a\n- b\n  - c")) == "a\n\n• b\n\u00a0\u00a0• c"


def test_a_page_of_stars_costs_no_more_than_a_page() -> None:
    assert len(o.plain(inline("**a " * 20_000))) == 79_999


def test_items_of_a_list_are_parted_as_the_language_parts_them() -> None:
    assert listing(("甲", "乙"), "zh") == "甲；乙"
    assert listing(("a", "b"), "en") == "a; b"
