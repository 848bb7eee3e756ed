"""What changed between two versions of a definition, in words: "The consultation is 5 days shorter."

Every field of the model is looked at, in the order of the file; equal models give nothing. A stage or track that goes
on under another name (`[[moves]]`) is compared with what it was.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ...spoken_words import does, plain
from ..moves import moves_from
from ..process import Process, Rule, Track
from . import parts
from .acts import Place, Rules, released, rules_changed
from .phrases import capital, in_words, titled
from .stages import new_stage, stage_changes, stage_dates

GROUPS = ("people", "stages", "dates", "documents", "closings", "texts")
_TOP = {"zone": "dates", "ends": "dates", "comments": "people", "chair": "people"}
_OF_TRACK = {
    "zone": "dates",
    "after": "dates",
    "feeds": "dates",
    "documents": "documents",
    "comments": "people",
    "convened_by": "people",
    "rights": "people",
    "voluntary": "people",
}
_OF_PART = {"convened_by": "people", "statuses": "people", "mechanisms": "people", "through": "people", "due": "dates"}


@dataclass(frozen=True)
class Change:
    """One difference: the group it belongs to (`GROUPS`), and a sentence."""

    group: str
    sentence: str


def changes(old: Process, new: Process) -> tuple[Change, ...]:
    """All that differs, by group and then in the order of the file; each sentence once."""
    differences = list(dict.fromkeys(Change(group, capital(sentence)) for group, sentence in _all(old, new)))
    if not differences and old.text != new.text:
        differences = [Change("texts", "Only remarks, spacing or the order of things in the file changed.")]
    return tuple(sorted(differences, key=lambda change: GROUPS.index(change.group)))


def _all(old: Process, new: Process) -> Iterator[tuple[str, str]]:
    yield from _top(old, new)
    pairs = _tracks(old, new)
    yield from _coming_and_going(old, new, pairs)
    for name, track in pairs.items():
        yield from _track(old.tracks[track], new.tracks[name], old, new)
    yield from _rules(old, new, pairs)
    yield from _parts(old, new)


def _top(old: Process, new: Process) -> Iterator[tuple[str, str]]:
    plain_fields = ("name", "version", "title", "layer", "language", "zone", "ends", "comments")
    skip = tuple(f for f in Process.__dataclass_fields__ if f not in plain_fields)
    for name, sentence in parts.differing("The process", old, new, skip):
        yield _TOP.get(name, "texts"), sentence
    yield from (("people", sentence) for _, sentence in parts.differing("The chair", old.chair, new.chair))
    yield from (("people", sentence) for sentence in released(old, new))


def _tracks(old: Process, new: Process) -> Mapping[str, str]:
    """New track -> the old one it goes on from: by name, or as the new version says under [[moves]]."""
    declared = moves_from(new, old.version).tracks
    back = {goal: origin for origin, goal in declared.items() if origin in old.tracks and origin not in new.tracks}
    named = {name: name if name in old.tracks else back.get(name, "") for name in new.tracks}
    return {name: origin for name, origin in named.items() if origin}


def _stages(old: Track, new: Track, process: Process, version: str) -> Mapping[str, str]:
    """New stage -> the old one it goes on from."""
    declared = moves_from(process, version).stages.get(old.name, {})
    back = {goal: origin for origin, goal in declared.items() if origin in old.stages and origin not in new.stages}
    named = {name: name if name in old.stages else back.get(name, "") for name in new.stages}
    return {name: origin for name, origin in named.items() if origin}


def _coming_and_going(old: Process, new: Process, pairs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, track in new.tracks.items():
        if name not in pairs:
            yield "stages", f"There is a new track: {titled(name, track, old.tracks, new.tracks)}."
        elif name != pairs[name]:
            yield "stages", f"The track {plain(pairs[name])} is now {plain(name)}."
    for name, track in old.tracks.items():
        if name not in pairs.values():
            yield "stages", f"There is no track {titled(name, track, old.tracks, new.tracks)} any longer."


def _track(old: Track, new: Track, before: Process, after: Process) -> Iterator[tuple[str, str]]:
    for name, sentence in parts.differing(f"The track {new.title}", old, new, ("name", "stages", "always", "repeat")):
        yield _OF_TRACK.get(name, "stages"), sentence
    yield from (("stages", sentence) for sentence in _repeat(old, new))
    pairs = _stages(old, new, after, before.version)
    for stage in new.stages.values():
        if stage.id not in pairs:
            yield "stages", new_stage(new, stage, titled(stage.id, stage, old.stages, new.stages))
            continue
        earlier, at = old.stages[pairs[stage.id]], f"{new.title}, {stage.title}"
        yield from (("dates", sentence) for sentence in stage_dates(at, earlier, stage, before, after))
        yield from stage_changes(at, earlier, stage)
        yield from (("stages", sentence) for _, sentence in parts.differing(at, earlier, stage, _DESCRIBED_OF_STAGE))
    for stage in old.stages.values():
        if stage.id not in pairs.values():
            gone = titled(stage.id, stage, old.stages, new.stages)
            yield "stages", f"{new.title}: there is no stage {gone} any longer."


def _repeat(old: Track, new: Track) -> Iterator[str]:
    if old.repeat is None and new.repeat is not None:
        yield f"The track {new.title} can now be run several times, {new.repeat.at_most} at most."
        body = f", each for a body: {in_words(new.repeat.body)}" if new.repeat.body else ""
        yield f"The track {new.title} takes {new.repeat.themes or 'any number of'} themes at most{body}."
    elif new.repeat is None and old.repeat is not None:
        yield f"The track {new.title} is run once; it could be run {old.repeat.at_most} times."
    elif old.repeat is not None:
        yield from (sentence for _, sentence in parts.differing(f"The track {new.title}", old.repeat, new.repeat))


# ---- rules
def _compared(old: Process, new: Process, pairs: Mapping[str, str]) -> tuple[Rules, Rules]:
    """The rules that hold at each place that both versions have, under the new version's names."""
    before: dict[tuple[str, Place], Rule] = {(act, Place("", "")): rule for act, rule in old.forum_acts.items()}
    after: dict[tuple[str, Place], Rule] = {(act, Place("", "")): rule for act, rule in new.forum_acts.items()}
    for name, origin in pairs.items():
        was, now = old.tracks[origin], new.tracks[name]
        for stage, earlier in _stages(was, now, new, old.version).items():
            place = Place(name, stage)
            before.update({(act, place): rule for act, rule in was.rules(earlier).items()})
            after.update({(act, place): rule for act, rule in now.rules(stage).items()})
    return before, after


def _rules(old: Process, new: Process, pairs: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    before, after = _compared(old, new, pairs)
    yield from (("people", sentence) for sentence in rules_changed(before, after, new))
    # A rule for the whole track and the same rule at each stage come to the same; that it is written otherwise is said.
    reported = {
        (act, place.track) for act, place in (*before, *after) if before.get((act, place)) != after.get((act, place))
    }
    for name, origin in pairs.items():
        was, now = old.tracks[origin].always, new.tracks[name].always
        for act in (a for a in dict.fromkeys((*now, *was)) if was.get(a) != now.get(a) and (a, name) not in reported):
            yield "people", f"{new.tracks[name].title}: who may {does(act)} at every stage is written in another way."
        yield from _hidden(old.tracks[origin], new.tracks[name], reported)


def _hidden(old: Track, new: Track, reported: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Rules of single stages that repeat, or no longer repeat, what holds on the whole track."""
    for stage in [name for name in new.stages if name in old.stages]:
        was, now = old.stages[stage].acts, new.stages[stage].acts
        for act in dict.fromkeys((*now, *was)):
            if was.get(act) != now.get(act) and (act, new.name) not in reported:
                yield (
                    "people",
                    f"{new.title}, {new.stages[stage].title}: who may {does(act)} is written in another way.",
                )


# ---- the parts beside the tracks
_NAMED = (
    ("bodies", "body", "people"),
    ("anchors", "date", "dates"),
    ("meetings", "meeting", "dates"),
    ("documents", "document", "documents"),
    ("closings", "closing", "closings"),
)
_TEXTS = (
    ("mechanisms", "mechanism", "people"),
    ("dispositions", "answer", "closings"),
    ("disclaimers", "disclaimer", "texts"),
    ("wording", "word on screen", "texts"),
)


def _parts(old: Process, new: Process) -> Iterator[tuple[str, str]]:
    for field, kind, group in _NAMED:
        for name, sentence in parts.named(kind, getattr(old, field), getattr(new, field)):
            yield _OF_PART.get(name, group), sentence
    for field, kind, group in _TEXTS:
        yield from ((group, sentence) for sentence in parts.sentences(kind, getattr(old, field), getattr(new, field)))
    yield from (
        ("dates", sentence)
        for _, sentence in parts.differing("The least this forum allows", old.minimums, new.minimums)
    )
    for name, sentence in parts.differing("Reminders", old.reminders, new.reminders):
        yield _OF_PART.get(name, "dates"), sentence
    yield from (("documents", sentence) for sentence in parts.transmissions(old.transmissions, new.transmissions))
    yield from (("stages", sentence) for sentence in parts.moves(old.moves, new.moves))
    yield from (("texts", sentence) for _, sentence in parts.differing("The process", old, new, _DESCRIBED))


# The fields for which `changes` has sentences; a field that the model gains is described by its label until it has one.
_DESCRIBED = (
    "name", "version", "title", "layer", "language", "zone", "ends", "comments", "tracks", "forum_acts", "release",
    "anchors", "chair", "bodies", "meetings", "minimums", "reminders", "closings", "dispositions", "documents",
    "transmissions", "mechanisms", "disclaimers", "wording", "moves", "text",
)  # fmt: skip
_DESCRIBED_OF_STAGE = ("id", "title", "acts", "to", "clocks", "final", "opens", "closes", "grace", "needs")
