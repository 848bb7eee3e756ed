"""What Chrome's engine has to be told of a line with Arabic words, so that it finds in it what stands there.

PDFium knows no levels: it parts a line into stretches of one kind by each character alone, and where more of them run
to the left than to the right it turns their order round. So it reads "A/RES/73/195" between Arabic words as
"/73/195RES/A", and each bracket as its opposite. poppler and pdf.js read what the codes of the glyphs say, in the order
in which they are painted. A replacement text is read by PDFium in any tag, by poppler only in a Span, by pdf.js in
none: the one that PDFium turns right goes into a tag of our own, inside of a Span with the true words for everybody
else (ISO 32000-1, 14.9.4).
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from unicodedata import bidirectional

from .bidi import mirrored, visual_order

_KINDS = {"L": "L", "R": "R", "AL": "R", **dict.fromkeys(("EN", "ES", "ET", "AN", "CS", "NSM", "BN"), "weak")}
_LRM, _RLM = "\u200e", "\u200f"
Words = Sequence[tuple[str, int]]  # the words of a line and the blanks between them with their levels, in logical order


def instead(line: Words) -> list[tuple[int, int, str]]:
    """(first, after the last, what PDFium is to be told) of the stretches of words that it would read otherwise.

    Where Latin words would outnumber the Arabic ones, marks that nobody sees or searches for are told with them.
    """
    if min((level for _, level in line), default=0) != 1:
        return []
    groups = [(first, after, "".join(words for words, _ in line[first:after])) for first, after in _groups(line)]
    instead_of = {
        first: _told(words) for first, after, words in groups if words.strip() and _read(line[first:after]) != words
    }
    within = {n for first, after, _ in groups for n in range(first, after)}
    arabic = "".join(words if n not in within else " " for n, (words, _) in enumerate(line))
    for first, _, words in groups:
        shown = "".join(f" {instead_of.get(start, own)} " for start, _, own in groups)
        kinds = [kind for kind, _ in _stretches(f"{arabic} {shown}")]
        if kinds.count("R") > kinds.count("L"):
            break
        if "L" in map(_kind, words):
            instead_of[first] = _told(words, marked=True)
    return [(first, after, instead_of[first]) for first, after, _ in groups if first in instead_of]


def _groups(line: Words) -> Iterator[tuple[int, int]]:
    """Stretches without Arabic letters, and without a blank that does not run as they do."""
    start = None
    for n, (words, level) in enumerate([*line, (" ", 1)]):
        ends = "R" in map(_kind, words) or (words.isspace() and level & 1)
        if ends and start is not None:
            yield start, n
        if ends:
            start = None
        elif start is None:
            start = n


def _kind(c: str) -> str:
    return _KINDS.get(bidirectional(c), "neutral")


def _stretches(words: str) -> list[tuple[str, str]]:
    """Characters of one kind beside each other."""
    return [(kind, "".join(run)) for kind, run in groupby(words, _kind)]


def _turned(words: str) -> Iterator[str]:
    """The stretches from the last to the first, as PDFium reads them: signs after Arabic are turned round."""
    leftward = True
    for kind, part in reversed(_stretches(words)):
        leftward = leftward if kind in ("weak", "neutral") else kind == "R"
        yield "".join(map(mirrored, part)) if kind == "neutral" and leftward else part


def _read(group: Words) -> str:
    """What PDFium reads where these words are painted."""
    order = visual_order([level for _, level in group])
    return "".join(_turned("".join(group[n][0][::-1] if group[n][1] & 1 else group[n][0] for n in order)))


def _told(words: str, marked: bool = False) -> str:
    """What PDFium makes these words of. Signs at their ends would run together with the blanks outside."""
    before = _LRM if _kind(words[0]) == "neutral" else ""
    after = _RLM if marked or _kind(words[-1]) == "neutral" else ""
    return "".join(part for _, part in reversed(_stretches(before + words + after)))
