"""The circumstances of an act, as the database knows them: its window, a late permit, the convenors that the acting
organisation belongs to, what the gates answer, and what is planned.

The judge asks here before an act, the clock before it moves a track. Nothing is decided here: the process decides.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from ...domain import gates as questions
from ...domain import track as nouns
from ...domain.call import Call
from ...domain.contribution import MENDING, Contribution
from ...domain.mandates import Acting
from ...domain.silence import Silence
from ...errors import GateClosed
from ...store import authors, bodies, calls, due, facts, tracks
from ...store.places import Located
from ...store.steps import Store
from ...store.unit import UnitOfWork
from ...workflow import engine as rules
from ...workflow.process import Process, Track


async def window(unit: UnitOfWork, name: str | None, located: Located) -> rules.Window | None:
    """The instants of the window that an act hangs on; None where there is none, or it is not scheduled yet."""
    if name == "call":
        call = await _call(unit, located)
        return None if call is None else rules.Window(call.opens_at, call.closes_at, call.late_until)
    if name == "consultation" and located.document is not None:
        text = located.document
        return rules.Window(text.comments_open_at, text.comments_close_at) if text.comments_open_at else None
    if name == "silence":
        silence = located.target if isinstance(located.target, Silence) else None
        if silence is None and located.document is not None:
            silence = await unit.ask(facts.latest_silence(located.document.id))
        return None if silence is None else rules.Window(silence.starts_at, silence.ends_at)
    if name == "stage" and located.track is not None:
        stage = await unit.ask(tracks.window(located.track.id, located.track.stage))
        return None if stage is None else rules.Window(stage.opens_at, stage.closes_at)
    return None


async def _call(unit: UnitOfWork, located: Located) -> Call | None:
    """The call that the thing belongs to, else the one that the window of its track speaks of."""
    if located.call is not None or located.track is None:
        return located.call
    return await unit.ask(facts.latest_call(located.track.id))


async def permit(
    unit: UnitOfWork, name: str | None, window: rules.Window | None, located: Located, capacity: Acting
) -> datetime | None:
    """Until when the organisation that acts may still answer the call; None without a permit, or with no need of one.

    An input is its author's: who acts for another organisation has no use of that one's permit.
    """
    organisation = capacity.mandate.speaks_for
    if (
        name != "call"
        or window is None
        or organisation is None
        or window.closes_at is None
        or located.now < window.closes_at
    ):
        return None
    if located.kind == "contribution" and await _author_of(unit, located.id) != organisation:
        return None
    call = await _call(unit, located)
    return None if call is None else await unit.ask(calls.permit_of(call.id, organisation))


def mending(act: str, located: Located) -> datetime | None:
    """Until when the author of what was returned may do this act with it; None of anything else."""
    returned = located.target
    return returned.mend_until if isinstance(returned, Contribution) and act in MENDING else None


async def _author_of(unit: UnitOfWork, contribution: UUID) -> UUID | None:
    author = await unit.ask(authors.of(contribution))
    return None if author is None else author.organisation_id


async def standing(unit: UnitOfWork, process: Process, act: str, located: Located, capacity: Acting) -> rules.Standing:
    """The capacity as the process asks of it; the convenors are looked up only where a rule for the act names some."""
    convenors: frozenset[str] = frozenset()
    track = None if located.track is None else process.tracks.get(located.track.definition)
    if track is not None and any(track.rule(stage, act).convenors for stage in track.stages_with(act)):  # type: ignore[union-attr]
        convening = located.convened_by or (located.forum_id,)
        theirs = [forum for forum in convening if forum == capacity.mandate.of_body or forum in capacity.seated]
        words = await unit.ask(bodies.words_of(tuple(theirs)))
        convenors = frozenset(word for forum_words in words.values() for word in forum_words)
    subject = None if located.track is None else located.track.subject_id
    reviewed = subject is not None and capacity.mandate.speaks_for == subject
    return rules.Standing(capacity.roles, capacity.statuses, capacity.mechanisms, convenors, subject=reviewed)


# ---- gates
def scope_of(process: Process, located: Located) -> facts.Scope:
    """What gates are asked of: the text at hand with what it is made from, else the whole track."""
    track, text = located.track, located.document
    assert track is not None
    kind = None if text is None else process.documents.get(text.kind)
    sources = () if kind is None else tuple(_source(process, track.definition, name) for name in kind.sources)
    return facts.Scope(track.id, None if text is None else text.id, sources)


def scope_of_end(process: Process, track: nouns.Track) -> facts.Scope:
    """What gates are asked of before a track moves: the whole of it."""
    known = process.tracks.get(track.definition)
    return facts.Scope(track.id, twice=tuple((kind.kind, kind.first) for kind in known.twice) if known else ())


def _source(process: Process, definition: str, kind: str) -> facts.SourceKind:
    makers = tuple(path for path in process.tracks.values() if kind in path.documents)
    ends = tuple((path.name, stage.id) for path in makers for stage in path.stages.values() if stage.final)
    names = tuple(path.name for path in makers)
    return facts.SourceKind(kind, names, ends, definition in names)


async def ask(store: Store, name: str, scope: facts.Scope) -> rules.GateAnswer:
    """One gate, asked of the database: of a text, or of all inputs and texts of a track."""
    count, ids = await store.ask(facts.FACTS[questions.gate(name).fact](scope))
    is_open, sentence = questions.answer(name, count, ids)
    return rules.GateAnswer(name, is_open, sentence, count, tuple(ids))


async def shut(store: Store, names: Sequence[str], scope: facts.Scope) -> GateClosed | None:
    """The refusal by the first of these gates that is closed; None where all are open."""
    for name in names:
        gate = await ask(store, name, scope)
        if not gate.open:
            return GateClosed(gate=name, sentence=gate.sentence, open_count=gate.open_count, open_ids=gate.open_ids)
    return None


# ---- what is planned
async def opening(unit: UnitOfWork, process: Process, located: Located) -> Mapping[str, datetime]:
    """When the stages of the track at hand open, as far as the calendar and the clock tell."""
    assert located.track is not None
    path = process.tracks.get(located.track.definition)
    return {} if path is None else await _opening(unit, path, located.track, located.now)


async def ending(
    unit: UnitOfWork, process: Process, waited_for: Sequence[nouns.Track], now: datetime
) -> datetime | None:
    """When the last of these tracks ends, as far as it is planned; None where that is not known of one of them."""
    ends: list[datetime] = []
    for track in waited_for:
        path = process.tracks[track.definition]
        opens = await _opening(unit, path, track, now)
        final = [at for stage, at in opens.items() if stage in path.stages and path.stages[stage].final and at > now]
        if not final:
            return None
        ends.append(min(final))
    return max(ends, default=None)


async def _opening(unit: UnitOfWork, path: Track, track: nouns.Track, now: datetime) -> Mapping[str, datetime]:
    windows = await unit.ask(tracks.windows(track.id))
    ahead = await unit.ask(due.ahead_of(track.id, now))
    planned = {stage: window.opens_at for stage, window in windows.items() if window.opens_at is not None}
    closes = {stage: window.closes_at for stage, window in windows.items()}
    return {**_by_clock(path, track.stage, now, closes, ahead), **planned}


def _by_clock(
    path: Track, stage: str, now: datetime, closes: Mapping[str, datetime | None], ahead: Sequence[due.Edge]
) -> dict[str, datetime]:
    """The stages to which the clock alone leads from here, each with the earliest instant at which it can."""
    reached, walk = {stage: now}, [stage]
    while walk:
        stage_id = walk.pop()
        for clock in path.stages[stage_id].clocks if stage_id in path.stages else ():
            instants = [edge.at for edge in ahead if edge.edge == clock.at and edge.edge != "stage_closes"]
            ends = closes.get(stage_id)
            if clock.at == "stage_closes" and ends is not None:
                instants.append(ends)
            later = [at for at in instants if at > reached[stage_id]]
            if later and (clock.to not in reached or min(later) < reached[clock.to]):
                reached[clock.to] = min(later)
                walk.append(clock.to)
    del reached[stage]
    return reached
