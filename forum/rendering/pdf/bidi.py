"""Which way each character of a paragraph runs: the Unicode Bidirectional Algorithm (UAX #9), levels and reordering.

Written here because the print needs levels per character (to shape, break and reorder line by line), and the library at
hand gives only reordered strings. `tests/rendering` compares the two on random texts. Rules carry their UAX #9 names.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import bidirectional

from .bidi_rules import resolve

# Anything that can raise a level: Hebrew to Arabic Extended, presentation forms, the controls, right-to-left planes.
_STIRS = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_STRONG_RIGHT = re.compile(
    "[\u0590-\u065f\u066a-\u06dc\u06e5-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_EMBEDS = {"RLE": (1, ""), "LRE": (0, ""), "RLO": (1, "R"), "LRO": (0, "L")}
_ISOLATES = ("LRI", "RLI", "FSI")
_REMOVED = frozenset((*_EMBEDS, "PDF", "BN"))
_DEPTH = 125  # max_depth of UAX #9, BD2


def base_level(text: str, rtl_document: bool) -> int:
    """0 or 1: the direction of a paragraph that does not state one.

    In a left-to-right document the first strong character decides (P2, P3). In a right-to-left one a paragraph that
    has any right-to-left letter is right to left, so that "IOM" as first word does not turn an Arabic sentence round.
    """
    if rtl_document:
        return 1 if _STRONG_RIGHT.search(text) or not any(bidirectional(c) == "L" for c in text) else 0
    return _first_strong(text, 0, len(text)) or 0


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character (even: left to right, odd: right to left), before line rules L1 and L2."""
    if base == 0 and not _STIRS.search(text):
        return [0] * len(text)
    types = [bidirectional(c) or "L" for c in text]
    out, kept = _explicit(types, text, base)
    for sequence in list(_sequences(types, out, kept, base)):  # all of X10 before any level changes
        resolve(sequence, types, out, text)
    last = base
    for i, kind in enumerate(types):  # what X9 removes takes its neighbour's level, so that a line stays in one piece
        if i not in kept or kind == "B":
            out[i] = base if kind == "B" else last
        last = out[i]
    return out


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Rule L2 over whole runs: the indices of the runs in the order they stand on the line, left to right."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level & 1]
    if not odd:
        return order
    for level in range(max(run_levels), min(odd) - 1, -1):
        i = 0
        while i < len(order):
            j = i
            while j < len(order) and run_levels[order[j]] >= level:
                j += 1
            order[i:j] = reversed(order[i:j])
            i = max(j, i + 1)
    return order


def _first_strong(text: str, start: int, end: int) -> int | None:
    """P2 and P3: 0 or 1 by the first strong character outside isolates, None when there is none."""
    depth = 0
    for c in text[start:end]:
        kind = bidirectional(c)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth == 0:
                return None
            depth -= 1
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return None


class _Explicit:
    """The directional status stack of X1 to X8."""

    def __init__(self, base: int):
        self.stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self.isolates_over = self.embeds_over = self.isolates_open = 0

    def enter(self, odd: int, override: str, isolate: bool) -> None:
        level = self.stack[-1][0]
        new = (level + 1) | 1 if odd else (level + 2) & ~1
        if new <= _DEPTH and not self.isolates_over and not self.embeds_over:
            self.isolates_open += isolate
            self.stack.append((new, override, isolate))
        elif isolate:
            self.isolates_over += 1
        elif not self.isolates_over:
            self.embeds_over += 1

    def leave_isolate(self) -> None:
        if self.isolates_over:
            self.isolates_over -= 1
        elif self.isolates_open:
            self.embeds_over = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.isolates_open -= 1

    def leave_embed(self) -> None:
        if self.isolates_over:
            return
        if self.embeds_over:
            self.embeds_over -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def _explicit(types: list[str], text: str, base: int) -> tuple[list[int], set[int]]:
    """X1 to X9: explicit levels, overrides written into `types`, and the set of characters that X9 keeps."""
    state, out = _Explicit(base), [base] * len(types)
    kept: set[int] = set()
    for i, kind in enumerate(types):
        if kind in _EMBEDS:
            state.enter(*_EMBEDS[kind], False)
            continue
        if kind == "PDF":
            state.leave_embed()
            continue
        if kind == "PDI":
            state.leave_isolate()
        level, override, _ = state.stack[-1]
        out[i] = level
        if kind == "BN":
            continue
        kept.add(i)
        if kind in _ISOLATES:
            odd = (_first_strong(text, i + 1, len(text)) or 0) if kind == "FSI" else int(kind == "RLI")
            state.enter(odd, "", True)
        if override and kind != "B":
            types[i] = override
    return out, kept


def _sequences(types: list[str], out: list[int], kept: set[int], base: int) -> Iterator[tuple[list[int], str, str]]:
    """X10: the isolating run sequences, each as (indices, sos, eos)."""
    order = sorted(kept)
    runs: list[list[int]] = []
    for i in order:
        if runs and out[runs[-1][-1]] == out[i]:
            runs[-1].append(i)
        else:
            runs.append([i])
    closes = _matches(types, order)
    opened = {close: start for start, close in closes.items()}
    by_first = {run[0]: run for run in runs}
    place = {i: n for n, i in enumerate(order)}
    for run in runs:
        if run[0] in opened and opened[run[0]] in place:
            continue  # continues a sequence begun before its isolate
        indices = list(run)
        while indices[-1] in closes and closes[indices[-1]] in by_first:
            indices += by_first[closes[indices[-1]]]
        level = out[indices[0]]
        before = out[order[place[indices[0]] - 1]] if place[indices[0]] else base
        last = place[indices[-1]] + 1
        dangling = types[indices[-1]] in _ISOLATES
        after = out[order[last]] if last < len(order) and not dangling else base
        yield indices, "LR"[max(level, before) & 1], "LR"[max(level, after) & 1]


def _matches(types: list[str], order: list[int]) -> dict[int, int]:
    """BD9: each isolate initiator with its PDI."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for i in order:
        if types[i] in _ISOLATES:
            stack.append(i)
        elif types[i] == "PDI" and stack:
            pairs[stack.pop()] = i
    return pairs
