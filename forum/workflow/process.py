"""The model of a process: what a definition under `workflows/` says, once loaded. Frozen; it decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from types import MappingProxyType

from ..worded import refilled
from .act_names import IN_PROCESSES
from .definition_keys import key
from .definition_parts import (
    NOTHING,
    Anchor,
    Body,
    Chair,
    Closing,
    Document,
    Meeting,
    Minimums,
    Moves,
    Reminders,
    Repeat,
    Transmission,
    Twice,
)
from .graph import reachable
from .vocabulary import ANNOUNCED, CLOCK_INSTANTS, LAYERS, RIGHTS, STATUSES, VISIBILITIES, WINDOWS
from .when import When, between


@dataclass(frozen=True)
class Rule:
    """One act at one stage: who may do it, within which window, and which questions must be answered first.

    Empty `statuses`, `mechanisms` and `convenors` mean any. `release` says, by kind of author (`AUTHORS`), which role
    may release; it is empty for every act but `release_contribution`. `line` is its line in the file.
    """

    act: str
    roles: frozenset[str]
    statuses: frozenset[str] = key(
        "Statuses in the forum, asked of those who take part for an organisation; default any.",
        "words",
        among=STATUSES,
        default=frozenset(),
    )
    mechanisms: frozenset[str] = key(
        "Only organisations of these mechanisms; default any.", "words", default=frozenset()
    )
    gates: tuple[str, ...] = key("Questions that must be answered first.", "words", default=())
    window: str | None = key("Only while this window is open.", among=WINDOWS, default=None)
    convenors: frozenset[str] = key(
        "Only people of these convenors, by layer or process; default any.", "words", default=frozenset()
    )
    subject: bool = key("Only people who speak for the subject under review.", "flag", default=False)
    release: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Clock:
    """A move that nobody makes by hand: at an instant such as `call_closes` the track goes to another stage.

    `gates` hold the move back while they are closed (a broken silence does not end in an endorsement); `act` is the
    word under which the history records it.
    """

    at: str = key("The instant of the move.", among=CLOCK_INSTANTS)
    to: str = key("The stage to go to.")
    act: str = key("The word under which the history records it.", "act", among=IN_PROCESSES, default="advance_stage")
    gates: tuple[str, ...] = key("Questions that hold the move back while they are open.", "words", default=())
    line: int | None = field(default=None, compare=False)

    @property
    def window(self) -> str:
        """The window whose edge this is: `call_closes` -> `call`."""
        return self.at.rsplit("_", 1)[0]


@dataclass(frozen=True)
class Stage:
    """One stretch of a track: the acts open in it, the stages that may follow, and the moves of the clock.

    `opens` and `closes` are its planned dates. A call or a consultation that begins in it takes its end from
    `closes` where nobody names another; `needs` are the gates that a track must pass to come here.
    """

    id: str
    title: str = key("Its title.", "worded")
    acts: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    to: tuple[str, ...] = key("The stages to which somebody may move on by hand.", "words", default=())
    clocks: tuple[Clock, ...] = key("The moves of the clock.", "list", name="clock", default=(), of=Clock)
    final: bool = key("Whether the track ends here.", "flag", default=False)
    opens: When | None = key("When it is planned to open.", "when", default=None)
    closes: When | None = key("When it is planned to close.", "when", default=None)
    grace: timedelta | None = key(
        "How long after the deadline of its call an input is still taken, marked late.", "span", default=None
    )
    needs: tuple[str, ...] = key("Questions that must be answered before the track may come here.", "words", default=())
    line: int | None = field(default=None, compare=False)

    @property
    def left_as_planned(self) -> bool:
        """Whether its planned end is the only way on, so that nobody may move the track and no window does. Where that
        end has passed before the track comes here, the clock moves it on at once: nothing else ever would."""
        return not self.to and bool(self.clocks) and all(clock.at == "stage_closes" for clock in self.clocks)

    def leads_to(self) -> tuple[str, ...]:
        """Every stage that may follow, by hand or by the clock, once each, in the order of the file."""
        return tuple(dict.fromkeys((*self.to, *(clock.to for clock in self.clocks))))


@dataclass(frozen=True)
class Track:
    """One of the paths an edition runs at once, with its own stage. `always` holds the acts open at every stage.

    `after`: nothing can be done on it before that track has ended. `feeds`: the meeting of [meetings] it must be ready
    for. `convened_by` with `rights`: "equal" gives all convenors the same, "lead" lets single acts be one convenor's.
    """

    name: str
    title: str = key("Its title.", "worded")
    initial: str = key("The stage it begins at.")
    stages: Mapping[str, Stage] = field(default_factory=lambda: MappingProxyType({}))
    always: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    documents: tuple[str, ...] = key("The kinds of document it makes.", "words", default=())
    comments: str = key(
        "Who sees comments on its drafts; default as at the top of the file.",
        among=VISIBILITIES,
        default="participants",
    )
    zone: str = key("The zone of its dates; default as at the top of the file.", "zone", default="")
    repeat: Repeat | None = key("Run it several times.", "one", default=None, of=Repeat)
    convened_by: tuple[str, ...] = key("Layers, processes or mechanisms of those who convene it.", "words", default=())
    rights: str = key("Whether its convenors have equal rights.", among=RIGHTS, default="equal")
    after: str = key("The track that must have ended first.", default="")
    feeds: str = key("The meeting of [meetings] it must be ready for.", default="")
    reviews: bool = key("Whether each run of it reviews somebody who takes part: its subject.", "flag", default=False)
    minimums: Minimums = key(
        "The shortest times on it, where they are others than at the top of the file.",
        "one",
        default=Minimums(),
        of=Minimums,
    )
    voluntary: bool = key("Only for those who wish: nobody is asked, nobody is reminded.", "flag", default=False)
    twice: tuple[Twice, ...] = field(default=(), compare=False)
    line: int | None = field(default=None, compare=False)

    def rule(self, stage: str, act: str) -> Rule | None:
        """The rule for an act at a stage; what the stage says goes before what holds on the whole track."""
        own = self.stages[stage].acts.get(act) if stage in self.stages else None
        return own or (self.always.get(act) if stage in self.stages else None)

    def rules(self, stage: str) -> Mapping[str, Rule]:
        """Every act open at a stage, those of the whole track included."""
        return {**self.always, **self.stages[stage].acts} if stage in self.stages else {}

    def rules_while_silent(self, stage: str, act: str) -> tuple[Rule, ...]:
        """The rules for an act on a silence that runs while the track stands at a stage: the stage's own, and that of
        each stage at which silences begin, for it holds until the silence ends. Of several, any may allow the act."""
        rules = (self.rule(name, act) for name in (stage, *self.stages_with("start_silence")))
        return tuple({id(rule): rule for rule in rules if rule is not None}.values())

    def rules_while_open(self, stage: str, act: str) -> tuple[Rule, ...]:
        """The rules for an act within a call or a consultation that is open while the track stands at a stage: the
        stage's own, and that of each stage which gives the act within the same window. Of several, any may allow it:
        who was asked has the time that was announced, wherever the track is moved meanwhile."""
        own = self.rule(stage, act)
        if own is not None and own.window not in ANNOUNCED:
            return (own,)
        elsewhere = self._announced.get(act, ())
        window = next((rule.window for rule in (own, *elsewhere) if rule is not None), None)
        others = tuple(rule for rule in elsewhere if rule.window == window and rule != own)
        return others if own is None else (own, *others)

    @cached_property
    def _announced(self) -> Mapping[str, Sequence[Rule]]:
        """The rules within a call or a consultation of all stages, by act, each once."""
        found: dict[str, list[Rule]] = {}
        for stage in self.stages:
            for act, rule in self.rules(stage).items():
                if rule.window in ANNOUNCED and rule not in found.setdefault(act, []):
                    found[act].append(rule)
        return found

    def asks_before(self, stage: str) -> tuple[str, ...]:
        """The gates a track must pass before it may come to a stage: those it names, and before an end that no call
        takes inputs any more, since nobody would answer them, and that no text waits for its second closing."""
        known = self.stages.get(stage)
        if known is None:
            return ()
        waits = known.final and any(
            rule.window == "call" for rule in self.rules_while_open(stage, "submit_contribution")
        )
        twice = ("no_text_between_closings",) if known.final and self.twice else ()
        return tuple(dict.fromkeys((*known.needs, *(("no_call_open",) if waits else ()), *twice)))

    def called(self, title: str) -> str:
        """The title of a track that runs this one: in every language, where nobody gave it another."""
        return self.title if title == self.title else title

    def stages_with(self, act: str) -> tuple[str, ...]:
        """The stages at which an act is open, in the order of the file."""
        return tuple(stage for stage in self.stages if self.rule(stage, act))

    @cached_property
    def stages_ahead(self) -> Mapping[str, frozenset[str]]:
        """The stages that are still to come, by the stage at which a track stands. Where stages lead round in a circle,
        those that the file names before it lie behind: a track may be sent back to one, but nobody has planned that it
        will."""

        def onward(name: str) -> list[str]:
            return [to for to in self.stages[name].leads_to() if to in self.stages]

        place = list(self.stages).index
        after = {name: reachable(onward(name), onward) for name in self.stages}
        return {
            name: frozenset(to for to in after[name] if place(to) > place(name) or name not in after[to])
            for name in self.stages
        }


@dataclass(frozen=True)
class Process:
    """A whole definition. `text` is the file as it was read, with LF line ends: its hash is the definition's name.

    `groups`: the names of [groups], each with its line; whom they stand for is written out in the rules already.
    """

    name: str = key("The process's name; editions and transmissions call it so.", "word")
    version: str = key("Any text; yours to count.")
    title: str = key("For people.", "worded")
    layer: str = key("Its review layer.", among=LAYERS)
    language: str = key("The language of its words.", "language", default="en")
    zone: str = key("The zone in which its days begin and its deadlines are spoken.", "zone", default="Europe/Zurich")
    ends: When | None = key("When an edition ends by itself.", "when", default=None)
    comments: str = key("Who sees comments on a draft.", among=VISIBILITIES, default="participants")
    tracks: Mapping[str, Track] = field(default_factory=lambda: MappingProxyType({}))
    forum_acts: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    release: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    anchors: Mapping[str, Anchor] = key(
        "Dates from which others are counted.", "map", default=MappingProxyType({}), of=Anchor
    )
    chair: Chair = key("How the chair is held.", "one", default=Chair(), of=Chair)
    bodies: Mapping[str, Body] = key("Bodies the process relies on.", "map", default=MappingProxyType({}), of=Body)
    meetings: Mapping[str, Meeting] = key("Meetings it plans.", "map", default=MappingProxyType({}), of=Meeting)
    minimums: Minimums = key("The shortest times this forum allows.", "one", default=Minimums(), of=Minimums)
    reminders: Reminders = key("Who is reminded of a call, and when.", "one", default=Reminders(), of=Reminders)
    closings: Mapping[str, Closing] = key("How texts end.", "map", default=MappingProxyType({}), of=Closing)
    dispositions: Mapping[str, str] = key("What an input can be told.", "sentences", default=NOTHING)
    documents: Mapping[str, Document] = key("The documents it makes.", "map", default=MappingProxyType({}), of=Document)
    transmissions: tuple[Transmission, ...] = key("Where its texts may go.", "list", default=(), of=Transmission)
    mechanisms: Mapping[str, str] = key("The mechanisms beside the states.", "sentences", default=NOTHING)
    disclaimers: Mapping[str, str] = key("Standing texts of its papers.", "sentences", default=NOTHING)
    wording: Mapping[str, str] = key("Its words on screen.", "sentences", default=NOTHING)
    moves: tuple[Moves, ...] = ()
    groups: Mapping[str, int | None] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    text: str = ""

    def __hash__(self) -> int:
        return hash((self.name, self.text))

    def rules(self) -> Iterator[tuple[str, str, Rule]]:
        """Every rule with its track and stage. `always` stands as the stage "", what the forum does as the track ""."""
        for rule in self.forum_acts.values():
            yield "", "", rule
        for track in self.tracks.values():
            yield from ((track.name, "", rule) for rule in track.always.values())
            for stage in track.stages.values():
                yield from ((track.name, stage.id, rule) for rule in stage.acts.values())

    def least(self, kind: str, track: Track | None) -> timedelta | None:
        """The shortest time that is allowed on a track: of a call, a consultation, a silence, a translation."""
        least: timedelta | None = getattr(track and track.minimums, kind, None) or getattr(self.minimums, kind)
        return least

    def too_short(self, kind: str, track: Track | None, opens: datetime, closes: datetime) -> timedelta | None:
        """The shortest time that is allowed on a track, where this is shorter; None where it is long enough."""
        least, zone = self.least(kind, track), (track.zone if track else "") or self.zone
        return least if least is not None and between(opens, closes, zone) < least else None

    def answered(self, word: str, words: str) -> str:
        """A sentence that an answer was given in, in every language of the disposition it was made of."""
        return refilled(self.dispositions[word], "{paragraph}", words) if word in self.dispositions else words

    def acts(self) -> frozenset[str]:
        """Every act the definition uses: a service that lacks one of them cannot run it."""
        clocks = (clock for track in self.tracks.values() for stage in track.stages.values() for clock in stage.clocks)
        return frozenset(rule.act for _, _, rule in self.rules()) | frozenset(clock.act for clock in clocks)

    def gates(self) -> frozenset[str]:
        """Every gate the definition uses."""
        used = {gate for _, _, rule in self.rules() for gate in rule.gates}
        used.update(gate for document in self.documents.values() for gate in document.gates)
        for track in self.tracks.values():
            for stage in track.stages.values():
                used.update(stage.needs, (gate for clock in stage.clocks for gate in clock.gates))
        return frozenset(used)
