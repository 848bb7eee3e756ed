"""Whether the same words were handed in before: a second receipt for one text is a slip more often than a wish."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..errors import SameTextHandedIn
from .document_text import Content
from .snapshot import canonical

# How a text stands is no part of its words: the same ones are the same under another name and for other readers.
_STANDS = ("attribution", "visibility")


@dataclass(frozen=True)
class HandedIn:
    """A text as it was handed in: which, its receipt, and what was frozen."""

    contribution: UUID
    receipt: str
    frozen: str


def need_new(content: Content, earlier: Iterable[HandedIn]) -> None:
    """Refuses (SameTextHandedIn) words that one of the earlier texts has. A text without any is never the same."""
    words = _words(content)
    if not (words["sections"] or words["practices"]):
        return
    wanted = canonical(words)
    for text in earlier:
        if canonical(_words(json.loads(text.frozen))) == wanted:
            raise SameTextHandedIn(contribution=text.contribution, receipt=text.receipt)


def _words(content: Content) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in _STANDS}
