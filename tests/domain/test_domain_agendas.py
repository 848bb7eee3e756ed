"""Agendas as many hands write them: nothing of them is dropped in silence, each slip is found, and people are told
apart by what a reader sees."""

import json
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.domain.agenda import Meeting
from forum.domain.agenda_words import KINDS, NOBODY, ROLES, is_nobody, kind_of, role_of
from forum.domain.faults import MOST_FAULTS
from forum.domain.figures import count, speakers
from forum.domain.meetings import read
from forum.domain.persons import MOST_NAMESAKES, persons
from forum.errors import FileRefused


def meeting(*programme: dict[str, Any], **workshop: Any) -> Meeting:
    """A meeting of two days with this programme."""
    dates = {"start": "2031-03-04", "end": "2031-03-05"}
    return read(json.dumps({"workshop": {"title": "M", "dates": dates, "programme": list(programme), **workshop}}))


def panel(*people: Any, **more: Any) -> dict[str, Any]:
    """A panel with these speakers: names, or whatever a file says of them."""
    said = [{"name": one} if isinstance(one, str) else one for one in people]
    return {"kind": "panel", "title": "P", "speakers": said, **more}


def session(number: int, *items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "session", "number": number, "title": f"S{number}", "items": list(items), **more}


def faults(found: Meeting) -> list[tuple[str, str]]:
    return [(f.kind, f.where) for f in found.faults]


def counted(found: Meeting, what: str) -> int | None:
    return next(f.computed for f in count(found) if f.what == what)


# ---- nothing is dropped
def test_a_date_says_the_day() -> None:
    found = meeting(session(1, panel(date="2031-03-05", time="9:00 - 10:00")))
    item = found.items()[0]
    assert (item.day, item.date) == (2, date(2031, 3, 5))


def test_a_session_that_is_itself_a_panel_keeps_all_it_says() -> None:
    found = meeting(
        session(
            4,
            day=2,
            time="9:00 - 10:00",
            room="Hall B",
            description="What cities did.",
            questions=["How?"],
            moderator={"name": "Mo"},
            speakers=[{"name": "Ana"}],
            presenters=[{"name": "Pia"}],
        )
    )
    item = found.sessions[0].items[0]
    assert (item.kind, item.title, item.day, item.starts, item.room) == ("panel", "S4", 2, time(9), "Hall B")
    assert (item.description, item.questions) == ("What cities did.", ("How?",))
    assert [(p.name, p.role) for p in item.people()] == [("Mo", "moderator"), ("Ana", "speaker"), ("Pia", "presenter")]
    assert (found.left, found.faults) == ((), ())
    assert (counted(found, "panels"), counted(found, "speakers")) == (1, 2)


def test_what_a_session_says_beside_its_panels_stands_before_them() -> None:
    found = meeting(session(1, panel("Ana", day=1), moderator={"name": "Mo"}, guiding_questions=["Who?"]))
    own, first = found.sessions[0].items
    assert (own.kind, own.questions, own.people()[0].name, first.kind) == ("session", ("Who?",), "Mo", "panel")
    assert (counted(found, "panels"), counted(found, "speakers")) == (1, 2)


def test_an_item_stands_on_its_sessions_day() -> None:
    found = meeting(session(1, panel(time="9:00 - 10:00"), panel(day=1, title="Q"), date="2031-03-05"))
    assert [item.day for item in found.items()] == [2, 1]


def test_side_events_are_read_wherever_they_are_bound() -> None:
    lunch = {"kind": "lunch", "day": 1, "time": "13:00 - 14:00",
             "side_events": [{"title": "In the lunch", "room": "C", "day": 1, "time": "13:15 - 13:45"}]}  # fmt: skip
    found = meeting(session(1, panel("Ana", day=1), lunch), side_events=[{"title": "Alone", "day": 2}])
    assert [(i.kind, i.title) for i in found.items()] == [
        ("panel", "P"), ("break", ""), ("side event", "In the lunch"), ("side event", "Alone"),
    ]  # fmt: skip
    assert found.faults == ()


def test_several_moderators_and_both_honorifics_are_kept() -> None:
    both = {"name": "Ana", "honorific_agenda": "H.E.", "honorific_report": "Ms"}
    found = meeting(session(1, panel(moderators=[both, {"name": "Bo"}])))
    people = found.items()[0].people()
    assert [(p.name, p.role) for p in people] == [("Ana", "moderator"), ("Bo", "moderator")]
    assert people[0].honorific == "H.E. Ms"


def test_what_has_no_place_is_named_and_what_is_empty_is_not() -> None:
    item = panel({"name": "Ana", "shoe_size": 40}, badge="red", nothing=None, none=[])
    found = meeting(session(1, item, panel(badge="blue", title="Q")), background_paper={"questions": ["Why?"]})
    assert found.left == (
        "workshop.programme[].items[].speakers[].shoe_size",
        "workshop.programme[].items[].badge (2 times)",
        "workshop.background_paper",
    )


def test_a_second_word_for_one_thing_is_named() -> None:
    item = panel(description_summary="Short.", description="At length.")
    assert meeting(session(1, item)).left == ("workshop.programme[].items[].description",)


@given(st.dictionaries(st.sampled_from(["note", "badge", "x\x1b[1m", "time", "room"]), st.sampled_from(["a", ""])))
def test_every_text_of_an_item_is_kept_or_named(extra: dict[str, str]) -> None:
    found = meeting(session(1, {"kind": "panel", **extra}))
    kept = {found.items()[0].time, found.items()[0].room}
    lost = [name for name, text in extra.items() if text and not (name in ("time", "room") and text in kept)]
    assert len(found.left) == len(lost)
    assert all(line.isprintable() for line in found.left)


def test_many_places_are_counted_and_not_printed() -> None:
    left = meeting(**{f"more_{n}": "x" for n in range(80)}).left
    assert len(left) == 51
    assert left[-1] == "and 30 other places"


@pytest.mark.parametrize("word", ["dance", "", "panel show"])
def test_a_kind_that_no_agenda_has_is_refused_with_those_there_are(word: str) -> None:
    with pytest.raises(FileRefused, match=r"programme\[0\].kind: .*") as refused:
        meeting({"kind": word})
    if word:
        assert all(kind in str(refused.value) for kind in KINDS)


# ---- checks
NINE, TEN = {"day": 1, "time": "9:00 - 10:00"}, {"day": 1, "time": "10:00 - 11:00"}


@pytest.mark.parametrize(
    ("programme", "expected"),
    [
        ([session(1, panel(day=3))], [("day_outside", "session 1, panel")]),
        ([session(1, panel(date="2031-03-03"))], [("day_outside", "session 1, panel")]),
        ([session(1, panel(), day=3)], [("day_outside", "session 1"), ("day_outside", "session 1, panel")]),
        ([session(1, panel(day=1, date="2031-03-05"))], [("date_differs", "session 1, panel")]),
        ([session(1, panel(day=2, date="2031-03-05"))], []),
        ([session(1, panel(), time="9-10 Uhr")], [("malformed_time", "session 1")]),
        ([session(1, **NINE), session(2, **TEN)], []),
        ([session(1, **NINE), session(2, **NINE)], [("overlap", "session 1")]),
        ([session(1, room="A", **NINE), session(2, room="B", **NINE)], []),
        ([session(1, room="A", **NINE), session(2, room=" a ", **NINE)], [("overlap", "session 1")]),
        ([session(1, **NINE), session(2, panel(**NINE))], [("overlap", "session 1")]),
        ([session(1, panel(room="A", **NINE), panel(room="B", title="Q", **NINE))], []),
        ([session(1, panel(**NINE), room="A"), session(2, panel(title="Q", **NINE), room="B")], []),
        ([session(1, {"kind": "break", **NINE}, {"kind": "side event", **NINE})], []),
        ([session(1, panel(**NINE), {"kind": "side event", **NINE})], [("overlap", "session 1, panel")]),
        ([session(1, panel()), session(1, panel(title="Q"))], [("doubled_number", "session 1")]),
        ([session(1, panel(number=1), panel(number=1, title="Q"))], [("doubled_number", "session 1, panel 1")]),
        ([session(1, panel(number=1), {"kind": "break", "number": 1})], []),
        ([session(1, panel(number=1)), session(2, panel(number=1, title="Q"))], []),
        ([session(1, panel(title="Who\u00a0counts"), panel(title="who  COUNTS"))],
         [("doubled_title", "session 1, panel")]),
    ],
)  # fmt: skip
def test_slips_are_found_and_what_is_none_is_not(programme: list[Any], expected: list[tuple[str, str]]) -> None:
    assert faults(meeting(*programme)) == expected


def test_sessions_that_are_panels_themselves_are_compared_as_panels() -> None:
    ana = {"speakers": [{"name": "Ana"}]}
    side_by_side = meeting(session(1, room="A", **NINE, **ana), session(2, room="B", **NINE, **ana))
    assert faults(side_by_side) == []
    at_once = meeting(session(1, **NINE, **ana), session(2, **NINE, **ana))
    assert faults(at_once) == [("overlap", "session 1, panel"), ("outside_session", "session 1, panel")]
    assert faults(meeting(session(1, time="1630", **ana))) == [("malformed_time", "session 1, panel")]


def test_panels_of_two_sessions_in_two_rooms_run_side_by_side() -> None:
    rooms = [session(n, panel(room=room, title=room, **NINE)) for n, room in ((1, "A"), (2, "B"))]
    assert faults(meeting(*rooms)) == []


# ---- people
@pytest.mark.parametrize(
    "other",
    ["Ana\u00a0Ruiz", "Ana  Ruiz", "\u200eAna Ruiz\u200f", "ANA RUIZ", "Ana Ruiz (tbc)", "Ana Rui\u200bz"],
)
def test_one_person_is_counted_once_however_written(other: str) -> None:
    assert counted(meeting(session(1, panel("Ana Ruiz", other))), "speakers") == 1


def test_decomposed_letters_are_the_same_letters() -> None:
    assert counted(meeting(session(1, panel("Jose\u0301", "José"))), "speakers") == 1


def test_what_a_later_appearance_tells_holds_for_the_person() -> None:
    later = {"name": "ana ruiz", "country": "Peru", "gender_from_honorific": "F", "honorific_report": "Ms"}
    found = meeting(session(1, panel("Ana Ruiz"), panel(title="Q", presenter=later)))
    assert (counted(found, "women"), counted(found, "countries")) == (1, 1)
    assert speakers(found)[0].honorific == "Ms"


@pytest.mark.parametrize(
    ("one", "other", "people"),
    [
        ({"country": "Peru"}, {"country": "Ghana"}, 2),
        ({"country": "Peru"}, {"country": "PERU "}, 1),
        ({"country": "Peru"}, {}, 1),
        ({"organisation": "IOM"}, {"organisation": "City of Quito"}, 2),
        ({"organisation": "City of Quito"}, {"organisation": "City of Quito, mayor's office"}, 1),
        ({"gender_from_honorific": "F"}, {"gender_from_honorific": "M"}, 2),
    ],
)
def test_namesakes_are_reported_and_not_merged(one: dict[str, str], other: dict[str, str], people: int) -> None:
    found = meeting(session(1, panel({"name": "Kim Lee", **one}, {"name": "Kim  Lee", **other})))
    assert len(persons(found)) == counted(found, "speakers") == people
    assert [f.kind for f in found.faults] == ["same_name"] * (people - 1)


@pytest.mark.parametrize("role", ["keynote address", "Keynote Speech", "discours liminaire", "主旨发言", "keynote"])
def test_a_keynote_is_one_in_any_words(role: str) -> None:
    opening = {"kind": "opening", "speakers": [{"name": "Ana", "role": role}]}
    assert counted(meeting(session(1, opening)), "speakers") == 1


@pytest.mark.parametrize(
    "role", ["opening remarks", "Welcome address", "palabras de bienvenida", "вступительное слово"]
)
def test_the_host_who_opens_is_left_out_in_any_words(role: str) -> None:
    opening = {"kind": "opening", "speakers": [{"name": "Ana", "role": role}]}
    found = meeting(session(1, opening, panel("Bo", moderator={"name": "ANA"})))
    assert [p.name for p in speakers(found)] == ["Bo"]
    assert found.faults == ()


def test_a_role_whose_words_are_not_known_is_reported() -> None:
    found = meeting(session(1, panel({"name": "Ana", "role": "juggler"})))
    assert counted(found, "speakers") == 0
    assert faults(found) == [("unknown_role", "session 1, panel")]


def test_an_office_without_a_name_is_somebody_and_nothing_at_all_is_not() -> None:
    office = {"function_as_written": "Deputy Secretary-General"}
    found = meeting(session(1, panel(office)))
    assert [p.name for p in speakers(found)] == ["Deputy Secretary-General"]
    with pytest.raises(FileRefused, match="or a function"):
        meeting(session(1, panel({"organisation": "IOM"})))


@pytest.mark.parametrize(
    "name", ["TBC", "tbc.", "[TBC]", "TBC (Kenya)", "To be confirmed", "N.N.", "à confirmer", "待定"]
)
def test_nobody_is_counted_for_a_name_to_come(name: str) -> None:
    found = meeting(session(1, panel(name, "Ana")))
    assert counted(found, "speakers") == 1
    assert faults(found) == [("not_named", "session 1, panel")]


def test_the_rule_is_said_with_the_figures() -> None:
    rule = next(f.rule for f in count(meeting(session(1, panel("Ana")))) if f.what == "speakers")
    for word in ("capitals, spaces and invisible signs", "two people", "names still to come"):
        assert word in rule


# ---- the words themselves
def test_roles_and_names_to_come_are_said_in_six_languages() -> None:
    six = {"ar", "en", "es", "fr", "ru", "zh"}
    assert all(words.keys() == six for words in (*ROLES.values(), NOBODY))
    known = [(role, word) for role, words in ROLES.items() for each in words.values() for word in each]
    assert [word for role, word in known if role_of(word) != role] == []
    assert [word for words in NOBODY.values() for word in words if not is_nobody(word)] == []
    assert [word for kind, words in KINDS.items() for word in (kind, *words) if kind_of(word) != kind] == []


# ---- large agendas
def test_many_namesakes_and_many_faults_are_bounded() -> None:
    crowd = [{"name": "Kim Lee", "country": f"Land {n}"} for n in range(400)]
    assert len(persons(meeting(session(1, panel(*crowd))))) == MOST_NAMESAKES
    at_once = meeting(*[session(n, panel(title=f"T{n}", **NINE)) for n in range(60)])
    assert len(at_once.faults) == MOST_FAULTS + 1
    assert at_once.faults[-1].kind == "more"


def test_a_session_of_another_sort_says_so() -> None:
    found = meeting({"kind": "opening", "items": [panel("Ana")]})
    assert (found.items()[0].kind, found.left) == ("panel", ("workshop.programme[].kind",))
