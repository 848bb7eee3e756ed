"""An outline as PDF: `draw(outline)` gives a tagged file with all fonts; the same outline gives the same bytes."""

from ..outline import Outline, plain
from ..papers.words import word
from .blocks import baseline
from .canvas import Canvas
from .embedded_fonts import FontUse
from .file import Bookmark, write
from .flow import NOTE_GAP, Page, Slab, paginate
from .fonts import Fonts, need_printable, shared_fonts
from .parts import Composer
from .style import GREY, HAIR
from .text import Span
from .unprintable import all_words, by_code_point


def draw(outline: Outline, *, fonts: Fonts | None = None) -> bytes:
    """The outline as a PDF file (ISO 32000-1, PDF 1.7).

    Refuses (NotPrintable), before anything is set, control characters and lone surrogates. A character that no font
    has is written by its code point (`unprintable.py`). Never refuses for length: rows longer than a page and words
    longer than a line are cut.
    """
    fonts = fonts or shared_fonts()
    for words, _ in all_words(outline, outline.language):
        need_printable(words)
    outline = by_code_point(outline, fonts)
    composer, use = Composer(outline, fonts), FontUse(fonts)
    pages = paginate(composer.compose())
    for number, page in enumerate(pages, 1):
        for slab, _, _ in page.body:
            if slab.lists is not None:
                composer.page_of[slab.lists] = number
    canvases = [_paint(composer, use, page, index, len(pages)) for index, page in enumerate(pages)]
    head = outline.head
    title = " – ".join(filter(None, (head.title, head.kind)))
    subject = " – ".join(filter(None, (head.series, *head.subtitles, head.symbol, head.version, head.date)))
    return write(canvases, use, composer.root, _bookmarks(composer, canvases), title, outline.language, subject)


def _paint(composer: Composer, use: FontUse, page: Page, index: int, count: int) -> Canvas:
    canvas = Canvas(index, page.box, composer.rtl, composer.language, use)
    _body(canvas, page)
    canvas.artifact = True
    _furniture(composer, canvas, index, count)
    canvas.unmark()
    return canvas


def _body(canvas: Canvas, page: Page) -> None:
    """Text, then footnotes. Lines of one table row are painted together, cell by cell."""
    n = 0
    while n < len(page.body):
        slab, down, repeated = page.body[n]
        canvas.artifact = repeated
        n += 1
        if slab.row is None:
            _slab(canvas, slab, page.box.top - down)
            continue
        lines = [(slab.nth, page.box.top - down)]
        while n < len(page.body) and page.body[n][0].row is slab.row and page.body[n][2] == repeated:
            lines.append((page.body[n][0].nth, page.box.top - page.body[n][1]))
            n += 1
        slab.row(canvas, lines)
    canvas.artifact = False
    if page.notes:
        top = page.box.bottom + page.foot
        canvas.fill(0, top - NOTE_GAP * 0.6, 90, 0.5, GREY)
        top -= NOTE_GAP
        for slab in page.notes:
            slab.paint(canvas, top)
            top -= slab.height


def _slab(canvas: Canvas, slab: Slab, top: float) -> None:
    if slab.lists is not None:
        canvas.places[slab.lists] = top
    slab.paint(canvas, top)


def _furniture(composer: Composer, canvas: Canvas, index: int, count: int) -> None:
    """The running head (not on the first page) and "page x of y"."""
    style, box = composer.styles["running"], canvas.box
    if index and composer.paper.running:
        lines = composer.setter.lines([Span(composer.paper.running, style.size, style.colour)], box.measure)
        top = box.top + 38
        canvas.line(lines[0], 0, top - baseline(style), None)
        canvas.fill(0, top - style.leading - 4, box.measure, 0.5, HAIR)
    if index or not composer.paper.head.cover:
        number = word("page", composer.language, page=index + 1, pages=count)
        line = composer.setter.line([Span(number, style.size, style.colour)])
        canvas.line(line, box.measure - line.width, box.bottom - 34, None)


def _bookmarks(composer: Composer, canvases: list[Canvas]) -> list[Bookmark]:
    places = {index: (canvas.index, y) for canvas in canvases for index, y in canvas.places.items()}
    marks = []
    for index, heading in enumerate(composer.headings):
        page, y = places.get(index, (0, 0.0))
        title = " ".join(filter(None, (heading.number, plain(heading.text))))
        marks.append(Bookmark(title, heading.level, page, y + 4))
    return marks
