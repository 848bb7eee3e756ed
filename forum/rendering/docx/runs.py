"""Words as Word's runs: cut where the direction turns, with their manner, language and links."""

from collections.abc import Callable, Iterator
from itertools import groupby

from ..markup import element, escaped
from ..outline import Run, Text, plain
from ..pdf.bidi import base_level, levels_of_print
from .style import GREY, tags


def runs(
    words: Text, language: str, rtl: bool, link: Callable[[str], str], track: Callable[[str, str], str] | None = None
) -> str:
    """The runs of one paragraph, in logical order. A stretch that runs from right to left says so (`w:rtl`), whatever
    the paragraph around it does: Word then orders signs at its ends, and takes its figures, as they were written.

    `link`: the relation that leads to an address. `track`: what is put around runs that were added or removed; without
    it these are shown by their manner alone."""
    found = levels_of_print(plain(words), int(rtl)) or [int(rtl)] * len(plain(words))
    out, at = [], 0
    for run in words:
        inside = "".join(_pieces(run, found[at : at + len(run.text)], language))
        if run.change and track:
            inside = track(run.change, inside)
        at += len(run.text)
        out.append(element("w:hyperlink", {"r:id": link(run.link)}, inside) if run.link else inside)
    return "".join(out)


def direction(words: Text, rtl: bool) -> bool:
    """Whether a paragraph by itself, such as a cell, runs from right to left in a document that does or does not."""
    return bool(base_level(plain(words), rtl))


def _pieces(run: Run, levels: list[int], language: str) -> Iterator[str]:
    for turned, stretch in groupby(zip(run.text, levels, strict=True), lambda pair: bool(pair[1] & 1)):
        manner = element("w:rPr", {}, *_manner(run, turned, language))
        yield element(
            "w:r",
            {},
            "" if manner == "<w:rPr/>" else manner,
            *_words("".join(c for c, _ in stretch), "w:delText" if run.change == "removed" else "w:t"),
        )


def _words(words: str, name: str) -> Iterator[str]:
    for n, line in enumerate(words.split("\n")):
        if n:
            yield "<w:br/>"
        for m, piece in enumerate(line.split("\t")):
            if m:
                yield "<w:tab/>"
            if piece:
                yield f'<{name} xml:space="preserve">{escaped(piece)}</{name}>'


def _manner(run: Run, turned: bool, language: str) -> Iterator[str]:
    """In the order of the schema."""
    if run.link:
        yield element("w:rStyle", {"w:val": "Hyperlink"})
    if (run.language or language).split("-")[0].lower() == "zh":
        yield element("w:rFonts", {"w:hint": "eastAsia"})
    if run.bold:
        yield "<w:b/><w:bCs/>"
    if run.italic:
        yield "<w:i/><w:iCs/>"
    if run.struck:
        yield "<w:strike/>"
    if run.small:
        yield element("w:color", {"w:val": GREY})
        yield '<w:sz w:val="17"/><w:szCs w:val="17"/>'
    if turned:
        yield "<w:rtl/>"
    if run.language and run.language != language:
        yield element("w:lang", tags(run.language))
