"""An input's versions: which comes after which, and what changed between two of them."""

from forum.domain.input_versions import FIRST, Version, changes, following
from forum.domain.redline import Words


def test_a_version_goes_on_from_the_one_that_was_mended_and_begins_anew_from_what_was_taken_back() -> None:
    assert following(None, mended=False) == following(None, mended=True) == FIRST
    assert following(FIRST, mended=True) == Version(2, 1)
    assert following(Version(2, 1), mended=False) == Version(3, 3)
    assert following(Version(3, 3), mended=True) == Version(4, 3)


def said(title: str, *sections: tuple[str, str]) -> dict[str, object]:
    return {"title": title, "sections": [{"code": c, "heading": c.upper(), "markdown": text} for c, text in sections]}


def test_sections_are_compared_by_their_codes() -> None:
    before = said("Old", ("a", "Desks help."), ("b", "Gone."), ("c", "Stays."))
    after = said("New", ("c", "Stays."), ("a", "Desks often help."), ("d", "Came."))
    told = [(row.code, row.heading, row.kind) for row in changes(before, after)]
    assert told == [
        (None, None, "changed"), ("c", "C", "unchanged"), ("a", "A", "changed"), ("b", "B", "withdrawn"),
        ("d", "D", "new"),
    ]  # fmt: skip
    title, _, desks, *_ = changes(before, after)
    assert title.words == (Words("removed", "Old"), Words("added", "New"))
    assert "".join(w.text for w in desks.words if w.kind != "added") == "Desks help."
    assert "".join(w.text for w in desks.words if w.kind != "removed") == "Desks often help."


def test_sections_of_one_code_are_told_apart_and_none_is_taken_for_the_title() -> None:
    before, after = said("T", ("title", "x"), ("title", "y")), said("T", ("title", "x"), ("title", "z"))
    assert [(row.code, row.kind) for row in changes(before, after)] == [
        (None, "unchanged"), ("title", "unchanged"), ("title", "changed"),
    ]  # fmt: skip
