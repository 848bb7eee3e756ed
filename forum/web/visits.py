"""What all pages share: templates, headers, who asks, and that whatever goes wrong is a page with a sentence.

A page is drawn on the server and needs no script. What it knows it asks for by operation documents, as any portal does
(`forum/api/operations.py`); only signing in and out is not in the contract.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

import jinja2
import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ..api import operations
from ..api.http.callers import Callers
from ..api.http.execute import Service
from ..api.http.identity import ANONYMOUS, Caller
from ..api.http.rates import Spenders
from ..api.http.same_origin import SAFE, need_own_page
from ..api.http.sign_ins import SignIns
from ..api.problem import Problem, of_exception, of_refusal
from ..languages.say import RIGHT_TO_LEFT
from ..languages.speaker import speaker
from ..refusal import Refusal
from ..settings import Settings
from .form_fields import sent
from .held_back import HeldBack, typed
from .page_terms import TERMS
from .page_words import CHOSEN, OWN_NAMES, Words, chosen, wanted
from .refusal_words import about, worded
from .short_forms import ShortForms
from .templating import environment

# No script at all, no style but our own file, in no frame; forms are sent to ourselves.
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser would send our own forms with `Origin: null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "Cookie, Accept-Language",
}
OF_SECRET = "strict-origin"  # of a page with a secret in its address: our own pages are not told of it either


@dataclass(frozen=True)
class Visit:
    """One request for a page: who asks, in which words they are answered, and in `notice` what they are told before
    anything else."""

    request: Request
    caller: Caller = ANONYMOUS
    notice: str = ""
    words: Words = Words()
    name: str = ""  # of the person who is signed in
    spends: Spenders | None = None  # whose points it takes, where not the visitor's

    @property
    def signed_in(self) -> bool:
        return self.caller.subject is not None

    @property
    def asks(self) -> Caller:
        """Who asks for what the page shows, to be answered in the page's language."""
        return replace(self.caller, language=self.words.language)

    def nobody(self) -> "Visit":
        """The same visit, of somebody who has signed out."""
        return replace(self, caller=ANONYMOUS, name="")


@dataclass(frozen=True)
class Behind:
    """What a page is drawn from: the name of an operation document, and the variables it was asked with."""

    operation: str
    variables: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The page that shows it."""
        return "/query?" + urlencode({"operation": self.operation, "variables": orjson.dumps(self.variables).decode()})


Handler = Callable[[Visit], Awaitable[Response]]


@dataclass(eq=False)
class Site:
    """What pages are made with."""

    service: Service
    callers: Callers
    settings: Settings
    templates: jinja2.Environment = field(default_factory=lambda: environment())

    @property
    def sign_ins(self) -> SignIns:
        return self.callers.sign_ins

    def page(
        self, visit: Visit, template: str, status: int = 200, behind: Behind | None = None, **facts: Any
    ) -> Response:
        """A page from its template. Every value is escaped as it is put in."""
        words = visit.words
        text = self.templates.get_template(f"{template}.html").render(
            language=words.language.value, dir="rtl" if words.language in RIGHT_TO_LEFT else "ltr",
            languages=_languages(visit.request), names=_NAMES, visit=visit, signed_in=visit.signed_in, behind=behind,
            say=words.say, plain=words.plain, when=words.when, left=words.left, term=words.term,
            next_page=partial(_next_page, visit.request), worded=partial(worded, words), about=partial(about, words),
            demonstration_runs=self.sign_ins.plain, short_forms=ShortForms(facts.get("fields") or {}),
            **{"home": self.home(visit), **facts},
        )  # fmt: skip
        response = Response(text, status, HEADERS, media_type="text/html")
        if asked := chosen(visit.request):
            secure = not self.sign_ins.plain
            response.set_cookie(CHOSEN, asked.value, _A_YEAR, secure=secure, httponly=True, samesite="lax")
        return response

    def home(self, visit: Visit) -> str:
        """The address of this service, without a slash at its end: as the operator says, or else as it was asked."""
        return (self.settings.public_url or str(visit.request.base_url)).rstrip("/")

    async def ask(self, visit: Visit, operation: str, /, **variables: Any) -> Mapping[str, Any]:
        """What the operation document of this file name answers the visitor. Raises Problem."""
        asks, spends = visit.asks, visit.spends
        return await operations.ask(self.service, visit.request, asks, operation, spends=spends, **variables)

    async def visit(self, request: Request, *, tokens: bool = False) -> Visit:
        """Who visits; where `tokens` are taken, by a token or a signed link too. A sign-in that has
        ended makes nobody of its person, and says so. Refuses (CROSS_SITE) what another site's page sends."""
        if request.method not in SAFE:
            need_own_page(request, self.settings.public_url)
        visit = Visit(request, words=Words(wanted(request)))
        if tokens and "link" in request.query_params:
            return await self._by_link(visit)
        try:
            caller = await (self.callers.of(request) if tokens else self.sign_ins.caller(request))
            return await self._known(replace(visit, caller=caller)) if caller.subject else visit
        except Problem as problem:
            if problem.code != "SIGN_IN_ENDED":
                raise
            return replace(visit, notice=visit.words.term("Problem", "SIGN_IN_ENDED"))

    async def _by_link(self, visit: Visit) -> Visit:
        """The visit of whom the link names, whoever opens it: so that nobody else can use up their points, it has
        points of its own. Refuses (PAPER_LINK_NOT_GOOD, PAPER_LINK_ENDED), and what ended the reader's own sign-in or
        token; that of whoever opens it stays as it is."""
        asked = visit.request.query_params
        caller = self.service.papers.reader(visit.request.url.path, asked.multi_items(), asked["link"])
        visit = replace(visit, caller=caller)
        if caller.subject is None:
            return visit
        return await self._known(replace(visit, spends=(("person", f"papers:{caller.subject}"),)))

    async def _known(self, visit: Visit) -> Visit:
        """The visit of somebody by name, in their language and zone. Refuses (SIGN_IN_ENDED) a sign-in that has ended:
        the contract asks that with each request."""
        viewer = (await self.ask(visit, "page_head"))["viewer"]
        contact = viewer["contact"] or {"language": None, "zone": "UTC"}
        language = wanted(visit.request, (contact["language"] or "").lower())
        name = viewer["person"]["name"] if viewer["person"] else ""
        return replace(visit, words=Words(language, contact["zone"]), name=name)

    def kept(self, visit: Visit, held: HeldBack) -> Response:
        """The page of a form that was not sent on: all that was typed, and how it can be sent."""
        request = visit.request
        shown = typed(visit.words, held.fields, request.path_params.get("act", ""))
        return self.page(visit, "kept", held.status, held=held, shown=shown, address=request.url.path, back=held.back)

    def problem(self, visit: Visit, problem: Problem, fields: Mapping[str, str]) -> Response:
        """What went wrong, as a page: the sentence, what to do, and the id that finds it in the log; with it what was
        written in a form (`fields`), to be sent again where another time may help."""
        request, words = visit.request, visit.words
        response = self.page(
            visit, "problem", problem.status, problems=TERMS["Problem"], fields=fields, address=request.url.path,
            problem=replace(problem, message=speaker(words.language).text(problem.message)),
            request_id=request.scope.get("request_id", ""),
            shown=typed(words, fields, request.path_params.get("act", "")),
        )  # fmt: skip
        response.headers.update({name: value for name, value in problem.headers.items() if name != "WWW-Authenticate"})
        return response


_NAMES = {tag.value: name for tag, name in OWN_NAMES.items()}
_A_YEAR = 31_536_000


def _next_page(request: Request, cursor: str) -> str:
    return "?" + urlencode([*_kept(request, "after"), ("after", cursor)])


def _kept(request: Request, without: str) -> list[tuple[str, str]]:
    """What the address asks for beside one thing; nothing of an address that asks for more than any page does."""
    try:
        asked = parse_qsl(request.url.query, max_num_fields=64)
    except ValueError:
        return []
    return [pair for pair in asked if pair[0] != without]


def _languages(request: Request) -> list[tuple[str, str, str]]:
    """The languages with their own names, and the address of the same page in each."""
    kept = _kept(request, CHOSEN)
    return [(tag.value, name, "?" + urlencode([*kept, (CHOSEN, tag.value)])) for tag, name in OWN_NAMES.items()]


@dataclass(eq=False)
class Page:
    """One address, as an ASGI application: what it shows, and what it does with a form that is sent to it. `tokens`:
    programs ask here too, with a token in `Authorization` as at `/graphql` or with a signed link; other pages know
    browsers only."""

    site: Site
    shows: Handler
    takes: Handler | None = None
    tokens: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            return  # nobody is there to be answered
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        visit = Visit(request, words=Words(wanted(request)))
        try:
            handler = self._handler(request)
            visit = await self.site.visit(request, tokens=self.tokens)
            response = await handler(visit)
        except ClientDisconnect:
            raise
        except HeldBack as held:
            response = self.site.kept(visit, held)
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            problem = _problem(error, visit)
            of_ours = request.method == "POST" and problem.code != "CROSS_SITE"
            response = self.site.problem(visit, problem, await sent(request) if of_ours else {})
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


def _problem(error: Exception, visit: Visit) -> Problem:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Refusal):
        return replace(of_refusal(error.spoken_by(speaker(visit.words.language))), status=400)
    return of_exception(error, str(visit.request.scope.get("request_id", "")))
