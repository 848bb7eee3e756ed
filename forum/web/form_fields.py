"""Reads a form of a browser without trusting it (`application/x-www-form-urlencoded`, WHATWG URL, section 5)."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from ..api.http.body import read_body
from ..api.limits import Limits
from ..api.problem import Problem

FORM = "application/x-www-form-urlencoded"
SHORT, LONG = 16 * 1024, 768 * 1024  # bytes of a form of a few fields, and of one that holds whole texts
_MOST_FIELDS = {SHORT: 160, LONG: 4_000}  # a meeting with its panels and their speakers has hundreds


async def fields(request: Request, most: int = SHORT, *, lines: bool = False) -> Mapping[str, str]:
    """The fields by name; of a name that stands several times (boxes that are ticked), its values a line each. Lines
    end in LF, as people mean them (HTML sends CR LF). Refuses (BAD_FORM) another kind of body, one that is not UTF-8,
    characters that are not printed - but for tabs and ends of lines where the form takes several `lines` -;
    (FORM_TOO_LARGE, 413) more than `most` bytes."""
    request.state.read = True
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise bad_form(f"A form is sent as {FORM}.")
    try:
        content = await read_body(request, Limits(body_bytes=most))
    except Problem as problem:
        if problem.code != "REQUEST_TOO_LARGE":
            raise
        raise Problem("FORM_TOO_LARGE", f"A form has at most {most // 1024} KiB.", status=413) from None
    try:
        pairs = parse_qsl(
            content.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS.get(most, 160)
        )
    except ValueError:
        raise bad_form("The form could not be read.") from None
    found: dict[str, str] = {}
    for name, value in pairs:
        found[name] = (f"{found[name]}\n" if name in found else "") + value.replace("\r\n", "\n")
    plain = (name + ("" if lines else value) for name, value in found.items())
    if not all(map(str.isprintable, plain)) or any(map(controls, found.values())):
        raise bad_form("A field holds characters that are not printed.")
    if most == LONG:  # what somebody wrote is kept, whatever becomes of the request
        request.state.sent = found
    return found


async def sent(request: Request) -> Mapping[str, str]:
    """The fields of a form with a key of its own, which holds what somebody wrote, even where nothing has read it yet;
    nothing of another form or of one that cannot be read."""
    if not getattr(request.state, "read", False):
        try:
            await fields(request, LONG, lines=True)
        except Problem:
            return {}
    found: Mapping[str, str] = getattr(request.state, "sent", {})
    return found if "key" in found else {}


def controls(value: str) -> bool:
    """Whether there is a control character (Unicode's C0 and C1) other than a tab and the end of a line."""
    return any((mark < " " and mark not in "\t\n") or "\x7f" <= mark <= "\x9f" for mark in value)


def bad_form(message: str) -> Problem:
    """BAD_FORM: what was sent is not what the form on the page sends."""
    return Problem("BAD_FORM", f"{message} Open the page again and use its form.")
