"""TOML tables -> the model. Groups of people and sets of acts are expanded here, so that the engine gets plain rules.

Most keys are read by their declaration (`definition_keys.py`); what remains here are keys that depend on one another.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from .act_names import FORMER, IN_PROCESSES, current
from .definition_keys import read
from .definition_parts import NOTHING, Moves
from .process import Process, Rule, Stage, Track
from .text_sorts import twice
from .toml_table import Table, hint
from .vocabulary import AUTHORS

V = TypeVar("V")
MAX_STAGES = 400  # in one file, all tracks together


class Names:
    """What a file defines once and uses often: groups of people, sets of acts, who releases for whom."""

    def __init__(self, root: Table) -> None:
        groups = root.table("groups")
        self.groups = {name: groups.words(name) for name in groups.names()}
        self.lines = {name: groups.line_of(name) for name in self.groups}
        release = root.table("release")
        self.release: Mapping[str, str] = MappingProxyType(_release(release))
        self.sets = {name: rules(table, self) for name, table in root.tables("sets").items()}

    def people(self, table: Table, key: str) -> frozenset[str]:
        """The roles behind a list of roles and groups."""
        named = (self.groups.get(word, (word,)) for word in table.words(key))
        return frozenset(role for roles in named for role in roles)


def process(root: Table, text: str) -> Process:
    """The whole definition. Refuses with `FileRefused` whatever is missing, of the wrong kind, or unknown."""
    _few(root)
    names = Names(root)
    tracks = {name: _track(name, table, names, root) for name, table in root.tables("tracks").items()}
    forum_acts = _frozen(rules(root.table("forum_acts"), names))
    moves = tuple(_moves(table) for table in root.listed("moves"))
    built = read(
        Process,
        root,
        tracks=_frozen(tracks),
        forum_acts=forum_acts,
        release=names.release,
        moves=moves,
        groups=_frozen(names.lines),
        text=text,
    )
    tracks = {name: replace(track, twice=twice(built, track)) for name, track in built.tracks.items()}
    built = replace(built, tracks=_frozen(tracks))
    if not built.tracks:
        raise root.refuse("", "The file has no track.", "Add one under [tracks.main].")
    return built


def _few(root: Table) -> None:
    """Refuse a file with more stages than anybody can survey, before it is read: the check walks through each of
    them."""
    count = 0
    for track in root.tables("tracks").values():
        for stage in track.table("stages").tables().values():
            count += 1
            if count > MAX_STAGES:
                why = f"The file has more than {MAX_STAGES} stages."
                raise stage.refuse("", why, "Nobody can survey that many: join stages, or tracks that repeat.")


def rules(table: Table, names: Names) -> dict[str, Rule]:
    """The rules of one table of acts."""
    for act in table.data:
        if current(act) not in IN_PROCESSES:
            raise table.refuse(act, f"There is no act {act[:60]}.", hint(act, IN_PROCESSES))
        if act in FORMER and current(act) in table.data:
            raise table.refuse(act, f"{act} is the former name of {current(act)}, which stands here too.", "Keep one.")
    return {current(act): _rule(current(act), inner, names) for act, inner in table.tables().items()}


def _rule(act: str, table: Table, names: Names) -> Rule:
    roles = names.people(table, "by")
    release = NOTHING
    if act == "release_contribution":
        release = MappingProxyType(_release(table.table("release"))) if table.has("release") else names.release
        roles = roles or frozenset(release.values())
    if not roles:
        raise table.refuse("", f"Nobody may {act}.", 'Say who: by = ["secretariat"].')
    rule = read(Rule, table, act=act, roles=roles, release=release)
    return replace(
        rule,
        statuses=frozenset(rule.statuses),
        mechanisms=frozenset(rule.mechanisms),
        convenors=frozenset(rule.convenors),
    )


def _release(table: Table) -> dict[str, str]:
    roles = {author: table.text(author) for author in AUTHORS if table.has(author)}
    table.done()
    return roles


def _track(name: str, table: Table, names: Names, root: Table) -> Track:
    stages = {stage: _stage(stage, inner, names) for stage, inner in table.tables("stages").items()}
    if not stages:
        raise table.refuse("", f"The track {name} has no stage.", f"Add one under [tracks.{name}.stages.first].")
    always = _frozen(rules(table.table("always"), names))
    track = read(Track, table, name=name, stages=_frozen(stages), always=always)
    if not table.has("comments") and root.has("comments"):
        track = replace(track, comments=root.text("comments"))
    return track


def _stage(name: str, table: Table, names: Names) -> Stage:
    acts: dict[str, Rule] = {}
    for set_name in table.words("sets", tuple(names.sets) or ("",)):
        acts.update(names.sets[set_name])
    acts.update(rules(table.table("acts"), names))
    return read(Stage, table, id=name, acts=_frozen(acts))


def _moves(table: Table) -> Moves:
    stages = table.table("stages")
    named = {track: _frozen(stages.texts(track)) for track in stages.names()}
    return read(Moves, table, stages=_frozen(named))


def _frozen(named: Mapping[str, V]) -> Mapping[str, V]:
    return MappingProxyType(dict(named))
