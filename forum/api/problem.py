"""The errors of a whole request: one exception with its code, its HTTP status and its JSON body.

What a *field* refuses is data in its payload (see `refusals.py`). This file is for what ends the request: a body that
cannot be read, a document over the limits, a lost database, and our own faults, which are masked. Every error carries
`extensions.code`, which clients switch on, and `extensions.requestId`, which finds it in the log.
"""

import logging
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import asyncpg
import orjson

from graphql import GraphQLError

from ..errors import NotSignedIn
from ..refusal import ENGLISH, Refusal, Speaker
from ..worded import in_language

log = logging.getLogger("forum.api")

LONGEST_MESSAGE = 500  # characters: graphql-core repeats what was typed, and what was typed may be 64 KiB
MOST_ERRORS = 10  # in one answer
# Class 08: connection lost. 57P01-57P03: the server stops, crashed, starts. 53300: no connection left. 25006: we still
# hold a connection to what has become a replica. https://www.postgresql.org/docs/current/errcodes-appendix.html
LOST_STATES = ("57P01", "57P02", "57P03", "53300", "25006")

STATEMENT_TOO_SLOW = "57014"  # query_canceled: `statement_timeout` passed


@dataclass(eq=False)
class Problem(Exception):
    """Why a whole request was not answered.

    `of_document` marks what the GraphQL over HTTP specification calls a GraphQL request error: it concerns the document
    or its variables, and clients of the older media type `application/json` expect 200 for it. `facts` join
    `extensions`; `details` are graphql-core's own errors, one entry of `errors` each, in place of `message`.
    """

    code: str
    message: str
    status: int = 400
    of_document: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    details: tuple[GraphQLError, ...] = ()

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"

    def body(self, request_id: str, speaker: Speaker = ENGLISH) -> bytes:
        """`{"errors": [...]}` as JSON bytes, without a `data` key; the message as `speaker` says it."""
        extensions = {**self.facts, "code": self.code, "requestId": request_id}
        errors: list[dict[str, object]] = [_entry(e, extensions) for e in self.details[:MOST_ERRORS]] or [
            {"message": shortened(speaker.text(self.message)), "extensions": extensions}
        ]
        plain = partial(_plain, tag=speaker.tag)
        return orjson.dumps({"errors": errors}, plain, orjson.OPT_PASSTHROUGH_SUBCLASS)


def _entry(error: GraphQLError, extensions: Mapping[str, object]) -> dict[str, object]:
    entry: dict[str, object] = {"message": shortened(error.message)}
    if error.locations:
        entry["locations"] = [{"line": at.line, "column": at.column} for at in error.locations[:MOST_ERRORS]]
    if error.path:
        entry["path"] = list(error.path)
    return {**entry, "extensions": {**extensions, **_own(error), "requestId": extensions["requestId"]}}


def _own(error: GraphQLError) -> Mapping[str, object]:
    """What a scalar said about the value it refused (see `scalars.py`): its code and facts are more exact than ours."""
    if isinstance(error.original_error, Refusal):
        return {**_facts(error.original_error), "code": error.original_error.code}
    return error.extensions or getattr(error.original_error, "extensions", None) or {}


def _plain(value: object, tag: str) -> object:
    """What orjson does not know, as a string; what a process says, in a language. UUID and datetime are among what it
    knows."""
    return in_language(value, tag) if isinstance(value, str) else str(value)


def shortened(message: str) -> str:
    """The message, cut to `LONGEST_MESSAGE` characters."""
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 1] + "…"


def of_errors(code: str, errors: Iterable[GraphQLError]) -> Problem:
    """One problem from graphql-core's errors: a document that does not parse, validate or coerce."""
    details = tuple(errors)
    return Problem(code, details[0].message if details else code, of_document=True, details=details)


def of_refusal(refusal: Refusal) -> Problem:
    """A refusal that met no payload to stand in: it becomes the error of the request, with the same code and facts."""
    facts = _facts(refusal)
    if isinstance(refusal, NotSignedIn):
        return Problem(refusal.code, refusal.message, status=401, facts=facts, headers={"WWW-Authenticate": "Bearer"})
    return Problem(refusal.code, refusal.message, of_document=True, facts=facts)


def _facts(refusal: Refusal) -> dict[str, object]:
    return {_camel(name): value for name, value in refusal.facts().items() if _sendable(value)}


def _sendable(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float, tuple, list, datetime, UUID))


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def of_exception(error: Exception, request_id: str) -> Problem:
    """The masked answer to an exception nobody expected: the lost database by its name, everything else as ours.

    It is logged here, once, with where it happened and never with what was in hand: the text of an exception may repeat
    a person's words or a row of the database.
    """
    if any(getattr(cause, "sqlstate", None) == STATEMENT_TOO_SLOW for cause in _chain(error)):
        log.warning("statement too slow request=%s", request_id)
        return too_slow()
    if lost := _lost_link(error):
        log.warning("database unavailable request=%s error=%s", request_id, type(lost).__name__)
        return Problem(
            "DATABASE_UNAVAILABLE",
            "The database does not answer just now. Nothing was lost: send the same request again, "
            "with the same idempotencyKey.",
            status=503,
            headers={"Retry-After": "2"},
        )
    frames = "".join(traceback.format_tb(error.__traceback__))
    state = getattr(error, "sqlstate", None) or ""
    log.error("unexpected error request=%s type=%s state=%s\n%s", request_id, type(error).__name__, state, frames)
    return Problem("INTERNAL", "Something went wrong on our side", status=500)


def too_slow() -> Problem:
    """REQUEST_TOO_SLOW: the deadline of a request passed, or that of its statement."""
    return Problem(
        "REQUEST_TOO_SLOW",
        "This took too long and was stopped. Ask for less at once: shorter lists, fewer counts. An act may be sent "
        "again with the same idempotencyKey: it is done once.",
        status=503,
        facts={"retryAfter": 5},
        headers={"Retry-After": "5"},
    )


def token_ended() -> Problem:
    """TOKEN_ENDED: signed by us, and on the list of those that stand no longer, or never."""
    return Problem(
        "TOKEN_ENDED",
        "This token has ended: it was revoked, or issued before tokens were listed. Sign in again, or ask the operator "
        "for a new one; leave it out to read what is public.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="review-forum", error="invalid_token"'},
    )


def account_not_linked() -> Problem:
    """ACCOUNT_NOT_LINKED: a provider's access token is good, and its account is linked to nobody here, or no more."""
    return Problem(
        "ACCOUNT_NOT_LINKED",
        "The access token is good, but nobody linked its account to a person here, or that has ended. People accept an "
        "invitation with their account; a portal's own is linked by the operator. Leave the token out to read what is "
        "public.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="review-forum", error="invalid_token"'},
    )


def token_not_checked() -> Problem:
    """TOKEN_NOT_CHECKED: the provider that is to have signed the token gives no answer, and its key is not known."""
    return Problem(
        "TOKEN_NOT_CHECKED",
        "The access token could not be checked, since its provider does not answer just now. Send the request again in "
        "a minute, or leave the token out to read what is public.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="review-forum", error="invalid_token"', "Retry-After": "60"},
    )


def sign_in_ended() -> Problem:
    """SIGN_IN_ENDED: the cookie names no sign-in, or one that stands no longer."""
    return Problem(
        "SIGN_IN_ENDED",
        "Your sign-in has ended. Open /sign-in to sign in again; without the cookie you read what is public.",
        status=401,
        headers={"WWW-Authenticate": 'Bearer realm="review-forum"'},
    )


def database_lost(error: BaseException) -> bool:
    """Whether this exception says that the database cannot be reached, as against: that it refused what we sent."""
    return _lost_link(error) is not None


def _lost_link(error: BaseException) -> BaseException | None:
    return next((e for e in _chain(error) if _is_lost(e)), None)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The exception, the members of its groups and what each was explicitly raised from."""
    waiting, visited = [error], set()
    while waiting:
        cause = waiting.pop(0)
        if id(cause) in visited:
            continue
        visited.add(id(cause))
        yield cause
        waiting.extend(cause.exceptions if isinstance(cause, BaseExceptionGroup) else ())
        waiting.extend([cause.__cause__] if cause.__cause__ else [])


def _is_lost(error: BaseException) -> bool:
    state = getattr(error, "sqlstate", None) or ""
    if isinstance(error, asyncpg.PostgresError):
        return state.startswith("08") or state in LOST_STATES
    if isinstance(error, asyncpg.InterfaceError):
        # The driver uses one class for a closed connection and for our own misuse of it; only the words differ.
        return not isinstance(error, ValueError) and "clos" in str(error)
    if isinstance(error, asyncpg.InternalClientError):
        # A server that is killed in mid-answer leaves the driver's own states in between, and this is all it says.
        return str(error).startswith(("cannot switch to state", "not connected"))
    return isinstance(error, OSError)
