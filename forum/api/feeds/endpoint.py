"""`/calendar/<forum>.ics`: the public dates of a forum, as calendar programs subscribe to them (RFC 5545); and
`/calendar/own/<secret>.ics`, a person's own.

Read by GET and HEAD. Who asks for a forum's is not looked at, and only what everybody may read is in it; whose own
dates are read is said by the secret, and by nothing else of the request.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...domain.calendar_address import hash_of, secret_of
from ...domain.contact import Language, first_of_six
from ...domain.saying import saying
from ...languages.say import Reader
from ...rendering.feeds.entries import Entry
from ...store import calendars
from .. import operations
from ..http.body import languages
from ..http.endpoint import RequestIds, matches
from ..http.execute import Service
from ..http.identity import ANONYMOUS, Caller
from ..problem import Problem, of_exception
from ..schema.context import POOL_SECONDS
from .own_dates import OwnDates, own_dates, own_entries
from .reading import Ask, ForumDates, forum_dates
from .scribe import Scribe

_FILE = re.compile(r"([a-z0-9-]{1,80})\.ics")
_NAME = "{forum}: dates"
_OWN_NAME = saying("My dates in the review forum")
_NOT_THERE = "There is no calendar at this address: it may be mistyped, renewed or ended."
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
}


@dataclass(eq=False)
class Feed:
    """The ASGI application at an address of calendars; `respond` finds the one that is asked for."""

    respond: Callable[[Request], Awaitable[Response]]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            need_read(request)
            response = await self.respond(request)
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            response = refused(error, request)
        await response(scope, receive, send)


@dataclass(frozen=True)
class ForumFeed:
    """`/calendar/<forum>.ics`."""

    service: Service

    async def respond(self, request: Request) -> Response:
        """A forum's dates. `?language=` chooses one of six, else `Accept-Language`. Refuses (NO_SUCH_CALENDAR) what is
        no forum."""
        file = _FILE.fullmatch(request.path_params["file"])
        if file is None:
            raise not_there()
        language = _language(request)
        asker = replace(ANONYMOUS, language=language)
        dates = await forum_dates(partial(operations.ask, self.service, request, asker), file[1])
        if dates is None:
            raise not_there()
        body = await asyncio.to_thread(_written, dates, language)
        return answer(request, body, f"{file[1]}.ics", {"Cache-Control": "public, no-cache", "Vary": "Accept-Language"})


@dataclass(frozen=True)
class OwnFeed:
    """`/calendar/own/<secret>.ics`."""

    service: Service

    async def respond(self, request: Request) -> Response:
        """A person's dates, in the language and zone of their contact. Refuses (NO_SUCH_CALENDAR) a secret that is
        nobody's."""
        subject = await self._reader(request)
        # Whoever has the address spends points of its own, so that nobody can stop its person by it.
        spends = (("person", f"calendar:{subject}"),)

        def ask_in(language: Language) -> Ask:
            return partial(operations.ask, self.service, request, Caller(subject, language=language), spends=spends)

        own = await own_dates(ask_in)
        if own is None:
            raise not_there()
        body = await asyncio.to_thread(_own_written, own)
        return answer(request, body, "dates.ics", {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"})

    async def _reader(self, request: Request) -> str:
        """Whose address it is. Each that is nobody's spends points of who sent it, before the database is asked."""
        written = request.path_params["file"].removesuffix(".ics")
        secret = secret_of(written) if request.path_params["file"].endswith(".ics") else None
        if secret is None:
            raise not_there()
        host = request.client.host if request.client else "?"
        self.service.rates.spend((("address", host),), 0)
        async with self.service.pool.acquire(timeout=POOL_SECONDS) as connection:
            subject = await calendars.reader_of(connection, hash_of(secret))
        if subject is None:
            raise not_there()
        return subject


def routes(service: Service) -> list[Route]:
    """The addresses of the feeds, with an id for each request."""
    ids = [Middleware(RequestIds)]
    return [
        Route("/calendar/{file}", Feed(ForumFeed(service).respond), middleware=ids),
        Route("/calendar/own/{file}", Feed(OwnFeed(service).respond), middleware=ids),
    ]


def need_read(request: Request) -> None:
    """Refuses (METHOD_NOT_ALLOWED, 405) what is neither GET nor HEAD."""
    if request.method not in ("GET", "HEAD"):
        message = "A calendar is only read: send GET or HEAD."
        raise Problem("METHOD_NOT_ALLOWED", message, status=405, headers={"Allow": "GET, HEAD"})


def not_there() -> Problem:
    """The answer of every address that has no calendar, word for word the same: it tells nothing of why."""
    return Problem("NO_SUCH_CALENDAR", _NOT_THERE, status=404)


def answer(request: Request, body: bytes, file: str, headers: dict[str, str]) -> Response:
    """A calendar; or, to a program that has these very bytes (RFC 9110, 13.1.2), that it has."""
    digest = hashlib.sha256(body).hexdigest()[:32]
    headers = {**_HEADERS, **headers, "ETag": f'W/"{digest}"'}
    if matches(", ".join(request.headers.getlist("if-none-match")), digest):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{file}"'
    return Response(body, 200, headers, media_type="text/calendar; charset=utf-8")


def refused(error: Exception, request: Request) -> Response:
    """What went wrong, as a sentence: calendar programs show it to nobody, but who opens the address reads it."""
    problem = error if isinstance(error, Problem) else of_exception(error, str(request.scope.get("request_id", "")))
    headers = {**_HEADERS, "Cache-Control": "no-store", **problem.headers}
    return Response(f"{problem.message}\n", problem.status, headers, media_type="text/plain; charset=utf-8")


def _language(request: Request) -> Language:
    """The language asked for: by name, else the first of the six that the program would like, else English. Refuses
    (BAD_REQUEST) a name that is none of the six."""
    words = Language.words()
    named = request.query_params.get("language")
    if named is not None:
        if named not in words:
            raise Problem("BAD_REQUEST", f"`language` is one of {', '.join(words)}.")
        return Language(named)
    return first_of_six(languages(", ".join(request.headers.getlist("accept-language")))) or Language.EN


def _own_written(own: OwnDates) -> bytes:
    return _ics(Reader(own.language, own.zone).say(_OWN_NAME), own.zone, list(own_entries(own)))


def _written(dates: ForumDates, language: Language) -> bytes:
    forum = dates.forum
    name = forum["acronym"] or forum["name"]
    scribe = Scribe(language, name)
    entries = list(chain.from_iterable(scribe.entries(edition) for edition in dates.editions))
    title = Reader(language, forum["zone"]).say(saying(_NAME, forum=name))
    return _ics(title, forum["zone"], entries)


def _ics(name: str, zone: str, entries: Sequence[Entry]) -> bytes:
    from ...rendering.feeds.feed import ics  # the library of calendars is loaded with the first of them

    return ics(name, zone, entries)
