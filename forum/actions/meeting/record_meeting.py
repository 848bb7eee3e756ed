"""A meeting is entered with its agenda; its figures are computed beside the stated ones, its faults reported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from ...domain import agenda, faults, figures
from ...domain.agenda import Panel, Session, Speaker, Stated
from ...domain.meeting import Meeting
from ...domain.meetings import slot
from ...domain.text import clean, filled, maybe
from ...domain.track import Track
from ...errors import InvalidValue, WordNotAllowed
from ...store import meetings
from ...store.steps import Store
from ...store.unit import fresh
from ...times import YEARS
from ..core.act import ActContext, Command, Entry, Outcome, arg

MOST_ITEMS = 400  # of a meeting; every pair of them is compared
MOST_PEOPLE = 2_000
MOST_DAYS = 366
COUNTED = ("participants", "sessions", "panels", "speakers", "women", "countries", "regions")


@dataclass(frozen=True)
class SpeakerText:
    """Somebody on the agenda, as the record names them: an office may stand for a name."""

    name: str = arg("The name, or the office where no name is given.")
    role: str = arg(
        "speaker, moderator, keynote, welcome remarks, special guest ... as the agenda says.", default="speaker"
    )
    function: str = arg("The function, as written.", default="")
    organisation: str = arg("The organisation, as written.", default="")
    country: str | None = arg("The country, where the record gives one.", default=None)
    gender: str | None = arg(
        '"F" or "M" where an honorific in the record tells it; it is counted and not kept.', default=None
    )
    note: str | None = arg('A remark of the record: "by video".', default=None)


@dataclass(frozen=True)
class PanelText:
    """One item of the agenda: a panel, an opening, a break, a side event."""

    kind: str = arg("panel, opening, break, remarks, registration, wrap-up, side event ...")
    title: str = arg("Its title.", default="")
    number: int | None = arg("Its number, which begins anew in each session.", default=None)
    day: int | None = arg("The day of the meeting, counted from 1.", default=None)
    time: str = arg('As written: "10:30 - 13:00".', default="")
    description: str = arg("What it is about, CommonMark.", default="")
    questions: tuple[str, ...] = arg("Guiding questions.", default=())
    speakers: tuple[SpeakerText, ...] = arg("Moderator, keynote and speakers, in order.", default=())


@dataclass(frozen=True)
class SessionText:
    """A session of the agenda with its items; one without a number holds what stands outside all sessions."""

    title: str = arg("Its title.", default="")
    number: int | None = arg("Its number.", default=None)
    day: int | None = arg("The day its own slot is printed for.", default=None)
    time: str = arg("Its own slot, as written, where the agenda prints one.", default="")
    panels: tuple[PanelText, ...] = arg("Its items, in order.", default=())


@dataclass(frozen=True)
class StatedFigure:
    """A figure as the record states it: approximate, and kept as it stands."""

    what: str = arg("participants, sessions, panels, speakers, women, countries or regions.")
    text: str = arg('As stated: "some 300".')
    value: int | None = arg("The number in it, where there is one.", default=None)


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
    sessions: tuple[SessionText, ...] = arg("Its agenda.", default=())
    stated: tuple[StatedFigure, ...] = arg("Figures as the record states them.", default=())


async def record_meeting(do: RecordMeeting, context: ActContext, store: Store) -> Outcome:
    """Refuses what is malformed: an end before the beginning, a figure that is not counted, an agenda beyond 400
    items."""
    track = context.target(Track)
    recorded = _recorded(do)
    recorded = replace(recorded, faults=faults.find(recorded))
    meeting = Meeting(
        id=fresh(), track_id=track.id, edition_id=track.edition_id, series=recorded.series, ordinal=do.ordinal,
        label=recorded.label, title=recorded.title, theme=recorded.theme or None, starts_on=recorded.starts_on,
        ends_on=recorded.ends_on, venue=recorded.venue, city=recorded.city,
    )  # fmt: skip
    await store.write(meetings.add(meeting, recorded, figures.count(recorded)))
    return Outcome({"meeting": meeting.id}, (Entry("meeting", meeting.id, {"faults": len(recorded.faults)}),))


def _recorded(do: RecordMeeting) -> agenda.Meeting:
    """The meeting with its agenda, as the command has it. Refuses dates and agendas that no meeting has."""
    if do.starts_on.year not in YEARS or (do.ends_on - do.starts_on).days > MOST_DAYS:
        why = f"Give a year from {YEARS[0]} to {YEARS[-1]}, and at most {MOST_DAYS} days."
        raise InvalidValue(reason=why).at_path("startsOn")
    if do.ends_on < do.starts_on:
        raise InvalidValue(reason=f"The meeting ends on {do.ends_on}, before it starts on {do.starts_on}.").at_path(
            "endsOn"
        )
    items = [p for s in do.sessions for p in s.panels]
    if len(items) > MOST_ITEMS or sum(len(p.speakers) for p in items) > MOST_PEOPLE:
        most = f"at most {MOST_ITEMS} items and {MOST_PEOPLE:,} people"
        raise InvalidValue(reason=f"This agenda is too long: {most} are taken.").at_path("sessions")
    return agenda.Meeting(
        title=filled(do.title, "title"),
        series=clean(do.series),
        label=clean(do.label),
        theme=clean(do.theme or ""),
        starts_on=do.starts_on,
        ends_on=do.ends_on,
        dates="",
        venue=clean(do.venue),
        city=clean(do.city),
        sessions=tuple(_session(s, do.starts_on, n) for n, s in enumerate(do.sessions)),
        stated=_stated(do.stated),
    )


def _session(session: SessionText, begins: date, n: int) -> Session:
    starts, ends = slot(clean(session.time)[:60])
    items = tuple(_panel(p, begins, (n, at)) for at, p in enumerate(session.panels))
    return Session(clean(session.title), session.number, items, session.day, starts, ends)


def _panel(panel: PanelText, begins: date, place: tuple[int, int]) -> Panel:
    path = ("sessions", str(place[0]), "panels", str(place[1]))
    if panel.day is not None and not 1 <= panel.day <= MOST_DAYS:
        raise InvalidValue(reason=f"{panel.day} is not a day of the meeting: they are counted from 1.").at_path(
            *path, "day"
        )
    written = clean(panel.time)[:60]
    starts, ends = slot(written)
    return Panel(
        kind=filled(panel.kind, *path, "kind"),
        title=clean(panel.title),
        number=panel.number,
        day=panel.day,
        date=None if panel.day is None else begins + timedelta(days=panel.day - 1),
        time=written,
        starts=starts,
        ends=ends,
        description=clean(panel.description),
        questions=tuple(clean(q) for q in panel.questions),
        speakers=tuple(_speaker(s, (*path, "speakers", str(n))) for n, s in enumerate(panel.speakers)),
    )


def _speaker(speaker: SpeakerText, path: tuple[str, ...]) -> Speaker:
    if speaker.gender not in (None, "F", "M"):
        raise WordNotAllowed(word=speaker.gender or "", words=("F", "M")).at_path(*path, "gender")
    return Speaker(
        name=filled(speaker.name, *path, "name"),
        function=clean(speaker.function),
        organisation=clean(speaker.organisation),
        country=maybe(speaker.country),
        gender=speaker.gender,
        role=clean(speaker.role).strip() or "speaker",
        note=maybe(speaker.note),
    )


def _stated(figures: Sequence[StatedFigure]) -> tuple[Stated, ...]:
    for n, figure in enumerate(figures):
        if figure.what not in COUNTED or figure.what in [g.what for g in figures[:n]]:
            raise WordNotAllowed(word=figure.what, words=COUNTED).at_path("stated", str(n), "what")
    return tuple(Stated(f.what, filled(f.text, "stated", str(n), "text"), f.value) for n, f in enumerate(figures))
