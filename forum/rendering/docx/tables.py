"""Tables as Word files have them: heads that are repeated on each page, rows that may be longer than one."""

from collections.abc import Sequence

from .. import outline as o
from ..markup import element
from .blocks import Blocks
from .style import ACCENT, HAIR, TINT

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(blocks: Blocks, part: o.Table, measure: float) -> str:
    """A table over `measure` points, with its caption above."""
    share = measure / sum(column.share for column in part.columns)
    widths = [round(column.share * share * 20) for column in part.columns]
    head = [
        _cell(width, blocks.line("CellHead", o.text(column.title)))
        for width, column in zip(widths, part.columns, strict=True)
    ]
    rows = [element("w:tr", {}, element("w:trPr", {}, "<w:tblHeader/>"), *head)]
    for row in part.rows:
        if isinstance(row, o.SectionRow):
            title = blocks.line("CellHead", row.title)
            rows.append(element("w:tr", {}, _cell(sum(widths), title, span=len(widths), shaded=True)))
        else:
            cells = zip(widths, row.cells, strict=True)
            rows.append(element("w:tr", {}, *(_cell(width, blocks.line("Cell", words)) for width, words in cells)))
    caption = blocks.line("Caption", o.text(part.caption)) if part.caption else ""
    return caption + _whole(blocks, widths, rows, heads="firstRow", title=part.caption) + space()


def pairs(blocks: Blocks, items: Sequence[tuple[str, o.Text]], measure: float) -> str:
    """Labels and their words, side by side."""
    if not items:
        return ""
    widths = [round(measure * 20 * 0.26), round(measure * 20 * 0.74)]
    rows = [
        element("w:tr", {}, _cell(widths[0], blocks.line("FactLabel", o.text(label))),
                _cell(widths[1], blocks.line("Fact", words)))
        for label, words in items
    ]  # fmt: skip
    return _whole(blocks, widths, rows, heads="firstColumn") + space()


def box(blocks: Blocks, inside: str, measure: float) -> str:
    """What is inside, in a frame."""
    width = round(measure * 20)
    row = element("w:tr", {}, _cell(width, inside, shaded=True))
    return space(6) + _whole(blocks, [width], [row], heads="", framed=True) + space(6)


def space(points: float = 2) -> str:
    """What parts two tables: side by side, Word would make one of them."""
    own = element("w:pStyle", {"w:val": "SectionEnd"}), element("w:spacing", {"w:before": f"{points * 20:.0f}"})
    return element("w:p", {}, element("w:pPr", {}, *own))


def _whole(
    blocks: Blocks, widths: Sequence[int], rows: Sequence[str], *, heads: str, title: str = "", framed: bool = False
) -> str:
    lines = {side: HAIR if framed else (HAIR if side in ("bottom", "insideH") else "") for side in _SIDES[:5]}
    borders = [
        element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": colour})
        for side, colour in lines.items()
        if colour
    ]
    look = {f"w:{name}": "1" if name == heads else "0" for name in ("firstRow", "lastRow", "firstColumn", "lastColumn")}
    own = [
        "<w:bidiVisual/>" if blocks.rtl else "",
        element("w:tblW", {"w:w": str(sum(widths)), "w:type": "dxa"}),
        element("w:tblBorders", {}, *borders),
        element("w:tblLayout", {"w:type": "fixed"}),
        element("w:tblLook", {**look, "w:noHBand": "1", "w:noVBand": "1"}),
        element("w:tblCaption", {"w:val": title}) if title else "",
    ]
    grid = element("w:tblGrid", {}, *(element("w:gridCol", {"w:w": str(width)}) for width in widths))
    return element("w:tbl", {}, element("w:tblPr", {}, *own), grid, *rows)


def _cell(width: int, inside: str, *, span: int = 1, shaded: bool = False) -> str:
    own = [element("w:tcW", {"w:w": str(width), "w:type": "dxa"})]
    if span > 1:
        own.append(element("w:gridSpan", {"w:val": str(span)}))
    if shaded:
        own.append(element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": TINT}))
    return element("w:tc", {}, element("w:tcPr", {}, *own), inside)


def short_rule() -> str:
    """A short rule between what went before and the closing words."""
    line = {"w:val": "single", "w:sz": "8", "w:space": "1", "w:color": ACCENT}
    own = element("w:pStyle", {"w:val": "SectionEnd"}), element("w:pBdr", {}, element("w:bottom", line))
    place = element("w:spacing", {"w:before": "360", "w:after": "240"}), element("w:ind", {"w:right": "7800"})
    return element("w:p", {}, element("w:pPr", {}, *own, *place))
