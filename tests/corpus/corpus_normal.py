"""What differs from run to run becomes a placeholder, numbered in order of first appearance; all else stays to the
letter."""

import json
import re
from collections import Counter
from typing import Any

# The service's clock is only ever set to seventeen past the hour, and no date that is given lies in the twelve minutes
# after that: an instant of the server is known by its minute.
SERVER_MINUTES = "(?:1[7-9]|2[0-9])"
PATTERNS = {
    "token": r"\beyJ[\w-]+\.[\w-]+\.[\w-]+",
    "link": r"(?<![\w-])[\w-]{75}(?![\w-])",
    "calendar": r"/calendar/own/[\w-]{43}\.ics",
    "style": r"/style-[0-9a-f]{16}\.css",
    "uuid": r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
    "hash": r"\b[0-9a-f]{64}\b",
    "request": r"\b[0-9a-f]{32}\b",
    "receipt": r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b",
    "whole": rf"\b\d{{4}}-\d\d-\d\dT\d\d:{SERVER_MINUTES}:\d\d\.000000(?:Z|\+00:00)",
    "instant": rf"\b\d{{4}}-\d\d-\d\dT\d\d:{SERVER_MINUTES}:\d\d\.\d{{6}}(?:Z|\+00:00)",
    "second": rf"\b\d{{4}}-\d\d-\d\dT\d\d:{SERVER_MINUTES}:\d\d(?:Z|\+00:00)",
    "minute": rf"\b\d\d:{SERVER_MINUTES}\b",
}
KNOWN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()))
SOME_IDS = re.compile(rf"\w+:{PATTERNS['uuid']}(?:, \w+:{PATTERNS['uuid']})+")
# Told to the second or the minute, or once and never again: a number would say whether two of them are equal.
UNNUMBERED = {
    "style": "/style.css",
    "request": "<request id>",
    "second": "<server time>",
    "whole": "<server time>",
    "minute": "<server time>",
}
CURSORS = ("endCursor", "cursor", "after")
LONGEST = 4000  # characters of a text that is kept whole


class Normal:
    """Gives each uuid, receipt, hash and instant of the server its placeholder, the same one each time."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()

    def of(self, value: Any, unordered: bool = False) -> Any:
        """The value with placeholders. `unordered`: its lists of things stand in no order that tells anything."""
        if isinstance(value, dict):
            return {key: self._member(key, inner, unordered) for key, inner in value.items()}
        if isinstance(value, list):
            return self._list(value, unordered)
        return self._text(value) if isinstance(value, str) else value

    def _member(self, key: str, value: Any, unordered: bool) -> Any:
        if key in CURSORS and isinstance(value, str):
            return "<cursor>"  # of a random id: whether two are equal differs from run to run
        return self.of(value, unordered)

    def _list(self, values: list[Any], unordered: bool) -> list[Any]:
        ids = bool(values) and all(isinstance(v, str) and re.search(PATTERNS["uuid"], v) for v in values)
        things = unordered and all(isinstance(v, dict) for v in values)
        if ids or things:  # a list of ids alone stands in the order of the ids, which tells nothing
            values = sorted(values, key=self._place)
        return [self.of(value, unordered) for value in values]

    def _place(self, value: Any) -> tuple[str, str]:
        """Where a thing stands among others: by what it says, then by the placeholders that it has already."""
        text = json.dumps(_in_order(value), ensure_ascii=False)
        return KNOWN.sub("~", text), KNOWN.sub(lambda m: self._given.get((str(m.lastgroup), m[0]), "~"), text)

    def _text(self, text: str) -> str:
        if len(text) > LONGEST:
            return f"<a text of {len(text.splitlines())} lines, beginning {text[:60]!r}>"
        text = SOME_IDS.sub(lambda m: f"<{m[0].count(', ') + 1} ids>", text)  # in no order that tells anything
        return KNOWN.sub(lambda m: self._placeholder(str(m.lastgroup), m[0]), text)

    def _placeholder(self, kind: str, value: str) -> str:
        if kind in UNNUMBERED:
            return UNNUMBERED[kind]
        if (kind, value) not in self._given:
            self._counts[kind] += 1
            self._given[kind, value] = f"<{kind} {self._counts[kind]}>"
        return self._given[kind, value]


def _in_order(value: Any) -> Any:
    """The value with the lists in it in an order of their own, so that two of the same kind are told alike."""
    if isinstance(value, dict):
        return {k: "~" if k in CURSORS else _in_order(v) for k, v in value.items()}
    if isinstance(value, list):
        return sorted((_in_order(v) for v in value), key=lambda v: KNOWN.sub("~", json.dumps(v)))
    return value
