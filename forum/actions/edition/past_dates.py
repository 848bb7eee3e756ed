"""Dates of a new edition that lie behind us: 2020 typed for 2027 opens an edition that the clock closes at once."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from ...errors import DateForeseen, DatesPast
from ...times import spoken
from ...workflow.calendar.calendar import Calendar, Dated, plan
from ...workflow.finding import Finding
from ...workflow.process import Process


def need_ahead(process: Process, anchors: Mapping[str, datetime], now: datetime, *, confirm: bool) -> None:
    """Refuses (DatesPast, with the whole calendar) dates that are over already, unless they are said to be meant: an
    edition may well be entered when a part of it has passed. The first stage of a track may be over: preparations begin
    before anybody opens an edition."""
    calendar = tuple(_foreseen(process, plan(process, anchors), now))
    over = [date for date in calendar if date.over]
    if over and not confirm:
        at = over[0].closes_at or over[0].opens_at
        assert at is not None  # what has no date is over at no time
        first = f"{over[0].what}: {spoken(at, process.zone)}"
        raise DatesPast(count=len(over), first=first, calendar=calendar).at_path("confirm")


def anchors_past(process: Process, anchors: Mapping[str, datetime], now: datetime) -> Iterator[Finding]:
    """The anchors that lie behind us, for whoever is told that the dates do not fit each other."""
    for name, at in anchors.items():
        if at <= now:
            text = f"{process.anchors[name].title} is on {spoken(at, process.zone)}: that is past."
            yield Finding("anchor_past", text, "Look whether another year is meant.")


def _foreseen(process: Process, calendar: Calendar, now: datetime) -> Iterator[DateForeseen]:
    """All that is dated, each over when its last instant is: anchors, stages, meetings, documents, the end. A stage
    that only begins, or with which its track begins, is over at no time."""

    def date(what: str, opens: Dated | None, closes: Dated | None, last: Dated | None) -> DateForeseen:
        over = last is not None and last.at <= now
        return DateForeseen(what, opens.at if opens else None, closes.at if closes else None, over)

    for name, anchor in calendar.anchors.items():
        yield date(process.anchors[name].title, anchor, None, anchor)
    for window in calendar.windows:
        if window.opens or window.closes:
            track = process.tracks[window.track]
            named = f"{track.title}: {track.stages[window.stage].title}"
            yield date(named, window.opens, window.closes, None if window.stage == track.initial else window.closes)
    for meeting in calendar.meetings:
        yield date(process.meetings[meeting.name].title, meeting.begins, meeting.ends, meeting.ends)
    for document in calendar.documents:
        yield date(process.documents[document.name].title, None, document.begins, document.begins)
    if calendar.ends is not None:
        yield date("The end of the edition", None, calendar.ends, calendar.ends)
