"""`/calendar/<forum>.ics`: the public dates of a forum, as calendar programs subscribe to them (RFC 5545).

Read by GET and HEAD, by anybody: who asks is not looked at, and only what everybody may read is in it.
"""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from functools import partial
from itertools import chain

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...domain.contact import Language
from ...domain.saying import saying
from ...languages.say import Reader
from ...rendering.feeds.feed import ics
from .. import operations
from ..http.body import languages
from ..http.endpoint import RequestIds, matches
from ..http.execute import Service
from ..http.identity import ANONYMOUS
from ..problem import Problem, of_exception
from .reading import ForumDates, forum_dates
from .scribe import Scribe

_FILE = re.compile(r"([a-z0-9-]{1,80})\.ics")
_NAME = "{forum}: dates"
_NOT_THERE = "There is no calendar at this address: it may be mistyped, renewed or ended."
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
}


@dataclass(eq=False)
class ForumFeed:
    """The ASGI application at `/calendar/<forum>.ics`. `?language=` chooses one of six, else `Accept-Language`."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            need_read(request)
            response = await self._respond(request)
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            response = refused(error, request)
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        file = _FILE.fullmatch(request.path_params["file"])
        if file is None:
            raise not_there()
        language = _language(request)
        dates = await forum_dates(partial(operations.ask, self.service, request, ANONYMOUS), file[1])
        if dates is None:
            raise not_there()
        body = await asyncio.to_thread(_written, dates, language)
        return answer(request, body, f"{file[1]}.ics", {"Cache-Control": "public, no-cache", "Vary": "Accept-Language"})


def routes(service: Service) -> list[Route]:
    """The addresses of the feeds, with an id for each request."""
    return [Route("/calendar/{file}", ForumFeed(service), middleware=[Middleware(RequestIds)])]


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
    wanted = (tag.partition("-")[0].lower() for tag in languages(", ".join(request.headers.getlist("accept-language"))))
    return next((Language(tag) for tag in wanted if tag in words), Language.EN)


def _written(dates: ForumDates, language: Language) -> bytes:
    forum = dates.forum
    name = forum["acronym"] or forum["name"]
    scribe = Scribe(language, name)
    entries = list(chain.from_iterable(scribe.entries(edition) for edition in dates.editions))
    title = Reader(language, forum["zone"]).say(saying(_NAME, forum=name))
    return ics(title, forum["zone"], entries)
