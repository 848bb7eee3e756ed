"""Which way each character of a paragraph runs and where its lines may end: UAX #9, UAX #14 and UAX #29 whole, by ICU.

ICU counts in UTF-16 units, Python in characters: what crosses here is turned over where the two differ.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import bidirectional

import icu

# Anything that can raise a level: Hebrew to Arabic Extended, presentation forms, the controls, right-to-left planes.
_STIRS = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Brackets around what has nothing that runs to the left.
_ASIDE = (
    r"(?<!\w)(?:\([^()\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+\)|\[[^][\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+\])"
)
# Figures, then letters and figures joined by stops, slashes, hyphens or colons, with a letter among them.
_SYMBOL = re.compile(_ASIDE + r"|(?<![\w./:-])(?=[\d./:-]*[A-Za-z])[0-9]+(?:[./:-][A-Za-z0-9]+)+(?!\w)")
_STRONG = ("L", "R", "AL", "LRI", "RLI", "FSI")
_AFTER = frozenset("-\u2010\u2012\u2013\u2014/")


def base_level(text: str, rtl_document: bool) -> int:
    """0 or 1: the direction of a paragraph that does not state one.

    In a left-to-right document the first strong character decides (P2, P3). In a right-to-left one a paragraph that
    has any right-to-left letter is right to left, so that "IOM" as first word does not turn an Arabic sentence round.
    """
    if rtl_document:
        kinds = {bidirectional(c) for c in text}
        return int(bool(kinds & {"R", "AL"}) or "L" not in kinds)
    return int(bool(_STIRS.search(text)) and icu.Bidi.getBaseDirection(text) == icu.UBiDiDirection.RTL)


def levels(text: str, base: int) -> list[int] | None:
    """The embedding level of each character (even: left to right, odd: right to left), before line rules L1 and L2.

    None where every one is 0."""
    if not text or (base == 0 and not _STIRS.search(text)):
        return None
    bidi = icu.Bidi()
    bidi.setPara(icu.UnicodeString(text), base)
    units = bidi.getLevels()
    return list(units) if len(units) == len(text) else [units[start] for start, _ in pairwise(_units(text))]


def levels_of_print(text: str, base: int) -> list[int] | None:
    """The same, where a symbol that begins with figures ("10.c") is one word that runs to the right, and so is what
    stands in brackets and has nothing that runs to the left.

    By the algorithm alone the target 10.c stands in an Arabic sentence as "c.10", which nobody would know. After Latin
    words it stands right as it is. Brackets look the same either way; viewers find them only where they run as what is
    in them does."""
    if not _STIRS.search(text):
        return levels(text, base)
    begun, marked, inserted = 0, "", set[int]()
    for found in _SYMBOL.finditer(text):
        before = next((kind for c in reversed(text[: found.start()]) if (kind := bidirectional(c)) in _STRONG), "")
        if before != "L":
            marked += text[begun : found.start()]
            inserted |= {len(marked), len(marked) + 1 + len(found[0])}
            marked, begun = f"{marked}\u2066{found[0]}\u2069", found.end()
    found_levels = levels(marked + text[begun:], base) or ()
    return [level for n, level in enumerate(found_levels) if n not in inserted]


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Rule L2 over whole runs: the indices of the runs in the order they stand on the line, left to right.

    Ours, for PyICU's `Bidi.reorderVisual` gives back every order as it was."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level & 1]
    for level in range(max(run_levels), min(odd) - 1, -1) if odd else ():
        i = 0
        while i < len(order):
            j = i
            while j < len(order) and run_levels[order[j]] >= level:
                j += 1
            order[i:j] = reversed(order[i:j])
            i = max(j, i + 1)
    return order


def mirrored(c: str) -> str:
    """Rule L4: the character that looks as `c` does when it runs from right to left; itself for most."""
    return str(icu.Char.charMirror(c))


def _units(text: str) -> list[int]:
    """Where each character begins, in UTF-16 units, and where the last ends."""
    starts = [0]
    for c in text:
        starts.append(starts[-1] + 1 + (c > "\uffff"))
    return starts


class Breaks:
    """Where lines and words of one document may be cut. Its iterators hold a text: no two threads may share one."""

    def __init__(self) -> None:
        self._lines = icu.BreakIterator.createLineInstance(icu.Locale("en"))
        self._characters = icu.BreakIterator.createCharacterInstance(icu.Locale("en"))

    def points(self, words: str, hyphens: bool = True) -> list[int]:
        """The indices at which a new line may begin, ascending, with len(words) last; after a hyphen if `hyphens`.

        Less the breaks that would part a symbol: UAX #14 breaks "A/RES/73/195" after each slash and "10.7-a" after its
        hyphen. Here these end a line between two words of letters only, or inside a web address.
        """
        ends = self._ends(self._lines, words)
        return [
            i for i in ends if words[i - 1] not in _AFTER or i == len(words) or (hyphens and _between_words(words, i))
        ]

    def characters(self, words: str) -> list[int]:
        """Where a word too long for any line may be cut: after each character with the marks upon it."""
        return self._ends(self._characters, words)

    def _ends(self, iterator: icu.BreakIterator, words: str) -> list[int]:
        iterator.setText(words)
        ends = list(iterator)
        if not ends or ends[-1] == len(words):
            return ends
        characters = {unit: n for n, unit in enumerate(_units(words))}
        return [characters[end] for end in ends]


def _between_words(words: str, i: int) -> bool:
    before, after = words[:i].rpartition(" ")[2], words[i:].partition(" ")[0]
    if "://" in before:
        return words[i - 1] == "/" and words[i] != "/"
    if words[i - 1] == "/" and any(c.isdigit() for c in before + after):
        return False
    return words[i].isalpha() and words[i - 2 : i - 1].isalpha()
