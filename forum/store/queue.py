"""Work that must follow an act, put into the job queue in the act's own transaction: no act without its job, no job
without its act. The queue's timers are nudges; a sweep does what is due anyway."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from .unit import UnitOfWork


@dataclass(frozen=True)
class Job:
    """Durable work that follows: entry point, what it is about, and the instant from which it is due (None: now)."""

    name: str
    about: UUID
    due: datetime | None = None


async def put(unit: UnitOfWork, job: Job, now: datetime) -> None:
    """Enqueue a job. Its due instant is on the one clock, the queue runs on real time: only the distance carries
    over."""
    wait = timedelta(0) if job.due is None else max(job.due - now, timedelta(0))
    await Queries(AsyncpgDriver(unit.connection.raw)).enqueue(job.name, str(job.about).encode(), 0, wait)
