"""The one path of every write.

Begin; person and claims; idempotency key; lock and clock in one statement; gates and engine; action; history and job;
commit; the payload is read on the same connection. READ COMMITTED. A refusal rolls back and leaves no key; of an
answered request only the ids are kept, and its payload is read anew. A whole transaction is tried again on 40001 and
40P01.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import orjson

from ...domain.account import Proven
from ...domain.invitation import Invitation
from ...domain.mandates import Person
from ...domain.secret_link import NO_LINKS, Links
from ...domain.viewer import Viewer
from ...errors import InvalidValue, NotFound, NotSignedIn
from ...store import keys, places, queue, record
from ...store.bodies import person_of
from ...store.clock import moment
from ...store.processes import Processes
from ...store.records import by_id
from ...store.transactions import Engine
from ...store.unit import UnitOfWork, begin
from ...workflow.act_names import former
from .act import Act, ActContext, Command, Outcome
from .judge import Named, judge
from .judgement import Judgement

_TRIES = 4
_AGAIN = frozenset(("40001", "40P01"))  # serialization failure, deadlock: nothing was done, so it is safe to try again

T = TypeVar("T")
# Reads the payload: the raw connection, what came of the act, and who reads.
Read = Callable[[Any, Outcome, Viewer], Awaitable[T]]


@dataclass(frozen=True)
class ActRequest:
    """One request: the act, its command, who asks, under which mandate, with which idempotency key. `token`: its id,
    where the service issued it; `sign_in`: the id of the sign-in, where a browser asks; `proven`: the account
    with which they have just signed in at a provider; `account`: the id of the account that a provider's access token
    speaks for."""

    act: Act
    do: Command
    subject: str | None
    acting_as: UUID | None = None
    key: UUID | None = None
    token: UUID | None = None
    sign_in: UUID | None = None
    proven: Proven | None = None
    account: UUID | None = None

    def body_hash(self) -> bytes:
        """The hash of what a retry must repeat exactly: the act, its command and the mandate."""
        try:
            body = orjson.dumps(
                (former(self.act.name), asdict(self.do), self.acting_as), option=orjson.OPT_SORT_KEYS, default=str
            )
        except orjson.JSONEncodeError:
            raise InvalidValue(
                reason="Half of a surrogate pair is no character. Send the text again as UTF-8."
            ) from None
        return hashlib.sha256(body).digest()


async def _tried(work: Callable[[], Awaitable[T]]) -> T:
    """The work, tried again where the database rolled a whole transaction back in favour of another."""
    for remaining in reversed(range(_TRIES)):
        try:
            return await work()
        except asyncpg.PostgresError as error:
            if not remaining or error.sqlstate not in _AGAIN:
                raise
    raise AssertionError("unreachable")


class Runner:
    """Performs acts; one for the whole service. `links` proves and makes signed links; a worker needs none.
    `mails`: whether people are written to."""

    def __init__(self, engine: Engine, processes: Processes, links: Links = NO_LINKS, *, mails: bool = False) -> None:
        self.engine = engine
        self.processes = processes
        self.links = links
        self.mails = mails

    async def perform(self, request: ActRequest, read: Read[T]) -> T:
        """Do it, commit, and give what `read` made of it; the connection is given back then. Refuses as the act, the
        process and the key say."""
        if request.act.command.creates and request.key is None:
            raise InvalidValue(reason="This needs an idempotencyKey: a fresh UUID, kept for retries.").at_path(
                "idempotencyKey"
            )
        if request.act.command.by_link is not None:
            self.links.need_good(request.act.command.by_link, request.do.link)  # type: ignore[attr-defined]
        return await _tried(lambda: self._once(request, read))

    async def _once(self, request: ActRequest, read: Read[T]) -> T:
        async with begin(self.engine) as unit:
            introduced = None if request.subject else request.do.introduced()
            person = await unit.person(request.subject, request.token, request.sign_in, request.account)
            person = person or await self._entered(unit, request, introduced)
            await unit.came_in(person)
            viewer = Viewer.of(person, request.sign_in)
            await unit.claim(viewer.session())
            outcome = await self._replayed(unit, request, person)
            if outcome is None:
                outcome = await self._act(unit, request, person, introduced)
            if request.act.command.by_link is not None:  # what came of it is theirs from now on
                viewer = Viewer.of(await unit.person(introduced or request.subject))
            await unit.connection.commit()
            return await read(unit.connection.raw, outcome, viewer)

    async def _entered(self, unit: UnitOfWork, request: ActRequest, introduced: str | None) -> Person | None:
        """Whom the service does not know yet, where the act is for such people; nobody, where a link is enough and no
        person comes of it. Refuses (NotSignedIn) all others."""
        subject = request.subject or introduced
        if request.act.command.by_link is not None:
            if request.do.introduced() is None:
                return None
            invited = await unit.ask(by_id(Invitation, request.do.target()))
            name = None if invited is None else invited.name or subject
        else:
            name = None if subject is None else request.do.newcomer()
        if subject is None or name is None:
            raise NotSignedIn()
        await unit.write(person_of(subject, name))
        entered = await unit.person(subject)
        assert entered is not None  # it was written just now
        return entered

    async def _replayed(self, unit: UnitOfWork, request: ActRequest, person: Person | None) -> Outcome | None:
        if request.key is None or person is None or request.do.only_looks():
            return None
        ids = await keys.take(unit, person.id, former(request.act.name), request.key, request.body_hash())
        if ids is None:
            return None
        return Outcome(ids, shown_once=await request.do.shown_again(ids, unit, self.links))

    async def _act(
        self, unit: UnitOfWork, request: ActRequest, person: Person | None, introduced: str | None
    ) -> Outcome:
        kind = request.do.on_kind()
        located = await places.locate(unit, kind, request.do.target(), alone=request.do.alone)
        if located is None:
            raise NotFound(what=kind).at_path(request.do.on_field())
        about = Named(request.acting_as, request.do.stage_named())
        judged = await judge(unit, self.processes, request.act.name, located, person, about)
        if judged.verdict.because is not None:
            raise judged.verdict.because
        context = replace(
            self._context(located, person, judged),
            subject=request.subject,
            proven=request.proven,
            introduced=introduced,
            links=self.links,
            mails=self.mails,
        )
        outcome = await request.act.perform(request.do, context, unit)
        await self._leave_traces(unit, request.act.name, context, outcome)
        if request.key is not None and person is not None and not request.do.only_looks():
            await keys.keep(unit, person.id, former(request.act.name), request.key, outcome.ids)
        return outcome

    def _context(self, located: places.Located, person: Person | None, judged: Judgement) -> ActContext:
        name = None if located.track is None else located.track.definition
        track = None if name is None or judged.process is None else judged.process.tracks.get(name)
        return ActContext(
            located.now, located, person, Viewer.of(person), judged.acting, judged.process, track, self.processes,
            judged.hands,
        )  # fmt: skip

    async def by_clock(self, act: Act, do: Command) -> bool:
        """Let the service itself perform an act at its instant; False where the act finds it done already, or not
        due."""
        return await _tried(lambda: self._at_instant(act, do))

    async def _at_instant(self, act: Act, do: Command) -> bool:
        async with begin(self.engine) as unit:
            located = await places.locate(unit, do.on_kind(), do.target(), alone=True)
            if located is None:
                return False
            process, track = None, None
            if located.process_hash and located.process_text:
                process = self.processes.get(located.process_hash, located.process_text)
                track = process.tracks.get(located.track.definition) if located.track else None
            context = ActContext(located.now, located, None, Viewer(), None, process, track, self.processes)
            outcome = await act.perform(do, context, unit)
            if not outcome.entries:
                return False
            await self._leave_traces(unit, act.name, context, outcome)
            await unit.connection.commit()
            return True

    async def by_operator(self, act: str, work: Callable[[UnitOfWork, datetime], Awaitable[Outcome]]) -> Outcome:
        """Let the operator at the machine do what no mandate can yet: set up bodies, publish a process. On the
        record."""
        async with begin(self.engine) as unit:
            now = await unit.ask(moment())
            outcome = await work(unit, now)
            await record.write(unit, act, outcome.entries, edition=None, actor=None, mandate=None, at=now)
            await unit.connection.commit()
            return outcome

    async def by_itself(self, work: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Keep the service's own books in a transaction: letters that wait and were sent. Nothing of it is an act."""

        async def once() -> T:
            async with begin(self.engine) as unit:
                kept = await work(unit)
                await unit.connection.commit()
                return kept

        return await _tried(once)

    @staticmethod
    async def _leave_traces(unit: UnitOfWork, act: str, context: ActContext, outcome: Outcome) -> None:
        """History and jobs, in the same transaction as the act."""
        edition = None if context.place.edition is None else context.place.edition.id
        actor = context.actor
        mandate = None if context.acting is None else context.acting.mandate.id
        entries, at = outcome.entries, context.now
        await record.write(unit, act, entries, edition=edition, actor=actor, mandate=mandate, at=at)
        for job in outcome.jobs:
            await queue.put(unit, job, context.now)
