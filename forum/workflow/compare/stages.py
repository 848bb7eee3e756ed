"""Two versions of tracks and stages, in words: what is new, what is gone, what is shorter, where the clock goes now."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from ...refusal import Refusal
from ...spoken_words import plain
from ...worded import same
from ..process import Clock, Process, Stage, Track
from ..when import When, spoken
from .phrases import in_words, later, listed, longer

# Lengths are compared from one and the same day, far from a change of the clocks.
_DAY = datetime(2027, 6, 15, 10, tzinfo=UTC)
_CLOCK = {
    "call_opens": "when the call opens",
    "call_closes": "when the call closes",
    "consultation_closes": "when the consultation closes",
    "silence_closes": "when the silence ends",
    "stage_closes": "when the stage closes",
}


def new_stage(track: Track, stage: Stage, called: str) -> str:
    """A new stage, and what it stands between."""
    before = [track.stages[name].title for name in track.stages if stage.id in track.stages[name].leads_to()]
    after = [track.stages[name].title for name in stage.leads_to() if name in track.stages]
    where = f"between {listed(before)} and {listed(after)}" if before and after else ""
    where = where or (f"after {listed(before)}" if before else f"before {listed(after)}" if after else "by itself")
    return (
        f"{track.title}: a new stage {called} stands {where}{', and the track can end there' if stage.final else ''}."
    )


def stage_changes(at: str, old: Stage, new: Stage) -> Iterator[tuple[str, str]]:
    """(group, sentence) for all that differs between two stages but their rules and dates; `at` names the place."""
    if not same(old.title, new.title):
        yield "stages", f"{at}: the stage is now called {in_words(new.title)}; it was {in_words(old.title)}."
    if old.id != new.id:
        yield "stages", f"{at}: the stage {plain(old.id)} is now {plain(new.id)}."
    yield from (("stages", sentence) for sentence in _ways(at, old.to, new.to))
    if old.final != new.final:
        yield "stages", f"{at}: the track {'now ends' if new.final else 'no longer ends'} here."
    if old.needs != new.needs:
        now, was = (listed([plain(gate) for gate in gates], none="nothing") for gates in (new.needs, old.needs))
        yield "stages", f"{at}: before the track may come here, this must be answered: {now}; before: {was}."
    yield from (("dates", sentence) for sentence in _grace(at, old.grace, new.grace))
    yield from (("stages", sentence) for sentence in _clocks(at, old.clocks, new.clocks))


def _ways(at: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    gained, gone = [w for w in new if w not in old], [w for w in old if w not in new]
    if gained:
        yield f"{at}: the track can now be moved on to {listed([plain(w) for w in gained])}."
    if gone:
        yield f"{at}: the track can no longer be moved on to {listed([plain(w) for w in gone])}."
    if not gained and not gone and old != new:
        yield f"{at}: the stages that may follow are listed in another order: {listed([plain(w) for w in new])}."


def _grace(at: str, old: timedelta | None, new: timedelta | None) -> Iterator[str]:
    if old == new:
        return
    if new is None:
        yield f"{at}: an input is no longer taken after the deadline of its call."
    elif old is None:
        yield f"{at}: an input is still taken for {spoken(new)} after the deadline of its call, and marked late."
    else:
        yield f"{at}: the time in which a late input is still taken is {longer(old, new)}: {spoken(new)}."


def _clocks(at: str, old: tuple[Clock, ...], new: tuple[Clock, ...]) -> Iterator[str]:
    """Moves of the clock, paired by their instant and, where an instant has several, by their order."""
    if old == new:
        return
    before, after = _by_instant(old), _by_instant(new)
    some = False
    for key in dict.fromkeys((*after, *before)):
        for sentence in _clock(at, _CLOCK.get(key[0], f"at {plain(key[0])}"), before.get(key), after.get(key)):
            some = True
            yield sentence
    if not some:
        yield f"{at}: the moves of the clock stand in another order."


def _by_instant(clocks: Iterable[Clock]) -> Mapping[tuple[str, int], Clock]:
    by_instant: dict[tuple[str, int], Clock] = {}
    for clock in clocks:
        by_instant[clock.at, sum(at == clock.at for at, _ in by_instant)] = clock
    return by_instant


def _clock(at: str, instant: str, old: Clock | None, new: Clock | None) -> Iterator[str]:
    if old is None and new is not None:
        held = f", unless this is unanswered: {listed([plain(g) for g in new.gates])}" if new.gates else ""
        yield f"{at}: {instant}, the track now goes to {plain(new.to)} by itself{held}."
    elif new is None and old is not None:
        yield f"{at}: {instant}, the track no longer goes to {plain(old.to)} by itself."
    elif old is not None and new is not None:
        if old.to != new.to:
            yield f"{at}: {instant}, the track now goes to {plain(new.to)}, no longer to {plain(old.to)}."
        if old.gates != new.gates:
            now, was = (listed([plain(g) for g in gates], none="nothing") for gates in (new.gates, old.gates))
            yield f"{at}: {instant}, the track is held back by {now}; before, by {was}."
        if old.act != new.act:
            yield f"{at}: {instant}, the history now records {plain(new.act)}; before, {plain(old.act)}."


# ---- dates
def stage_dates(at: str, old: Stage, new: Stage, before: Process, after: Process) -> Iterator[str]:
    """How the planned dates of a stage changed; its length first, since that is what people ask."""
    if (old.opens, old.closes) == (new.opens, new.closes):
        return
    was, now = _length(old, before), _length(new, after)
    moved = [
        _moved(verb, old_date, new_date, before, after)
        for verb, old_date, new_date in (("opens", old.opens, new.opens), ("closes", old.closes, new.closes))
        if old_date != new_date
    ]
    if was is not None and now is not None and was != now:
        yield f"{at} is {longer(was, now)}: it {listed(moved)}."
    else:
        yield f"{at} {listed(moved)}."


def _moved(verb: str, old: When | None, new: When | None, before: Process, after: Process) -> str:
    if new is None:
        return f"no longer {verb} at a planned date ({in_words(old)})"
    if old is None:
        return f"now {verb} at a planned date: {new.written}"
    old_instant, new_instant = resolved(old, before), resolved(new, after)
    if (
        old_instant is not None
        and new_instant is not None
        and old_instant[0] == new_instant[0]
        and old_instant[1] != new_instant[1]
    ):
        return f"{verb} {later(new_instant[1] - old_instant[1])} ({new.written}; it was {old.written})"
    return f"{verb} {new.written} (it was {old.written})"


def _length(stage: Stage, process: Process) -> timedelta | None:
    opens = resolved(stage.opens, process) if stage.opens else None
    closes = resolved(stage.closes, process) if stage.closes else None
    if opens is None or closes is None or opens[0] != closes[0] or closes[1] < opens[1]:
        return None
    return closes[1] - opens[1]


def resolved(when: When, process: Process, chain: tuple[str, ...] = ()) -> tuple[str, datetime] | None:
    """The anchor of the edition from which a date is counted in the end ("" for one written out), and an instant to
    compare with others of the same anchor; None where it cannot be counted."""
    base, instant = "", None
    if when.fixed is None:
        anchor = process.anchors.get(when.anchor)
        base, instant = when.anchor, _DAY
        if anchor is not None and anchor.at is not None:
            origin = None if when.anchor in chain else resolved(anchor.at, process, (*chain, when.anchor))
            if origin is None:
                return None
            base, instant = origin
    try:
        return when.base(base), when.instant_from(instant, "UTC")
    except Refusal:
        return None
