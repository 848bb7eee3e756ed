"""Paragraphs: what may be done with one, and the places they take in their order, with no database."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain import numbering
from forum.domain.paragraph import (
    Paragraph,
    PlacedParagraph,
    hanging_under,
    need_revision,
    renumbered,
    revise,
    withdraw,
)
from forum.errors import InvalidValue, NotFound, StaleRevision
from tests.support.nouns import a_paragraph, some_id


@st.composite
def orders(draw: st.DrawFn) -> tuple[PlacedParagraph, ...]:
    """Paragraphs in an order a document may have: parts do not go back, some stand outside, some are withdrawn."""
    order: list[PlacedParagraph] = []
    part = 1
    for n in range(draw(st.integers(0, 12))):
        part += draw(st.integers(0, 1))
        counted = draw(st.booleans())
        paragraph = a_paragraph(
            id=some_id(n),
            w_id=numbering.mint(part, [placed.paragraph.w_id for placed in order], numbered=counted),
            number=None if counted else draw(st.sampled_from((None, "5 bis"))),
            withdrawn=draw(st.booleans()),
        )
        order.append(PlacedParagraph(paragraph, draw(st.sampled_from((part, None)))))
    return tuple(order)


def standing(paragraphs: tuple[Paragraph, ...]) -> list[Paragraph]:
    return [paragraph for paragraph in paragraphs if not paragraph.withdrawn]


@given(orders())
def test_places_follow_the_order(order: tuple[PlacedParagraph, ...]) -> None:
    places = renumbered(order)
    before = {placed.paragraph.id: placed.paragraph for placed in order}
    assert [paragraph.id for paragraph in places] == [placed.paragraph.id for placed in order]
    assert [paragraph.ordinal for paragraph in places] == list(range(1, len(order) + 1))
    running = [paragraph.number for paragraph in standing(places) if paragraph.counted]
    assert running == [str(n) for n in range(1, len(running) + 1)]
    assert all(p.number == before[p.id].number for p in standing(places) if not p.counted)
    assert len({paragraph.e_id for paragraph in standing(places)}) == len(standing(places))
    gone = [paragraph for paragraph in places if paragraph.withdrawn]
    assert all(p.e_id == "" and p.number in (None, before[p.id].number) for p in gone)


@given(orders())
def test_only_places_change_and_placing_again_changes_nothing(order: tuple[PlacedParagraph, ...]) -> None:
    once = renumbered(order)
    again = tuple(replace(placed, paragraph=now) for placed, now in zip(order, once, strict=True))
    assert renumbered(again) == once
    for placed, now in zip(order, once, strict=True):
        was = placed.paragraph
        assert replace(now, ordinal=was.ordinal, e_id=was.e_id, number=was.number) == was


def test_parts_do_not_go_back() -> None:
    with pytest.raises(InvalidValue):
        renumbered((PlacedParagraph(a_paragraph(1), 2), PlacedParagraph(a_paragraph(2), 1)))


def test_what_is_left_out_of_a_revision_stays() -> None:
    before = a_paragraph(weight="several speakers", withdrawn=True)
    same = revise(before, None, None, put_back=False)
    assert same == replace(before, revision=2)
    after = revise(before, "Another text.", "", put_back=True)
    assert (after.markdown, after.weight, after.withdrawn) == ("Another text.", None, False)
    with pytest.raises(InvalidValue):
        revise(before, " ", None, put_back=False)


def test_another_revision_than_the_one_read_is_refused_with_the_text_that_stands() -> None:
    need_revision(a_paragraph(revision=3), 3)
    with pytest.raises(StaleRevision) as refused:
        need_revision(a_paragraph(revision=3), 2)
    assert (refused.value.expected, refused.value.current) == (2, 3)
    assert refused.value.current_text == "Paragraph 1."


def test_a_paragraph_is_withdrawn_once() -> None:
    gone = withdraw(a_paragraph())
    assert (gone.withdrawn, gone.revision, gone.w_id) == (True, 2, "sec_1__para_1")
    with pytest.raises(NotFound):
        withdraw(gone)


def test_what_hangs_under_a_paragraph_leaves_with_it_at_any_depth() -> None:
    top, other = a_paragraph(1), a_paragraph(2)
    bullet, below = a_paragraph(3, parent_id=top.id), a_paragraph(4, parent_id=some_id(103))
    left = a_paragraph(5, parent_id=top.id, withdrawn=True)
    order = [PlacedParagraph(paragraph, 1) for paragraph in (top, bullet, below, left, other)]
    assert hanging_under(top.id, order) == (top, bullet, below)
    assert hanging_under(other.id, order) == (other,)
