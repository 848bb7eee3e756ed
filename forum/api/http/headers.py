"""Headers that most clients send alike are read once, and their meaning is remembered."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])
_SHORT = 200  # characters of a header that is remembered: most clients send the same few, and nobody fills the memory


def read_once(function: F) -> F:
    """A function of headers alone, whose answers for the last few are remembered."""
    known = lru_cache(256)(function)

    @wraps(function)
    def read(*headers: str | None) -> Any:
        short = all(header is None or len(header) <= _SHORT for header in headers)
        return known(*headers) if short else function(*headers)

    return cast(F, read)
