"""When everything of an edition is planned: the definition's dates, counted from the instants of the edition's anchors.

Pure: the instants are handed in, nothing is asked of the clock. What a definition does not date is None.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from ...errors import InvalidValue
from ...times import aware
from ..process import Process
from ..toml_table import hint
from ..when import When


@dataclass(frozen=True)
class Place:
    """The place of a date in a definition. `kind`: anchor, opens, closes (of a stage), meeting, document or edition;
    `name` is that of the anchor, the meeting or the document."""

    kind: str
    name: str = ""
    track: str = ""
    stage: str = ""
    line: int | None = None

    @property
    def spoken(self) -> str:
        """The place in words: "the stage call of main closes"."""
        if self.kind in ("opens", "closes"):
            return f"the stage {self.stage} of {self.track} {self.kind}"
        words = {"anchor": f"the anchor {self.name}", "meeting": f"the meeting {self.name} begins"}
        return words.get(self.kind) or (
            f"the document {self.name} is due" if self.kind == "document" else "the edition ends"
        )


@dataclass(frozen=True)
class Dated:
    """An instant in UTC, and the zone in which people are told it. `root`: the anchor of the edition from which it is
    counted in the end, and with which it moves; "" where there is none. `base`: what it can be compared by
    (`When.base`)."""

    at: datetime
    zone: str
    when: When | None = None
    root: str = ""
    base: str = ""

    def later(self, length: timedelta) -> "Dated":
        """The date so much later."""
        return replace(self, at=self.at + length)


@dataclass(frozen=True)
class StageWindow:
    """The planned window of a stage. `grace_ends`: until when inputs to its call are still taken, marked late."""

    track: str
    stage: str
    zone: str
    opens: Dated | None = None
    closes: Dated | None = None
    grace_ends: Dated | None = None


@dataclass(frozen=True)
class Planned:
    """A meeting with its begin and end, or a document with its due date (`ends` is then the same instant)."""

    name: str
    track: str
    begins: Dated
    ends: Dated


@dataclass(frozen=True)
class Calendar:
    """All that an edition plans. `windows` has every stage of every track, in the order of the file, dated or not."""

    anchors: Mapping[str, Dated]
    windows: tuple[StageWindow, ...]
    meetings: tuple[Planned, ...]
    documents: tuple[Planned, ...]
    ends: Dated | None = None

    def window(self, track: str, stage: str) -> StageWindow | None:
        """The planned window of one stage; None for a stage that the definition does not have."""
        return next((window for window in self.windows if window.track == track and window.stage == stage), None)


def zone_of(process: Process, track: str) -> str:
    """The zone in which a track's dates are spoken; for what belongs to no track, the process's."""
    path = process.tracks.get(track)
    return (path.zone if path else "") or process.zone


def places(process: Process) -> Iterator[tuple[Place, When]]:
    """Every date of a definition with its place, in this order: anchors, stages, meetings, documents, the end."""
    for anchor in process.anchors.values():
        if anchor.at is not None:
            yield Place("anchor", anchor.name, line=anchor.line), anchor.at
    for track in process.tracks.values():
        for stage in track.stages.values():
            for kind, when in (("opens", stage.opens), ("closes", stage.closes)):
                if when is not None:
                    yield Place(kind, track=track.name, stage=stage.id, line=stage.line), when
    for meeting in process.meetings.values():
        yield Place("meeting", meeting.name, meeting.track, line=meeting.line), meeting.at
    for document in process.documents.values():
        if document.due is not None:
            yield Place("document", document.kind, made_on(process, document.kind), line=document.line), document.due
    if process.ends is not None:
        yield Place("edition"), process.ends


def made_on(process: Process, document: str) -> str:
    """The first track that makes a kind of document; "" where none does."""
    return next((track.name for track in process.tracks.values() if document in track.documents), "")


def given_anchors(process: Process) -> tuple[str, ...]:
    """The anchors whose dates an edition gives, in the order of the file."""
    return tuple(anchor.name for anchor in process.anchors.values() if anchor.at is None)


def refuse_surplus(process: Process, anchor_dates: Mapping[str, datetime]) -> None:
    """Refuse (InvalidValue) a date for an anchor that the definition lacks or computes itself, and a naive date."""
    for name, instant in anchor_dates.items():
        aware(instant)
        anchor = process.anchors.get(name)
        if anchor is None:
            raise InvalidValue(
                reason=f"{process.name} has no anchor {name[:60]}. {hint(name, process.anchors)}"
            ).at_path("anchors")
        if anchor.at is not None:
            counted = f"The anchor {name} is counted: {anchor.at.written}."
            raise InvalidValue(reason=f"{counted} Leave it out; it moves with what it is counted from.").at_path(
                "anchors"
            )


def anchors_of(process: Process, anchor_dates: Mapping[str, datetime]) -> dict[str, datetime]:
    """The instant of every anchor: those given, and those counted from them. Names that the definition lacks are
    ignored.

    Refuses (InvalidValue) a missing anchor on which something hangs, an unknown one, a cycle, and a date that does not
    exist. An anchor that nothing hangs on may be missing.
    """
    return {name: dated.at for name, dated in plan(process, anchor_dates).anchors.items()}


def plan(process: Process, anchor_dates: Mapping[str, datetime]) -> Calendar:
    """All dates of an edition whose anchors have these instants. Refuses as `anchors_of` says."""
    began = origins(process)
    _refuse_cycle(began)
    _refuse_missing(process, began, anchor_dates)
    calendar, faults = counted(process, anchor_dates)
    if faults:
        raise InvalidValue(reason=faults[0][1]).at_path("anchors")
    return calendar


def counted(process: Process, anchor_dates: Mapping[str, datetime]) -> tuple[Calendar, list[tuple[Place, str]]]:
    """All that can be dated, and each date that does not exist with the sentence that says why. Refuses nothing: what
    is counted from an anchor without a date stays without one."""
    faults: list[tuple[Place, str]] = []
    anchors: dict[str, Dated] = {}
    for name in origins(process):
        when = process.anchors[name].at
        if when is None and name in anchor_dates:
            anchors[name] = Dated(aware(anchor_dates[name]).astimezone(UTC), process.zone, None, name, name)
        elif when is not None:
            dated = _dated(process, Place("anchor", name, line=process.anchors[name].line), when, anchors, faults)
            anchors |= {name: dated} if dated else {}
    dates: dict[Place, Dated] = {}
    for place, when in places(process):
        if place.kind != "anchor" and (dated := _dated(process, place, when, anchors, faults)):
            dates[place] = dated
    return _arranged(process, anchors, dates), faults


def _dated(
    process: Process, place: Place, when: When, anchors: Mapping[str, Dated], faults: list[tuple[Place, str]]
) -> Dated | None:
    zone = zone_of(process, place.track)
    anchor = anchors.get(when.anchor)
    if when.fixed is None and anchor is None:
        return None
    root, base = (anchor.root, when.base(anchor.base)) if anchor else ("", "")
    try:
        return Dated(when.instant_from(anchor.at if anchor else None, zone), zone, when, root, base)
    except InvalidValue as fault:
        faults.append((place, f"{place.spoken[0].upper()}{place.spoken[1:]}, {when.written}: {fault.reason}"))
        return None


def _arranged(process: Process, anchors: Mapping[str, Dated], dates: Mapping[Place, Dated]) -> Calendar:
    by_place = {(place.kind, place.track, place.stage, place.name): dated for place, dated in dates.items()}
    windows = []
    for track in process.tracks.values():
        zone = zone_of(process, track.name)
        for stage in track.stages.values():
            opens, closes = (by_place.get((kind, track.name, stage.id, "")) for kind in ("opens", "closes"))
            grace = closes.later(stage.grace) if closes and stage.grace else None
            windows.append(StageWindow(track.name, stage.id, zone, opens, closes, grace))
    meetings, documents = [], []
    for place, dated in dates.items():
        if place.kind == "meeting":
            meetings.append(Planned(place.name, place.track, dated, dated.later(process.meetings[place.name].lasts)))
        elif place.kind == "document":
            documents.append(Planned(place.name, place.track, dated, dated))
    ends = by_place.get(("edition", "", "", ""))
    return Calendar(MappingProxyType(dict(anchors)), tuple(windows), tuple(meetings), tuple(documents), ends)


def origins(process: Process) -> dict[str, tuple[str, ...]]:
    """Where the counting of each anchor begins: ("given", name), ("fixed", ""), ("unknown", name) or ("cycle", the
    names on it, the first again at the end). Each anchor stands after the one it is counted from."""
    origin_of: dict[str, tuple[str, ...]] = {}
    for start in process.anchors:
        chain: dict[str, None] = {}  # in order; each anchor is walked over once, however long the chains are
        name, origin = start, None
        while origin is None:
            origin = origin_of.get(name) or _origin(process, name, chain)
            if origin is None:
                chain[name] = None
                when = process.anchors[name].at
                name = when.anchor if when else ""
        if name in process.anchors and name not in chain:
            origin_of[name] = origin
        for counted in reversed(chain):
            origin_of[counted] = origin
    return origin_of


def _origin(process: Process, name: str, chain: Mapping[str, None]) -> tuple[str, ...] | None:
    if name in chain:
        names = list(chain)
        return ("cycle", *names[names.index(name) :], name)
    anchor = process.anchors.get(name)
    if anchor is None:
        return ("unknown", name)
    if anchor.at is None:
        return ("given", name)
    return ("fixed", "") if anchor.at.fixed is not None else None


def _refuse_cycle(began: Mapping[str, tuple[str, ...]]) -> None:
    for kind, *names in began.values():
        if kind == "cycle":
            way = " -> ".join(names[:8])
            raise InvalidValue(
                reason=f"The anchors {way} are counted from one another. Let one of them be given, or fixed."
            ).at_path("anchors")


def _refuse_missing(
    process: Process, began: Mapping[str, tuple[str, ...]], anchor_dates: Mapping[str, datetime]
) -> None:
    waiting: dict[str, list[Place]] = {}
    for place, when in places(process):
        if when.fixed is None:
            kind, root, *_ = began.get(when.anchor, ("unknown", when.anchor))
            if kind == "unknown" or (kind == "given" and root not in anchor_dates):
                waiting.setdefault(root, []).append(place)
    for name, hanging in waiting.items():
        raise _missing(process, name, hanging).at_path("anchors")


def _missing(process: Process, name: str, hanging: Sequence[Place]) -> InvalidValue:
    """The refusal for an anchor without a date; it names the first dates that are counted from it."""
    named = "; ".join(place.spoken for place in hanging[:3])
    more = f"; and {len(hanging) - 3} more" if len(hanging) > 3 else ""
    if name not in process.anchors:
        return InvalidValue(reason=f"There is no anchor {name} ({named}{more}). {hint(name, process.anchors)}")
    return InvalidValue(
        reason=f"The anchor {name} has no date, and there hang on it: {named}{more}. Give {name} a date."
    )
