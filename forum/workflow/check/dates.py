"""Dates: what they are counted from, windows that close before they open or are too short, texts and tracks that come
too late. `findings` says what is wrong whatever the dates are; `findings_on`, what is wrong on those of one edition."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ...errors import InvalidValue
from .. import when
from ..calendar.calendar import Calendar, Dated, Place, StageWindow, counted, given_anchors, origins, places, zone_of
from ..definition_parts import Document
from ..finding import Finding
from ..process import Process, Track
from ..toml_table import hint
from . import ends, order, shortest, silences
from .comparing import Comparing
from .shortest import Minima
from .windows import OPENED_BY

# Months differ in length, years leap, clocks change: what holds on one date may fail on another. An anchor is tried on
# each of these days, at nine in the morning: mid-year, the days after February and after the clocks of Europe and
# America change, a leap day and the day after it, ends of long months.
TRIED = (
    (2027, 6, 15), (2027, 3, 1), (2027, 3, 15), (2027, 3, 29), (2027, 5, 31),
    (2027, 11, 1), (2027, 12, 31), (2028, 2, 29), (2028, 3, 1), (2028, 3, 31),
)  # fmt: skip
# A window runs in the stages in which it can be used, by this act; where it can only be opened, a later stage uses it.
_USED_BY = {"call": "submit_contribution", "consultation": "add_comment", "silence": "break_silence"}


def findings(process: Process) -> Iterator[Finding]:
    """What can be known without the dates of an edition. Dates counted from different anchors are not compared."""
    yield from _anchors(process)
    yield from _impossible(process)
    yield from silences.findings(process)
    yield from _grace(process)
    minimums = _minimums(process)
    tries: list[dict[Finding, None]] = []
    beyond = {place for place, _ in places(process)}
    for day in TRIED:
        reference = datetime(*day, 9, tzinfo=ZoneInfo(process.zone)).astimezone(UTC)
        calendar, faults = counted(process, dict.fromkeys(given_anchors(process), reference))
        beyond &= {place for place, _ in faults}
        tries.append(dict.fromkeys(_Dates(process, calendar, minimums, concrete=False).findings()))
    yield from _beyond(process, beyond)
    reported: set[tuple[str, str | None, str | None, int | None]] = set()
    for day, results in zip(TRIED, tries, strict=True):
        for finding in results:
            fault = (finding.code, finding.track, finding.stage, finding.line)
            if fault not in reported:
                reported.add(fault)
                yield finding if _always(fault, tries) else _on_some(finding, day)


def findings_on(process: Process, anchor_dates: Mapping[str, datetime]) -> Iterator[Finding]:
    """What is wrong on these dates: anchors that are missing, dates that do not exist, and all that `findings`
    compares, also where two dates are counted from different anchors."""
    waiting: dict[str, Place] = {}
    began = origins(process)
    for place, planned in places(process):
        kind, root, *_ = began.get(planned.anchor, ("", ""))
        if planned.fixed is None and kind == "given" and root not in anchor_dates:
            waiting.setdefault(root, place)
    for name, place in waiting.items():
        text = f"The anchor {name} has no date: {place.spoken}, and that is counted from it."
        yield Finding("anchor_missing", text, f"Give {name} a date.", process.anchors[name].line)
    calendar, faults = counted(process, anchor_dates)
    for place, why in faults:
        yield Finding("impossible_date", why, "Write another time of day, or another date.", *_at(place))
    yield from findings_of(process, calendar)


def findings_of(process: Process, calendar: Calendar) -> Iterator[Finding]:
    """What is wrong in a calendar as it stands, dates that were extended by hand or have passed included."""
    yield from dict.fromkeys(_Dates(process, calendar, _minimums(process), concrete=True).findings())


def _beyond(process: Process, never: set[Place]) -> Iterator[Finding]:
    """Counted dates that exist in no year, whatever the anchors are; those written out `_impossible` reports."""
    for place, planned in places(process):
        if place in never and planned.fixed is None:
            text = f"{place.spoken[0].upper()}{place.spoken[1:]}, {planned.written}: that lies beyond the calendar."
            yield Finding("impossible_date", text, "Write another date.", *_at(place))


def _always(fault: tuple[str, str | None, str | None, int | None], tries: list[dict[Finding, None]]) -> bool:
    return all(
        any((finding.code, finding.track, finding.stage, finding.line) == fault for finding in results)
        for results in tries
    )


def _on_some(finding: Finding, day: tuple[int, int, int]) -> Finding:
    text = f"{finding.message} So it is, for one, with the anchor on {date(*day)}."
    return Finding(finding.code, text, finding.remedy, finding.line, finding.track, finding.stage)


def _at(place: Place) -> tuple[int | None, str | None, str | None]:
    """Line, track and stage of a finding."""
    return place.line, place.track or None, place.stage or None


# ---- what needs no date
def _anchors(process: Process) -> Iterator[Finding]:
    for place, planned in places(process):
        if planned.fixed is None and planned.anchor not in process.anchors:
            text = f'"{planned.written}" counts from {planned.anchor}, and [anchors] has no such date.'
            remedy = hint(planned.anchor, process.anchors) if process.anchors else _first(planned.anchor)
            yield Finding("unknown_anchor", text, remedy, *_at(place))
    reported: set[str] = set()
    for kind, *names in origins(process).values():
        if kind == "cycle" and not reported & set(names):
            reported.update(names)
            text = f"The anchors {' -> '.join(names[:8])} are counted from one another."
            yield Finding("anchor_cycle", text, "Let one of them be given, or fixed.", process.anchors[names[0]].line)


def _first(anchor: str) -> str:
    return f'Add under [anchors]: {anchor} = {{ title = "..." }}.'


def _impossible(process: Process) -> Iterator[Finding]:
    for place, planned in places(process):
        if planned.fixed is not None:
            try:
                planned.instant_from(None, zone_of(process, place.track))
            except InvalidValue as fault:
                yield Finding(
                    "impossible_date", f"{planned.written}: {fault.reason}", "Write another time or date.", *_at(place)
                )


def _grace(process: Process) -> Iterator[Finding]:
    for track in process.tracks.values():
        for stage in track.stages.values():
            if stage.grace and track.rule(stage.id, "issue_call") is None:
                text = f"{stage.id} gives {when.spoken(stage.grace)} of grace, and no call can be issued there."
                remedy = "Give issue_call to somebody at this stage, or put `grace` where the call is issued."
                yield Finding("grace_without_call", text, remedy, stage.line, track.name, stage.id)


# ---- what is compared
def _minimums(process: Process) -> Minima:
    """By track and stage, the shortest times this forum allows for what runs there."""
    shortest: dict[tuple[str, str], list[tuple[str, timedelta]]] = {}
    for track in process.tracks.values():
        for kind, used in _USED_BY.items():
            least = process.least(kind, track)
            opened = track.stages_with(OPENED_BY[kind]) if least else ()
            both = set(opened) & set(track.stages_with(used)) if least else set()
            for stage in both or opened:
                shortest.setdefault((track.name, stage), []).append((kind, least or timedelta()))
    return shortest


class _Dates(Comparing):
    """The comparisons on one calendar, with the shortest times that the forum allows."""

    def __init__(self, process: Process, calendar: Calendar, minimums: Minima, concrete: bool) -> None:
        super().__init__(process, calendar, concrete)
        self.minimums = minimums

    def findings(self) -> Iterator[Finding]:
        for window in self.calendar.windows:
            yield from self._window(self.process.tracks[window.track], window)
        for document in self.process.documents.values():
            yield from self._document(document)
        for track in self.process.tracks.values():
            yield from self._track(track)
        yield from ends.findings(self)
        yield from order.findings(self)
        yield from shortest.findings(self, self.minimums)

    def _window(self, track: Track, window: StageWindow) -> Iterator[Finding]:
        opens, closes = window.opens, window.closes
        if opens is None or closes is None or not self.both(opens, closes):
            return
        stage = track.stages[window.stage]
        if closes.at <= opens.at:
            text = (
                f"{stage.title} opens {self.say(opens)} and closes {self.say(closes)}: "
                "it would be over before it begins."
            )
            yield Finding(
                "closes_before_opens", text, "Let it close later, or open earlier.", stage.line, track.name, stage.id
            )
            return
        lasts = _length(opens, closes)
        for kind, least in self.minimums.get((track.name, stage.id), ()):
            if lasts < least:
                text = (
                    f"{stage.title} lasts {when.spoken(lasts)}, "
                    f"and this forum allows no {kind} under {when.spoken(least)}."
                )
                remedy = "Let the stage last longer, or change [minimums]."
                yield Finding(f"{kind}_too_short", text, remedy, stage.line, track.name, stage.id)

    def _document(self, document: Document) -> Iterator[Finding]:
        mine = self.documents.get(document.kind)
        if mine is None:
            return
        due, track = mine.begins, mine.track or None
        for name in document.sources:
            source = self.documents.get(name)
            if source and self.both(due, source.begins) and due.at < source.begins.at:
                text = (
                    f"{document.title} is due {self.say(due)}, "
                    f"before {name}, one of its sources: {self.say(source.begins)}."
                )
                yield Finding(
                    "due_before_sources", text, "Let it be due later, or its source earlier.", document.line, track
                )
        meeting = self.meetings.get(document.meeting)
        if meeting is None or not self.both(due, meeting.begins):
            return
        begins, least = meeting.begins, self.process.least("translation", self.process.tracks.get(mine.track))
        if due.at > begins.at:
            text = (
                f"{document.title} is due {self.say(due)}, "
                f"after the meeting {document.meeting} it is for: {self.say(begins)}."
            )
            yield Finding("due_after_meeting", text, "Let it be due before the meeting.", document.line, track)
        elif least and len(document.languages) > 1 and _length(due, begins) < least:
            text = (
                f"{document.title} comes in {len(document.languages)} languages and is due {self.say(due)}, "
                f"{when.spoken(_length(due, begins))} before {document.meeting}; "
                f"translation takes {when.spoken(least)}."
            )
            yield Finding("translation_does_not_fit", text, "Let it be due earlier.", document.line, track)

    def _track(self, track: Track) -> Iterator[Finding]:
        meeting = self.meetings.get(track.feeds)
        mine = self.windows[track.name]
        for end in _ends(track, mine):
            if meeting and self.both(end, meeting.begins) and end.at > meeting.begins.at:
                text = (
                    f"{track.title} ends {self.say(end)}, "
                    f"after the meeting {track.feeds} it feeds: {self.say(meeting.begins)}."
                )
                yield Finding(
                    "ends_after_meeting", text, "Let its last stage close before the meeting.", track.line, track.name
                )
                break
        before = self.process.tracks.get(track.after)
        if before is None or before is track:
            return
        theirs = _ends(before, self.windows[before.name])
        for opens in (window.opens for window in mine if window.opens):
            late = next((end for end in theirs if self.both(end, opens) and opens.at < end.at), None)
            if late:
                text = (
                    f"{track.title} opens {self.say(opens)}, "
                    f"while {before.title}, which it comes after, ends {self.say(late)}."
                )
                yield Finding(
                    "begins_too_early", text, "Let it open once that track has ended.", track.line, track.name
                )
                break


def _ends(track: Track, windows: list[StageWindow]) -> list[Dated]:
    """The dates before which a track has not ended: where its stages close, and where its last one opens."""
    closes = [window.closes for window in windows if window.closes]
    return closes + [window.opens for window in windows if window.opens and track.stages[window.stage].final]


def _length(start: Dated, end: Dated) -> timedelta:
    return when.between(start.at, end.at, start.zone)
