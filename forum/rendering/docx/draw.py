"""An outline as a Word file: `draw(outline)` gives a DOCX package; the same outline gives the same bytes."""

import datetime
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml

from .. import outline as o
from ..markup import element
from ..packed import repacked
from ..papers.words import is_rtl, word
from .blocks import Blocks
from .body import Body, field
from .runs import runs
from .style import W, styles, tags

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {"xmlns:w": W, "xmlns:r": _R}
# Of the library's template: what no program needs, and half of the file.
_NOT_NEEDED = ("/stylesWithEffects", "/customXml", "/thumbnail", "/webSettings")


def draw(outline: o.Outline) -> bytes:
    """The outline as a Word file (ISO/IEC 29500-4, transitional).

    Headings, numbers, footnotes, repeated table heads, links, the contents and both directions are Word's own; each
    paragraph of the record stands under a bookmark of its identity. Nothing is fetched, nothing runs."""
    document = docx.Document()
    _bare(document)
    footnotes = _new_part(document, "footnotes", element("w:footnotes", _NAMES))
    blocks = Blocks(outline.language, _links(document.part), _links(footnotes), outline.head.series)
    body = Body(outline, blocks, _frame(document, outline)).whole()
    document.part._element.replace(document.element.body, _parsed(element("w:body", _NAMES, body)))
    _fill(footnotes.element, element("w:footnotes", _NAMES, *_parting(), *blocks.notes))
    _fill(document.styles.element, styles(outline.language, blocks.rtl))
    _fill(document.part.numbering_part.element, blocks.numbers.part())
    _fill(document.settings.element, _settings(outline.language))
    _describe(document, outline)
    out = BytesIO()
    document.save(out)
    return repacked(out.getvalue(), {"docProps/app.xml": _PROGRAM})


def _bare(document: Document) -> None:
    for holder in (document.part, document.part.package):
        for key in [key for key, known in holder.rels.items() if known.reltype.endswith(_NOT_NEEDED)]:
            del holder.rels[key]


def _parsed(markup: str) -> Any:
    return parse_xml(markup)


def _fill(part: Any, markup: str) -> None:
    """Put in place of all that stands in an element what the markup has."""
    for child in list(part):
        part.remove(child)
    for child in list(_parsed(markup)):
        part.append(child)


def _links(part: Any) -> Callable[[str], str]:
    """The relations of a part to addresses outside, each once."""
    known: dict[str, str] = {}

    def link(address: str) -> str:
        if address not in known:
            # Under a name of our own: the library looks through all there are to find the next of its.
            known[address] = name = f"rLink{len(known) + 1}"
            part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
        return known[address]

    return link


def _new_part(document: Document, name: str, markup: str) -> XmlPart:
    at = PackURI(f"/word/{name}.xml")
    kind = getattr(CONTENT_TYPE, f"WML_{name.upper()}")
    part = XmlPart(at, kind, _parsed(markup), document.part.package)
    document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, name.upper()))
    return part


def _parting() -> list[str]:
    """The two rules above footnotes, which the format wants to stand among them."""
    lines = (("-1", "separator"), ("0", "continuationSeparator"))
    own = element("w:pPr", {}, element("w:pStyle", {"w:val": "SectionEnd"}))
    return [
        element("w:footnote", {"w:type": kind, "w:id": id_}, element("w:p", {}, own, f"<w:r><w:{kind}/></w:r>"))
        for id_, kind in lines
    ]


def _frame(document: Document, outline: o.Outline) -> Callable[[bool], str]:
    """The running head, not on the first page, and "page x of y", not on a cover."""
    part: Any = document.part
    (header, head_id), (footer, foot_id) = part.add_header_part(), part.add_footer_part()
    rtl = is_rtl(outline.language)
    _fill(
        header.element, element("w:hdr", _NAMES, _furniture("Header", _plain(outline.running, outline.language, rtl)))
    )
    _fill(footer.element, element("w:ftr", _NAMES, _furniture("Footer", _page_of(outline.language, rtl))))
    every = _reference("header", "default", head_id) + _reference("footer", "default", foot_id)
    on_first = "" if outline.head.cover else _reference("footer", "first", foot_id)
    return lambda first: every + (on_first if first else "")


def _reference(what: str, kind: str, id_: str) -> str:
    return element(f"w:{what}Reference", {"w:type": kind, "r:id": id_})


def _furniture(style: str, inside: str) -> str:
    return element("w:p", {}, element("w:pPr", {}, element("w:pStyle", {"w:val": style})), inside)


def _plain(words: str, language: str, rtl: bool) -> str:
    return runs(o.text(words), language, rtl, lambda _: "")


def _page_of(language: str, rtl: bool) -> str:
    words = word("page", language, page="\x01", pages="\x02")
    fields = {"\x01": field("PAGE"), "\x02": field("NUMPAGES")}
    before, _, rest = words.partition("\x01")
    between, _, after = rest.partition("\x02")
    pieces = (before, "\x01", between, "\x02", after)
    return "".join(fields.get(piece) or _plain(piece, language, rtl) for piece in pieces if piece)


def _settings(language: str) -> str:
    """What Word is to do: as its versions since 2013, and with the rules above footnotes."""
    modern = {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": "15"}
    notes = element("w:footnotePr", {}, *(element("w:footnote", {"w:id": id_}) for id_ in ("-1", "0")))
    compatible = element("w:compat", {}, element("w:compatSetting", modern))
    faces = element("w:themeFontLang", {"w:val": "en-GB", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA", **tags(language)})
    stops = element("w:defaultTabStop", {"w:val": "600"})
    marks = '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    return element("w:settings", _NAMES, stops, notes, compatible, faces, marks)


def _describe(document: Document, outline: o.Outline) -> None:
    """The file's own data. Its dates are the day on which the text was closed; of an open text there is none."""
    head, origin, core = outline.head, outline.origin, document.core_properties
    core.title = " – ".join(filter(None, (head.title, head.kind)))[:255]
    core.subject = " – ".join(filter(None, (head.series, *head.subtitles)))[:255]
    core.author, core.last_modified_by, core.comments = head.series[:255], "", ""
    core.language, core.identifier, core.version = outline.language, origin.symbol[:255], origin.version[:255]
    core.keywords = origin.hash
    if origin.day:
        core.created = core.modified = datetime.datetime.combine(origin.day, datetime.time())
        return
    for child in list(core._element):
        if str(child.tag).endswith(("}created", "}modified")):
            core._element.remove(child)


_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>review-forum</Application></Properties>"
)
