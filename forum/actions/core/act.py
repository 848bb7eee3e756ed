"""What every act is made of: the command's fields with their descriptions, the context it is done in, its outcome."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import MISSING, dataclass, field
from datetime import datetime
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from ...domain.account import Proven
from ...domain.authority import By
from ...domain.mandates import Acting, Person
from ...domain.secret_link import NO_LINKS, LinkKind, Links
from ...domain.viewer import Viewer
from ...errors import WrongState
from ...store.places import Located
from ...store.processes import Processes
from ...store.queue import Job
from ...store.record import Entry
from ...store.steps import Store
from ...workflow.process import Process, Track

N = TypeVar("N")


def arg(about: str, *, of: str | None = None, default: Any = MISSING, scalar: str | None = None) -> Any:
    """A field of a command. `about` becomes its description in the contract, `of` names the type whose id it takes,
    `scalar` the contract's own type for a text: a scalar (URL, LanguageTag) or one of its lists of words
    (Visibility)."""
    metadata = {"about": about, "of": of, "scalar": scalar}
    return field(default=default, metadata=metadata) if default is not MISSING else field(metadata=metadata)


def camel(name: str) -> str:
    """`expected_revision` -> `expectedRevision`, as clients write the fields of a command."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@dataclass(frozen=True)
class Command:
    """What somebody asks to be done. A subclass is a frozen dataclass; its docstring is the mutation's description.

    `on`: the kind of thing the act is on (`store/places.py`) and the field that holds its id. `creates`: whether doing
    it twice would make two, so that an idempotency key is asked for. `gives`: the payload's fields and their types.
    `alone`: the thing is held by this act only, not shared with others that look at it (a migration). `tells`: what the
    payload says beside, which is read from no table, each with its description. `by_link`: who holds a signed link of
    this kind may do it, whether or not they signed in; the link is the field `link`. `shows`:
    those of `tells` that are lists of objects, each with the name of their type in the contract.
    """

    on: ClassVar[tuple[str, str]]
    creates: ClassVar[bool] = False
    alone: ClassVar[bool] = False
    gives: ClassVar[Mapping[str, str]] = {}
    tells: ClassVar[Mapping[str, str]] = {}
    shows: ClassVar[Mapping[str, str]] = {}
    by_link: ClassVar[LinkKind | None] = None

    def on_kind(self) -> str:
        """What the act is on; a command that may be on one of two kinds says which here."""
        return self.on[0]

    def on_field(self) -> str:
        """The field that holds the id of what the act is on, as clients write it."""
        return camel(self.on[1] if self.on_kind() == self.on[0] else self.on_kind())

    def newcomer(self) -> str | None:
        """The name of whoever asks, where the act may be done by somebody whom the service does not know yet: such a
        person is entered under it, and not kept where the act is refused."""
        return None

    def introduced(self) -> str | None:
        """The subject to be of somebody who holds a link and did not sign in; None where no person comes of the act."""
        return None

    def only_looks(self) -> bool:
        """Whether it is to say what would come of it and do nothing: then its key is not taken."""
        return False

    async def shown_again(self, ids: Mapping[str, UUID], store: Store, links: Links) -> Mapping[str, object]:
        """What the payload says beside (`tells`) when the same request is sent again; nothing, of most acts."""
        return {}

    def stage_named(self) -> str | None:
        """The stage a track is to go to, where the act moves one: what that stage needs is asked first."""
        return None

    def target(self) -> UUID:
        """The id of what the act is on."""
        id_: UUID = getattr(self, self.on[1])
        return id_


@dataclass(frozen=True)
class ActContext:
    """The instant and the place an act happens at, who does it in which capacity, and the process that allowed it.

    `processes` are the definitions the service has read already; an act that opens another asks there. `hands`:
    whose word it is, where the act gives, accepts or ends a mandate, with the forum whose office it is. `subject`: of
    whoever signed in; `proven`: the account with which they did so just now; `introduced`: of somebody who came by a
    link instead. `links` makes what is handed out; `mails`: whether this service writes to people.
    """

    now: datetime
    place: Located
    person: Person | None
    viewer: Viewer
    acting: Acting | None
    process: Process | None
    track: Track | None
    processes: Processes = field(default_factory=Processes)
    hands: Mapping[By, UUID | None] = field(default_factory=dict)
    subject: str | None = None
    proven: Proven | None = None
    introduced: str | None = None
    links: Links = NO_LINKS
    mails: bool = False

    def target(self, kind: type[N]) -> N:
        """The thing the act is on, as the noun it is. Asking for another kind is a programmer's error."""
        if not isinstance(self.place.target, kind):
            raise TypeError(f"the act is on a {type(self.place.target).__name__}, not on a {kind.__name__}")
        return self.place.target

    @property
    def actor(self) -> UUID | None:
        """Who acts, by id; None where the clock does."""
        return None if self.person is None else self.person.id

    @property
    def doer(self) -> Acting:
        if self.acting is None:
            raise RuntimeError("the clock does this act, nobody's mandate")
        return self.acting

    def definition(self) -> Process:
        if self.process is None:
            raise WrongState(act="this act", state="not run under a process", needs=("a running edition",))
        return self.process


@dataclass(frozen=True)
class Outcome:
    """What came of an act: the ids its payload is read by, lines for the history, work that follows; `shown_once`:
    what the payload says once, and no table keeps (`Command.tells`)."""

    ids: Mapping[str, UUID]
    entries: tuple[Entry, ...] = ()
    jobs: tuple[Job, ...] = ()
    shown_once: Mapping[str, object] = field(default_factory=dict)


__all__ = ["Act", "ActContext", "Command", "Entry", "Job", "Outcome", "arg"]

# The command, the context, the store it reads and writes through.
Perform = Callable[[Any, ActContext, Any], Awaitable[Outcome]]


@dataclass(frozen=True)
class Act:
    """An act of the service: its name, its command and its function."""

    name: str
    command: type[Command]
    perform: Perform
