"""The record of a meeting is put right, or its programme made firmer; what it said before stays on the record."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from ...domain import agenda, faults, figures
from ...domain.correction import Change, CorrectionKind, differences
from ...domain.enumeration import word_of
from ...domain.meeting import Meeting, MeetingStatus, revise
from ...domain.names import titled
from ...domain.programme import carried, changes, gone, placed
from ...domain.saying import saying
from ...domain.text import clean, few, filled, maybe, need_number, sentence
from ...errors import ActedOnSince, InvalidValue, StaleRevision
from ...refusal import phrased
from ...store import meetings, notices
from ...store.records import change
from ...store.steps import Store
from ..core import correcting
from ..core.act import ActContext, Command, Outcome, arg
from ..core.judge import place_of
from .agenda_text import SessionText, StatedFigure, need_dates, sessions_of, stated_of

_WORDS = 'The meeting "{title}" was revised (revision {revision}, {status}). What changed: {what}. The reason: {reason}'
_CITED = "1 passage of a text cites what is no longer on the programme"
_ALL_CITED = "{count} passages of texts cite what is no longer on the programme"
_REMEDY = "Leave what is cited on the programme, or take those citations out first."


@dataclass(frozen=True)
class ReviseMeeting(Command):
    """Put the record of a meeting right, or make its programme firmer: a draft becomes provisional, then final; a
    final one stays final when it is corrected. What is left out stays as it is; an agenda is given as a whole. Those
    who take part are told what changed, and what it said before stays on the record."""

    on = ("meeting", "meeting")
    alone = True
    gives = {"meeting": "Meeting", "correction": "Correction"}

    meeting: UUID = arg("The meeting.", of="Meeting")
    reason: str = arg("Why, on the record.")
    expected_revision: int | None = arg(
        "The revision you have seen; where it stands at another one, nothing is changed.", default=None
    )
    status: str | None = arg("How firm its programme is from now on.", default=None, scalar="MeetingStatus")
    title: str | None = arg("Its title.", default=None)
    starts_on: date | None = arg("Its first day; with the agenda, where it has one.", default=None)
    ends_on: date | None = arg("Its last day; with the agenda, where it has one.", default=None)
    series: str | None = arg("The series it belongs to.", default=None)
    ordinal: int | None = arg("Its place in the series.", default=None)
    label: str | None = arg("What it is called in the series.", default=None)
    theme: str | None = arg("Its theme; none when empty.", default=None)
    venue: str | None = arg("Where it is held: building, room.", default=None)
    city: str | None = arg("In which city.", default=None)
    sessions: tuple[SessionText, ...] | None = arg(
        "Its whole agenda as it reads from now on. A session, an item or a person is known again by its title or name, "
        "else by its place.",
        default=None,
    )
    stated: tuple[StatedFigure, ...] = arg("With an agenda: figures as the record states them.", default=())


async def revise_meeting(do: ReviseMeeting, context: ActContext, store: Store) -> Outcome:
    """Refuses (StaleRevision) another revision than was seen; (ActedOnSince) an agenda without what texts cite;
    (InvalidValue) no change, a programme less firm than before, new days without the agenda, an empty reason, and what
    recordMeeting refuses."""
    before, reason = context.target(Meeting), filled(do.reason, "reason").strip()
    if do.expected_revision is not None and do.expected_revision != before.revision:
        stale = StaleRevision(expected=do.expected_revision, current=before.revision, current_text=before.title)
        raise stale.at_path("expectedRevision")
    status = before.status if do.status is None else word_of(MeetingStatus, do.status, "status")
    after = revise(before, _wanted(do, before), status)
    need_dates(after.starts_on, after.ends_on)
    programme = await _programme(do, before, after, store)
    changed = differences(_reads(before), _reads(after), *programme)
    await store.write(change(before, after))
    correction = await correcting.record(context, store, CorrectionKind.REVISED, changed, reason, meeting_id=before.id)
    people = await store.ask(notices.taking_part(place_of(context.place), context.now))
    words = saying(
        _WORDS, title=" ".join(after.title.split()), revision=after.revision, status=saying(after.status.value),
        what=few([place.what for place in changed]), reason=sentence(reason),
    )  # fmt: skip
    count = await correcting.tell(context, store, people, words, correction, edition=before.edition_id)
    ids = {"meeting": before.id, "correction": correction.id}
    return Outcome(ids, (correcting.entry("meeting", before.id, correction, count),))


_HEAD = ("status", "title", "starts_on", "ends_on", "series", "ordinal", "label", "theme", "venue", "city")


def _wanted(do: ReviseMeeting, before: Meeting) -> Meeting:
    """The head as it is to read from now on: what is left out stays."""
    return replace(
        before,
        title=before.title if do.title is None else titled(do.title, "title"),
        starts_on=do.starts_on or before.starts_on,
        ends_on=do.ends_on or before.ends_on,
        series=before.series if do.series is None else clean(do.series),
        ordinal=before.ordinal if do.ordinal is None else need_number(do.ordinal, 1, "ordinal"),
        label=before.label if do.label is None else clean(do.label),
        theme=before.theme if do.theme is None else maybe(do.theme),
        venue=before.venue if do.venue is None else clean(do.venue),
        city=before.city if do.city is None else clean(do.city),
    )


def _reads(meeting: Meeting) -> dict[str, str | None]:
    """The head in words, by what people call each thing."""
    values = {name.replace("_", " "): getattr(meeting, name) for name in _HEAD}
    return {name: None if value in (None, "") else str(value) for name, value in values.items()}


async def _programme(do: ReviseMeeting, before: Meeting, after: Meeting, store: Store) -> tuple[Change, ...]:
    """Write the new agenda over the old one, with its figures and faults; what reads otherwise in it. Nothing where
    none was given."""
    old = await store.ask(meetings.programme(before.id))
    if do.sessions is None:
        if do.stated:
            raise InvalidValue(reason="Figures are stated with an agenda: give it as well.").at_path("sessions")
        if old and (before.starts_on, before.ends_on) != (after.starts_on, after.ends_on):
            reason = "The days change: give the agenda as well, with its days as they are from now on."
            raise InvalidValue(reason=reason).at_path("sessions")
        return ()
    record = agenda.Meeting(
        title=after.title, series=after.series, label=after.label, theme=after.theme or "", starts_on=after.starts_on,
        ends_on=after.ends_on, dates="", venue=after.venue, city=after.city,
        sessions=sessions_of(do.sessions, after.starts_on), stated=stated_of(do.stated),
    )  # fmt: skip
    record = replace(record, faults=faults.find(record))
    new = carried(old, placed(record.sessions))
    left = [thing.id for thing in gone(old, new) if thing.id is not None]
    cites = await store.ask(meetings.cited(left))
    if cites:
        what = phrased(_CITED if len(cites) == 1 else _ALL_CITED, count=len(cites))
        ids = tuple(f"Source:{id_}" for id_ in cites[:50])
        raise ActedOnSince(
            act="revise_meeting", sentence=what, remedy=_REMEDY, open_count=len(cites), open_ids=ids
        ).at_path("sessions")
    was, counted = await store.ask(meetings.figures_of(before.id)), figures.count(record)
    await store.write(meetings.replace_programme(before.id, new, record, counted))
    return (*changes(old, new), *_figures({figure.what: figure for figure in was}, counted))


def _figures(was: Mapping[str, figures.Figure], now: Sequence[figures.Figure]) -> Iterator[Change]:
    """The figures that read otherwise, as stated and as counted: who is a woman is counted from the agenda, not kept in
    it."""
    for figure in now:
        before = was.get(figure.what)
        for what, of in ((f"{figure.what} as stated", _as_stated), (f"{figure.what} by the rule", _as_counted)):
            if (earlier := of(before)) != (later := of(figure)):
                yield Change(what, earlier, later)


def _as_stated(figure: figures.Figure | None) -> str | None:
    if figure is None or figure.stated_text is None:
        return None
    return figure.stated_text if figure.stated_value is None else f"{figure.stated_text} ({figure.stated_value})"


def _as_counted(figure: figures.Figure | None) -> str | None:
    return None if figure is None or figure.computed is None else str(figure.computed)
