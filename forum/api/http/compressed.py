"""Answers made smaller on the way (RFC 9110, 8.4.1.3: gzip), where their length can tell nobody a secret.

How long a compressed answer is hangs on what repeats in it. Whoever makes a browser ask with words of their choice, and
sees how long the answers are, could find out what else stands in them (BREACH). A browser asks for somebody by its
cookie alone. So what is asked with a cookie is compressed only where the asker chose nothing: a GET without a query
string. Decision 21 says what that leaves.
"""

import re

from starlette.middleware.gzip import GZipResponder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 1024  # bytes; less fits in a packet as it is
_LEVEL = 6


class Compressed:
    """The application, its answers compressed where the client takes gzip and the length tells nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        fits = scope["type"] == "http" and _tells_nothing(scope) and _takes_gzip(scope)
        if fits and scope["method"] == "HEAD":
            await self.app(scope, receive, _without_length(send))
        else:
            await (GZipResponder(self.app, SMALLEST, _LEVEL) if fits else self.app)(scope, receive, send)


def _without_length(send: Send) -> Send:
    """How long the answer to a GET would be is known once it is compressed; another length is not said (RFC 9110,
    8.6)."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0] != b"content-length"]
            message = {**message, "headers": kept}
        await send(message)

    return sending


def _tells_nothing(scope: Scope) -> bool:
    chosen = scope["method"] not in ("GET", "HEAD") or scope["query_string"]
    return not (chosen and any(name == b"cookie" for name, _ in scope["headers"]))


def _takes_gzip(scope: Scope) -> bool:
    """Whether gzip is named and not refused with a weight of 0 (RFC 9110, 12.5.3)."""
    accepted = (
        b",".join(value for name, value in scope["headers"] if name == b"accept-encoding").decode("latin-1").lower()
    )
    named = [part.replace(" ", "").partition(";") for part in accepted.split(",")]
    return any(coding == "gzip" and not re.fullmatch(r"q=0(\.0*)?", weight) for coding, _, weight in named)
