"""Pieces of SVG: words that stay in their room, in every script; shapes; the frame with its title for those who listen.

Drawn with the fonts of whoever looks, named by family only (sans-serif). So widths are estimated, on the safe side.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

# What XML 1.0 cannot hold, and half characters.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NARROW = frozenset("iljtfrI.,:;!|'()[] ")
_BROAD = frozenset("mwMWOQGDHNU@%&—→")


def plain(words: str) -> str:
    """The words as one line that XML can hold."""
    return " ".join(_UNWRITABLE.sub("", words).split())


def width(words: str, size: float) -> float:
    """About how wide the words are, rather too much than too little."""
    return size * sum(_em(c) for c in words)


@lru_cache(maxsize=4096)
def _em(c: str) -> float:
    if unicodedata.combining(c) or unicodedata.category(c) == "Cf":
        return 0
    if unicodedata.east_asian_width(c) in "WF":
        return 1.02
    if c in _NARROW:
        return 0.34
    if c in _BROAD:
        return 0.86
    return 0.68 if c.isupper() else 0.57


def fitted(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where the room is too small."""
    words = plain(words)
    if width(words, size) <= room:
        return words
    while words and width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def lines(words: str, size: float, room: float, most: int = 99) -> list[str]:
    """The words in lines that fit, at most so many; the last one is cut where they do not do."""
    rows: list[str] = []
    line = ""
    tokens = re.findall(r"\s*[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+|\s*.", plain(words))
    # A word that fills a line by itself is broken anywhere.
    pieces = [part for word in tokens for part in (word if width(word, size) > room else (word,))]
    for number, piece in enumerate(pieces):
        if line and width(line + piece, size) > room:
            if len(rows) == most - 1:
                return [*rows, fitted(line + "".join(pieces[number:]), size, room)]
            rows.append(line.strip())
            line = piece.lstrip()
        else:
            line += piece
    return [*rows, fitted(line.strip(), size, room)] if line.strip() else rows or [""]


def _right_to_left(words: str) -> bool:
    from ..pdf.bidi import base_level  # ICU, at the first picture

    return bool(base_level(words, rtl_document=False))


def text(
    x: float, y: float, words: str, size: float = 12, *, fill: str = "#1d2b3a", anchor: str = "start", weight: str = "",
    italic: bool = False,
) -> str:  # fmt: skip
    """One line of words. `anchor` is start (its left end is at x), middle or end, whichever way the script runs."""
    words = plain(words)
    marks = {"x": _n(x), "y": _n(y), "font-size": _n(size), "fill": fill}
    if words and _right_to_left(words):
        marks["direction"] = "rtl"  # its start is then the right end
        anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
    if anchor != "start":
        marks["text-anchor"] = anchor
    if weight:
        marks["font-weight"] = weight
    if italic:
        marks["font-style"] = "italic"
    return f"<text{_marks(marks)}>{escape(words)}</text>"


def shape(name: str, title: str = "", **marks: float | str) -> str:
    """An element without words of its own; `title` is shown where the pointer rests. Marks with `_` for `-`."""
    title_element = f"<title>{escape(plain(title))}</title>" if title else ""
    named = {
        key.replace("_", "-"): _n(value) if isinstance(value, (int, float)) else value for key, value in marks.items()
    }
    return f"<{name}{_marks(named)}>{title_element}</{name}>" if title_element else f"<{name}{_marks(named)}/>"


def group(parts: Iterable[str], **marks: str) -> str:
    """Several elements as one."""
    return f"<g{_marks({key.replace('_', '-'): value for key, value in marks.items()})}>{''.join(parts)}</g>"


def frame(parts: Iterable[str], wide: float, high: float, title: str, about: str, defs: str = "") -> str:
    """The whole picture, with its title and what is to be seen for those who cannot see it."""
    marks = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {_n(wide)} {_n(high)}",
        "width": _n(wide),
        "height": _n(high),
        "role": "img",
        "aria-labelledby": "title about",
        "font-family": "sans-serif",
    }
    titles = f'<title id="title">{escape(plain(title))}</title><desc id="about">{escape(plain(about))}</desc>'
    ground = shape("rect", x=0, y=0, width=wide, height=high, fill="#ffffff")
    inner = "\n".join(parts)
    return f"<svg{_marks(marks)}>\n{titles}\n<defs>{defs}</defs>\n{ground}\n{inner}\n</svg>\n"


def _marks(marks: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_UNWRITABLE.sub('', value))}" for name, value in marks.items())


def _n(value: float) -> str:
    """A number, short and the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")
