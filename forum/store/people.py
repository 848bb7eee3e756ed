"""Who somebody is at this moment: the person behind a subject, with mandates, offices and seats in force; and whether
the token, the sign-in or the provider's account that names the subject still counts."""

from typing import Any
from uuid import UUID

import orjson

from ..domain.body import ParticipationStatus
from ..domain.mandate import GivenBy, Office, Role
from ..domain.mandates import MandateInForce, OfficeHeld, Person, Seat

# One statement, on the one clock: what expired a second ago does not count.
_WHO = """
WITH {used}now AS MATERIALIZED (SELECT clock_timestamp() + shift AS at FROM clock),
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
SELECT proof.stands, p.id, p.name, p.came_in,
  (SELECT coalesce(json_agg(mine ORDER BY mine.id), '[]')::text FROM mine) AS mandates,
  (SELECT coalesce(json_agg(offices), '[]')::text FROM offices) AS offices,
  (SELECT coalesce(json_agg(seats), '[]')::text FROM seats) AS seats,
  (SELECT coalesce(json_agg(convened), '[]')::text FROM convened) AS convened
FROM (SELECT {stands} AS stands) proof
LEFT JOIN person p ON p.subject = $1
"""
_BY_TOKEN = """$2::uuid IS NULL OR EXISTS (
  SELECT FROM token k WHERE k.id = $2::uuid AND k.subject = $1 AND k.revoked_at IS NULL)"""
# It stands by its own limits, in real time; and while its person is here: who held something and holds nothing any
# more, by the forum's clock, nor waits for an answer to what was proposed, has left.
_IN_LIMITS = """s.id = $2::uuid AND s.ended_at IS NULL AND s.ends_at > clock_timestamp()
  AND s.last_used_at + make_interval(secs => s.idle_seconds) > clock_timestamp()"""
_BY_SIGN_IN = f"""EXISTS (
  SELECT FROM sign_in s JOIN person q ON q.id = s.person_id LEFT JOIN account a ON a.id = s.account_id, now
  WHERE {_IN_LIMITS} AND q.subject = $1 AND a.ended_at IS NULL
  AND (EXISTS (SELECT FROM mandate m WHERE m.person_id = q.id AND m.declined_at IS NULL
    AND (m.ends_at IS NULL OR m.ends_at > now.at))
    OR NOT EXISTS (SELECT FROM mandate m WHERE m.person_id = q.id AND m.accepted_at IS NOT NULL)))"""
_BY_ACCOUNT = """EXISTS (
  SELECT FROM account a JOIN person q ON q.id = a.person_id
  WHERE a.id = $2::uuid AND q.subject = $1 AND a.ended_at IS NULL)"""
# That it is used is noted once a minute, or four times in its idle limit; never waiting for another request of it.
_USED = f"""used AS (UPDATE sign_in SET last_used_at = clock_timestamp() WHERE id = (
  SELECT s.id FROM sign_in s WHERE {_IN_LIMITS}
    AND s.last_used_at + make_interval(secs => least(60, s.idle_seconds / 4.0)) < clock_timestamp()
  FOR UPDATE SKIP LOCKED)), """

# Whether the token is on the list of those that stand ($2; null where the caller has none of ours) is asked in the same
# statement, so that a revoked one ends at once, in every process; and so of a sign-in, and of an account for which a
# provider's access token speaks.
WHO = _WHO.format(used="", stands=_BY_TOKEN)
WHO_SIGNED_IN = _WHO.format(used=_USED, stands=_BY_SIGN_IN)
WHO_BY_ACCOUNT = _WHO.format(used="", stands=_BY_ACCOUNT)

# The same of many subjects at once, whatever they came with: a row each, those who are nobody here without an id.
WHO_EACH = f"""SELECT w.* FROM unnest($1::text[]) AS asked (subject) CROSS JOIN LATERAL (
{_WHO.format(used="", stands="true").replace("$1", "asked.subject")}) w"""


# Once in a person's life: that they came, so that who invited them knows whom to ask again.
COMES_IN = "UPDATE person SET came_in = true WHERE id = $1 AND NOT came_in"


class TokenEnded(Exception):
    """The token was revoked, or is not on the list of those that the service issued."""


class SignInEnded(Exception):
    """The sign-in has ended: by its person or the operator, by its limits, or because its person has left."""


class AccountEnded(Exception):
    """The account at a provider, in whose name an access token asks, is linked to its person no more."""


def question(
    subject: str, token: UUID | None, sign_in: UUID | None, account: UUID | None
) -> tuple[str, tuple[str, UUID | None]]:
    """The statement that finds who a subject is, with its parameters; by a token of ours, a sign-in, an account, or
    none of them."""
    if account is not None:
        return WHO_BY_ACCOUNT, (subject, account)
    return (WHO, (subject, token)) if sign_in is None else (WHO_SIGNED_IN, (subject, sign_in))


def person(row: Any, sign_in: UUID | None = None, account: UUID | None = None) -> Person | None:
    """The row of `question` as the domain knows a person; None where the subject is nobody here. Raises TokenEnded, or
    of a sign-in SignInEnded, or of an account AccountEnded."""
    if not row["stands"]:
        if account is not None:
            raise AccountEnded()
        raise TokenEnded() if sign_in is None else SignInEnded()
    if row["id"] is None:
        return None
    return Person(
        id=_uuid(row["id"]),
        name=row["name"],
        came_in=row["came_in"],
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


async def who(
    connection: Any, subject: str | None, token: UUID | None = None, sign_in: UUID | None = None,
    account: UUID | None = None,
) -> Person | None:  # fmt: skip
    """The person behind a subject, over a raw asyncpg connection (reads). Raises TokenEnded where `token` ended,
    SignInEnded where `sign_in` did, and AccountEnded where `account` did."""
    if subject is None:
        return None
    statement, parameters = question(subject, token, sign_in, account)
    found = person(await connection.fetchrow(statement, *parameters), sign_in, account)
    if found is not None and not found.came_in:
        await connection.execute(COMES_IN, found.id)
    return found
