"""TOML tables -> the model. Groups of people and sets of acts are unfolded here, so that the engine meets plain rules."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from forum.workflow.acts import ACTS
from forum.workflow.process import (
    AUTHORS,
    CLOCK_INSTANTS,
    CLOSINGS,
    DEFAULT_HOURS,
    LAYERS,
    STATUSES,
    VISIBILITIES,
    WINDOWS,
    Clock,
    Closing,
    Document,
    Process,
    Rule,
    Stage,
    Track,
    Transmission,
)
from forum.workflow.table import WORD, Table, hint

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LONGEST = 2_000  # hours of silence: some twelve weeks
V = TypeVar("V")


class Names:
    """What a file defines once and uses often: groups of people, sets of acts, who releases for whom."""

    def __init__(self, root: Table) -> None:
        groups = root.table("groups")
        self.groups = {name: groups.words(name) for name in groups.names()}
        release = root.table("release")
        self.release: Mapping[str, str] = MappingProxyType(_release(release))
        self.sets = {name: rules(table, self) for name, table in root.tables("sets").items()}

    def people(self, table: Table, key: str) -> frozenset[str]:
        """The roles behind a list of roles and groups."""
        named = (self.groups.get(word, (word,)) for word in table.words(key))
        return frozenset(role for roles in named for role in roles)


def process(root: Table, text: str) -> Process:
    """The whole definition. Refuses with `FileRefused` whatever is missing, of the wrong kind, or unknown."""
    names = Names(root)
    comments = root.text("comments", "participants", VISIBILITIES)
    built = Process(
        name=_word(root, "name"),
        version=root.text("version"),
        title=root.text("title"),
        layer=root.text("layer", None, LAYERS),
        language=_language(root, root.text("language", "en")),
        tracks=_frozen({name: _track(name, table, names, comments) for name, table in root.tables("tracks").items()}),
        forum_acts=_frozen(rules(root.table("forum_acts"), names)),
        release=names.release,
        comments=comments,
        closings=_frozen({name: _closing(name, table) for name, table in root.tables("closings").items()}),
        dispositions=_frozen(root.sentences("dispositions")),
        documents=_frozen({name: _document(name, table) for name, table in root.tables("documents").items()}),
        transmissions=tuple(_transmission(table) for table in root.listed("transmissions")),
        mechanisms=_frozen(root.sentences("mechanisms")),
        disclaimers=_frozen(root.sentences("disclaimers")),
        wording=_frozen(root.sentences("wording")),
        text=text,
    )
    root.done()
    if not built.tracks:
        raise root.refuse("", "The file has no track.", "Add one under [tracks.main].")
    return built


def rules(table: Table, names: Names) -> dict[str, Rule]:
    """The rules of one table of acts."""
    for act in table.data:
        if act not in ACTS:
            raise table.refuse(act, f"There is no act {act[:60]}.", hint(act, ACTS))
    return {act: _rule(act, one, names) for act, one in table.tables().items()}


def _rule(act: str, table: Table, names: Names) -> Rule:
    roles = names.people(table, "by")
    release: Mapping[str, str] = MappingProxyType({})
    if act == "release_contribution":
        release = MappingProxyType(_release(table.table("release"))) if table.has("release") else names.release
        roles = roles or frozenset(release.values())
    if not roles:
        raise table.refuse("", f"Nobody may {act}.", 'Say who: by = ["secretariat"].')
    rule = Rule(
        act=act,
        roles=roles,
        statuses=frozenset(table.words("statuses", STATUSES)),
        mechanisms=frozenset(table.words("mechanisms")),
        gates=table.words("gates"),
        window=table.text("window", "", ("", *WINDOWS)) or None,
        release=release,
        line=table.line,
    )
    table.done()
    return rule


def _release(table: Table) -> dict[str, str]:
    found = {author: table.text(author) for author in AUTHORS if table.has(author)}
    table.done()
    return found


def _track(name: str, table: Table, names: Names, comments: str) -> Track:
    stages = {stage: _stage(stage, one, names) for stage, one in table.tables("stages").items()}
    if not stages:
        raise table.refuse("", f"The track {name} has no stage.", f"Add one under [tracks.{name}.stages.first].")
    track = Track(
        name=name,
        title=table.text("title"),
        initial=table.text("initial"),
        stages=_frozen(stages),
        always=_frozen(rules(table.table("always"), names)),
        documents=table.words("documents"),
        comments=table.text("comments", comments, VISIBILITIES),
        line=table.line,
    )
    table.done()
    return track


def _stage(name: str, table: Table, names: Names) -> Stage:
    acts: dict[str, Rule] = {}
    for one in table.words("sets", tuple(names.sets) or ("",)):
        acts.update(names.sets[one])
    acts.update(rules(table.table("acts"), names))
    stage = Stage(
        id=name,
        title=table.text("title"),
        acts=_frozen(acts),
        to=table.words("to"),
        clocks=tuple(_clock(one) for one in table.listed("clock")),
        final=table.flag("final"),
        line=table.line,
    )
    table.done()
    return stage


def _clock(table: Table) -> Clock:
    clock = Clock(
        at=table.text("at", None, CLOCK_INSTANTS),
        to=table.text("to"),
        act=table.text("act", "advance_stage", ACTS),
        gates=table.words("gates"),
        line=table.line,
    )
    table.done()
    return clock


def _closing(name: str, table: Table) -> Closing:
    closing = Closing(
        id=name,
        name=table.text("how", None, CLOSINGS),
        by=_word(table, "by"),
        hours=table.whole("hours", DEFAULT_HOURS, 1, _LONGEST),
        word_on_paper=table.sentence("on_paper"),
        line=table.line,
    )
    table.done()
    return closing


def _document(kind: str, table: Table) -> Document:
    document = Document(
        kind=kind,
        title=table.text("title"),
        closing=table.text("closing"),
        outline=table.words("outline"),
        languages=tuple(_language(table, one) for one in table.words("languages", default=("en",))),
        visibility=table.text("visibility", "public", VISIBILITIES),
        gates=table.words("gates"),
        line=table.line,
    )
    table.done()
    return document


def _transmission(table: Table) -> Transmission:
    sent = Transmission(
        document=table.text("document"), to=table.words("to"), outside=table.flag("outside"), line=table.line
    )
    table.done()
    return sent


def _word(table: Table, key: str) -> str:
    value = table.text(key)
    if not WORD.fullmatch(value):
        raise table.refuse(key, f"{key} is not a plain word.", "Use small letters, digits and underscores.")
    return value


def _language(table: Table, tag: str) -> str:
    if not _LANGUAGE.fullmatch(tag):
        raise table.refuse("", f"{tag[:40]!r} is not a language tag.", 'Write "en", "ar", "zh" and the like.')
    return tag


def _frozen(data: dict[str, V]) -> Mapping[str, V]:
    return MappingProxyType(data)
