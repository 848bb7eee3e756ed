"""pgqueuer that neither loses nor parks a job while PostgreSQL is away.

In pgqueuer as published, a job is lost when its retry cannot be recorded, and deleted when its worker is cancelled.
Here a failed job waits for the database before it asks for a retry, as often as it takes; and where the outcome cannot
be recorded, the job stays picked: once its heartbeat is stale, any worker picks it up again. So a job runs at least
once, and what it does must be safe to repeat.
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from pgqueuer.core.executors import EntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Context, Job, TracebackRecord
from pgqueuer.domain.types import JOB_STATUS
from pgqueuer.queries import Queries

log = logging.getLogger(__name__)

_FIRST, _CEILING = timedelta(seconds=0.05), timedelta(seconds=30)


class Unreadable(Exception):
    """A job whose payload is no id: a retry would not help, it is held for a person to look at."""


def backoff(attempts: int) -> timedelta:
    """How long to wait after so many attempts: doubles from a twentieth of a second up to half a minute."""
    doublings = min(attempts, 20)  # far beyond the ceiling, and no huge number
    return min(_FIRST * (1 << doublings), _CEILING)


@dataclass
class Patient(EntrypointExecutor):
    """Runs the jobs of one entry point; what fails is retried once `until_answers` has seen the database answer."""

    until_answers: Callable[[], Awaitable[object]]

    async def execute(self, job: Job, context: Context) -> None:
        try:
            await super().execute(job, context)
        except (RetryRequested, Unreadable):
            raise
        except Exception as error:
            log.warning(
                "Job %s of %s failed, attempt %d: %r", job.id, job.entrypoint, job.attempts + 1, type(error).__name__
            )
            await self.until_answers()
            raise RetryRequested(backoff(job.attempts), type(error).__name__) from error


def patient(until_answers: Callable[[], Awaitable[object]]) -> Callable[[EntrypointExecutorParameters], Patient]:
    """A factory of executors, as pgqueuer takes it."""
    return lambda parameters: Patient(parameters, until_answers)


class KeepingQueries(Queries):
    """pgqueuer's statements, with the two replaced by which a job could be lost."""

    async def retry_job(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        """Put the job back; where that fails it stays picked. No traceback: it may quote what somebody wrote."""
        try:
            await super().retry_job(job, delay, None)
        except Exception as error:
            log.warning(
                "The retry of job %s could not be recorded (%s): it waits for its heartbeat.",
                job.id,
                type(error).__name__,
            )

    async def log_jobs(self, job_status: list[tuple[Job, JOB_STATUS, TracebackRecord | None]]) -> None:
        """Record which jobs ended. A job that was cancelled was cut off with its worker: it has not ended."""
        ended = [outcome for outcome in job_status if outcome[1] != "canceled"]
        if ended:
            await super().log_jobs(ended)
