"""Which of the two media types of GraphQL over HTTP a client accepts, and what that means for its status codes.

https://graphql.github.io/graphql-over-http/draft/ : `application/graphql-response+json` carries real status codes; for
the older `application/json` a document's own errors are answered with 200, because its clients expect nothing else.
"""

import re

from ..problem import Problem
from .headers import read_once

NEW = "application/graphql-response+json"
OLD = "application/json"
_QUALITY = re.compile(r"q\s*=\s*([01](?:\.\d{0,3})?)", re.IGNORECASE)


@read_once
def choose(accept: str | None) -> str:
    """The media type of the answer. No header, or only wildcards: the older one. Refuses (NOT_ACCEPTABLE, 406) else."""
    if accept is None or not accept.strip():
        return OLD
    ranges = [_range(part) for part in accept[:2000].split(",")]
    new, old = (_quality(ranges, media_type) for media_type in (NEW, OLD))
    named = any(kind == NEW and quality > 0 for kind, quality in ranges)
    if named and new >= old:
        return NEW
    if old > 0:
        return OLD
    if new > 0:
        return NEW
    raise Problem("NOT_ACCEPTABLE", f"Answers come as {NEW} or {OLD}: name one of them in Accept.", status=406)


def status(kind: str, media_type: str, proposed: int) -> int:
    """The status to send: the proposed one, but 200 for a document's errors in the older media type."""
    return 200 if media_type == OLD and kind == "request_error" else proposed


def _range(part: str) -> tuple[str, float]:
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    for parameter in parameters:
        if quality := _QUALITY.fullmatch(parameter):
            return kind.lower(), float(quality[1])
    return kind.lower(), 1.0


def _quality(ranges: list[tuple[str, float]], media_type: str) -> float:
    """The weight of the most specific range that matches (RFC 9110, section 12.5.1)."""
    for wanted in (media_type, media_type.split("/")[0] + "/*", "*/*"):
        qualities = [quality for kind, quality in ranges if kind == wanted]
        if qualities:
            return max(qualities)
    return 0.0
