"""Tokens for tests: put on the service's list, as `forum token` does, and signed."""

import datetime as dt
import uuid

from forum.api.http.identity import issue
from forum.domain.token import Token
from forum.store.records import add
from forum.store.transactions import Engine
from forum.store.unit import begin

LONG_AGO, FAR = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


async def issued(engine: Engine, secret: str, *subjects: str, alike: bool = False, hours: int = 1) -> dict[str, str]:
    """A token for each of these, by subject, good for so many hours. `alike`: it is on the list under the same id and
    the same dates in every database, and one a subject."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    since, until = (LONG_AGO, FAR) if alike else (now, now + dt.timedelta(hours=hours))
    listed = [
        Token(
            id=uuid.uuid5(uuid.NAMESPACE_DNS, subject) if alike else uuid.uuid4(),
            subject=subject, purpose="a test", issued_at=since, expires_at=until,
        )
        for subject in dict.fromkeys(subjects)
    ]  # fmt: skip
    async with begin(engine) as unit:
        await unit.write(add(*listed))
        await unit.connection.commit()
    at, lifetime = now.timestamp(), hours * 3600
    return {one.subject: issue(secret, one.subject, now=at, lifetime=lifetime, token=one.id) for one in listed}
