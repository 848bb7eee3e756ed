"""The record of a no-objection procedure on paper: what stands on it, in which order, and which words never do."""

import io
import string
from dataclasses import replace

import pikepdf
import pytest

from forum.rendering import outline as o
from forum.rendering.papers.facts import ConclusionFacts
from forum.rendering.papers.silence_record import ChangeFacts, RoundFacts, _ranges, _redlined, silence_record
from forum.rendering.papers.silence_words import WORDS, phrase
from forum.rendering.papers.words import LANGUAGES
from forum.rendering.pdf.draw import draw
from tests.support.rendering import sample_records as samples
from tests.support.rendering.laid_out import focused_input, summary
from tests.support.rendering.reading_back import bare, in_order, pages, tags
from tests.support.rendering.sample_papers import focused_en
from tests.support.rendering.sample_summaries import summary_en

MADE = {"en": samples.record_en, "ar": samples.record_ar, "zh": samples.record_zh}
NEVER = (
    "vote",
    "voting",
    "reject",
    "adopt",
    "voto",
    "rechaz",
    "adopt",
    "rejet",
    "голос",
    "отклон",
    "表决",
    "否决",
    "拒绝",
    "تصويت",
    "رفض",
)


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {language: draw(silence_record(make())) for language, make in MADE.items()}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_every_fixed_word_stands_in_six_languages_with_the_same_gaps(key: str) -> None:
    told = WORDS[key]
    assert len(told) == len(LANGUAGES)
    assert all(told)
    assert len({frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name) for words in told}) == 1
    assert not [word for word in NEVER for words in told if word in words.casefold()]


def test_it_says_what_happened_in_order(drawn: dict[str, bytes]) -> None:
    whole = bare("".join(pages(drawn["en"])))
    told = [
        "Record of the no-objection procedure", "Steering Group", "Round 1", "Rev.1", samples.OTHER,
        "Bangladesh; Canada",
        "27 May 2020, 12:00 (Europe/Zurich, UTC+02:00); 10:00 UTC", "Objections were raised",
        "holiday in three capitals",
        "Kenya", "Paragraph 2", "Both are named now", "The whole text", "Withdrawn by the member", "Round 2", "Rev.2",
        "Nobody objected before the instant", "What changed since round 1", "[ask to be]", "Paragraph 4, withdrawn",
        "Paragraph 5 (was 6)", "[several speakers] many speakers", "Paragraph 6, new",
        "Paragraphs that stand unchanged: 1, 3–4",
        "Malta placed a reservation on paragraph 5", "Egypt placed a reservation on the text as a whole",
        "Hash of the text",
    ]  # fmt: skip
    assert in_order([bare(words) for words in told], whole) is None


@pytest.mark.parametrize("language", sorted(MADE))
def test_it_never_speaks_of_votes(drawn: dict[str, bytes], language: str) -> None:
    whole = " ".join(pages(drawn[language])).casefold()
    assert not [word for word in NEVER if word in whole]


@pytest.mark.parametrize("language", sorted(MADE))
def test_the_same_facts_give_the_same_bytes_and_every_word_stands(drawn: dict[str, bytes], language: str) -> None:
    assert draw(silence_record(MADE[language]())) == drawn[language]
    found = [tag for _, tag in tags(drawn[language])]
    assert {"H1", "H2", "H3", "Table", "TH", "TD", "P"} <= set(found)


def test_arabic_and_chinese_come_back_in_logical_order(drawn: dict[str, bytes]) -> None:
    chinese = bare("".join(pages(drawn["zh"])))
    for words in (
        "无异议程序记录",
        "第2轮",
        "移民在[城市]城市和乡镇（可持续发展目标11）安家。",
        "期限尚在进行。",
        "建议措辞：移民在城市和乡镇安家。",
    ):
        assert bare(words) in chinese
    arabic = bare("".join(pages(drawn["ar"])))
    for words in ("الجولة", "الفريق", "تحفظا"):
        assert words in arabic


def test_what_was_put_in_and_taken_out_is_said_by_marks_a_voice_reads() -> None:
    runs = _redlined((("same", "A **bold** "), ("removed", "old "), ("added", "new "), ("same", "end.")), "en")
    assert [(run.text, run.bold, run.struck) for run in runs] == [
        ("A bold ", False, False), ("[old]", False, True), (" ", False, False), ("new ", True, False),
        ("end.", False, False),
    ]  # fmt: skip
    assert o.plain(_redlined((("removed", "城"), ("added", "乡")), "zh")) == "[城]乡"
    assert o.plain(_redlined((("removed", "seat"), ("added", "hearing")), "en")) == "[seat] hearing"
    assert o.plain(_redlined((("removed", "\n"), ("same", "x")), "en")) == "\nx"


def test_a_struck_word_has_a_line_through_it() -> None:
    def painted(struck: bool) -> int:
        one = o.Outline(o.TitleBlock("T"), "en", (o.Paragraph((o.Run("gone", struck=struck),)),))
        with pikepdf.open(io.BytesIO(draw(one))) as pdf:
            return sum(page.Contents.read_bytes().count(b" re f") for page in pdf.pages)

    assert painted(True) == painted(False) + 1


def test_who_sees_no_objection_finds_none_and_no_number() -> None:
    first, second = samples.record_en().rounds
    outside = replace(samples.record_en(), rounds=(replace(first, objections=()), replace(second, changes=None)))
    whole = " ".join(
        o.plain(part.text) for part in silence_record(outside).parts if isinstance(part, (o.Heading, o.Note))
    )
    assert phrase("known_inside", "en") in whole
    assert "What changed" not in whole
    assert not any(isinstance(part, o.Table) for part in silence_record(outside).parts)


def test_a_round_in_which_nothing_changed_says_so() -> None:
    same = (ChangeFacts("unchanged", "1", "1", (("same", "One."),)),)
    one = RoundFacts(2, "B", "Rev.1", "h", "a", "b", "running", changes=same)
    notes = [
        o.plain(p.text)
        for p in silence_record(replace(samples.record_en(), rounds=(one,))).parts
        if isinstance(p, o.Note)
    ]
    assert notes == ["Nothing in the text changed."]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((), ""), (("1",), "1"), (("1", "2", "3"), "1–3"), (("1", "3", "4", "5 bis", "6"), "1, 3–4, 5 bis, 6")],
)
def test_runs_of_numbers_are_short(numbers: tuple[str, ...], told: str) -> None:
    assert _ranges(numbers) == told


# ---- reservations on other papers
def test_reservations_stand_upright_after_the_annex_on_turned_paper() -> None:
    facts = replace(
        focused_en(), reservations=("Kenya placed a reservation on paragraph 5: a method is not ours to publish.",)
    )
    parts = focused_input(facts).parts
    at = next(
        n for n, part in enumerate(parts) if isinstance(part, o.Heading) and o.plain(part.text) == "Annex: Reservations"
    )
    assert parts[at - 1] == o.NewPage()
    assert isinstance(parts[at - 2], o.Table)
    assert parts[at + 1] == o.Bullets((o.text(facts.reservations[0]),))
    assert isinstance(parts[at + 2], o.Disclaimer)


def test_a_reservation_at_the_foot_stands_before_the_sources() -> None:
    facts = summary_en()
    conclusion = facts.conclusions[0].conclusions[0]
    assert isinstance(conclusion, ConclusionFacts)
    one = replace(conclusion, notes=("Kenya reserves.",), sources=("Panel 1",))
    groups = (
        replace(facts.conclusions[0], conclusions=(one, *facts.conclusions[0].conclusions[1:])),
        *facts.conclusions[1:],
    )
    outline = summary(replace(facts, conclusions=groups, reservations=("Nepal reserves.",)))
    first = next(part for part in outline.parts if isinstance(part, o.Conclusion))
    assert [o.plain(note) for note in first.notes] == ["Kenya reserves.", "Sources: Panel 1"]
    assert "Nepal reserves." in "".join(pages(draw(outline)))


def test_a_paper_without_reservations_says_nothing_of_them() -> None:
    assert not any(
        "Reservations" in o.plain(p.text) for p in focused_input(focused_en()).parts if isinstance(p, o.Heading)
    )
