"""Painted pages become a file: pages, links, bookmarks, fonts, tags and metadata, the same bytes for the same pages.

No time and no random number goes in: the file's identifier is computed from its content.
"""

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import quote
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from .canvas import Annotation, Canvas
from .embedded_fonts import FontUse
from .tags import Marks, Node, write_tree

_PRODUCER = "review-forum"


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading in the reader's side bar: where it is and how deep (1 is outermost)."""

    title: str
    level: int
    page: int
    y: float


def write(
    canvases: list[Canvas], use: FontUse, root: Node, bookmarks: list[Bookmark], title: str, language: str, subject: str
) -> bytes:
    """The whole file. Bookmarks are the headings in order: a link to heading n leads to bookmark n."""
    pdf = pikepdf.new()
    resources = pdf.make_indirect(Dictionary(Font=use.write(pdf)))
    pages = [_page(pdf, canvas, resources) for canvas in canvases]
    annotations = [_annotations(pdf, canvas, pages, bookmarks) for canvas in canvases]
    marks = Marks([canvas.marked for canvas in canvases])
    for canvas in canvases:
        for n, node in enumerate(canvas.annotation_nodes):
            if node is not None:
                marks.annotations[canvas.index, n] = node
    write_tree(pdf, root, marks, pages, annotations)
    if bookmarks:
        pdf.Root.Outlines = _bookmarks(pdf, bookmarks, pages)
        pdf.Root.PageMode = Name.UseOutlines if len(bookmarks) > 6 else Name.UseNone
    _describe(pdf, title, language, subject)
    out = BytesIO()
    pdf.save(
        out,
        min_version="1.7",
        deterministic_id=True,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def _page(pdf: pikepdf.Pdf, canvas: Canvas, resources: pikepdf.Object) -> pikepdf.Object:
    content = Stream(pdf, "\n".join(canvas.ops).encode("latin-1"))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, canvas.box.width, canvas.box.height]),
        Resources=resources,
        Contents=pdf.make_indirect(content),
        StructParents=canvas.index,
        Tabs=Name.S,
    )
    indirect = pdf.make_indirect(page)
    pdf.pages.append(pikepdf.Page(indirect))
    return pdf.pages[-1].obj


def _annotations(
    pdf: pikepdf.Pdf, canvas: Canvas, pages: list[pikepdf.Object], bookmarks: list[Bookmark]
) -> list[pikepdf.Object]:
    annotations: list[pikepdf.Object] = [
        pdf.make_indirect(_link(entry, pages, bookmarks)) for entry in canvas.annotations
    ]
    if annotations:
        pages[canvas.index].Annots = Array(annotations)
    return annotations


def _link(entry: Annotation, pages: list[pikepdf.Object], bookmarks: list[Bookmark]) -> Dictionary:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([round(v, 2) for v in (entry.left, entry.bottom, entry.right, entry.top)]),
        Border=Array([0, 0, 0]),
        F=4,
    )
    if isinstance(entry.target, int):
        mark = bookmarks[entry.target]
        link.Dest = _destination(mark, pages)
        link.Contents = String(mark.title)
    else:
        address = quote(entry.target, safe="%/:?#[]@!$&'()*+,;=~-._")
        link.A = Dictionary(S=Name.URI, URI=String(address))
        link.Contents = String(address)
    return link


def _destination(mark: Bookmark, pages: list[pikepdf.Object]) -> Array:
    return Array([pages[mark.page], Name.XYZ, None, round(mark.y, 2), None])


def _bookmarks(pdf: pikepdf.Pdf, marks: list[Bookmark], pages: list[pikepdf.Object]) -> pikepdf.Object:
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines))
    parents: list[tuple[int, pikepdf.Object]] = [(0, root)]
    for mark in marks:
        while parents[-1][0] >= mark.level:
            parents.pop()
        parent = parents[-1][1]
        item = pdf.make_indirect(Dictionary(Title=String(mark.title), Parent=parent, Dest=_destination(mark, pages)))
        if "/Last" in parent:
            parent.Last.Next, item.Prev = item, parent.Last
        else:
            parent.First = item
        parent.Last = item
        parent.Count = int(parent.get("/Count", 0)) + 1
        parents.append((mark.level, item))
    _count(root)
    return root


def _count(node: pikepdf.Object) -> int:
    """The number of items shown below a node when all is open (ISO 32000-1, table 153)."""
    total, kid = 0, node.get("/First")
    while kid is not None:
        total += 1 + _count(kid)
        kid = kid.get("/Next")
    if total:
        node.Count = total
    return total


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def _describe(pdf: pikepdf.Pdf, title: str, language: str, subject: str) -> None:
    words = {"title": title, "subject": subject, "language": language, "producer": _PRODUCER}
    packet = _XMP.format(**{name: escape(value) for name, value in words.items()}).encode("utf-8")
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML))
    pdf.Root.Lang = String(language)
    direction = Name.R2L if language.split("-")[0] in ("ar", "fa", "he", "ur") else Name.L2R
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True, Direction=direction)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(Title=String(title), Subject=String(subject), Producer=String(_PRODUCER))
    )
