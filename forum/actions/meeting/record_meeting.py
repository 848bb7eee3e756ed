"""A meeting is entered with its agenda; its figures are computed beside the stated ones, its faults reported."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ...domain import agenda, faults, figures
from ...domain.enumeration import word_of
from ...domain.meeting import Meeting, MeetingStatus
from ...domain.names import key, titled
from ...domain.text import clean, need_number
from ...domain.track import Track
from ...errors import InvalidValue
from ...refusal import phrased
from ...store import meetings
from ...store.records import matching
from ...store.steps import Store
from ...store.unit import fresh
from ..core.act import ActContext, Command, Entry, Outcome, arg
from .agenda_text import SessionText, StatedFigure, need_dates, sessions_of, stated_of


@dataclass(frozen=True)
class RecordMeeting(Command):
    """Enter a meeting with its sessions, panels and speakers. Figures are computed by a stated rule beside the stated
    ones; what is wrong in the agenda is reported, not refused."""

    on = ("track", "track")
    creates = True
    gives = {"meeting": "Meeting"}

    track: UUID = arg("The track it belongs to.", of="Track")
    title: str = arg("Its title.")
    starts_on: date = arg("Its first day.")
    ends_on: date = arg("Its last day.")
    series: str = arg('The series it belongs to: "International Dialogue on Migration 2016".', default="")
    ordinal: int | None = arg("Its place in the series.", default=None)
    label: str = arg('What it is called in the series: "Second Intersessional Workshop".', default="")
    theme: str | None = arg("Its theme.", default=None)
    venue: str = arg("Where it is held: building, room.", default="")
    city: str = arg("In which city.", default="")
    status: str = arg("How firm its programme is.", default="provisional", scalar="MeetingStatus")
    sessions: tuple[SessionText, ...] = arg("Its agenda.", default=())
    stated: tuple[StatedFigure, ...] = arg("Figures as the record states them.", default=())


async def record_meeting(do: RecordMeeting, context: ActContext, store: Store) -> Outcome:
    """Refuses a meeting that was entered already, and what is malformed: an end before the beginning, a figure that is
    not counted, numbers below what makes sense, a kind of item that no agenda has, somebody without name and function,
    an agenda beyond 400 items."""
    track = context.target(Track)
    recorded = _recorded(do)
    await _need_new(recorded, track, store)
    recorded = replace(recorded, faults=faults.find(recorded))
    meeting = Meeting(
        id=fresh(), track_id=track.id, edition_id=track.edition_id, series=recorded.series,
        ordinal=need_number(do.ordinal, 1, "ordinal"),
        label=recorded.label, title=recorded.title, theme=recorded.theme or None, starts_on=recorded.starts_on,
        ends_on=recorded.ends_on, venue=recorded.venue, city=recorded.city,
        status=word_of(MeetingStatus, do.status, "status"),
    )  # fmt: skip
    await store.write(meetings.add(meeting, recorded, figures.count(recorded)))
    return Outcome({"meeting": meeting.id}, (Entry("meeting", meeting.id, {"faults": len(recorded.faults)}),))


async def _need_new(recorded: agenda.Meeting, track: Track, store: Store) -> None:
    """Refuses (InvalidValue) a meeting of the track with this title and this first day: it is revised instead."""
    for meeting in await store.ask(matching(Meeting, "id", track_id=track.id, starts_on=recorded.starts_on)):
        if key(meeting.title) == key(recorded.title):
            reason = phrased(
                "This meeting was entered already: Meeting:{id}. Revise that one (reviseMeeting).", id=meeting.id
            )
            raise InvalidValue(reason=reason).at_path("title")


def _recorded(do: RecordMeeting) -> agenda.Meeting:
    """The meeting with its agenda, as the command has it. Refuses dates and agendas that no meeting has."""
    need_dates(do.starts_on, do.ends_on)
    return agenda.Meeting(
        title=titled(do.title, "title"),
        series=clean(do.series),
        label=clean(do.label),
        theme=clean(do.theme or ""),
        starts_on=do.starts_on,
        ends_on=do.ends_on,
        dates="",
        venue=clean(do.venue),
        city=clean(do.city),
        sessions=sessions_of(do.sessions, do.starts_on),
        stated=stated_of(do.stated),
    )
