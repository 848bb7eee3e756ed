"""The worker: runs the queue's jobs and the sweep until its `stop` is set.

pgqueuer ends its run when its database goes away; the loop here starts it again when the database answers. Any number
of workers may run, on any number of machines.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

import asyncpg
from pgqueuer.core.qm import QueueManager
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job

from ..actions.core.runner import Runner
from ..store.waiting import until_answers
from .mail.carrier import carry_until
from .mail.office import Office
from .patient import KeepingQueries, Unreadable, backoff, patient
from .scheduled import JOBS, EntryPoint
from .sweep import sweep_until

log = logging.getLogger(__name__)

_BATCH, _AT_ONCE = 5, 10  # jobs taken in one statement, and held at once by one worker
_HEALTHY = 10.0  # seconds a run must have lasted for the next failure to count as the first


@dataclass(frozen=True)
class Pace:
    """How often and how long, in seconds. `sweep` None: no sweep."""

    sweep: float | None = 1.0
    mail: float = 1.0  # a notice waits so long for its letter, at most
    poll: float = 2.0  # the queue is looked at even when no notification came
    heartbeat: float = 10.0  # a job whose worker gave no sign for so long may be picked up by another
    grace: float = 10.0  # how long running jobs have to end after `stop`


@dataclass
class _Worker:
    runner: Runner
    url: str
    stop: asyncio.Event
    jobs: Mapping[str, EntryPoint]
    pace: Pace
    failures: int = field(default=0)

    async def keep_running(self) -> None:
        while not self.stop.is_set():
            began = time.monotonic()
            try:
                await self._run()
            except Exception as error:
                log.warning("The job queue ended: %s. It starts again when the database answers.", type(error).__name__)
            self.failures = 0 if time.monotonic() - began > _HEALTHY else self.failures + 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), min(backoff(self.failures).total_seconds(), 5.0))
            await until_answers(self.url, self.stop)

    async def _run(self) -> None:
        """One run of the queue, on a pool of its own, until any connection is lost or `stop` is set."""
        ended = asyncio.Event()

        async def watched(connection: asyncpg.Connection) -> None:
            # The listening connection dies in silence: without this the queue would only be polled from then on.
            connection.add_termination_listener(lambda _: ended.set())

        pool = asyncpg.create_pool(
            self.url,
            min_size=0,
            max_size=4,
            max_inactive_connection_lifetime=0,
            timeout=5,
            command_timeout=30,
            init=watched,
        )
        try:
            await pool  # connects
            await self._until_stopped(self._manager(pool), ended)
        finally:
            try:
                await asyncio.wait_for(pool.close(), 2)
            except Exception:  # pgqueuer does not give a lost connection back
                pool.terminate()

    def _manager(self, pool: asyncpg.Pool) -> QueueManager:
        manager = QueueManager(KeepingQueries(AsyncpgPoolDriver(pool)))
        executor = patient(lambda: until_answers(self.url, self.stop))
        for name, entry_point in self.jobs.items():
            register = manager.entrypoint(name, on_failure="hold", executor_factory=executor, accepts_context=False)
            register(self._handler(entry_point))
        return manager

    def _handler(self, entry_point: EntryPoint) -> Callable[[Job], Awaitable[None]]:
        async def handle(job: Job) -> None:
            delay = await entry_point(self.runner, _about(job))
            if delay is not None:
                raise RetryRequested(max(delay, backoff(job.attempts)), "not due")

        return handle

    async def _until_stopped(self, manager: QueueManager, ended: asyncio.Event) -> None:
        running = asyncio.ensure_future(
            manager.run(
                dequeue_timeout=timedelta(seconds=self.pace.poll),
                batch_size=_BATCH,
                max_concurrent_tasks=_AT_ONCE,
                heartbeat_timeout=timedelta(seconds=self.pace.heartbeat),
            )
        )
        stopped, lost = asyncio.ensure_future(self.stop.wait()), asyncio.ensure_future(ended.wait())
        try:
            await asyncio.wait({running, stopped, lost}, return_when=asyncio.FIRST_COMPLETED)
            manager.shutdown.set()
            # Jobs under way wait for the database themselves; only a worker that is to stop cuts them short.
            await asyncio.wait({running, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({running}, timeout=self.pace.grace)
        finally:
            stopped.cancel()
            lost.cancel()
            # The first cancel may only take it out of its loop: it then waits for its jobs, and the next one cuts them.
            while not running.done():
                running.cancel()
                await asyncio.wait({running}, timeout=1)
        if not running.cancelled():
            running.result()


def _about(job: Job) -> UUID:
    try:
        return UUID((job.payload or b"").decode())
    except ValueError as error:
        raise Unreadable(f"job {job.id} of {job.entrypoint} is about nothing") from error


async def work(
    runner: Runner,
    app_url: str,
    *,
    stop: asyncio.Event,
    jobs: Mapping[str, EntryPoint] = JOBS,
    pace: Pace = Pace(),
    office: Office | None = None,
) -> None:
    """Run jobs and sweeps on the application's role until `stop` is set; then let running jobs end, and return.

    `jobs`: the entry points by their names in the queue. A lost database is waited for, however long it takes.
    `office`: where mail is written and sent; None leaves it to other workers.
    """
    worker = _Worker(runner, app_url, stop, jobs, pace)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(worker.keep_running())
        if pace.sweep is not None:
            tasks.create_task(sweep_until(runner, stop, pace.sweep))
        if office is not None:
            tasks.create_task(carry_until(office, stop, pace.mail))
