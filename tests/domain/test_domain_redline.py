"""What changed between two revisions: nothing is lost, nothing is invented, and letters keep their accents."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.redline import KINDS, Change, Words, changes, marked, tokens
from tests.support.work import A_SECOND, counted

# Words of several scripts, with the marks that stand between them.
LETTERS = "abé e\u0301-'.,*[]()\n \u0628\u064e\u0631\u0651\u200d移民在城市ひАя7"
texts = st.text(alphabet=LETTERS, max_size=40) | st.text(max_size=40)


def rebuilt(found, leave):
    return "".join(one.text for one in found if one.kind != leave)


@given(texts, texts)
def test_both_texts_come_back_to_the_letter(before, after):
    found = marked(before, after)
    assert rebuilt(found, "added") == before
    assert rebuilt(found, "removed") == after
    assert all(one.text for one in found)
    for one, following in pairwise(found):
        assert one.kind != following.kind  # no stretch is said in two pieces
        assert (one.kind, following.kind) != ("added", "removed")  # what was taken out stands before what was put in


@given(texts)
def test_a_text_that_stayed_is_one_stretch(text):
    assert marked(text, text) == ((Words("same", text),) if text else ())
    assert marked("", text) == ((Words("added", text),) if text else ())
    assert marked(text, "") == ((Words("removed", text),) if text else ())


@given(texts)
def test_tokens_are_the_text_and_no_letter_loses_its_accent(text):
    cut = tokens(text)
    assert "".join(cut) == text
    assert all(unicodedata.category(one[0]) not in ("Mn", "Mc", "Me", "Cf") for one in cut[1:])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Desks help migrants.", ["Desks", " ", "help", " ", "migrants", "."]),
        ("well-managed l’homme 10.7", ["well-managed", " ", "l’homme", " ", "10.7"]),
        ("移民在 2030 年", ["移", "民", "在", " ", "2030", " ", "年"]),
        ("العَمَل في المدن", ["العَمَل", " ", "في", " ", "المدن"]),
    ],
)
def test_words_are_cut_as_people_read_them(text, cut):
    assert tokens(text) == cut


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("Desks help.", "Desks help migrants.", [("same", "Desks help"), ("added", " migrants"), ("same", ".")]),
        (
            "Cities should be heard here.",
            "Mayors must be heard here.",
            [("removed", "Cities should"), ("added", "Mayors must"), ("same", " be heard here.")],
        ),
        ("移民在城市", "移民在乡镇", [("same", "移民在"), ("removed", "城市"), ("added", "乡镇")]),
        ("حقوق المهاجرين", "حقوق العمال المهاجرين", [("same", "حقوق "), ("added", "العمال "), ("same", "المهاجرين")]),
    ],
)
def test_what_changed_is_said_in_words(before, after, said):
    assert [(one.kind, one.text) for one in marked(before, after)] == said


def snapshot(*paragraphs, advice=()):
    rows = [{"w_id": id_, "number": number, "text": text, "weight": weight} for id_, number, text, weight in paragraphs]
    return {"paragraphs": rows, "recommendations": [{"heading": h, "addressee": a} for h, a in advice]}


def test_paragraphs_are_told_by_identity_not_by_number():
    before = snapshot(
        ("sec_1__para_1", "1", "One.", None),
        ("sec_1__para_2", "2", "Two.", None),
        ("sec_1__para_3", "3", "Three.", "several"),
    )
    after = snapshot(
        ("sec_1__para_1", "1", "One.", None),
        ("sec_1__para_4", "2", "New.", None),
        ("sec_1__para_3", "3", "Three.", "many"),
        advice=[("Count", None)],
    )
    found = changes(before, after)
    assert [(c.what, c.w_id, c.kind, c.was_number, c.number) for c in found] == [
        ("paragraph", "sec_1__para_1", "unchanged", "1", "1"),
        ("paragraph", "sec_1__para_2", "withdrawn", "2", None),
        ("paragraph", "sec_1__para_4", "new", None, "2"),
        ("paragraph", "sec_1__para_3", "changed", "3", "3"),
        ("recommendation", "rec_1", "new", None, None),
    ]
    assert (found[3].was_weight, found[3].weight, found[3].words) == ("several", "many", (Words("same", "Three."),))


@st.composite
def revisions(draw):
    """Two revisions of one text: paragraphs stay, change, leave and come, in an order that keeps."""
    made = st.fixed_dictionaries(
        {"before": st.booleans(), "after": st.booleans(), "texts": st.tuples(texts, texts), "same": st.booleans()}
    )
    rows = draw(st.lists(made, max_size=8))
    sides = {}
    for n, side in enumerate(("before", "after")):
        standing = [
            (f"w{k}", str(k), row["texts"][0 if row["same"] else n], None) for k, row in enumerate(rows) if row[side]
        ]
        sides[side] = snapshot(*standing)
    return sides["before"], sides["after"]


@given(revisions())
def test_every_paragraph_of_either_is_said_once_and_both_revisions_come_back(both):
    before, after = both
    found = changes(before, after)
    assert all(isinstance(c, Change) and c.kind in KINDS for c in found)
    assert [c.w_id for c in found if c.kind != "withdrawn"] == [p["w_id"] for p in after["paragraphs"]]
    assert [c.w_id for c in found if c.kind != "new"] == [p["w_id"] for p in before["paragraphs"]]
    assert {c.w_id: rebuilt(c.words, "removed") for c in found if c.kind != "withdrawn"} == {
        p["w_id"]: p["text"] for p in after["paragraphs"]
    }
    assert {c.w_id: rebuilt(c.words, "added") for c in found if c.kind != "new"} == {
        p["w_id"]: p["text"] for p in before["paragraphs"]
    }
    assert all(
        (c.kind == "unchanged") == all(w.kind == "same" for w in c.words)
        for c in found
        if c.kind in ("changed", "unchanged")
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲乙" * 20_000, "乙丙甲" * 16_000),
        ("a " * 49_000, "b a " * 24_000),
        (" ".join(f"a{n}" for n in range(14_000)), " ".join(f"a{n}" for n in reversed(range(14_000)))),
    ],
)
def test_a_hostile_pair_costs_no_more_than_an_honest_one(before, after):
    """Past the bound a stretch is shown whole, so that nobody waits for it."""
    found, work = counted(lambda: marked(before, after))
    assert work < A_SECOND
    assert len(found) <= 3
    assert (rebuilt(found, "added"), rebuilt(found, "removed")) == (before, after)


def test_what_one_paragraph_cost_is_no_longer_there_for_the_next():
    before, after = (
        snapshot(*[(f"w{n}", str(n), word * 20_000, None) for n in range(9)]) for word in ("甲乙", "乙丙甲")
    )
    found, work = counted(lambda: changes(before, after))
    assert {c.kind for c in found} == {"changed"}
    assert work < A_SECOND
    small = changes(snapshot(("w", "1", "Desks help.", None)), snapshot(("w", "1", "Desks help all.", None)))
    assert [w.kind for w in small[0].words] == ["same", "added", "same"]  # the bound is each comparison's own
