"""An outline as PDF: `draw(outline)` gives a tagged file with all fonts; the same outline gives the same bytes."""

import gc
import hashlib
from functools import partial
from io import BytesIO

import pikepdf
from reportlab import rl_config

from ..outline import Outline, plain
from ..papers.words import word
from .block import baseline
from .canvas import Paper
from .faces import Faces
from .fonts import Fonts, need_printable, shared_fonts
from .frames import build
from .parts import Composer
from .style import HAIR, UPRIGHT, WIDE, Geometry
from .text import Line, Span
from .unprintable import all_words, by_code_point

_PRODUCER = "review-forum"
rl_config.useA85 = 0  # page contents as they are, not in letters: a quarter more


def draw(outline: Outline, *, fonts: Fonts | None = None) -> bytes:
    """The outline as a PDF file (ISO 32000-1, PDF 1.7).

    Refuses (NotPrintable), before anything is set, control characters and lone surrogates. A character that no font
    has is written by its code point (`unprintable.py`). Never refuses for length: rows longer than a page and words
    longer than a line are cut.
    """
    fonts = fonts or shared_fonts()
    words = [each for each, _ in all_words(outline, outline.language)]
    for each in words:
        need_printable(each)
    identity = hashlib.sha256("\0".join(words).encode("utf-8")).hexdigest()[:32]
    return _packed(_built(by_code_point(outline, fonts), fonts, identity))


def _built(outline: Outline, fonts: Fonts, identity: str) -> BytesIO:
    """The file as the library writes it. All that it was made from may go before it is packed."""
    composer = Composer(outline, Faces(fonts))
    story, furniture = composer.story(), _Furniture(composer)
    head = outline.head
    titles = [" ".join(filter(None, (part.number, plain(part.text)))) for part in composer.headings]
    make = partial(Paper, faces=composer.setter.faces, root=composer.root, titles=titles, identity=identity)
    out = BytesIO()
    build(
        out,
        story,
        furniture.paint,
        make,
        title=" – ".join(filter(None, (head.title, head.kind))),
        subject=" – ".join(filter(None, (head.series, *head.subtitles, head.symbol, head.version, head.date))),
        author=head.series,
        producer=_PRODUCER,
        creator=_PRODUCER,
        lang=outline.language,
        displayDocTitle=True,
        direction="R2L" if composer.rtl else "L2R",
    )
    return out


def _packed(out: BytesIO) -> bytes:
    """The file with its objects packed (a third of the size) and without the date that the library always writes."""
    packed = BytesIO()
    gc.collect()  # flowables and tags refer to each other
    with pikepdf.open(out) as pdf:
        del pdf.docinfo["/CreationDate"], pdf.docinfo["/ModDate"], pdf.docinfo["/Trapped"]
        pdf.save(packed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return packed.getvalue()


class _Furniture:
    """What stands on every page: the running head (not on the first) and "page x of y"."""

    def __init__(self, composer: Composer):
        self.composer, self.style, self.pages = composer, composer.styles["running"], 0
        self._number(1234567890, 1234567890)  # all that its line may ever need is shaped before the fonts are made
        self.running = {box.name: self._fitting(composer.paper.running, box.measure) for box in (UPRIGHT, WIDE)}

    def _span(self, words: str) -> Span:
        return Span(words, self.style.size, self.style.colour)

    def _fitting(self, running: str, measure: float) -> list[Line]:
        """The running head on two lines at most: of one that is longer as many words as there is room for, and that it
        goes on."""
        setter, kept = self.composer.setter, running
        lines = setter.lines(setter.paragraphs([self._span(running)]), measure)
        while len(lines) > 2 and " " in kept:
            kept = kept.rpartition(" ")[0]
            lines = setter.lines(setter.paragraphs([self._span(f"{kept} …")]), measure)
        return lines[:2]

    def _number(self, page: int, pages: int) -> Line:
        words = word("page", self.composer.paper.language, page=page, pages=pages)
        return self.composer.setter.lines(self.composer.setter.paragraphs([self._span(words)]), 1e6)[0]

    def paint(self, canvas: Paper, box: Geometry) -> None:
        page = self.pages = self.pages + 1
        rtl, top = self.composer.rtl, box.top + 38
        canvas.mark_furniture()
        lines = self.running[box.name] if page > 1 else []
        for n, line in enumerate(reversed(lines)):
            left = box.right - line.width if rtl else box.left
            canvas.words(line, left, top + n * self.style.leading - baseline(self.style), None)
        if lines:
            canvas.fill(box.left, top - self.style.leading - 4.5, box.measure, 0.5, HAIR)
        if page > 1 or not self.composer.paper.head.cover:

            def number() -> tuple[Line, float, float]:
                line = self._number(page, self.pages)
                return line, box.left if rtl else box.right - line.width, box.bottom - 34 - baseline(self.style)

            canvas.late(number)
