"""What no font of this service has does not stop a paper: it stands there by its code point, and the last lines say so.

A paper that stops for one name in another script is no use to anybody; one that leaves it out without a word would be
untrue. Whoever writes a text reads the same of it in the contract (`Text.notPrinted`).
"""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..outline import Colophon, Outline, Run, text
from ..papers.words import word
from .fonts import Fonts, shared_fonts

MOST_TOLD = 12  # characters that the last lines name one by one
_FEW = 3  # so many beside each other are each named; of more the first and the last


def not_printed(words: str, language: str, fonts: Fonts | None = None) -> tuple[str, ...]:
    """The characters of a text for which no font of this service has a shape, each once, in the order of their code
    points. Control characters are not among them: they are refused (`NotPrintable`) wherever they are met."""
    return (fonts or shared_fonts()).missing(words)


def by_code_point(outline: Outline, fonts: Fonts) -> Outline:
    """The outline with each character that no font has written as its code point ("[U+0F04]"; of a longer run
    "[U+12A0 … U+1275]"), and a line about them in its colophon; the same outline where there is none."""
    printed = all_words(outline, outline.language, links=False)
    missing = sorted({c for words, _ in printed for c in fonts.missing(words)})
    if not missing:
        return outline
    written: Outline = _written(outline, re.compile(f"[{re.escape(''.join(missing))}]+"))
    label, words = word("not_printed", outline.language), _told(missing)
    parts = tuple(
        replace(part, items=(*part.items, (label, text(words)))) if isinstance(part, Colophon) else part
        for part in written.parts
    )
    return replace(written, parts=parts)


def all_words(part: object, language: str, *, links: bool = True) -> Iterator[tuple[str, str]]:
    """Every string of an outline with the language it is in; the addresses that `links` lead to among them."""
    if isinstance(part, str):
        yield part, language
    elif isinstance(part, tuple):
        for piece in part:
            yield from all_words(piece, language, links=links)
    elif isinstance(part, Run):
        yield part.text + (part.link or "" if links else ""), part.language or language
    elif is_dataclass(part):
        for entry in fields(part):
            if entry.metadata.get("printed", True):
                yield from all_words(getattr(part, entry.name), language, links=links)


def _written(part: Any, missing: re.Pattern[str]) -> Any:
    """A part of an outline with what cannot be printed written by code point; where a link leads stays as it is."""
    if isinstance(part, str):
        return missing.sub(_named, part)
    if isinstance(part, tuple):
        return tuple(_written(piece, missing) for piece in part)
    if isinstance(part, Run):
        return replace(part, text=missing.sub(_named, part.text))
    if is_dataclass(part) and not isinstance(part, type):
        printed = (entry.name for entry in fields(part) if entry.metadata.get("printed", True))
        return replace(part, **{name: _written(getattr(part, name), missing) for name in printed})
    return part


def _named(found: re.Match[str]) -> str:
    run = found[0]
    if len(run) <= _FEW:
        return "".join(_isolated(f"[{_code_point(c)}]") for c in run)
    return _isolated(f"[{_code_point(run[0])} … {_code_point(run[-1])}]")


def _told(missing: list[str]) -> str:
    more = " …" if len(missing) > MOST_TOLD else ""
    return ", ".join(_isolated(_code_point(c)) for c in missing[:MOST_TOLD]) + more


def _isolated(words: str) -> str:
    """Words that run from left to right, also within a text that does not (LRI, PDI of UAX #9)."""
    return f"\u2066{words}\u2069"


def _code_point(c: str) -> str:
    return f"U+{ord(c):04X}"
