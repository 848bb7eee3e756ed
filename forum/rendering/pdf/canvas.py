"""reportlab's canvas with what it has not: marked content, glyph runs, and links that the tag tree knows.

Whatever is painted outside of a tag is an artifact, which a screen reader passes over. Points, from the lower left
corner of what is painted.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString
from reportlab.pdfgen.canvas import Canvas

from .faces import Faces
from .style import Colour
from .tags import Node, write_tree
from .text import Line, Piece, Replaced

_LINKABLE = ("https://", "http://", "mailto:")
Late = Callable[[], tuple[Line, float, float]]


class Paper(Canvas):  # type: ignore[misc]
    """The pages of one paper. `page_of` is the page of each heading that has been painted, by its index."""

    def __init__(self, filename: Any, *, faces: Faces, root: Node, titles: list[str], identity: str, **settings: Any):
        self.faces, self.root, self._titles, self._identity = faces, root, titles, identity
        self.language: str = settings["lang"]
        self.page_of: dict[int, int] = {}
        self._parents: list[list[Node] | Node] = []
        self._marked: list[Node] = []
        self._open: Node | None = None
        self._begun = False
        self._late: list[tuple[int, str, Late]] = []
        self._level = -1
        super().__init__(filename, pdfVersion=(1, 7), **settings)
        faces.hand_over(self._doc)

    def _make_preamble(self) -> None:
        self._preamble = ""  # the library's names a font that no paper embeds

    # ---- tags
    def mark(self, node: Node | None) -> None:
        """What is painted from here on belongs to `node`; with None it is an artifact."""
        if self._begun and node is self._open:
            return
        self.unmark()
        if node is None:
            self._code.append("/Artifact BMC")
        else:
            node.kids.append((self._pageNumber, len(self._marked)))
            self._code.append(f"/{node.tag} <</MCID {len(self._marked)}>> BDC")
            self._marked.append(node)
        self._open, self._begun = node, True

    def mark_furniture(self) -> None:
        """What is painted from here on stands on every page, and is no part of the text (ISO 32000-1, 14.8.2.2)."""
        self.unmark()
        self._code.append("/Artifact <</Type /Pagination>> BDC")
        self._open, self._begun = None, True

    def unmark(self) -> None:
        if self._begun:
            self._code.append("EMC")
            self._begun = False

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle: a rule or a tint. Always an artifact."""
        self.mark(None)
        self._code.append(f"{_rgb(colour)} rg {_n(x)} {_n(y)} {_n(width)} {_n(height)} re f")

    def dots(self, x: float, width: float, y: float, colour: Colour) -> None:
        """A dotted leader."""
        self.mark(None)
        pen = f"{_rgb(colour)} RG 0.8 w 1 J [0 4] 0 d"
        self._code.append(f"q {pen} {_n(x)} {_n(y)} m {_n(x + width)} {_n(y)} l S Q")

    # ---- words
    def words(self, line: Line, x: float, y: float, node: Node | None, target: int | None = None) -> None:
        """Paint a set line from `x` on; `target` is the heading that all of it leads to."""
        replaced: Replaced | None = None
        for piece in line.pieces:
            if piece.replaced is not replaced and replaced is not None:
                self._code += ["EMC"] * len(replaced)
            left = x + piece.x
            owner, goal = node, piece.span.link if target is None else target
            if goal is not None and (target is not None or str(goal).lower().startswith(_LINKABLE)):
                size = piece.span.size
                owner = self._link(goal, (left, y - size * 0.3, left + piece.width, y + size), node)
            self.mark(owner)
            if piece.replaced is not replaced and piece.replaced is not None:
                self._code += [f"/{tag} <</ActualText {_utf16(words)}>> BDC" for tag, words in piece.replaced]
            replaced = piece.replaced
            self._show(piece, left, y)
            if piece.span.struck:
                size = piece.span.size
                where = f"{_n(left)} {_n(y + size * 0.27)} {_n(piece.width)} {_n(max(0.5, size * 0.055))}"
                self._code.append(f"{_rgb(piece.span.colour)} rg {where} re f")
        if replaced is not None:
            self._code += ["EMC"] * len(replaced)

    def _show(self, piece: Piece, x: float, y: float) -> None:
        span, cut, out = piece.span, piece.cut, self._code
        size = span.size * cut.scale
        foreign = span.language and span.language != self.language and piece.replaced is None
        if foreign:
            out.append(f"/Span <</Lang ({_ascii(span.language or '')})>> BDC")
        out.append(f"BT {_rgb(span.colour)} rg 1 0 0 1 {_n(x)} {_n(y + span.rise)} Tm")
        part, lift, array = -1, 0.0, ""
        for word in piece.words:
            for stretch in self.faces.shown(word, cut):
                if array and (stretch.part != part or stretch.lift != lift or stretch.instead):
                    out.append(f"[{array}] TJ")
                    array = ""
                if stretch.part != part:
                    part = stretch.part
                    out.append(f"{self.faces.name(cut, part)} {_n(size)} Tf")
                if stretch.lift != lift:
                    lift = stretch.lift
                    out.append(f"{_n(lift * size / 1000)} Ts")
                if stretch.instead:
                    out.append(f"/Span <</ActualText {_utf16(stretch.instead)}>> BDC [{stretch.array}] TJ EMC")
                else:
                    array += stretch.array
        if array:
            out.append(f"[{array}] TJ")
        out.append("0 Ts ET" if lift else "ET")
        if foreign:
            out.append("EMC")

    def late(self, paint: Late) -> None:
        """Paint a line here, in the tag that is open, once all pages are known: page numbers."""
        mark = f"%late{len(self._late)}"
        self._code.append(mark)
        self._late.append((self._pageNumber, mark, paint))

    # ---- links and bookmarks
    def _link(self, goal: str | int, rect: tuple[float, ...], node: Node | None) -> Node | None:
        if isinstance(goal, int):
            lead: dict[str, Any] = {"Dest": self._bookmarkReference(f"heading-{goal}"), "Contents": self._titles[goal]}
        else:
            address = quote(goal, safe="%/:?#[]@!$&'()*+,;=~-._")
            lead = {"A": PDFDictionary({"S": PDFName("URI"), "URI": PDFString(address)}), "Contents": address}
        lead["Contents"] = PDFString(lead["Contents"])
        entry = PDFDictionary({"Type": PDFName("Annot"), "Subtype": PDFName("Link"), "F": 4, **lead})
        entry["Rect"] = PDFArray([round(v, 2) for v in self._absRect(rect, 1)])
        entry["Border"] = PDFArray([0, 0, 0])
        self._addAnnotation(entry)
        if node is None:
            return None
        link = node.add("Link")
        link.kids.append(self._doc.annotationName(f"NUMBER{self._annotationCount}"))
        entry["StructParent"] = len(self._parents)
        self._parents.append(link)
        return link

    def heading(self, index: int, level: int, y: float) -> None:
        """A heading stands here: what links lead to, and an entry in the reader's side bar. Levels from 1."""
        key = f"heading-{index}"
        self.page_of[index] = self._pageNumber
        self.bookmarkPage(key, "XYZ", top=round(self.absolutePosition(0, y)[1], 2))
        self._level = min(level - 1, self._level + 1)
        self.addOutlineEntry(self._titles[index], key, self._level)

    # ---- pages and the file
    def showPage(self) -> None:
        self.unmark()
        number = self._pageNumber
        super().showPage()
        page = self._doc.idToObject[f"Page{number}"]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = len(self._parents), PDFName("S")
        self._parents.append(self._marked)
        self._marked, self._open = [], None

    def save(self) -> None:
        for number, mark, paint in self._late:
            line, x, y = paint()
            self._code: list[str] = []
            for piece in line.pieces:
                self._show(piece, x + piece.x, y)
            page = self._doc.idToObject[f"Page{number}"]
            page.stream = page.stream.replace(f"{mark}\n", "\n".join([*self._code, ""]))
        self._code = []
        write_tree(self._doc, self.root, self._parents)
        if len(self._titles) > 6:
            self.showOutline()
        info = self._doc.info
        words = {"title": info.title, "subject": info.subject, "author": info.author, "producer": info.producer}
        packet = _XMP.format(language=self.language, **{name: escape(value) for name, value in words.items()})
        described = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        self._doc.Catalog.Metadata = PDFStream(described, packet.encode("utf-8"))
        self._doc._ID = f"[<{self._identity}><{self._identity}>]\n".encode("ascii")
        super().save()


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _n(value: float) -> str:
    """A number as PDF writes it, to a hundredth."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _utf16(words: str) -> str:
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)


def _ascii(tag: str) -> str:
    return "".join(c for c in tag if c.isascii() and (c.isalnum() or c == "-"))
