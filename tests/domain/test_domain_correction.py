"""What reads otherwise is told in full, kept and read back; a programme's things are known again wherever they move."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.agenda import Panel, Session, Speaker
from forum.domain.correction import Change, CorrectionKind, differences, read, symbol_of, written
from forum.domain.programme import Placed, carried, changes, gone, placed, recorded
from forum.errors import InvalidValue

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
HEADS = st.dictionaries(st.sampled_from("abcd"), st.none() | WORDS)
NAMES = st.sampled_from(("", "Ana Ruiz", "Lin Wei", "ana  ruiz", "Kofi Mensah"))
TITLES = st.sampled_from(("", "Counting", "Paying", "Closing", "counting"))
NUMBERS = st.none() | st.integers(1, 3)
PEOPLE = st.builds(Speaker, name=NAMES, function=WORDS)
PANELS = st.builds(Panel, kind=st.just("panel"), title=TITLES, number=NUMBERS, room=WORDS,
                   speakers=st.lists(PEOPLE, max_size=3).map(tuple))  # fmt: skip
SESSIONS = st.builds(Session, title=TITLES, number=NUMBERS, items=st.lists(PANELS, max_size=3).map(tuple),
                     date=st.none() | st.just(date(2027, 3, 1)))  # fmt: skip
PROGRAMMES = st.lists(SESSIONS, max_size=3)


@given(HEADS, HEADS)
def test_what_reads_otherwise_is_all_told_and_leads_from_one_to_the_other(before, after):
    was, now = ({k: v for k, v in head.items() if v is not None} for head in (before, after))
    if was == now:
        with pytest.raises(InvalidValue):
            differences(before, after)
        return
    found = differences(before, after)
    mended = was | {change.what: change.reads for change in found}
    assert {k: v for k, v in mended.items() if v is not None} == now
    assert all(change.was == was.get(change.what) for change in found)
    assert read(written(found)) == list(found)


def test_more_is_told_after_the_head_and_is_enough_by_itself():
    more = Change("session 1", "A", "B")
    assert differences({"a": "1"}, {"a": "1"}, more) == (more,)
    assert differences({"a": "1"}, {"a": "2"}, more) == (Change("a", "1", "2"), more)


def test_symbols_are_those_of_the_united_nations():
    assert symbol_of("A/RES/73/195", CorrectionKind.CORRIGENDUM, 2) == "A/RES/73/195/Corr.2"
    assert symbol_of("A/RES/73/195", CorrectionKind.ADDENDUM, 1) == "A/RES/73/195/Add.1"


# ---- programmes
def standing(sessions: list[Session]) -> tuple[Placed, ...]:
    number = sum(len(list(thing.whole())) for thing in placed(sessions))
    return recorded(sessions, iter(uuid.UUID(int=n + 1) for n in range(number)))


def ids(programme: tuple[Placed, ...]) -> list[uuid.UUID]:
    return [thing.id for session in programme for thing in session.whole() if thing.id is not None]


@given(PROGRAMMES)
def test_the_same_programme_again_is_the_same_in_everything(sessions):
    old = standing(sessions)
    new = carried(old, placed(sessions))
    assert new == old
    assert changes(old, new) == ()


@given(PROGRAMMES, PROGRAMMES)
def test_no_identity_is_given_twice_or_made_up_and_what_is_gone_is_told(before, after):
    old = standing(before)
    new = carried(old, placed(after))
    assert len(ids(new)) == len(set(ids(new)))
    assert set(ids(new)) | {thing.id for thing in gone(old, new)} == set(ids(old))
    told = changes(old, new)
    assert [change.what for change in told if change.reads is None] == [thing.place for thing in gone(old, new)]
    number = sum(len(list(session.whole())) for session in new)
    assert sum(change.was is None for change in told) == number - len(ids(new))


def test_what_moves_to_another_session_with_its_title_is_the_same_thing():
    panel = Panel("panel", "Counting", 1, speakers=(Speaker("Ana Ruiz"),))
    one, two = Session("First", 1, (panel,)), Session("Second", 2)
    old = standing([one, two])
    new = carried(old, placed([Session("First", 1), Session("Second", 2, (panel,))]))
    assert new[1].parts[0].id == old[0].parts[0].id
    assert new[1].parts[0].parts[0].id == old[0].parts[0].parts[0].id
    assert changes(old, new) == (
        Change("session 2, panel 1", "session 1, panel 1: panel: Counting", "panel: Counting"),
    )


def test_two_that_change_places_keep_who_they_are():
    a, b = Panel("panel", "Counting", 1), Panel("panel", "Paying", 2)
    old = standing([Session("S", 1, (a, b))])
    new = carried(old, placed([Session("S", 1, (Panel("panel", "Paying", 1), Panel("panel", "Counting", 2)))]))
    assert [item.id for item in new[0].parts] == [old[0].parts[1].id, old[0].parts[0].id]


@given(PROGRAMMES, PROGRAMMES)
def test_where_nothing_is_told_nothing_has_changed(before, after):
    old = standing(before)
    new = carried(old, placed(after))
    if not changes(old, new):
        assert [thing.says for s in old for thing in s.whole()] == [thing.says for s in new for thing in s.whole()]


def test_what_shares_a_title_is_known_again_in_its_order_and_in_its_session():
    talk = Panel(kind="discussion", title="Discussion")
    one, two = (Session(title=t, number=n, items=(talk, talk)) for n, t in ((1, "Evidence"), (2, "Money")))
    old = standing([one, two])
    opening = Panel(kind="opening", title="Welcome")
    new = carried(old, placed([replace(two, number=1), replace(one, number=2, items=(opening, talk, talk))]))
    was = {session.title: [item.id for item in session.parts] for session in old}
    assert [item.id for item in new[0].parts] == was["money"]
    assert [item.id for item in new[1].parts[1:]] == was["evidence"]


def test_the_same_words_in_another_place_are_told_apart():
    old = standing([Session(title="A", items=(Panel(kind="panel", title="B", speakers=(Speaker("C", "Mayor"),)),))])
    moved = Speaker("C", organisation="Mayor")
    new = carried(old, placed([Session(title="A", items=(Panel(kind="panel", title="B", speakers=(moved,)),))]))
    [change] = changes(old, new)
    assert (change.was, change.reads) == (
        "function: Mayor; organisation: none", "function: none; organisation: Mayor",
    )  # fmt: skip
