"""pgqueuer that neither loses nor parks a job while PostgreSQL is away.

As it comes, a job ends for good when its retry cannot be recorded, and is deleted when its worker is cancelled. Here a
failed job waits for the database before it asks to be retried, without end; and what cannot be recorded leaves the job
as it stands, picked: once its heartbeat is stale, any worker picks it up again. So a job runs at least once, and a deed
must be safe to do again.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job, TracebackRecord
from pgqueuer.queries import Queries

log = logging.getLogger(__name__)

_FIRST, _CEILING = timedelta(seconds=0.05), timedelta(seconds=30)


class Unreadable(Exception):
    """A job that says not what it is about: trying again would not help, it is held for a person to look at."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubles from a twentieth of a second up to half a minute."""
    return min(_FIRST * 2 ** min(attempts, 20), _CEILING)


@dataclass
class Patient(EntrypointExecutor):
    """Runs one kind of job; whatever fails is tried again once `answers` has seen the database."""

    answers: Callable[[], Awaitable[Any]]

    async def execute(self, job: Job, context: Context) -> None:
        try:
            await super().execute(job, context)
        except (RetryRequested, Unreadable):
            raise
        except Exception as error:
            log.warning(
                "Job %s of %s failed, attempt %d: %r", job.id, job.entrypoint, job.attempts + 1, type(error).__name__
            )
            await self.answers()
            raise RetryRequested(backoff(job.attempts), type(error).__name__) from error


def patient(answers: Callable[[], Awaitable[Any]]) -> Callable[[EntrypointExecutorParameters], Patient]:
    """A factory of executors, as pgqueuer takes it."""
    return lambda parameters: Patient(parameters, answers)


class Keeping(Queries):
    """pgqueuer's statements, but for the two by which a job could be lost."""

    async def retry_job(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Put it back; where that fails it stays picked. No traceback is kept: it may quote what somebody wrote."""
        try:
            await super().retry_job(job, delay, None)
        except Exception as error:
            log.warning(
                "The retry of job %s could not be recorded (%s): it waits for its heartbeat.",
                job.id,
                type(error).__name__,
            )

    async def log_jobs(self, job_status: list[Any]) -> None:
        """Record what ended. Nobody cancels a job here: one cut off with its worker has not ended, and stays."""
        ended = [(job, status, record) for job, status, record in job_status if status != "canceled"]
        if ended:
            await super().log_jobs(ended)
