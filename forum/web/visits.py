"""What all pages share: templates, headers, who asks, and that whatever goes wrong is a page with a sentence.

A page is drawn on the server and needs no script. What it knows it asks for by operation documents, as any portal does
(`forum/api/operations.py`); only signing in and out is not in the contract.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..api import operations
from ..api.http.execute import Service
from ..api.http.identity import ANONYMOUS, Caller
from ..api.http.same_origin import SAFE, need_own_page
from ..api.http.sign_ins import SignIns
from ..api.problem import Problem, of_exception, of_refusal
from ..refusal import Refusal
from ..settings import Settings
from ..spoken_words import role
from ..times import spoken

_TEMPLATES = Path(__file__).parent / "templates"
LANGUAGE = "en"
_RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")
ENDED = "Your sign-in has ended: you signed out, it was not used for long, or you hold nothing here any more."
# No script at all, no style but our own file, in no frame; forms are sent to ourselves.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser would send our own forms with `Origin: null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Cookie",
}
OF_SECRET = "strict-origin"  # of a page with a secret in its address: our own pages are not told of it either


@dataclass(frozen=True)
class Visit:
    """One request for a page: who asks, and in `notice` what they are told before anything else."""

    request: Request
    caller: Caller = ANONYMOUS
    notice: str = ""


Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(eq=False)
class Site:
    """What pages are made with."""

    service: Service
    sign_ins: SignIns
    settings: Settings
    templates: jinja2.Environment = field(default_factory=lambda: environment())

    def page(self, visit: Visit, template: str, status: int = 200, **facts: Any) -> Response:
        """A page from its template. Every value is escaped as it is put in."""
        text = self.templates.get_template(f"{template}.html").render(
            language=LANGUAGE, dir=direction(LANGUAGE), visit=visit, signed_in=visit.caller.subject is not None, **facts
        )
        return Response(text, status, HEADERS, media_type="text/html")

    async def ask(self, visit: Visit, operation: str, **variables: Any) -> Mapping[str, Any]:
        """What the operation document of this file name answers the visitor. Raises Problem."""
        return await operations.ask(self.service, visit.request, visit.caller, operation, **variables)

    async def visit(self, request: Request) -> Visit:
        """Who visits. A sign-in that has ended makes nobody of its person, and says so. Refuses (CROSS_SITE) what
        another site's page sends."""
        if request.method not in SAFE:
            need_own_page(request, self.settings.public_url)
        try:
            return Visit(request, await self.sign_ins.standing(request))
        except Problem as problem:
            if problem.code != "SIGN_IN_ENDED":
                raise
            return Visit(request, notice=ENDED)

    def problem(self, visit: Visit, problem: Problem) -> Response:
        """What went wrong, as a page: the sentence, what to do, and the id that finds it in the log."""
        heading = _HEADINGS.get(problem.status, "This did not work")
        response = self.page(
            visit, "problem", problem.status, heading=heading, problem=problem,
            request_id=visit.request.scope.get("request_id", ""),
        )  # fmt: skip
        response.headers.update({name: value for name, value in problem.headers.items() if name != "WWW-Authenticate"})
        return response


_HEADINGS = {
    400: "This could not be read",
    401: "You are not signed in",
    403: "This is not open to you",
    404: "There is no such page",
    405: "This page is only read",
    413: "This is too long",
    429: "Too much at once",
    500: "Something went wrong on our side",
    503: "The service does not answer just now",
}


@dataclass(eq=False)
class Page:
    """One address, as an ASGI application: what it shows, and what it does with a form that is sent to it."""

    site: Site
    shows: Handler
    takes: Handler | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return  # nobody is there to be answered
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        visit = Visit(request)
        try:
            handler = self._handler(request)
            visit = await self.site.visit(request)
            response = await handler(visit)
        except ClientDisconnect:
            raise
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            response = self.site.problem(visit, _problem(error, request))
        if "link" in request.query_params:
            response.headers["Referrer-Policy"] = OF_SECRET
        if visit.notice:
            self.site.sign_ins.drop_cookie(response)
        return response

    def _handler(self, request: Request) -> Handler:
        if request.method in ("GET", "HEAD"):
            return self.shows
        if request.method == "POST" and self.takes is not None:
            return self.takes
        allowed = "GET, HEAD, POST" if self.takes else "GET, HEAD"
        raise Problem("METHOD_NOT_ALLOWED", f"Send {allowed} to this page.", status=405, headers={"Allow": allowed})


def _problem(error: Exception, request: Request) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return replace(of_refusal(error), status=400)
    return of_exception(error, str(request.scope.get("request_id", "")))


def direction(language: str) -> str:
    """Which way a language is written: rtl or ltr."""
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def environment() -> jinja2.Environment:
    """The templates, each value escaped; a name that a template asks for and nobody handed over is a fault."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters["role"] = lambda word: role(word.lower())
    templates.filters["when"] = _when
    templates.globals["style"] = STYLE_ADDRESS
    return templates


def _when(at: str | datetime, zone: str = "UTC") -> str:
    return spoken(datetime.fromisoformat(at) if isinstance(at, str) else at, zone).replace("(UTC, UTC+00:00)", "UTC")


STYLE = (_TEMPLATES / "style.css").read_bytes()
# Its address changes with it, so that browsers may keep it for long.
STYLE_ADDRESS = f"/style-{hashlib.sha256(STYLE).hexdigest()[:16]}.css"


async def style(_: Request) -> Response:
    """The one stylesheet."""
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(STYLE, 200, headers, media_type="text/css")
