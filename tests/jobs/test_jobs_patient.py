"""What pgqueuer is not left alone with: a retry that cannot be recorded, and a job cut off with its worker."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pgqueuer.core.executors import EntrypointExecutorParameters
from pgqueuer.db import Driver
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job
from pgqueuer.queries import Queries
from pgqueuer.types import JobId, QueueEntrypoint

from forum.jobs.patient import KeepingQueries, Unreadable, backoff, patient

THEN = datetime(2020, 3, 1, tzinfo=UTC)
JOB = Job(id=JobId(1), priority=0, created=THEN, updated=THEN, heartbeat=THEN, execute_after=THEN, status="picked",
          entrypoint=QueueEntrypoint("close_call"), payload=b"", attempts=2, queue_manager_id=None,
          headers=None)  # fmt: skip


class Away(Driver):
    """A database that is away, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    async def execute(self, query: str, *args: object) -> str:
        self.asked.append(args)
        raise ConnectionResetError

    async def fetch(self, query: str, *args: object) -> Any:
        raise ConnectionResetError

    add_listener = remove_listener = notify = shutdown = tm = __aenter__ = __aexit__ = None  # type: ignore[assignment]


async def test_a_retry_that_cannot_be_recorded_ends_nothing() -> None:
    """pgqueuer takes an error here for the job's own end: see its QueueManager."""
    with pytest.raises(ConnectionResetError):
        await Queries(Away()).retry_job(JOB, timedelta(0), None)
    await KeepingQueries(Away()).retry_job(JOB, timedelta(0), None)


async def test_a_job_that_was_cut_off_is_not_logged_as_ended() -> None:
    away = Away()
    await KeepingQueries(away).log_jobs([(JOB, "canceled", None)])
    assert away.asked == []
    with pytest.raises(ConnectionResetError):  # what ended is kept in the buffer until it can be recorded
        await KeepingQueries(away).log_jobs([(JOB, "canceled", None), (JOB, "successful", None)])
    assert [args[1] for args in away.asked] == [["successful"]]


async def test_a_failed_job_asks_for_a_retry_only_once_the_database_answers() -> None:
    answers = asyncio.Event()

    async def fails(job: Job) -> None:
        raise ConnectionResetError

    executor = patient(answers.wait)(EntrypointExecutorParameters(0, fails))
    running = asyncio.create_task(executor.execute(JOB, Context(anyio.CancelScope())))
    done, _ = await asyncio.wait({running}, timeout=0.1)
    assert not done
    answers.set()
    with pytest.raises(RetryRequested) as asked:
        await asyncio.wait_for(running, 5)
    assert asked.value.delay == backoff(2)


@pytest.mark.parametrize("error", [Unreadable("nothing"), RetryRequested(timedelta(seconds=3))])
async def test_what_needs_no_database_is_not_held_up(error: Exception) -> None:
    async def fails(job: Job) -> None:
        raise error

    executor = patient(asyncio.Event().wait)(EntrypointExecutorParameters(0, fails))
    with pytest.raises(type(error)) as raised:
        await asyncio.wait_for(executor.execute(JOB, Context(anyio.CancelScope())), 5)
    assert raised.value is error


@given(st.integers(0, 10**6))
def test_the_waits_grow_up_to_half_a_minute(attempts: int) -> None:
    assert timedelta(0) < backoff(attempts) <= backoff(attempts + 1) <= timedelta(seconds=30)
    assert backoff(attempts) == timedelta(seconds=30) or backoff(attempts + 1) > backoff(attempts)
