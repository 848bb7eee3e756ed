"""GraphQL over HTTP: `/graphql`, and the two addresses a supervisor asks, `/healthz` and `/readyz`.

The specification is the draft of the GraphQL foundation (https://graphql.github.io/graphql-over-http/draft/). Nothing
is decided here but what HTTP decides: method, media types, status, caching, the request's id, and whose token it is.
"""

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from secrets import token_hex

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...domain.contact import Language, first_of_six
from ...settings import Settings
from ..problem import Problem, of_exception
from ..schema.context import POOL_SECONDS
from . import media
from .body import GraphQLRequest, languages, read_get, read_post
from .callers import Callers
from .compressed import Compressed
from .execute import Answer, Service, answer, refused
from .identity import ANONYMOUS, Caller
from .rates import spenders_of

METHODS = "GET, HEAD, POST, OPTIONS"
VARY = "Accept, Authorization, Cookie, Accept-Language"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")  # a proxy's own id is kept, if it can do no harm in a log


def routes(service: Service, settings: Settings, callers: Callers) -> list[Route]:
    """The addresses of this room, each with its request id and, for the GraphQL one, CORS by the allow-list. No other
    site's page is let ask with a cookie: none of them is answered that it may send one."""
    ids, smaller = Middleware(RequestIds), Middleware(Compressed)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "If-None-Match", "X-Request-Id"],
        expose_headers=["ETag", "Retry-After", "X-Request-Id"],
        max_age=3600,
    )
    graphql = GraphQLOverHTTP(service, callers)
    return [
        Route("/graphql", graphql, middleware=[ids, cors, smaller]),
        Route("/graphql/", graphql, middleware=[ids, cors, smaller]),  # a redirect would repeat whatever Host was sent
        Route("/healthz", _healthy, methods=["GET"], middleware=[ids]),
        Route("/readyz", Ready(service), methods=["GET"], middleware=[ids]),
    ]


class RequestIds:
    """Gives every request an id, or keeps a proxy's, and sends it back as `X-Request-Id`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent_id = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
        scope["request_id"] = request_id = sent_id if _REQUEST_ID.fullmatch(sent_id) else token_hex(16)

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", request_id.encode())]
            await send(message)

        await self.app(scope, receive, named)


@dataclass(eq=False)
class GraphQLOverHTTP:
    """The ASGI application at `/graphql`. `pause` lets seconds pass."""

    service: Service
    callers: Callers
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self.respond(request)
        except ClientDisconnect:
            return  # nobody is there to be answered
        if response.status_code == 429:
            # Who asks again at once, as if Retry-After were not there, would have the loop refuse thousands a second.
            await self.pause(self.service.limits.refused_seconds)
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """One request, one response; whatever goes wrong on the way is one too."""
        media_type, caller, language = media.OLD, ANONYMOUS, _language(request)
        try:
            media_type = media.choose(_joined(request, "accept"))
            if request.method == "OPTIONS":
                return Response(status_code=204, headers={"Allow": METHODS})
            caller = replace(await self.callers.of(request), language=language)
            answered = await answer(self.service, await self._asked(request, caller), caller)
        except Problem as problem:
            answered = refused(problem, _request_id(request), language)
        except ClientDisconnect:
            raise
        except Exception as error:  # the edge: nothing of ours leaves unmasked
            answered = refused(of_exception(error, _request_id(request)), _request_id(request), language)
        return _response(request, answered, media_type, caller)

    async def _asked(self, request: Request, caller: Caller) -> GraphQLRequest:
        by_get = request.method in ("GET", "HEAD")
        if by_get:
            asked = read_get(request, self.service.limits)
        elif request.method == "POST":
            asked = await read_post(request, self.service.limits)
        else:
            message = f"Send {METHODS.replace(', OPTIONS', '')}."
            raise Problem("METHOD_NOT_ALLOWED", message, status=405, headers={"Allow": METHODS})
        address = request.client.host if request.client else "?"
        return GraphQLRequest(
            query=asked.get("query"),  # type: ignore[arg-type] # `members` has checked the types
            document_id=asked.get("documentId"),  # type: ignore[arg-type]
            operation_name=asked.get("operationName"),  # type: ignore[arg-type]
            variables=asked.get("variables", {}),  # type: ignore[arg-type]
            extensions=asked.get("extensions", {}),  # type: ignore[arg-type]
            read_only=by_get,
            languages=languages(_joined(request, "accept-language") or ""),
            request_id=_request_id(request),
            client=f"person:{caller.subject}" if caller.subject else f"address:{address}",
            spenders=spenders_of(caller.subject, caller.client, address),
        )


def _response(request: Request, answer: Answer, media_type: str, caller: Caller) -> Response:
    headers = {**answer.headers, "Vary": VARY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    headers["Content-Language"] = _language(request).value  # for whom it is said (RFC 9110, 8.5), not all that is in it
    status = media.status(answer.kind, media_type, answer.status)
    by_get = request.method in ("GET", "HEAD")
    if by_get and answer.kind == "ok" and caller == ANONYMOUS:
        # What everyone may read may be kept, and is asked for again by its hash: a 304 costs a thin line nothing.
        # Weak, because proxies compress; the media type is part of it, because Vary is often forgotten.
        digest = hashlib.sha256(media_type.encode() + b"\0" + answer.body).hexdigest()[:32]
        headers |= {"ETag": f'W/"{digest}"', "Cache-Control": "public, no-cache"}
        if matches(_joined(request, "if-none-match"), digest):
            return Response(status_code=304, headers=headers)
    return Response(answer.body, status, headers, media_type=f"{media_type}; charset=utf-8")


def matches(header: str | None, digest: str) -> bool:
    """RFC 9110, section 13.1.2: any of the tags, compared weakly, or `*`."""
    tags = [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]
    return f'"{digest}"' in tags or "*" in tags


def _joined(request: Request, name: str) -> str | None:
    """All headers of this name, as if they were one (RFC 9110, section 5.3)."""
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None


def _language(request: Request) -> Language:
    """In which of the six languages refusals are said, as `Accept-Language` asks; English where it names none."""
    return first_of_six(languages(_joined(request, "accept-language") or "")) or Language.EN


def _request_id(request: Request) -> str:
    return str(request.scope.get("request_id", ""))


# ---- health
async def _healthy(_: Request) -> Response:
    """The process answers; nothing else is asked, so that a lost database does not get the process killed."""
    return Response(b'{"status":"ok"}', media_type="application/json", headers={"Cache-Control": "no-store"})


@dataclass(eq=False)
class Ready:
    """Whether requests can be served: the database answers. 503 (with Retry-After) when it does not."""

    service: Service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = str(scope.get("request_id", ""))
        try:
            await self._ask()
            answered = Answer(200, b'{"status":"ready"}', "ok")
        except Exception as error:
            answered = refused(of_exception(error, request_id), request_id)
        headers = {**answered.headers, "Cache-Control": "no-store"}
        await Response(answered.body, answered.status, headers, media_type="application/json")(scope, receive, send)

    async def _ask(self) -> None:
        if self.service.ready is not None:
            await self.service.ready()
            return
        async with self.service.pool.acquire(timeout=POOL_SECONDS) as connection:
            await connection.execute("")  # an empty statement still makes the whole way
