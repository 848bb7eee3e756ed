"""Which codes the record meets, and which no request can meet here, each with its reason."""

from collections.abc import Iterator
from typing import Any

# Codes of refusals (the enumeration ErrorCode) that no request can bring about.
NOT_REACHED: dict[str, str] = {}
# Codes of whole requests (docs/contract.md, What ends a request) that are met, and those that are not.
REQUEST_CODES = (
    "SYNTAX_ERROR", "INVALID_DOCUMENT", "BAD_VARIABLES", "OPERATION_NOT_FOUND", "QUERY_TOO_LARGE", "COST_TOO_HIGH",
    "LIST_TOO_LONG", "PAGE_TOO_LARGE", "BAD_CURSOR", "DOCUMENT_NOT_FOUND", "BAD_REQUEST", "BAD_JSON", "JSON_TOO_DEEP",
    "BATCHING_NOT_SUPPORTED", "BAD_TEXT", "BAD_TOKEN", "TOKEN_ENDED",
    "METHOD_NOT_ALLOWED", "NOT_ACCEPTABLE", "REQUEST_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE",
)  # fmt: skip
REQUESTS_NOT_REACHED = {
    "DOCUMENT_NOT_TRUSTED": "only where FORUM_DOCUMENTS is `only`; this server takes any document",
    "TOO_MANY_NEW_DOCUMENTS": "takes three hundred documents in a moment",
    "REQUEST_TIMEOUT": "takes twenty seconds of silence",
    "HEADERS_TOO_LARGE": "said by the server's protocol, before a request is a request: tests/api/test_connections.py",
    "TOO_MANY_CONNECTIONS": "takes two hundred connections: tests/api/test_connections.py",
    "TOO_MANY_REQUESTS": "takes a thousand dear requests: tests/api/test_rates.py",
    "SERVICE_BUSY": "takes two hundred new documents at once: tests/api/test_workshop.py",
    "REQUEST_TOO_SLOW": "takes ten seconds of the database: tests/api/test_slow.py",
    "SIGN_IN_ENDED": "takes a browser and a private line: tests/api/test_sign_ins.py",
    "TWO_IDENTITIES": "takes a browser and a private line: tests/api/test_sign_ins.py",
    "CROSS_SITE": "takes a browser and a private line: tests/api/test_sign_ins.py",
    "HTTPS_NEEDED": "takes a browser: tests/api/test_sign_ins.py",
    "SIGN_IN_FAILED": "of pages: tests/web/test_web_providers.py",
    "NO_SUCH_PROVIDER": "of pages: tests/web/test_web_providers.py",
    "PROVIDER_DOWN": "of pages: tests/web/test_web_providers.py",
    "BAD_LOGOUT_TOKEN": "of a provider: tests/web/test_web_providers.py",
    "BAD_ARGUMENTS": "validation answers first, with INVALID_DOCUMENT or BAD_VARIABLES",
    "INTERNAL": "a fault of ours; none is known",
    "DATABASE_UNAVAILABLE": "only while the database is away",
}


def codes_in(value: Any) -> set[str]:
    """All codes that stand in an answer, at any depth."""
    return set(_codes(value))


def _codes(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "code" and isinstance(inner, str):
                yield inner
            yield from _codes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _codes(inner)
