"""Reads a form of a browser without trusting it (`application/x-www-form-urlencoded`, WHATWG URL, section 5)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from ..api.http.body import read_body
from ..api.limits import Limits
from ..api.problem import Problem

FORM = "application/x-www-form-urlencoded"
_LIMITS = Limits(body_bytes=16 * 1024)
_MOST_FIELDS = 32


async def fields(request: Request) -> Mapping[str, str]:
    """The fields by name; of a name that stands twice, the last. Refuses (BAD_FORM) another kind of body, one that is
    not UTF-8, and characters that are not printable; (REQUEST_TOO_LARGE, 413) more than 16 KiB."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise bad_form(f"A form is sent as {FORM}.")
    content = await read_body(request, _LIMITS)
    try:
        pairs = parse_qsl(content.decode("ascii"), errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        raise bad_form("The form could not be read.") from None
    if not all(name.isprintable() and value.isprintable() for name, value in pairs):
        raise bad_form("A field holds characters that are not printed.")
    return dict(pairs)


def bad_form(message: str) -> Problem:
    """BAD_FORM: what was sent is not what the form on the page sends."""
    return Problem("BAD_FORM", f"{message} Open the page again and use its form.")
