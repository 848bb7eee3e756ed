"""What a definition has beside its stages: dates, bodies, meetings, closings, documents, transmissions, minimums."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from .definition_keys import key
from .vocabulary import (
    BLOCKS,
    BODIES,
    CLOSINGS,
    DEFAULT_HOURS,
    DEFAULT_REMINDER,
    LONGEST,
    POWERS,
    RESERVATIONS,
    SOURCES,
    STATUSES,
    VISIBILITIES,
)
from .when import When

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Anchor:
    """A date from which others are counted. Without `at` each edition gives it; with `at` it is computed."""

    name: str
    title: str = key("What people call it.", "worded")
    at: When | None = key(
        "From which other anchor it is counted; left out: the edition gives the date.", "when", default=None
    )
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Chair:
    """How the chair is held: for how many months, and by how many at once."""

    months: int = key("How long a term is: 12, 18 or 24 months, say.", "whole", default=12, low=1, high=60)
    holders: int = key("How many hold it together: 2 for co-chairs.", "whole", default=1, low=1, high=9)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Body:
    """A body that the process relies on, to be established with `establish_body`."""

    name: str
    title: str = key("Its title.", "worded")
    kind: str = key("What kind of body it is.", among=BODIES)
    power: str = key("What it may do.", among=POWERS, default="none")
    at_most: int = key("How many of them there may be.", "whole", default=1, low=1, high=200)
    convened_by: tuple[str, ...] = key(
        "Layers, processes or mechanisms of those who convene it, with equal rights.", "words", default=()
    )
    months: int = key("For how many months it is set up; 0: until it is ended.", "whole", default=0, low=0, high=240)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Meeting:
    """A meeting that the process plans: when, how long, in which format, open to whom."""

    name: str
    title: str = key("Its title.", "worded")
    track: str = key("The track it belongs to.", "word")
    at: When = key("When it begins.", "when")
    lasts: timedelta = key("How long it lasts.", "span", default=timedelta(days=1))
    format: str = key('Its format, in your words: "roundtables", "Common Space", "World Cafe".', "worded", default="")
    statuses: tuple[str, ...] = key(
        "Who may come, by status; left out: everybody who takes part.", "words", among=STATUSES, default=()
    )
    mechanisms: tuple[str, ...] = key("Who may come, by mechanism; left out: all.", "words", default=())
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Minimums:
    """The shortest times this forum allows; a window that is shorter is a finding."""

    call: timedelta | None = key("A call for contributions.", "span", default=None)
    consultation: timedelta | None = key("A consultation on a draft.", "span", default=None)
    silence: timedelta | None = key("A silence.", "span", default=None)
    translation: timedelta | None = key(
        "From a text's due date to the meeting it is for, where it is translated.", "span", default=None
    )
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Repeat:
    """A track that an edition runs several times: one for each regional consultation, say."""

    at_most: int = key("How many of them an edition may run.", "whole", low=1, high=200)
    themes: int = key(
        "How many of the edition's themes each may take at most; 0: any number.", "whole", default=0, low=0, high=50
    )
    body: str = key("The body of [bodies] for which each of them is run.", default="")
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Reminders:
    """Who is reminded of a call, and when: only those who have neither answered nor declined."""

    days: tuple[int, ...] = key("How many days before the deadline.", "numbers", default=(), low=1, high=90)
    through: tuple[str, ...] = key(
        "The roles through which an addressee is reminded; one that holds none of them is not.", "words", default=()
    )
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Closing:
    """How a text ends. `name` is one of `CLOSINGS`, `by` a role or a kind of body, `hours` the length of a silence.

    `word_on_paper` is what stands on screen and on paper; it may hold {date}, {body} and {hours}.
    """

    id: str
    name: str = key("How a text of this kind ends.", name="how", among=CLOSINGS)
    by: str = key("A role, or a kind of body.", "word")
    word_on_paper: str = key("What stands on screen and paper once it is closed.", "sentence", name="on_paper")
    hours: int = key("How long a silence lasts.", "whole", default=DEFAULT_HOURS, low=1, high=LONGEST)
    reservations: str = key("Where reservations are printed.", among=RESERVATIONS, default="annex")
    reminder_hours: int = key(
        "How many hours before a silence ends those who may still object are reminded; 0: they are not.",
        "whole",
        default=DEFAULT_REMINDER,
        low=0,
        high=LONGEST,
    )
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class PaperPart:
    """One part of the paper of a kind of document: which block is printed, and how. No `sources`: as usual for it."""

    block: str = key("What is printed: one of the blocks below.", "known", among=tuple(BLOCKS))
    heading: Mapping[str, str] = key(
        "Its heading, by language; default: the service's own words, or none.", "by_language", default=NOTHING
    )
    sources: str = key(
        "Where it names what its paragraphs were made from; default as in the table of blocks.",
        among=SOURCES,
        default="",
    )
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Document:
    """A kind of document the process makes. `layout` says what its paper consists of; `gates` must be open to close it.

    `outline` is what definitions had before there were layouts: it is read, and counts only where there is no layout.
    """

    kind: str
    title: str = key("Its title.", "worded")
    closing: str = key("How it ends: one of [closings].")
    then: str = key("How it ends once more, after that: another of [closings], and no silence.", default="")
    layout: tuple[PaperPart, ...] = key(
        "What its paper consists of, in order: blocks by name, or tables of a block and how it is printed.",
        "entries",
        default=(),
        of=PaperPart,
    )
    outline: tuple[str, ...] = key("Of earlier versions; write `layout` instead.", "words", default=())
    languages: tuple[str, ...] = key(
        "The languages it comes in; the first is the authoritative one.", "languages", default=("en",)
    )
    visibility: str = key("Who reads it once it is closed.", among=VISIBILITIES, default="public")
    gates: tuple[str, ...] = key("What must be answered before it can be closed.", "words", default=())
    most_words: int = key(
        "How long it may be, in words (in Chinese: characters); 0: no limit.", "whole", default=0, low=0, high=200_000
    )
    due: When | None = key("When it must be out.", "when", default=None)
    sources: tuple[str, ...] = key("Documents of this process that must be out before it.", "words", default=())
    meeting: str = key("The meeting of [meetings] it is for.", default="")
    line: int | None = field(default=None, compare=False)

    @property
    def asks(self) -> tuple[str, ...]:
        """The gates it must pass before it is put to its body or closed: its own, and where it is made from other texts
        that these are out."""
        return (*self.gates, "every_source_out") if self.sources else self.gates


@dataclass(frozen=True)
class Twice:
    """A kind of document that ends twice: while one has ended as `first` says, it waits for its second closing. In the
    check's model that is the thing `thing`."""

    kind: str
    first: str
    thing: str


@dataclass(frozen=True)
class Transmission:
    """Where a kind of document may go: `to` holds layers or processes, one track of a process as `gfmd/focused_input`.

    `outside` allows delivery to a body that is not on this service.
    """

    document: str = key("The kind of document.")
    to: tuple[str, ...] = key("Layers, processes, or a track of a process.", "words", default=())
    outside: bool = key("Whether it may be delivered to a body that is not on this service.", "flag", default=False)
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Moves:
    """What becomes of a running edition of an earlier version: old stage -> new stage, by the old track's name."""

    version: str = key("The earlier version that this one takes over from.", name="from")
    tracks: Mapping[str, str] = key("Old track -> new track, where the name is another.", "texts", default=NOTHING)
    stages: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    line: int | None = field(default=None, compare=False)
