"""Two versions of the rules, in words: who may do what now, who no longer may, and under which conditions."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ...spoken_words import PEOPLE, does, plain
from ..process import Process, Rule
from .phrases import capital, listed, people


class Place(NamedTuple):
    """Where a rule holds: a track and a stage by their ids in the new version; both empty outside any edition."""

    track: str
    stage: str


Rules = Mapping[tuple[str, Place], Rule]
_OF_ANY = {"statuses": "of any status", "mechanisms": "of any mechanism", "convenors": "of any convenor"}
_AUTHORS = {
    "state": "A state's",
    "organisation": "An organisation's",
    "mechanism": "A mechanism's",
    "forum": "A forum's",
}


def rules_changed(old: Rules, new: Rules, process: Process) -> Iterator[str]:
    """One sentence for each change, with all the places where it is the same. `process` is the new version: it names
    the places. `old` and `new` hold only places that both versions have."""
    places: dict[str, list[Place]] = {}
    acts: dict[str, str] = {}
    for key in dict.fromkeys((*new, *old)):
        act, place = key
        before, after = old.get(key), new.get(key)
        if before != after:
            for sentence in _changes(act, before, after):
                places.setdefault(sentence, []).append(place)
                acts[sentence] = act
    for sentence, at in places.items():
        everywhere = {place for act, place in (*old, *new) if act == acts[sentence]}
        yield sentence if set(at) == everywhere and len(at) > 1 else f"{_placed(at, process)}: {sentence}"


def _changes(act: str, old: Rule | None, new: Rule | None) -> Iterator[str]:
    if old is None and new is not None:
        yield f"{capital(people(new.roles))} may now {does(act)}{_conditions(new)}."
    elif new is None:
        yield f"Nobody may {does(act)} any longer."
    elif old is not None and new is not None:
        yield from _roles(act, old, new)
        yield from _marks(act, old, new)
        yield from _waits(act, old, new)
        yield from _releases(old.release, new.release)


def _conditions(rule: Rule) -> str:
    marks = [plain(word) for words in (rule.statuses, rule.mechanisms, rule.convenors) for word in sorted(words)]
    conditions = f" (only of: {listed(marks)})" if marks else ""
    conditions += ", for the subject under review" if rule.subject else ""
    conditions += f", while the {rule.window} is open" if rule.window else ""
    conditions += f", once these are answered: {listed([plain(g) for g in rule.gates])}" if rule.gates else ""
    return conditions


def _roles(act: str, old: Rule, new: Rule) -> Iterator[str]:
    lost, gained = old.roles - new.roles, new.roles - old.roles
    if lost and gained:
        yield f"{capital(people(lost))} may no longer {does(act)}; {people(gained)} may."
    elif lost:
        yield f"{capital(people(lost))} may no longer {does(act)}."
    elif gained:
        yield f"{capital(people(gained))} may now {does(act)} as well."


def _marks(act: str, old: Rule, new: Rule) -> Iterator[str]:
    for name, anybody in _OF_ANY.items():
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            now = f"only those of {listed([plain(w) for w in sorted(after)])}" if after else f"those {anybody}"
            was = f"only those of {listed([plain(w) for w in sorted(before)])}" if before else f"those {anybody}"
            yield f"To {does(act)} is now for {now}; it was for {was}."
    if old.subject != new.subject:
        now = "only for the subject under review" if new.subject else "no longer only for the subject under review"
        yield f"To {does(act)} is now {now}."


def _waits(act: str, old: Rule, new: Rule) -> Iterator[str]:
    if old.window != new.window:
        now = f"possible only while the {new.window} is open" if new.window else "possible at any time"
        was = f"before, only while the {old.window} was open" if old.window else "before, at any time"
        yield f"To {does(act)} is now {now}; {was}."
    for gate in (g for g in new.gates if g not in old.gates):
        yield f"To {does(act)} now waits for this to be answered: {plain(gate)}."
    for gate in (g for g in old.gates if g not in new.gates):
        yield f"To {does(act)} no longer waits for this to be answered: {plain(gate)}."
    if set(old.gates) == set(new.gates) and old.gates != new.gates:
        yield f"To {does(act)} asks the same questions in another order: {listed([plain(g) for g in new.gates])}."


def _releases(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for author in (a for a in dict.fromkeys((*_AUTHORS, *new, *old)) if old.get(a) != new.get(a)):
        whose = _AUTHORS.get(author, f"A {plain(author)}'s")
        now, was = (
            (PEOPLE.get(role, plain(role)) if role else "nobody") for role in (new.get(author), old.get(author))
        )
        yield f"{whose} input is now released by {now}; it was by {was}."


def released(old: Process, new: Process) -> Iterator[str]:
    """What the top of the file says of releasing, where no rule shows it."""
    yield from _releases(old.release, new.release)


def _placed(places: list[Place], process: Process) -> str:
    tracks: dict[str, list[str]] = {}
    for place in places:
        tracks.setdefault(place.track, []).append(place.stage)
    return "; ".join(_track(track, stages, process) for track, stages in tracks.items())


def _track(name: str, stages: list[str], process: Process) -> str:
    if not name:
        return "Outside any edition"
    track = process.tracks[name]
    if set(stages) == set(track.stages) and len(stages) > 1:
        return f"{track.title}, at every stage"
    return f"{track.title}, at {listed([track.stages[stage].title for stage in stages])}"
