"""A sentence as its reader reads it: in the language, with instants in both zones, and what was written as it was."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from forum.domain.contact import Language
from forum.domain.saying import Instant, read, saying
from forum.languages.say import Reader

AT = dt.datetime(2027, 3, 1, 11, tzinfo=dt.UTC)
CALL = 'The call "{title}"'


def test_an_instant_is_said_in_its_zone_and_in_the_readers():
    instant = Instant(AT, "Europe/Zurich")
    assert Reader(Language.EN, "Europe/Zurich").instant(instant) == "March 1, 2027 12:00 (Europe/Zurich, UTC+01:00)"
    there_and_here = Reader(Language.FR, "Asia/Kathmandu").instant(instant)
    assert there_and_here == (
        "1 mars 2027 12:00 (Europe/Zurich, UTC+01:00), pour vous 1 mars 2027 16:45 (Asia/Kathmandu, UTC+05:45)"
    )
    # Another name for the same time of day says nothing new.
    assert Reader(Language.EN, "Africa/Lagos").instant(instant) == "March 1, 2027 12:00 (Europe/Zurich, UTC+01:00)"


def test_what_somebody_wrote_keeps_its_direction_in_arabic():
    said = Reader(Language.AR, "UTC").say(saying(CALL, title="Inputs {of} 2027"))
    assert "\u2068Inputs {of} 2027\u2069" in said


def test_a_sentence_in_a_sentence_is_translated_too():
    text = "{what} has more time: it closes at {now}. Before, that was {before}. The reason given: {reason}"
    whole = saying(text, what=saying(CALL, title="A"), now=Instant(AT, "UTC"), before=Instant(AT, "UTC"), reason="R.")
    assert "Призыв «A»" in Reader(Language.RU, "UTC").say(whole)
    assert 'The call "A" has more time' in str(whole)


@given(st.text(), st.integers(0, 10**6))
def test_what_is_kept_is_read_as_it_was(title, number):
    whole = saying("{a} {b} {c} {d}", a=title, b=number, c=Instant(AT, "Asia/Tokyo", utc=False),
                   d=(saying(CALL, title=title), saying("corrected")))  # fmt: skip
    assert read(whole.kept) == whole
    for language in Language:
        assert Reader(language, "America/Lima").say(read(whole.kept))


def test_the_address_of_a_page_is_left_as_it_is_among_words_that_run_the_other_way():
    arabic = Reader(Language.AR, "UTC").say(
        saying("You read all that you were told here: {url}", url="https://f.example/a")
    )
    assert arabic.endswith(" https://f.example/a")
