"""Reading a paper back, for tests: its text by page, its fonts, its tags."""

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pikepdf
import pypdfium2


def pages(data: bytes) -> list[str]:
    """The text of each page, as a common viewer extracts it."""
    paper = pypdfium2.PdfDocument(data)
    # The viewer reports a hyphen at the end of a line as U+FFFE, or as U+0002 in older versions.
    return [
        paper[n].get_textpage().get_text_range().replace("\ufffe", "-").replace("\x02", "-") for n in range(len(paper))
    ]


def glyph_boxes(data: bytes) -> list[tuple[float, list[tuple[float, float]]]]:
    """For each page its width and from where to where each of its characters stands, as a common viewer places them."""
    out = []
    for page in pypdfium2.PdfDocument(data):
        text = page.get_textpage()
        boxes = [text.get_charbox(n, loose=True) for n in range(text.count_chars())]
        out.append((page.get_width(), [(box[0], box[2]) for box in boxes if box[0] != box[2]]))
    return out


def bare(words: str) -> str:
    """Words without white space."""
    return re.sub(r"[\s\u200b]+", "", words)


class Font(NamedTuple):
    """A font dictionary: its kind, its name, the bytes of its file (empty when none) and whether words come back."""

    kind: str
    name: str
    file: bytes
    readable: bool


def fonts(data: bytes) -> list[Font]:
    """Every font dictionary of the file, wherever it hangs."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                file = thing.FontDescriptor.FontFile2.read_bytes() if "/FontDescriptor" in thing else b""
                found.append(Font(str(thing.Subtype), str(thing.BaseFont), file, "/ToUnicode" in thing))
    return found


def tags(data: bytes) -> list[tuple[int, str]]:
    """The structure tree in reading order: (depth, tag)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(_walk(pdf.Root.StructTreeRoot, 0))


def _walk(node: pikepdf.Object, depth: int) -> Iterator[tuple[int, str]]:
    kids: Any = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield depth, str(kid.S)[1:]
            yield from _walk(kid, depth + 1)


def marks_in_order(data: bytes) -> dict[int, list[int]]:
    """By page, the numbers of its marked stretches in the order in which they are heard; footnotes left out, which are
    heard where they are called and stand below."""
    heard: dict[int, list[int]] = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers: dict[Any, int] = {page.objgen: n for n, page in enumerate(pdf.pages)}

        def walk(node: pikepdf.Object) -> None:
            kids: Any = node.get("/K", pikepdf.Array())
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if not isinstance(kid, pikepdf.Dictionary):
                    heard.setdefault(numbers[node.Pg.objgen], []).append(int(kid))
                elif "/MCID" in kid:
                    heard.setdefault(numbers[kid.Pg.objgen], []).append(int(kid.MCID))
                elif "/S" in kid and kid.S != "/Note":
                    walk(kid)

        walk(pdf.Root.StructTreeRoot)
    return heard


def in_order(words: list[str], whole: str) -> str | None:
    """The first word that does not follow the one before it, or None when all do."""
    at = 0
    for word in words:
        found = whole.find(word, at)
        if found < 0:
            return word
        at = found + len(word)
    return None
