"""Reads a request without trusting it: how long, how deep, of which kind, and only then what it says.

Nothing is read that will be refused: a body announced as too long is not read at all, one that turns out to be is left
where it is, and JSON is looked at for its nesting before it is parsed. The members are those of the GraphQL over HTTP
specification: `query`, `operationName`, `variables`, `extensions`, and our `documentId`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import orjson
from starlette.requests import Request

from ..limits import Limits, bad_text
from ..problem import Problem
from .headers import read_once
from .rates import Spenders

# Strings of a JSON text, the last one perhaps unfinished. Possessive: no going back, so linear on any input.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(b for b in range(256) if b not in b"[]{}")
MEMBERS = {"query": str, "documentId": str, "operationName": str, "variables": dict, "extensions": dict}


@dataclass(frozen=True)
class GraphQLRequest:
    """One request, wherever it came from: over HTTP, or from our own pages through `operations.py`."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    extensions: Mapping[str, object] = field(default_factory=dict)
    read_only: bool = False  # by GET: a mutation is refused
    languages: tuple[str, ...] = ()  # of Accept-Language, the most wanted first
    request_id: str = ""
    client: str = ""  # whose budget of new documents it is
    spenders: Spenders = ()  # whose points it spends


async def read_post(request: Request, limits: Limits) -> dict[str, object]:
    """The members of a POST body. Refuses 415 (not JSON in UTF-8), 413 (too long), 408 (too slow), 400
    (not readable)."""
    headers = request.headers
    _check_kind(headers.get("content-type", ""), headers.get("content-encoding", "identity"))
    body = await read_body(request, limits)
    return members(load_json(body, limits))


def read_get(request: Request, limits: Limits) -> dict[str, object]:
    """The members of a GET's query string; `variables` and `extensions` are JSON in it."""
    raw = request.scope.get("query_string", b"")
    if len(raw) > 3 * limits.document_bytes:  # percent-encoding takes up to three bytes for one
        raise Problem("REQUEST_TOO_LARGE", "The address is too long: send the document by POST.", status=413)
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=32)
    except UnicodeDecodeError:
        raise bad_text("The address") from None
    except ValueError:
        raise bad_request("The address has too many parameters.") from None
    parameters: dict[str, object] = {}
    for name, value in pairs:
        if name in parameters and name in MEMBERS:
            raise bad_request(f"The parameter {name} is given twice.")
        as_json = MEMBERS.get(name) is dict and value
        parameters[name] = load_json(value.encode(), limits) if as_json else (value or None)
    return members(parameters)


@read_once
def _check_kind(content_type: str, encoding: str) -> None:
    kind, _, parameters = content_type.partition(";")
    charset = re.search(r"charset\s*=\s*\"?([^\s;\"]+)", parameters, re.IGNORECASE)
    if kind.strip().lower() != "application/json" or (charset and charset[1].lower() not in ("utf-8", "utf8")):
        raise _wrong_kind("Send the request as application/json in UTF-8.")
    if encoding.strip().lower() not in ("identity", ""):
        raise _wrong_kind("Send the request without Content-Encoding: compressed requests are not taken.")


def _wrong_kind(message: str) -> Problem:
    headers = {"Accept-Post": "application/json"}
    return Problem("UNSUPPORTED_MEDIA_TYPE", message, status=415, headers=headers)


async def read_body(request: Request, limits: Limits) -> bytes:
    """The body, within the limits. Refuses (REQUEST_TOO_LARGE, 413) a longer one, announced or not."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > limits.body_bytes:
        raise _too_long(limits)
    body = bytearray()
    async for chunk in request.stream():  # how long it may take to arrive, the connection knows
        body += chunk
        if len(body) > limits.body_bytes:
            raise _too_long(limits)
    return bytes(body)


def _too_long(limits: Limits) -> Problem:
    return Problem(
        "REQUEST_TOO_LARGE",
        f"A request has at most {limits.body_bytes // 1024} KiB. Files are not sent inside GraphQL.",
        status=413,
        facts={"limit": limits.body_bytes},
    )


def bad_request(message: str) -> Problem:
    """BAD_REQUEST: the request is not of the form that GraphQL over HTTP gives it."""
    return Problem("BAD_REQUEST", message)


def nesting(text: bytes, stop: int) -> int:
    """How deep arrays and objects nest in a JSON text, valid or not; counting ends once it is over `stop`."""
    depth = deepest = 0
    for bracket in _STRING.sub(b"", text).translate(None, _NOT_BRACKETS):
        depth += 1 if bracket in b"[{" else -1
        if depth > deepest:
            deepest = depth
            if deepest > stop:
                break
    return deepest


def load_json(text: bytes, limits: Limits) -> object:
    """Parse JSON. Refuses JSON_TOO_DEEP, BAD_TEXT (not UTF-8, or half a surrogate pair) and BAD_JSON, all with 400."""
    if nesting(text, limits.json_depth) > limits.json_depth:
        raise Problem(
            "JSON_TOO_DEEP",
            f"The JSON nests deeper than {limits.json_depth} arrays and objects.",
            facts={"limit": limits.json_depth},
        )
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if "surrogate" in str(error) or ("UTF-8" in error.msg and "BOM" not in error.msg):
            raise bad_text("The request") from None
        place = f"line {error.lineno}, column {error.colno}"
        raise Problem("BAD_JSON", f"The request is not JSON ({place}): {error.msg}.") from None


def members(body: object) -> dict[str, object]:
    """The known members, each of its type; others are left out, null counts as absent. Refuses BAD_REQUEST else."""
    if isinstance(body, list):
        raise Problem("BATCHING_NOT_SUPPORTED", "Send one request at a time: arrays of requests are not taken.")
    if not isinstance(body, dict):
        raise bad_request("The request is a JSON object with query or documentId.")
    kept = {name: value for name, value in body.items() if name in MEMBERS and value is not None}
    for name, value in kept.items():
        if not isinstance(value, MEMBERS[name]):
            kind = "a string" if MEMBERS[name] is str else "an object"
            raise bad_request(f"{name} is {kind}.")
    if ("query" in kept) == ("documentId" in kept):
        raise bad_request("Send either query, the text of a document, or documentId, the id of a trusted one.")
    return kept


@read_once
def languages(header: str) -> tuple[str, ...]:
    """The language tags of an `Accept-Language` header, the most wanted first; at most ten."""
    wanted: list[tuple[float, str]] = []
    for part in header[:1000].split(",")[:10]:
        tag, _, rest = part.strip().partition(";")
        weight = re.fullmatch(r"\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*", rest) if rest else None
        share = float(weight[1]) if weight else (0.0 if rest else 1.0)
        if share > 0 and re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", tag):
            wanted.append((share, tag))
    return tuple(tag for _, tag in sorted(wanted, key=lambda pair: -pair[0]))
