"""Words become lines: directions, cuts, shaping and line ends, in logical order; each line is then put in visual order.

Every word of every paper goes this way, so Arabic, Chinese and Latin may stand in one sentence. Widths are points.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil
from typing import NamedTuple
from unicodedata import bidirectional

from ..outline import Text
from .bidi import Breaks, base_level, levels_of_print, mirrored, visual_order
from .extraction import instead
from .faces import Faces, Shelf, Word
from .fonts import LATIN, Cut, script_of
from .style import ACCENT, GREY, Colour, Style

_BLANK = " \u200b"


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style, ready for setting. `rise` lifts them above the line."""

    words: str
    size: float
    colour: Colour
    bold: bool = False
    italic: bool = False
    rise: float = 0.0
    link: str | None = None
    language: str | None = None
    struck: bool = False

    def with_words(self, words: str) -> "Span":
        """Other words in the same style."""
        return self if words == self.words else replace(self, words=words)


Replaced = tuple[tuple[str, str], ...]  # tags with what stands in them for the words of a line (`extraction.py`)


class Piece(NamedTuple):
    """A stretch of one line in one cut and direction: its words from left to right, and where it stands. `replaced`
    is the same object in all pieces of the words it is about."""

    span: Span
    cut: Cut
    words: list[Word]
    x: float
    width: float
    replaced: Replaced | None = None


class Line(NamedTuple):
    """A line: its pieces as they are read, its width, how far in from the side where lines begin it stands."""

    pieces: list[Piece]
    width: float
    lead: float = 0.0


class _Item(NamedTuple):
    start: int
    end: int
    level: int
    span: Span
    cut: Cut


@dataclass(slots=True)
class _Atom:
    """A word, or the blanks after it: `ends`, whether a line may end behind it."""

    item: _Item
    word: Word
    wide: float
    blank: bool
    ends: bool


def spans_of(text: Text, style: Style) -> list[Span]:
    """The runs of an outline in a style."""
    return [
        Span(
            words=run.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\x85", "\n"),
            size=style.size * 0.87 if run.small else style.size,
            colour=ACCENT if run.link else GREY if run.small else style.colour,
            bold=style.bold or run.bold or run.change == "added",
            italic=style.italic != run.italic,
            link=run.link,
            language=run.language,
            struck=run.struck or run.change == "removed",
        )
        for run in text
    ]


class Typesetter:
    """Sets words in one document: its fonts, its language and its direction. A word is shaped once."""

    def __init__(self, faces: Faces, language: str, rtl: bool):
        self.faces, self.language, self.rtl, self.breaks = faces, language, rtl, Breaks()

    def paragraphs(self, spans: list[Span], hyphens: bool = True) -> "list[Paragraph | None]":
        """Spans shaped, cut at newlines; None is an empty line. Empty words and blank ends give nothing."""
        out = [Paragraph(self, part, hyphens=hyphens) if part else None for part in _split(spans)]
        while out and out[-1] is None:
            out.pop()
        return out

    def lines(self, paragraphs: "list[Paragraph | None]", width: float, own_side: bool = False) -> list[Line]:
        """Lines of a width. No word is ever lost or overhangs.

        `own_side`: words that all run the other way than the document's stand at the side where they begin.
        """
        out: list[Line] = []
        for paragraph in paragraphs:
            out += paragraph.lines(max(width, 1.0)) if paragraph else [Line([], 0.0)]
        if own_side and self._runs_against("".join(paragraph.words for paragraph in paragraphs if paragraph)):
            out = [line._replace(lead=max(0.0, width - line.width)) for line in out]
        return out

    def _runs_against(self, words: str) -> bool:
        """Whether no letter of these words runs as the document does, and some run the other way."""
        if not self.rtl and words.isascii():
            return False
        own, opposite = (("R", "AL"), ("L",)) if self.rtl else (("L",), ("R", "AL"))
        kinds = {bidirectional(c) for c in words}
        return not kinds & set(own) and bool(kinds & set(opposite))

    def label(self, spans: list[Span]) -> Line:
        """A number or bullet: it runs as the document does: the full stop of "IV." stands on the far side."""
        whole = [span.with_words(" ".join(span.words.split())) for span in spans]
        return Paragraph(self, whole, int(self.rtl)).lines(1e6)[0] if any(s.words for s in whole) else Line([], 0.0)

    def balanced(self, paragraphs: "list[Paragraph | None]", width: float) -> list[Line]:
        """The lines of a title: as few as `width` takes, and those of them that are the most even."""
        best = self.lines(paragraphs, width)
        for step in range(1, 25 if len(best) > 1 else 1):
            lines = self.lines(paragraphs, width * (1 - step / 40))
            if len(lines) > len(best):
                break
            if _unevenness(lines) < _unevenness(best):
                best = lines
        return best


def _unevenness(lines: list[Line]) -> float:
    widths = [line.width for line in lines]
    return max(widths) - min(widths)


def _split(spans: list[Span]) -> list[list[Span]]:
    """Parts between newlines."""
    parts: list[list[Span]] = [[]]
    for span in spans:
        for n, words in enumerate(span.words.split("\n")):
            if n:
                parts.append([])
            if words:
                parts[-1].append(span.with_words(words))
    return parts


class Paragraph:
    """One bidirectional paragraph: shaped once, cut into lines of any width."""

    def __init__(self, setter: Typesetter, spans: list[Span], base: int | None = None, hyphens: bool = True):
        self.setter = setter
        self.words = "".join(span.words for span in spans)
        self.levels = levels_of_print(self.words, base_level(self.words, setter.rtl) if base is None else base)
        points = setter.breaks.points(self.words, hyphens)
        self.atoms = [atom for item in self._itemise(spans) for atom in self._atoms(item, points)]

    def _itemise(self, spans: list[Span]) -> Iterator[_Item]:
        """Stretches of one level, span and cut."""
        at, family = 0, None
        for span in spans:
            start, at = at, at + len(span.words)
            language = span.language or self.setter.language
            cut = None
            if self.levels is None and family in (None, LATIN) and script_of(language) == LATIN:
                cut = self.setter.faces.fonts.plain(span.words, span.bold, span.italic)
            if cut is not None:
                family = LATIN
                yield _Item(start, at, 0, span, cut)
                continue
            key: tuple[int, Cut] | None = None
            for i in range(start, at):
                level = self.levels[i] if self.levels else 0
                family, cut = self.setter.faces.fonts.choose(
                    self.words[i], family, language, span.bold, span.italic, not level & 1
                )
                if key is not None and key != (level, cut):
                    yield _Item(start, i, key[0], span, key[1])
                    start = i
                key = (level, cut)
            if key is not None:
                yield _Item(start, at, key[0], span, key[1])

    def _atoms(self, item: _Item, points: list[int]) -> Iterator[_Atom]:
        """The words of an item and the blanks between them, each shaped by itself: a letter joins no other over a
        break, but where a style changes inside a word, it joins what stands beside it."""
        shelf = self._shelf(item)
        k, words, start = item.span.size * item.cut.scale / 1000, self.words, item.start
        while start < item.end:
            point = points[0]
            end = min(point, item.end)
            core = start + len(words[start:end].rstrip(_BLANK))
            for a, b in (*(self._signs(start, core) if shelf.rtl else ((start, core),)), (core, end)):
                if a < b:
                    around = (words[a - 1 : a].strip(), words[b : b + 1].strip()) if shelf.rtl else ("", "")
                    word = shelf.word(words[a:b], around)
                    yield _Atom(item, word, word.width * k, a == core, b == point)
            if end == point:
                del points[0]
            start = end

    def _signs(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A word that runs to the left, its brackets and quotation marks apart: viewers read them in their own way."""
        for mirrors, run in groupby(range(start, end), lambda i: mirrored(self.words[i]) != self.words[i]):
            places = list(run)
            yield from ((i, i + 1) for i in places) if mirrors else [(places[0], places[-1] + 1)]

    def _shelf(self, item: _Item) -> Shelf:
        return self.setter.faces.shelf(item.cut, bool(item.level & 1), item.span.language or self.setter.language)

    def lines(self, width: float) -> list[Line]:
        out, start, best, i, x = [], 0, 0, 0, 0.0
        while i < len(self.atoms):
            atom = self.atoms[i]
            if not atom.blank and x + atom.wide > width + 0.01:
                if best > start:
                    out.append(self._line(start, best))
                    start = i = best
                    x = 0.0
                    continue
                if self._cut(i, width - x, first=i == start):
                    best = i if self.atoms[i] is atom else i + 1
                    continue
            x += atom.wide
            i += 1
            if atom.ends:
                best = i
        return [*out, self._line(start, i)] if i > start else out

    def _cut(self, i: int, room: float, first: bool) -> bool:
        """Cut a word that no line holds so that its beginning fits, or end the line before it; False where there is
        nothing to cut."""
        atom = self.atoms[i]
        k = atom.wide / atom.word.width if atom.word.width else 0.0
        ends = self.setter.breaks.characters(atom.word.text)
        if first and room > 0:  # into parts of one length: no last letter of a hash on a line of its own
            room = min(room, atom.wide / ceil(atom.wide / room) + k * atom.word.width / len(ends))
        fits = [end for end in ends if atom.word.until(end) * k <= room]
        at = fits[-1] if fits else ends[0] if first else 0
        if at == len(atom.word.text):
            return False
        if at:
            for words in (atom.word.text[at:], atom.word.text[:at]):
                word = self._shelf(atom.item).word(words, ("", ""))
                self.atoms.insert(i + 1, _Atom(atom.item, word, word.width * k, False, ends=True))
            del self.atoms[i]
            self.atoms[i + 1].ends = atom.ends
        return True

    def _line(self, start: int, end: int) -> Line:
        atoms = self.atoms[start:end]
        while atoms and atoms[-1].blank:
            atoms.pop()
        replaced = _told(atoms) if self.levels else {}
        runs: list[tuple[_Item, Replaced | None, list[_Atom]]] = []
        for n, atom in enumerate(atoms):
            if runs and runs[-1][0] is atom.item and runs[-1][1] is replaced.get(n):
                runs[-1][2].append(atom)
            else:
                runs.append((atom.item, replaced.get(n), [atom]))
        pieces, x = {}, 0.0
        for n in visual_order([item.level for item, _, _ in runs]):
            item, about, run = runs[n]
            words = [atom.word for atom in run]
            wide = sum([atom.wide for atom in run])
            pieces[n] = Piece(item.span, item.cut, words[::-1] if item.level & 1 else words, x, wide, about)
            x += wide
        return Line([pieces[n] for n in range(len(runs))], x)


def _told(atoms: list[_Atom]) -> dict[int, Replaced]:
    """By the place of each atom, what one viewer has to be told of it. No more than one link in each."""
    out: dict[int, Replaced] = {}
    for first, after, words in instead([(atom.word.text, atom.item.level) for atom in atoms]):
        if len({atoms[n].item.span.link for n in range(first, after)}) == 1:
            true = "".join(atoms[n].word.text for n in range(first, after))
            about: Replaced = (("Told", words),) if words == true else (("Span", true), ("Told", words))
            out |= dict.fromkeys(range(first, after), about)
    return out
