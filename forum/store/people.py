"""Who somebody is at this moment: the person behind a token's subject, with mandates, offices and seats in force; and
whether the token still counts."""

from typing import Any
from uuid import UUID

import orjson

from ..domain.body import ParticipationStatus
from ..domain.mandate import GivenBy, Office, Role
from ..domain.mandates import MandateInForce, OfficeHeld, Person, Seat

# One statement, on the one clock: what expired a second ago does not count. It is also asked whether the
# token is on the list of those that stand ($2; null where the caller has none of ours), so that a revoked one ends at
# once, in every process.
WHO = """
WITH now AS MATERIALIZED (SELECT clock_timestamp() + shift AS at FROM clock),
mine AS MATERIALIZED (
  SELECT m.* FROM mandate m JOIN person p ON p.id = m.person_id, now
  WHERE p.subject = $1 AND m.accepted_at IS NOT NULL
    AND m.starts_at <= now.at AND (m.ends_at IS NULL OR m.ends_at > now.at)),
offices AS (
  SELECT m.forum_id, m.organisation_id, m.office FROM mandate m, now
  WHERE m.office IS NOT NULL AND m.accepted_at IS NOT NULL AND m.organisation_id IN (SELECT organisation_id FROM mine)
    AND m.starts_at <= now.at AND (m.ends_at IS NULL OR m.ends_at > now.at)),
seats AS (
  SELECT s.forum_id, s.organisation_id, s.status, s.mechanisms FROM participation s, now
  WHERE s.organisation_id IN (SELECT organisation_id FROM mine)
    AND s.starts_at <= now.at AND (s.ends_at IS NULL OR s.ends_at > now.at)),
convened AS (
  SELECT c.forum_id, c.convened_by_id FROM convenor c WHERE c.convened_by_id IN (SELECT forum_id FROM mine))
SELECT token.stands, p.id, p.name,
  (SELECT coalesce(json_agg(mine ORDER BY mine.id), '[]')::text FROM mine) AS mandates,
  (SELECT coalesce(json_agg(offices), '[]')::text FROM offices) AS offices,
  (SELECT coalesce(json_agg(seats), '[]')::text FROM seats) AS seats,
  (SELECT coalesce(json_agg(convened), '[]')::text FROM convened) AS convened
FROM (SELECT $2::uuid IS NULL OR EXISTS (
  SELECT FROM token k WHERE k.id = $2::uuid AND k.subject = $1 AND k.revoked_at IS NULL) AS stands) token
LEFT JOIN person p ON p.subject = $1
"""


class TokenEnded(Exception):
    """The token was revoked, or is not on the list of those that the service issued."""


def person(row: Any) -> Person | None:
    """The row of `WHO` as the domain knows a person; None where the subject is nobody here. Raises TokenEnded."""
    if not row["stands"]:
        raise TokenEnded()
    if row["id"] is None:
        return None
    return Person(
        id=_uuid(row["id"]),
        name=row["name"],
        mandates=tuple(_mandate(m) for m in orjson.loads(row["mandates"])),
        offices=tuple(
            OfficeHeld(UUID(o["forum_id"]), UUID(o["organisation_id"]), Office(o["office"]))
            for o in orjson.loads(row["offices"])
            if o["forum_id"]
        ),
        seats=tuple(
            Seat(
                UUID(s["forum_id"]),
                UUID(s["organisation_id"]),
                ParticipationStatus(s["status"]),
                tuple(s["mechanisms"]),
            )
            for s in orjson.loads(row["seats"])
        ),
        convened=tuple((UUID(c["forum_id"]), UUID(c["convened_by_id"])) for c in orjson.loads(row["convened"])),
    )


def _mandate(m: dict[str, Any]) -> MandateInForce:
    return MandateInForce(
        id=UUID(m["id"]),
        role=Role(m["role"]),
        organisation=_maybe(m["organisation_id"]),
        forum=_maybe(m["forum_id"]),
        edition=_maybe(m["edition_id"]),
        track=_maybe(m["track_id"]),
        mechanism=m["mechanism_code"],
        given_by=GivenBy(m["given_by"]),
    )


def _maybe(value: str | None) -> UUID | None:
    return None if value is None else UUID(value)


def _uuid(value: Any) -> UUID:
    return UUID(str(value))  # asyncpg hands out a subclass of its own


async def who(connection: Any, subject: str | None, token: UUID | None = None) -> Person | None:
    """The person behind a subject, over a raw asyncpg connection (reads). Raises TokenEnded where `token` ended."""
    if subject is None:
        return None
    return person(await connection.fetchrow(WHO, subject, token))
