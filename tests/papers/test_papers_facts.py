"""Papers: what a reader may see becomes facts; what may not be seen stands nowhere."""

import re
from datetime import date
from typing import Any

import pytest

from forum.papers import in_common, responses
from forum.papers.document_facts import _annex, facts_of
from forum.papers.reserved import Reserved
from forum.rendering.papers.source_words import SOURCE_WORDS
from forum.rendering.papers.words import word
from tests.support.typed import some


def _source(**end):
    return {"end": end or None, "speaker": None}


def test_a_source_is_named_as_its_reader_may_see_it():
    named = _source(__typename="Contribution", title="A desk", attribution={"kind": "ORGANISATION", "label": "Quito"})
    assert in_common.label(named, "en") == "Quito, “A desk”"
    panel = {"end": {"__typename": "Panel", "panelTitle": "Cities", "panelNumber": 1}, "speaker": {"name": "A. Mayor"}}
    assert in_common.label(panel, "en") == "Panel “Cities”, A. Mayor"


def test_of_what_is_not_attributed_or_withheld_a_paper_says_that_it_is_there_and_no_more():
    silent = _source(__typename="Contribution", title="A claim", attribution={"kind": "NONE", "label": "A participant"})
    withheld = _source(__typename="Withheld", layer="GFMD")
    paragraph = {"sources": {"nodes": [silent, withheld, withheld, {"end": None, "speaker": None}]}}
    assert in_common.labels(paragraph, "en") == (
        "an input shared without attribution",
        "a source that readers of this print may not see (2)",
    )


def test_the_first_language_of_a_kind_is_that_of_its_authoritative_version():
    process = "[documents.k]\nlanguages = ['en', 'ar']\n[documents.other]\n"
    document: dict[str, Any] = {
        "symbol": "A/1", "closingWords": None, "revisions": {"nodes": []}, "edition": {"process": {"text": process}},
    }  # fmt: skip
    for kind, language in (("k", "ar"), ("other", "fr"), ("k", "en")):
        made = in_common.imprint({**document, "kind": kind, "language": language}, "https://f.example")
        assert (made.language, made.authoritative_language) == (language, "en")
        assert made.address == "https://f.example/documents/A/1"
    assert in_common.imprint({**document, "kind": "k", "language": "en"}, "").address == ""


def test_groups_of_practices_stand_as_the_input_has_them():
    rows = [
        {"ordinal": n, "sectionLabel": label, "place": "", "name": f"{n}", "url": None, "aim": "", "partners": "",
         "datesAsWritten": "", "sdgAsWritten": ""}
        for n, label in ((1, "Submissions"), (2, "Outcomes of roundtables"), (3, "Submissions"))
    ]  # fmt: skip
    annex = some(_annex([{"practices": {"nodes": rows}}], "en"))
    assert [(group.title, [p.name for p in group.practices]) for group in annex.groups] == [
        ("Submissions", ["1", "3"]),
        ("Outcomes of roundtables", ["2"]),
    ]


def test_two_that_are_not_attributed_stand_under_one_heading_that_names_nobody():
    first = {
        "__typename": "Contribution",
        "title": "A claim",
        "attribution": {"kind": "NONE", "label": "A participant"},
    }
    second = {
        "__typename": "Comment",
        "attribution": {"kind": "NONE", "label": "A participant"},
        "paragraph": {"number": "6"},
    }
    assert responses.whose(first, "en") == ("Shared without attribution", "A claim")
    assert responses.whose(second, "en") == ("Shared without attribution", "Comment on paragraph 6")
    assert responses.whose(None, "en")[0] == "Shared without attribution"


def test_figures_stand_in_the_order_of_print_with_both_origins():
    meeting = {
        "series": "A series", "label": "First workshop", "title": "T", "theme": None, "startsOn": "2016-02-29",
        "endsOn": "2016-03-01", "venue": "A hall", "city": "A town",
        "figures": [
            {"what": "women", "computed": 11, "rule": "honorifics", "statedValue": 10, "statedText": "10"},
            {"what": "sessions", "computed": 3, "rule": "r", "statedValue": None, "statedText": None},
        ],
    }  # fmt: skip
    document = {
        "kind": "summary_of_conclusions", "title": "T", "symbol": "S/1", "language": "en", "versionLabel": "Final",
        "closingWords": "Issued", "closedAt": "2016-03-02T23:30:00.000000Z", "meeting": meeting, "parts": [],
        "recommendations": [], "layout": [],
        "forum": {"name": "F", "acronym": None}, "revisions": {"nodes": []},
        "edition": {"name": "2016", "theme": None, "zone": "Asia/Manila",
            "process": {"text": "[documents.summary_of_conclusions]\ntitle = 'Summary'"}},
    }  # fmt: skip
    facts = facts_of(document, [], [], Reserved())
    assert [(f.kind, f.computed, f.stated) for f in facts.meeting.figures] == [("sessions", 3, ""), ("women", 11, "10")]
    assert facts.imprint.date == "3 March 2016"  # in the edition's own zone
    assert facts.kind == "Summary"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "12 June 2020"),
        ("fr", "12 juin 2020"),
        ("es", "12 de junio de 2020"),
        ("ru", "12 июня 2020"),
        ("zh", "2020年6月12日"),
        ("ar", "يونيو"),
        ("pt", "12 June 2020"),
    ],
)
def test_a_day_is_written_in_the_language_of_the_paper(language, written):
    assert written in in_common.written(date(2020, 6, 12), language)


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_what_a_paper_says_of_its_sources_is_in_its_language(language):
    """An English word between words of another language was on every paper that names a panel or a paragraph."""
    name, ends = "IOM", {"name": "IOM", "title": "IOM", "symbol": "IOM", "number": 6}
    panel = {"end": {"__typename": "Panel", "panelTitle": name, "panelNumber": 1}, "speaker": None}
    paragraph = _source(__typename="Paragraph", number=6, document={"symbol": name})
    comment = _source(__typename="Comment", attribution={"kind": "ORGANISATION", "label": name})
    labels = [in_common.label(each, language) for each in (panel, paragraph, comment)]
    labels += [*responses.whose(None, language), word("comment_on", language, number=6)]
    for words in labels:
        assert not re.search("Panel “|paragraph \\d|comment\\b|Comment on|Shared|An input", words)
    for key in SOURCE_WORDS:
        assert word(key, language, **ends) != word(key, "en", **ends)
