"""What acts on meetings share: the agenda as whoever enters it writes it, and the rules it is read by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...domain.agenda import Panel, Session, Speaker, Stated, day_and_date
from ...domain.agenda_words import KINDS, kind_of
from ...domain.meetings import slot
from ...domain.text import clean, filled, maybe, need_characters, need_number
from ...errors import InvalidValue, WordNotAllowed
from ...refusal import phrased
from ...times import YEARS
from ..core.act import arg

MOST_ITEMS = 400  # and sessions, of a meeting; every pair of them is compared
MOST_PEOPLE = 2_000
MOST_DAYS = 366
MOST_TIME = 60  # characters: "10:30 - 13:00"
COUNTED = ("participants", "sessions", "panels", "speakers", "women", "countries", "regions")


@dataclass(frozen=True)
class SpeakerText:
    """Somebody on the agenda, as the record names them: an office may stand for a name."""

    name: str = arg("The name; left out where the agenda gives only an office, as `function`.", default="")
    honorific: str | None = arg("The honorific, as the agenda prints it.", default=None)
    role: str = arg(
        "speaker, moderator, keynote, welcome remarks, special guest ... in the agenda's words, of any of the six "
        "languages; words that are not known are reported.",
        default="speaker",
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

    kind: str = arg(f"One of: {', '.join(KINDS)}.")
    title: str = arg("Its title.", default="")
    number: int | None = arg("Its number, which begins anew in each session.", default=None)
    day: int | None = arg("The day of the meeting, counted from 1.", default=None)
    held_on: date | None = arg("The date, where the agenda gives one.", default=None)
    time: str = arg('As written: "10:30 - 13:00".', default="")
    room: str = arg("In which room.", default="")
    description: str = arg("What it is about, CommonMark.", default="")
    questions: tuple[str, ...] = arg("Guiding questions.", default=())
    speakers: tuple[SpeakerText, ...] = arg("Moderator, keynote and speakers, in order.", default=())


@dataclass(frozen=True)
class SessionText:
    """A session of the agenda with its items; one without a number holds what stands outside all sessions."""

    title: str = arg("Its title.", default="")
    number: int | None = arg("Its number.", default=None)
    day: int | None = arg("The day its own slot is printed for.", default=None)
    held_on: date | None = arg("The date of that day, where the agenda gives one.", default=None)
    time: str = arg("Its own slot, as written, where the agenda prints one.", default="")
    room: str = arg("In which room.", default="")
    panels: tuple[PanelText, ...] = arg("Its items, in order.", default=())


@dataclass(frozen=True)
class StatedFigure:
    """A figure as the record states it: approximate, and kept as it stands."""

    what: str = arg("participants, sessions, panels, speakers, women, countries or regions.")
    text: str = arg('As stated: "some 300".')
    value: int | None = arg("The number in it, where there is one.", default=None)


def need_dates(starts_on: date, ends_on: date) -> None:
    """Refuses (InvalidValue) dates that no meeting has."""
    if starts_on.year not in YEARS or (ends_on - starts_on).days > MOST_DAYS:
        why = phrased(
            "Give a year from {first} to {last}, and at most {most} days.",
            first=YEARS[0],
            last=YEARS[-1],
            most=MOST_DAYS,
        )
        raise InvalidValue(reason=why).at_path("startsOn")
    if ends_on < starts_on:
        why = phrased(
            "The meeting ends on {ends_on}, before it starts on {starts_on}.", ends_on=ends_on, starts_on=starts_on
        )
        raise InvalidValue(reason=why).at_path("endsOn")


def sessions_of(texts: Sequence[SessionText], starts_on: date) -> tuple[Session, ...]:
    """The agenda. Refuses (InvalidValue, WordNotAllowed) one beyond 400 items, a day that no meeting has, a kind of
    item that no agenda has, and somebody without name and function."""
    items = [p for s in texts for p in s.panels]
    if max(len(items), len(texts)) > MOST_ITEMS or sum(len(p.speakers) for p in items) > MOST_PEOPLE:
        why = phrased(
            "This agenda is too long: at most {items} sessions, {items} items and {people:,} people are taken.",
            items=MOST_ITEMS,
            people=MOST_PEOPLE,
        )
        raise InvalidValue(reason=why).at_path("sessions")
    return tuple(_session(session, starts_on, n) for n, session in enumerate(texts))


def _session(session: SessionText, begins: date, n: int) -> Session:
    path = ("sessions", str(n))
    time = _time(session.time, path)
    day, held_on = _day(session.day, session.held_on, begins, path)
    starts, ends = slot(time)
    items = tuple(_panel(p, begins, (*path, "panels", str(at)), day) for at, p in enumerate(session.panels))
    room = clean(session.room).strip()
    number = need_number(session.number, 0, *path, "number")
    return Session(clean(session.title), number, items, day, starts, ends, held_on, time, room)


def _panel(panel: PanelText, begins: date, path: tuple[str, ...], session_day: int | None) -> Panel:
    day, held_on = _day(panel.day, panel.held_on, begins, path)
    if day is None and session_day is not None:  # it stands on its session's day unless it says otherwise
        day, held_on = day_and_date(begins, session_day, None)
    written = _time(panel.time, path)
    starts, ends = slot(written)
    return Panel(
        kind=_kind(panel.kind, *path, "kind"),
        title=clean(panel.title),
        number=need_number(panel.number, 0, *path, "number"),
        day=day,
        date=held_on,
        time=written,
        starts=starts,
        ends=ends,
        description=clean(panel.description),
        questions=tuple(clean(q) for q in panel.questions),
        speakers=tuple(_speaker(s, (*path, "speakers", str(n))) for n, s in enumerate(panel.speakers)),
        room=clean(panel.room).strip(),
    )


def _time(written: str, path: tuple[str, ...]) -> str:
    """The time of an item, as written. Refuses (TextTooLong) what is no time any more: nothing is cut in silence."""
    time = clean(written)
    need_characters(time, MOST_TIME, *path, "time")
    return time


def _kind(kind: str, *path: str) -> str:
    known = kind_of(filled(kind, *path))
    if known is None:
        raise WordNotAllowed(word=kind[:60], words=tuple(KINDS)).at_path(*path)
    return known


def _day(day: int | None, held_on: date | None, begins: date, path: tuple[str, ...]) -> tuple[int | None, date | None]:
    """The day, counted from 1, and the date. Refuses (InvalidValue) what no meeting has."""
    if day is not None and not 1 <= day <= MOST_DAYS:
        raise InvalidValue(
            reason=phrased("{day} is not a day of the meeting: they are counted from 1.", day=day)
        ).at_path(*path, "day")
    if held_on is not None and held_on.year not in YEARS:
        raise InvalidValue(
            reason=phrased("Give a year from {first} to {last}.", first=YEARS[0], last=YEARS[-1])
        ).at_path(*path, "heldOn")
    return day_and_date(begins, day, held_on)


def _speaker(speaker: SpeakerText, path: tuple[str, ...]) -> Speaker:
    if speaker.gender not in (None, "F", "M"):
        raise WordNotAllowed(word=speaker.gender or "", words=("F", "M")).at_path(*path, "gender")
    name, function = clean(speaker.name), clean(speaker.function)
    if not name.strip() and not function.strip():
        raise InvalidValue(reason="Give a name, or a function where the agenda names an office only.").at_path(
            *path, "name"
        )
    return Speaker(
        name=name if name.strip() else function,
        function=function,
        organisation=clean(speaker.organisation),
        country=maybe(speaker.country),
        honorific=maybe(speaker.honorific),
        gender=speaker.gender,
        role=clean(speaker.role).strip() or "speaker",
        note=maybe(speaker.note),
    )


def stated_of(figures: Sequence[StatedFigure]) -> tuple[Stated, ...]:
    """Figures as stated. Refuses (WordNotAllowed) one that is not counted, or is stated twice; (InvalidValue) one below
    0."""
    for n, figure in enumerate(figures):
        if figure.what not in COUNTED or figure.what in [g.what for g in figures[:n]]:
            raise WordNotAllowed(word=figure.what, words=COUNTED).at_path("stated", str(n), "what")
        need_number(figure.value, 0, "stated", str(n), "value")
    return tuple(Stated(f.what, filled(f.text, "stated", str(n), "text"), f.value) for n, f in enumerate(figures))
