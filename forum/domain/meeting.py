"""A meeting of an edition as it stands on the record; its agenda is read in `agenda.py`."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ..errors import InvalidValue
from ..refusal import phrased
from .enumeration import Words
from .noun import Noun


class MeetingStatus(Words):
    """How firm the programme of a meeting is. All three are public; each revision is on the record."""

    DRAFT = "draft", "A draft programme."
    PROVISIONAL = "provisional", "The provisional programme: announced, and still open to change."
    FINAL = "final", "The final programme, or the record of the meeting as it was held."


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting(Noun):
    """A meeting with its dates and place."""

    id: UUID
    track_id: UUID
    edition_id: UUID
    series: str
    ordinal: int | None = None
    label: str
    title: str
    theme: str | None = None
    starts_on: date
    ends_on: date
    venue: str
    city: str
    status: MeetingStatus = MeetingStatus.PROVISIONAL
    revision: int = 1


_ORDER = tuple(MeetingStatus)


def revise(meeting: Meeting, wanted: Meeting, status: MeetingStatus) -> Meeting:
    """The meeting as it is `wanted`, one revision on. What was final stays final when it is put right; refuses
    (InvalidValue) a programme that would become less firm than it was."""
    if _ORDER.index(status) < _ORDER.index(meeting.status):
        firm = phrased(
            "It is {status}: a programme does not become less firm again. Leave the status out.",
            status=(meeting.status.value,),
        )
        raise InvalidValue(reason=firm).at_path("status")
    return replace(wanted, status=status, revision=meeting.revision + 1)
