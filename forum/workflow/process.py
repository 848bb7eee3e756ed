"""The model of a process: what a definition under `workflows/` says, once loaded. Frozen; it decides nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LAYERS = ("local", "national", "regional", "gfmd", "global")

ROLES = (
    "chair",
    "secretariat",
    "penholder",
    "coordinator",
    "national_focal_point",
    "delegate",
    "representative",
    "resource_person",
    "note_taker",
    "moderator",
    "liaison",
    "member",
    "observer",
    "participant",
)

# Who acts for an organisation that takes part. Only of these are a participation's status and mechanisms asked: the
# offices of a forum (its chair, its penholder, a member of its steering group) have neither.
PARTICIPANT_ROLES = frozenset({"national_focal_point", "delegate", "representative", "observer", "participant"})

STATUSES = ("member", "observer", "participant")
WINDOWS = ("call", "consultation", "silence")
CLOCK_INSTANTS = tuple(f"{window}_{edge}" for window in WINDOWS for edge in ("opens", "closes"))
# Those of them that the worker acts on (`forum/jobs/`); a move at another would never be made.
CLOCKS_RUN = ("call_closes", "silence_closes")
AUTHORS = ("state", "organisation", "mechanism", "forum")
CLOSINGS = ("issued", "endorsed", "no_objection", "adopted")
VISIBILITIES = ("team", "participants", "public")
DEFAULT_HOURS = 72  # of silence, where a definition names no number


def _empty() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class Rule:
    """One act at one stage: who may do it, within which window, and which questions must be answered first.

    Empty `statuses` and `mechanisms` mean any. `release` says, by kind of author (`AUTHORS`), which role may release; it
    is empty for every act but `release_contribution`. `line` is where the file says so.
    """

    act: str
    roles: frozenset[str]
    statuses: frozenset[str] = frozenset()
    mechanisms: frozenset[str] = frozenset()
    gates: tuple[str, ...] = ()
    window: str | None = None
    release: Mapping[str, str] = field(default_factory=_empty)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Clock:
    """A move that nobody makes by hand: at an instant such as `call_closes` the track goes to another stage.

    `gates` hold the move back while they are closed (a broken silence does not end in an endorsement); `act` is the word
    under which the history records it.
    """

    at: str
    to: str
    act: str = "advance_stage"
    gates: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)

    @property
    def window(self) -> str:
        """The window whose edge this is: `call_closes` -> `call`."""
        return self.at.rsplit("_", 1)[0]


@dataclass(frozen=True)
class Stage:
    """One stretch of a track: the acts open in it, the stages that may follow, and the moves of the clock."""

    id: str
    title: str
    acts: Mapping[str, Rule]
    to: tuple[str, ...] = ()
    clocks: tuple[Clock, ...] = ()
    final: bool = False
    line: int | None = field(default=None, compare=False)

    def leads_to(self) -> tuple[str, ...]:
        """Every stage that may follow, by hand or by the clock, once each, in the order of the file."""
        return tuple(dict.fromkeys((*self.to, *(clock.to for clock in self.clocks))))


@dataclass(frozen=True)
class Track:
    """One of the paths an edition runs at once, with its own stage. `always` holds the acts open at every stage."""

    name: str
    title: str
    initial: str
    stages: Mapping[str, Stage]
    always: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))
    documents: tuple[str, ...] = ()
    comments: str = "participants"
    line: int | None = field(default=None, compare=False)

    def rule(self, stage: str, act: str) -> Rule | None:
        """The rule for an act at a stage; what the stage says goes before what holds on the whole track."""
        found = self.stages[stage].acts.get(act) if stage in self.stages else None
        return found or (self.always.get(act) if stage in self.stages else None)

    def rules(self, stage: str) -> Mapping[str, Rule]:
        """Every act open at a stage, those of the whole track included."""
        return {**self.always, **self.stages[stage].acts} if stage in self.stages else {}

    def stages_with(self, act: str) -> tuple[str, ...]:
        """The stages at which an act is open, in the order of the file."""
        return tuple(stage for stage in self.stages if self.rule(stage, act))


@dataclass(frozen=True)
class Closing:
    """How a text ends. `name` is one of `CLOSINGS`, `by` a role or a kind of body, `hours` the length of a silence.

    `word_on_paper` is what stands on screen and on paper; it may hold {date}, {body} and {hours}.
    """

    id: str
    name: str
    by: str
    hours: int = DEFAULT_HOURS
    word_on_paper: str = ""
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Document:
    """A kind of document the process makes. `outline` names its parts in order; `gates` must be open to close it."""

    kind: str
    title: str
    closing: str
    outline: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    visibility: str = "public"
    gates: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Transmission:
    """Where a kind of document may go: `to` holds layers or processes, one track of a process as `gfmd/focused_input`.

    `outside` allows delivery to a body that is not on this service.
    """

    document: str
    to: tuple[str, ...] = ()
    outside: bool = False
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Process:
    """A whole definition. `text` is the file as it was read, with LF line ends: its hash is the definition's name."""

    name: str
    version: str
    title: str
    layer: str
    language: str
    tracks: Mapping[str, Track]
    forum_acts: Mapping[str, Rule]
    release: Mapping[str, str]
    comments: str
    closings: Mapping[str, Closing]
    dispositions: Mapping[str, str]
    documents: Mapping[str, Document]
    transmissions: tuple[Transmission, ...]
    mechanisms: Mapping[str, str]
    disclaimers: Mapping[str, str]
    wording: Mapping[str, str]
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

    def acts(self) -> frozenset[str]:
        """Every act the definition uses: a service that lacks one of them cannot run it."""
        clocks = (clock for track in self.tracks.values() for stage in track.stages.values() for clock in stage.clocks)
        return frozenset(rule.act for _, _, rule in self.rules()) | frozenset(clock.act for clock in clocks)

    def gates(self) -> frozenset[str]:
        """Every gate the definition uses."""
        used = {gate for _, _, rule in self.rules() for gate in rule.gates}
        used.update(gate for document in self.documents.values() for gate in document.gates)
        for track in self.tracks.values():
            used.update(g for stage in track.stages.values() for clock in stage.clocks for g in clock.gates)
        return frozenset(used)
