"""What would be wrong if an anchor moved, and is not wrong now: with any of it the move is refused."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...domain.edition import DatedKind
from ...domain.planned import Dates, dates_of
from ...times import spoken
from ...workflow.calendar.calendar import Calendar, Dated, StageWindow
from ...workflow.check.dates import findings_of
from ...workflow.finding import Finding
from ...workflow.graph import reachable
from .outlook import DatedThing, Outlook

_ENDING = (DatedKind.STAGE, DatedKind.CALL, DatedKind.CONSULTATION)


def findings(outlook: Outlook, moved: Sequence[DatedThing], left: Sequence[DatedThing]) -> Iterator[Finding]:
    """All of it: what would be over, what would end after the edition, what the check of dates finds."""
    yield from _over(outlook, moved)
    yield from _after_the_end(outlook, (*moved, *left))
    yield from _wrong(outlook)


def _over(outlook: Outlook, moved: Iterable[DatedThing]) -> Iterator[Finding]:
    """What would be over before anybody could use it: ends that lie behind us, of all but stages the track has left."""
    for thing in moved:
        if thing.kind not in (*_ENDING, DatedKind.EDITION) or thing.closes_at is None:
            continue
        if thing.kind == DatedKind.STAGE and not _is_ahead(outlook, thing):
            continue
        backwards = thing.opens_at is not None and thing.closes_at <= thing.opens_at
        if thing.closes_at <= outlook.now or backwards:
            named = f'{thing.kind.capitalize()} "{thing.title}"'
            text = f"{named} would be over before it begins, or is over already on that date."
            remedy = "Move the date less far, or extend it first."
            yield Finding("would_be_over", text, remedy, None, thing.track, _stage_of(thing))


def _after_the_end(outlook: Outlook, dated: Iterable[DatedThing]) -> Iterator[Finding]:
    """What would end after the edition, and does not now: nothing is done in it then."""
    then = outlook.after.ends.at if outlook.after.ends else None
    now = outlook.edition.ends_at
    for thing in dated:
        closes_at = thing.closes_at
        if then is None or closes_at is None or thing.kind not in _ENDING or closes_at <= outlook.now:
            continue
        already = now is not None and thing.closes_was is not None and thing.closes_was > now
        if closes_at > then and not already:
            named = f'{thing.kind.capitalize()} "{thing.title}"'
            text = f"{named} would end after the edition, which would end at {spoken(then, thing.zone)}."
            yield Finding("after_the_end", text, "Move the date less far.", None, thing.track, _stage_of(thing))


def _is_ahead(outlook: Outlook, stage: DatedThing) -> bool:
    """Whether the track can still come to this stage."""
    track = next(track for track in outlook.tracks if track.id == stage.id)
    definition = outlook.process.tracks.get(track.definition)
    if definition is None or track.stage not in definition.stages:
        return True
    stages = definition.stages
    return stage.name in reachable([track.stage], lambda name: stages[name].leads_to() if name in stages else ())


def _wrong(outlook: Outlook) -> Iterator[Finding]:
    """What the check of dates finds then and does not find now; windows as they really stand and would stand."""
    process = outlook.process
    for track in outlook.tracks:
        stands = {window.stage: dates_of(window) for window in outlook.stood[track.id]}
        then = {**stands, **{c.stage: c.new or Dates() for c in outlook.changes if c.track == track.id}}
        known = {_fault(finding) for finding in findings_of(process, _as_is(outlook.before, track.definition, stands))}
        past = {
            stage for stage, dates in stands.items() if dates.closes_at is not None and dates.closes_at <= outlook.now
        }
        for finding in findings_of(process, _as_is(outlook.after, track.definition, then)):
            mine = finding.track in (track.definition, None)
            if mine and _fault(finding) not in known and finding.stage not in past:
                yield finding


def _stage_of(thing: DatedThing) -> str | None:
    return thing.name if thing.kind == DatedKind.STAGE else None


def _fault(finding: Finding) -> tuple[Hashable, ...]:
    return (finding.code, finding.track, finding.stage, finding.line)


def _as_is(calendar: Calendar, definition: str, stands: Mapping[str, Dates]) -> Calendar:
    """The calendar with one track's windows as they are written down."""

    def real(window: StageWindow) -> StageWindow:
        if window.track != definition or window.stage not in stands:
            return window
        dates = stands[window.stage]
        opens = None if dates.opens_at is None else Dated(dates.opens_at, window.zone)
        closes = None if dates.closes_at is None else Dated(dates.closes_at, window.zone)
        return replace(window, opens=opens, closes=closes)

    return replace(calendar, windows=tuple(real(window) for window in calendar.windows))
