"""How papers look as Word files: one line a style, in points; and the styles part that is made from them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..markup import element

INK, GREY, ACCENT, HAIR, TINT = "1C1F24", "5E6670", "084577", "C2C9D1", "EFF3F7"
GUTTER = 30.0  # the column that holds the numbers of paragraphs; of headings it is wider
HEADING_GUTTER = 36.0
BULLET = 14.0
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Faces that offices have; whoever lacks one is shown another by their program. Latin, Arabic (complex), Chinese.
_FACES = {"w:ascii": "Arial", "w:hAnsi": "Arial", "w:cs": "Arial", "w:eastAsia": "Microsoft YaHei"}
# By primary language: tags for Latin letters, for Chinese and for Arabic.
_TAGS = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `key`: its id; `name`: as Word calls it; sizes and distances in points; `level`: of the
    outline, from 1, 0 for none; `after`: the style of the paragraph that is typed next."""

    key: str
    name: str
    size: float = 10.0
    colour: str = INK
    bold: bool = False
    italic: bool = False
    before: float = 0.0
    behind: float = 4.0
    line: float = 1.25
    keep: bool = False
    level: int = 0
    start: float = 0.0
    hanging: float = 0.0
    after: str = ""
    rule: str = ""


STYLES = (
    Style("Normal", "Normal", behind=6),
    Style("PaperSeries", "Paper Series", 9.5, ACCENT, bold=True, behind=10, keep=True, rule="bottom"),
    Style("Title", "Title", 21, bold=True, before=12, behind=4, line=1.15, keep=True, after="Normal"),
    Style("Subtitle", "Subtitle", 11, GREY, behind=2, keep=True, after="Normal"),
    Style("PaperKind", "Paper Kind", 13, ACCENT, bold=True, before=6, keep=True),
    Style("PaperVersion", "Paper Version", 9, GREY, behind=14),
    Style("Heading1", "heading 1", 15, ACCENT, bold=True, before=20, keep=True, level=1, after="Normal"),
    Style("Heading2", "heading 2", 11.5, bold=True, before=14, keep=True, level=2, after="Normal"),
    Style("Heading3", "heading 3", 10, GREY, bold=True, before=10, keep=True, level=3, after="Normal"),
    Style("ContentsTitle", "Contents Title", 15, ACCENT, bold=True, before=20, keep=True),
    Style("TOC1", "toc 1", 10, bold=True, before=4, behind=2),
    Style("TOC2", "toc 2", 10, behind=2, start=GUTTER),
    Style("TOC3", "toc 3", 9, GREY, behind=2, start=2 * GUTTER),
    Style("NumberedParagraph", "Numbered Paragraph", before=4, behind=4, start=GUTTER, hanging=GUTTER),
    Style("FurtherWords", "Further Words", behind=4, start=GUTTER),
    Style("Conclusion", "Conclusion", 11, bold=True, before=12, keep=True, after="ListBullet"),
    Style("ListBullet", "List Bullet", behind=3, start=GUTTER + BULLET, hanging=BULLET),
    Style("Quote", "Quote", italic=True, before=6, start=GUTTER, after="QuoteCredit"),
    Style("QuoteCredit", "Quote Credit", 9, GREY, behind=8, start=GUTTER),
    Style("BoxTitle", "Box Title", 10.5, ACCENT, bold=True, before=3, keep=True),
    Style("BoxWords", "Box Words", 9.5, behind=3),
    Style("Remark", "Remark", 8.5, GREY, before=4),
    Style("FactLabel", "Fact Label", 9, GREY, bold=True, before=2, behind=2, line=1.1),
    Style("Fact", "Fact", 9.5, before=2, behind=2, line=1.1),
    Style("Cell", "Cell", 8, before=2, behind=2, line=1.1),
    Style("CellHead", "Cell Head", 8, ACCENT, bold=True, before=2, behind=2, line=1.1, keep=True),
    Style("Caption", "caption", 9, bold=True, before=10, keep=True),
    Style("SectionEnd", "Section End", 1, behind=0, line=1.0),
    Style("FootnoteText", "footnote text", 8, behind=2, line=1.1),
    Style("Header", "header", 8, GREY),
    Style("Footer", "footer", 8, GREY),
)


def styles(language: str, rtl: bool) -> str:
    """The styles part (`w:styles`) of a paper in a language. Arabic and Chinese have no use for slanted letters."""
    upright = language.split("-")[0].lower() in ("ar", "fa", "ur", "zh")
    written = [_paragraph(replace(style, italic=False) if upright else style, rtl) for style in STYLES]
    return element("w:styles", {"xmlns:w": W}, _defaults(language), *written, *_others())


def tags(language: str) -> dict[str, str]:
    """The attributes of `w:lang` for a language: each of the three kinds of script has its own."""
    code = language.split("-")[0].lower()
    if code in ("ar", "fa", "he", "ur"):
        return {"w:bidi": "ar-SA" if language.lower() == "ar" else language}
    if code == "zh":
        return {"w:eastAsia": "zh-CN" if language.lower() == "zh" else language}
    return {"w:val": _TAGS.get(language, language)}


def _defaults(language: str) -> str:
    known = {"w:val": "en-GB", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA", **tags(language)}
    run = element("w:rPr", {}, element("w:rFonts", _FACES), *_sizes(10.0), element("w:lang", known))
    return element("w:docDefaults", {}, element("w:rPrDefault", {}, run), element("w:pPrDefault", {}, "<w:pPr/>"))


def _sizes(points: float) -> Iterator[str]:
    for name in ("w:sz", "w:szCs"):
        yield element(name, {"w:val": f"{points * 2:.0f}"})


def _paragraph(style: Style, rtl: bool) -> str:
    first = {"w:default": "1"} if style.key == "Normal" else {}
    head = [element("w:name", {"w:val": style.name})]
    if not first:
        head.append(element("w:basedOn", {"w:val": "Normal"}))
    if style.after:
        head.append(element("w:next", {"w:val": style.after}))
    head.append("<w:qFormat/>")
    known = {"w:type": "paragraph", **first, "w:styleId": style.key}
    own = element("w:pPr", {}, *_block(style, rtl))
    return element("w:style", known, *head, own, element("w:rPr", {}, *_letters(style)))


def _block(style: Style, rtl: bool) -> Iterator[str]:
    """In the order of the schema: Word takes a file with another for a broken one."""
    if style.keep:
        yield "<w:keepNext/>"
    if style.rule:
        line = {"w:val": "single", "w:sz": "12", "w:space": "6", "w:color": ACCENT}
        yield element("w:pBdr", {}, element(f"w:{style.rule}", line))
    if rtl:
        yield "<w:bidi/>"
    distances = {"w:before": _twips(style.before), "w:after": _twips(style.behind)}
    yield element("w:spacing", {**distances, "w:line": f"{style.line * 240:.0f}", "w:lineRule": "auto"})
    if style.start:
        yield element("w:ind", {"w:left": _twips(style.start), "w:hanging": _twips(style.hanging)})
    if style.level:
        yield element("w:outlineLvl", {"w:val": str(style.level - 1)})


def _letters(style: Style) -> Iterator[str]:
    if style.bold:
        yield "<w:b/><w:bCs/>"
    if style.italic:
        yield "<w:i/><w:iCs/>"
    yield element("w:color", {"w:val": style.colour})
    yield from _sizes(style.size)


def _others() -> Iterator[str]:
    """What is no paragraph style: marks of footnotes, links, the plain table, and the empty list that Word expects."""
    font = element("w:name", {"w:val": "Default Paragraph Font"})
    yield element("w:style", {"w:type": "character", "w:default": "1", "w:styleId": "DefaultParagraphFont"}, font)
    raised = element("w:rPr", {}, element("w:vertAlign", {"w:val": "superscript"}))
    mark = element("w:name", {"w:val": "footnote reference"})
    yield element("w:style", {"w:type": "character", "w:styleId": "FootnoteReference"}, mark, raised)
    blue = element("w:rPr", {}, element("w:color", {"w:val": ACCENT}), element("w:u", {"w:val": "single"}))
    link = element("w:name", {"w:val": "Hyperlink"})
    yield element("w:style", {"w:type": "character", "w:styleId": "Hyperlink"}, link, blue)
    sides = ((side, {"w:w": _twips(4.5), "w:type": "dxa"}) for side in ("left", "right"))
    room = element("w:tblCellMar", {}, *(element(f"w:{side}", known) for side, known in sides))
    plain = element("w:name", {"w:val": "Normal Table"})
    known = {"w:type": "table", "w:default": "1", "w:styleId": "TableNormal"}
    yield element("w:style", known, plain, element("w:tblPr", {}, room))
    none = element("w:name", {"w:val": "No List"})
    yield element("w:style", {"w:type": "numbering", "w:default": "1", "w:styleId": "NoList"}, none)


def _twips(points: float) -> str:
    return f"{points * 20:.0f}"
