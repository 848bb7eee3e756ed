"""Meetings: sessions, panels and speakers as the agenda has them, figures by a stated rule, and faults found in it."""

from datetime import date, datetime

import strawberry

from ...reading import derived_dates
from ...reading.declare import Connection, col, listed, lives, many, sql, to_one
from ...reading.visibility import everybody, sees_fault
from ...store.tables import names as t
from .common import Node
from .links import CorrectionLink, DocumentLink, EditionLink, MeetingLink, PanelLink, SourceLink, SpeakerLink, TrackLink
from .vocabularies import MeetingStatus


@strawberry.type(description="How many there were of something: as computed by a rule, and as somebody stated.")
@lives(t.figure, ("what", "id"), visible=everybody)
class Figure(Node):
    what: str = col(description="Of what, as in `speakers`.")
    computed: int | None = col(description="As computed; null where that cannot be done.")
    rule: str | None = col(description="The rule it was computed by.")
    stated_value: int | None = col(description="As stated, where a number was.")
    stated_text: str | None = col(description="As stated, in the exact words.")


@strawberry.type(description="Something in an agenda that its secretariat should look at.")
@lives(t.meeting_fault, ("id",), visible=sees_fault)
class MeetingFault(Node):
    kind: str = col(description="What sort of fault.")
    place: str = col(description="Where it stands.")
    message: str = col(description="What is odd there.")


@strawberry.type(description="A session of a meeting.")
@lives(t.session, ("ordinal", "id"), visible=everybody)
class Session(Node):
    meeting: MeetingLink | None = to_one("meeting_id", description="The meeting.")
    ordinal: int = col(description="Its place, from 1.")
    number: int | None = col(description="Its number on the agenda, where it bears one.")
    title: str = col(description="Its title.")
    held_on: date | None = col(description="On which day its own slot lies, where the agenda prints one.")
    time_as_written: str | None = col(description="Its own slot, as the agenda writes it.")
    room: str | None = col(description="In which room.")
    panels: list[PanelLink] = listed("session_id", description="What it consists of, in order.")


@strawberry.type(description="A panel or another item of a session.")
@lives(t.panel, ("ordinal", "id"), visible=everybody)
class Panel(Node):
    meeting: MeetingLink | None = to_one("meeting_id", description="The meeting.")
    session: Session | None = to_one("session_id", description="The session.")
    ordinal: int = col(description="Its place in the session, from 1.")
    kind: str = col(description="What sort of item, as in `panel` or `opening`.")
    number: int | None = col(description="Its number on the agenda, where it bears one.")
    title: str = col(description="Its title.")
    held_on: date | None = col(description="On which day.")
    time_as_written: str | None = col(description="At what time, as the agenda writes it.")
    room: str | None = col(description="In which room.")
    description: str | None = col(description="What it is about.")
    questions: list[str] = col(description="The questions put to it.")
    speakers: list[SpeakerLink] = listed("panel_id", description="Who speaks or moderates, in the order of the agenda.")
    used_in: Connection[SourceLink] = many("panel_id", description="Where texts carry what was said in it.")


@strawberry.type(description="Somebody on a panel, as the published agenda has it.")
@lives(t.speaker, ("ordinal", "id"), visible=everybody)
class Speaker(Node):
    panel: Panel | None = to_one("panel_id", description="The panel.")
    ordinal: int = col(description="The place on the agenda, from 1.")
    role: str = col(description="As what, as in `moderator`.")
    honorific: str | None = col(description="The honorific, as the agenda prints it.")
    name: str = col(description="The name, or the office where no name is given.")
    function: str | None = col(description="The function.")
    organisation: str | None = col(description="The organisation, as written.")
    country: str | None = col(description="The country, as written.")
    note: str | None = col(description="What the agenda adds.")


@strawberry.type(description="A meeting of a track.")
@lives(t.meeting, ("-starts_on", "id"), visible=everybody)
class Meeting(Node):
    edition: EditionLink | None = to_one("edition_id", description="The edition.")
    track: TrackLink | None = to_one("track_id", description="The track.")
    series: str = col(description="The series it belongs to.")
    ordinal: int | None = col(description="Its number in the series.")
    label: str = col(description="What people call it.")
    title: str = col(description="Its title.")
    theme: str | None = col(description="Its theme.")
    starts_on: date = col(description="Its first day.")
    ends_on: date = col(description="Its last day.")
    venue: str = col(description="The venue.")
    city: str = col(description="The city.")
    status: MeetingStatus = col(description="How firm its programme is.")
    revised_at: datetime | None = sql(
        derived_dates.meeting_revised_at, description="When it was revised last; null: never."
    )
    revision: int = col(description="Counts its revisions, from 1; give it as `expectedRevision`.")
    corrections: Connection[CorrectionLink] = many(
        "meeting_id", description="What was revised in it, in the order of time, with the reasons."
    )
    sessions: list[Session] = listed("meeting_id", description="Its sessions, in order.")
    panels: Connection[Panel] = many("meeting_id", order=("id",), description="All items of its sessions.")
    figures: list[Figure] = listed("meeting_id", description="How many there were: computed, and as stated.")
    faults: list[MeetingFault] = listed("meeting_id", description="What is odd in the agenda: for its secretariat.")
    documents: Connection[DocumentLink] = many("meeting_id", description="Texts about it, as far as you may see them.")
