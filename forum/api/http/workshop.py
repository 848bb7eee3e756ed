"""One thread beside the event loop, for work that takes the processor and not the database: reading a new document.

To parse, validate and compile one takes up to a second. On the loop everybody would wait for it; here only whoever sent
it does. Clients take turns, so that a flood from one of them is waited for by nobody else; how many may wait is
bounded; and what several ask for at once is done once.
"""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from ..problem import Problem

EACH, ALL = 32, 256  # pieces of work that may wait: of one client, and of all

T = TypeVar("T")


@dataclass(eq=False)
class _Work:
    client: str
    key: Hashable
    call: Callable[[], Any]
    done: asyncio.Future[Any]
    waited_for: int = 0


@dataclass(eq=False)
class Workshop:
    """The thread and those who wait for it. Everything but the work itself happens on the event loop."""

    each: int = EACH
    all: int = ALL
    done: int = 0  # pieces of work, ever
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="documents"), init=False
    )
    _waiting: OrderedDict[str, deque[_Work]] = field(default_factory=OrderedDict, init=False)
    _known: dict[Hashable, _Work] = field(default_factory=dict, init=False)
    _busy: bool = field(default=False, init=False)

    async def do(self, client: str, key: Hashable, call: Callable[[], T]) -> T:
        """What `call` gives or raises, on the other thread. `key` names the work: what is under way is not begun again.
        Refuses TOO_MANY_NEW_DOCUMENTS (429) a client with too many of them waiting, SERVICE_BUSY (503) all if need be.
        """
        work = self._known.get(key)
        if work is None:
            self._admit(client)
            work = _Work(client, key, call, asyncio.get_running_loop().create_future())
            self._known[key] = work
            self._waiting.setdefault(client, deque()).append(work)
            self._next()
        work.waited_for += 1
        try:
            return cast(T, await asyncio.shield(work.done))
        finally:
            work.waited_for -= 1
            if not work.waited_for and not work.done.done():
                self._forget(work)

    def _admit(self, client: str) -> None:
        if client and len(self._waiting.get(client, ())) >= self.each:  # without a name it is this process itself
            raise Problem(
                "TOO_MANY_NEW_DOCUMENTS",
                f"{self.each} documents of yours that were not seen before are waiting to be read. Send this one again "
                "in a few seconds, and values as variables instead of writing them into the document.",
                status=429,
                facts={"retryAfter": 5},
                headers={"Retry-After": "5"},
            )
        if sum(map(len, self._waiting.values())) >= self.all:
            raise Problem(
                "SERVICE_BUSY",
                "Too many new documents are waiting to be read just now. Nothing was done: send the same again.",
                status=503,
                facts={"retryAfter": 5},
                headers={"Retry-After": "5"},
            )

    def _next(self) -> None:
        """Begin the oldest piece of the client whose turn it is, unless one is under way."""
        if self._busy or not self._waiting:
            return
        client, queue = self._waiting.popitem(last=False)
        work = queue.popleft()
        if queue:
            self._waiting[client] = queue  # the others come first now
        self._busy = True
        begun = asyncio.get_running_loop().run_in_executor(self._thread, work.call)
        begun.add_done_callback(lambda future: self._finished(work, future))

    def _finished(self, work: _Work, future: asyncio.Future[Any]) -> None:
        self._busy = False
        self.done += 1
        self._known.pop(work.key, None)
        error = future.exception()
        if work.waited_for and not work.done.done():
            if error is None:
                work.done.set_result(future.result())
            else:
                work.done.set_exception(error)
        self._next()

    def _forget(self, work: _Work) -> None:
        """Nobody waits for it any more: it is not begun, if it was not yet."""
        queue = self._waiting.get(work.client)
        if queue and work in queue:
            queue.remove(work)
            self._known.pop(work.key, None)
            if not queue:
                del self._waiting[work.client]
