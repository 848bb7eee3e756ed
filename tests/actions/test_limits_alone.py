"""Limits of what one act takes, at the number itself and one beyond, without a database: an act that gets past its
limit asks for its process or asks the store, and here are neither."""

from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any

import pytest

from forum.actions.call.issue_call import IssueCall, SectionAsked, issue_call
from forum.actions.disposition.record_joint_disposition import RecordJointDisposition, record_joint_disposition
from forum.actions.document.write_paragraph import WriteParagraph, write_paragraph
from forum.actions.meeting import record_meeting as meetings
from forum.actions.meeting.agenda_text import PanelText, SessionText, SpeakerText
from forum.actions.meeting.record_meeting import RecordMeeting
from forum.domain.track import Track
from forum.errors import InvalidValue, WrongState
from forum.store import texts
from tests.support.contexts import a_context
from tests.support.fake_store import FakeStore
from tests.support.nouns import NOON, a_document, some_id

FIRST = date(2027, 1, 1)


def answered(subjects: int) -> Awaitable[Any]:
    do = RecordJointDisposition(
        document=some_id(1), subjects=(f"Contribution:{some_id(2)}",) * subjects, reason="Together."
    )
    return record_joint_disposition(do, a_context(a_document()), FakeStore({}))


def written(standing: int) -> Awaitable[Any]:
    """A paragraph more, in a document that has so many."""
    document = a_document()
    paragraphs: Any = [object()] * standing
    do = WriteParagraph(document=document.id, text="A sentence.", recommendation=some_id(3))
    context = a_context(document, document=document)
    return write_paragraph(do, context, FakeStore({texts.paragraphs(document.id): paragraphs}))


@pytest.mark.parametrize(
    ("act", "most", "says"),
    [
        (answered, 1_000, "Name from 1 to 1,000 subjects; these are 1,001."),
        (written, 4_999, "A document may have 5000 paragraphs."),
    ],
    ids=["subjects of one answer", "paragraphs of a document"],
)
async def test_the_number_itself_is_taken_and_one_more_is_refused(act: Any, most: int, says: str) -> None:
    with pytest.raises((KeyError, WrongState)):
        await act(most)
    with pytest.raises(InvalidValue) as refused:
        await act(most + 1)
    assert says in refused.value.message


async def test_an_answer_to_nothing_is_refused() -> None:
    with pytest.raises(InvalidValue, match="these are 0"):
        await answered(0)


@pytest.mark.parametrize(
    ("least", "most", "place"),
    [(-1, 300, "minLength"), (0, 0, "maxLength"), (0, -3, "maxLength"), (301, 300, "minLength")],
)
async def test_lengths_that_no_answer_has_are_refused_at_their_field(least: int, most: int, place: str) -> None:
    track = Track(
        id=some_id(1), edition_id=some_id(2), name="main", title="Main", definition="main", stage="call",
        stage_since=NOON,
    )  # fmt: skip
    section = SectionAsked(prompt="What works?", min_length=least, max_length=most)
    do = IssueCall(
        track=track.id, title="A call", text="Send.", closes_at=NOON + timedelta(days=30), sections=(section,),
        statuses=("member",), zone="UTC",
    )  # fmt: skip
    with pytest.raises(InvalidValue) as refused:
        await issue_call(do, a_context(track), FakeStore({}))
    assert refused.value.path == ("sections", "0", place)


def meeting(**changed: Any) -> RecordMeeting:
    given: dict[str, Any] = {"track": some_id(1), "title": "A meeting", "starts_on": FIRST, "ends_on": FIRST}
    return RecordMeeting(**given | changed)


def items(number: int, speakers: int = 0) -> tuple[SessionText, ...]:
    panel = PanelText(kind="panel", speakers=(SpeakerText(name="Somebody"),) * speakers)
    return (SessionText(panels=(panel,) * number),)


@pytest.mark.parametrize(
    ("at_most", "beyond"),
    [
        ({"ends_on": FIRST + timedelta(366)}, {"ends_on": FIRST + timedelta(367)}),
        ({"starts_on": date(2200, 12, 31), "ends_on": date(2200, 12, 31)}, {"starts_on": date(2201, 1, 1)}),
        ({"starts_on": date(1900, 1, 1), "ends_on": date(1900, 1, 1)}, {"starts_on": date(1899, 12, 31)}),
        ({"sessions": items(400)}, {"sessions": items(401)}),
        ({"sessions": items(1, 2_000)}, {"sessions": items(1, 2_001)}),
        ({"sessions": items(1)}, {"ends_on": FIRST - timedelta(1)}),
    ],
    ids=["days", "last year", "first year", "items", "people", "an end before the beginning"],
)
def test_the_agenda_that_is_taken_and_the_one_that_is_not(at_most: dict[str, Any], beyond: dict[str, Any]) -> None:
    assert meetings._recorded(meeting(**at_most)).title == "A meeting"
    with pytest.raises(InvalidValue):
        meetings._recorded(meeting(**beyond))
