"""Reading papers in other formats than PDF back, for tests: all their words, by other means than those that wrote
them."""

import csv
import io
import re
import zipfile
from html.parser import HTMLParser

from lxml import etree
from markdown_it import MarkdownIt
from openpyxl import load_workbook

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(data: bytes, ending: str) -> str:
    """All words of a file, in its order."""
    return _READERS[ending](data)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def tree(data: bytes, part: str = "word/document.xml") -> etree._Element:
    """A part of a Word file."""
    return etree.fromstring(parts(data)[part])


def counted(data: bytes) -> list[str]:
    """The numbers of a Word file's paragraphs as Word prints them: counted by its lists, or typed before a tab."""
    numbering = tree(data, "word/numbering.xml")
    abstract = {a.get(f"{W}abstractNumId"): a for a in numbering.iter(f"{W}abstractNum")}
    lists = {n.get(f"{W}numId"): n for n in numbering.iter(f"{W}num")}
    last: dict[str, int] = {}
    out = []
    for paragraph in tree(data).iter(f"{W}p"):
        of = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if of is None:
            typed = re.match(r"([^\t]+)\t", "".join(_lettered(paragraph)))
            out += [typed[1]] if typed and not style.get(f"{W}val", "").startswith("TOC") else []
            continue
        key = of.get(f"{W}val")
        level = abstract[lists[key].find(f"{W}abstractNumId").get(f"{W}val")].find(f"{W}lvl")
        kind = level.find(f"{W}numFmt").get(f"{W}val")
        if kind != "bullet":
            first = lists[key].find(f"{W}lvlOverride/{W}startOverride")
            last[key] = last[key] + 1 if key in last else int(first.get(f"{W}val"))
            out.append(level.find(f"{W}lvlText").get(f"{W}val").replace("%1", _as(kind, last[key])))
    return out


def _as(kind: str, n: int) -> str:
    if kind == "decimal":
        return str(n)
    if kind.endswith("Letter"):
        return chr((97 if kind.startswith("lower") else 65) + n - 1)
    roman = "".join(
        letters * (n // value - n // above * (above // value) if above else n // value)
        for value, letters, above in ((10, "X", 0), (5, "V", 10), (1, "I", 5))
    ).replace("VIIII", "IX").replace("IIII", "IV")  # fmt: skip
    return roman if kind.startswith("upper") else roman.lower()


def _lettered(element: etree._Element) -> list[str]:
    letters = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": "\n"}
    return [letters[e.tag] or e.text or "" for e in element.iter(*letters)]


def _word(data: bytes) -> str:
    text = []
    for name, content in parts(data).items():
        if re.fullmatch(r"word/(document|footnotes|header\d*|footer\d*)\.xml", name):
            text += ["".join(_lettered(p)) for p in etree.fromstring(content).iter(f"{W}p")]
    return "\n".join(text)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipping = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.skipping = tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.skipping = False

    def handle_data(self, data: str) -> None:
        self.found += [] if self.skipping else [data]


def _html(data: bytes) -> str:
    reader = _Text()
    reader.feed(data.decode())
    return "".join(reader.found)


def _markdown(data: bytes) -> str:
    """As a reader of CommonMark with tables shows it; footnotes are read as they stand."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    # A footnote of one word is the target of a link to CommonMark, and shown nowhere.
    text = re.sub(r"^\[\^(\d+)\]:", r"note \1:", data.decode(), flags=re.M)
    return _html(reader.render(text).encode())


def _xml(data: bytes) -> str:
    return "".join(etree.fromstring(data).itertext())


def _csv(data: bytes) -> str:
    return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _workbook(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data))
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "\n".join("\t".join(str(cell or "") for cell in row) for row in rows)


_READERS = {"docx": _word, "html": _html, "md": _markdown, "xml": _xml, "csv": _csv, "xlsx": _workbook}


def settled(data: bytes, taken: bool) -> list[str]:
    """The paragraphs of a Word file with all its tracked changes taken, or all refused, as Word settles them."""
    gone = "del" if taken else "ins"
    out, joined = [], ""
    for paragraph in tree(data).iter(f"{W}p"):
        for stretch in list(paragraph.iter(f"{W}{gone}")):
            if stretch.getparent().tag != f"{W}rPr":
                stretch.getparent().remove(stretch)
        letters = {f"{W}t", f"{W}delText", f"{W}tab"}
        joined += "".join("\t" if e.tag == f"{W}tab" else e.text or "" for e in paragraph.iter(*letters))
        if paragraph.find(f"{W}pPr/{W}rPr/{W}{gone}") is None:
            out.append(joined)
            joined = ""
    return out
