"""Which glyphs a paper uses and the fonts that go into its file: HarfBuzz subsets each cut and pins its weight on just
those glyphs, and reportlab is handed a static face with a PostScript name of its own.

A glyph goes under one code for each of the words it stands for, so that a reader gets back words and not shapes. Codes
are given in the order of first use: the same paper always gives the same file.
"""

from io import BytesIO
from typing import NamedTuple

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from .fonts import Cut, Fonts, Glyph

# What an embedded TrueType font needs and reportlab reads; and what pinning an axis reads, which does not outlive it.
_KEPT = frozenset(("glyf", "loca", "head", "hhea", "hmtx", "maxp", "name", "post", "OS/2", "cmap"))
_PINNED = frozenset(("gvar", "fvar", "avar", "HVAR"))
_PRIVATE = 0xF0000  # codes of glyphs that stand for no single character of their own


class Mark(NamedTuple):
    """A glyph of a word and the words it stands for; empty for the later glyphs of a cluster. Thousandths."""

    gid: int
    words: str
    advance: float
    dx: float
    dy: float


class Stretch(NamedTuple):
    """A stretch of one word as a page shows it: in which part of its font, how far lifted, instead of which words
    (empty: its own), and the operand of TJ."""

    part: int
    lift: float
    instead: str
    array: str


class Word:
    """A word shaped in one cut: its glyphs from left to right, those of one cluster under the words they stand for
    together. `shown` is what a page shows of it, once the fonts are made."""

    __slots__ = ("glyphs", "groups", "shown", "text", "width")

    def __init__(self, text: str, glyphs: list[Glyph], rtl: bool):
        self.text, self.glyphs = text, glyphs
        self.width = sum([glyph.advance for glyph in glyphs])
        self.groups = _groups(text, glyphs, rtl)
        self.shown: list[Stretch] | None = None

    def until(self, end: int) -> float:
        """The width of the first `end` characters."""
        return sum([glyph.advance for glyph in self.glyphs if glyph.cluster < end])


def _groups(text: str, glyphs: list[Glyph], rtl: bool) -> list[tuple[str, list[Mark]]]:
    """(the words shown instead, glyphs): words of one glyph a character in one group."""
    starts = sorted({glyph.cluster for glyph in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True)) if starts else {}
    out: list[tuple[str, list[Mark]]] = [("", [])]
    n = 0
    while n < len(glyphs):
        m, words = n + 1, text[glyphs[n].cluster : ends[glyphs[n].cluster]]
        while m < len(glyphs) and glyphs[m].cluster == glyphs[n].cluster:
            m += 1
        cluster = glyphs[n:m]
        if rtl:
            # Viewers turn right-to-left words round themselves; they do it for what the codes say, not for replacement
            # text: no ActualText here. Brackets are what they mean, and not as they look (`extraction.py`).
            shares = [words] if len(cluster) == 1 else _shares(words, m - n)
            out[-1][1].extend(_mark(glyph, share) for glyph, share in zip(cluster, shares, strict=True))
        elif len(cluster) == 1:
            out[-1][1].append(_mark(cluster[0], words))
        else:
            widest = max(range(len(cluster)), key=lambda i: cluster[i].advance)
            out.append((words, [_mark(glyph, words if i == widest else "") for i, glyph in enumerate(cluster)]))
            out.append(("", []))
        n = m
    return [group for group in out if group[1]]


def _shares(words: str, count: int) -> list[str]:
    """Words of a right-to-left cluster dealt out to its glyphs, which stand the other way round."""
    shares = [*words[: count - 1], words[count - 1 :]]
    return [share or "\u200b" for share in (shares + [""] * count)[:count]][::-1]


def _mark(glyph: Glyph, words: str) -> Mark:
    return Mark(glyph.gid, words, glyph.advance, glyph.dx, glyph.dy)


class _Face(TTFont):  # type: ignore[misc]
    """A static face of the glyphs of one cut. Its codes are ours: `words` says what each stands for."""

    def __init__(self, cut: Cut, data: bytes):
        super().__init__(cut.name, BytesIO(data), asciiReadable=0, shapable=False)
        self.face.name = cut.name.encode("ascii")
        self.words: dict[int, str] = {32: " "}

    def add(self, code: int, gid: int, words: str, width: int) -> None:
        self.face.charToGlyph[code], self.face.charWidths[code] = gid, width
        self.words[code] = words

    def addObjects(self, doc: PDFDocument) -> None:
        """The library's, but for what the codes stand for: it knows one character a code, and its own."""
        parts = self.state[doc].subsets
        super().addObjects(doc)
        for n, part in enumerate(parts):
            name = f"{SUBSETN(n).decode('ascii')}+{self.fontName}"
            doc.idToObject[f"toUnicodeCMap:{name}"].content = _to_unicode([self.words.get(code, "") for code in part])


# For each glyph and the words it stands for: the part of its font, its code there, its width.
Places = dict[tuple[int, str], tuple[int, str, int]]


class Shelf:
    """Words of one cut, direction and language, each shaped once; their glyphs are entered among `marks`."""

    def __init__(self, fonts: Fonts, cut: Cut, rtl: bool, language: str, marks: Places):
        self.fonts, self.cut, self.rtl, self.language, self._marks = fonts, cut, rtl, language, marks
        self._words: dict[tuple[str, tuple[str, str]], Word] = {}

    def word(self, text: str, around: tuple[str, str]) -> Word:
        """A word shaped, `around` it the characters that it joins."""
        word = self._words.get((text, around))
        if word is None:
            glyphs = self.fonts.shape(text, self.cut, self.rtl, self.language, around)
            word = self._words[text, around] = Word(text, glyphs, self.rtl)
            for _, group in word.groups:
                for mark in group:
                    self._marks.setdefault((mark.gid, mark.words), (0, "", 0))
        return word


class Faces:
    """The glyphs of one paper, and from `hand_over` on its fonts."""

    def __init__(self, fonts: Fonts):
        self.fonts = fonts
        self._shelves: dict[tuple[Cut, bool, str], Shelf] = {}
        self._marks: dict[Cut, Places] = {}
        self._made: dict[Cut, _Face] = {}
        self._names: dict[tuple[Cut, int], str] = {}
        self._doc: PDFDocument | None = None

    def shelf(self, cut: Cut, rtl: bool, language: str) -> Shelf:
        """The words of one cut, direction and language."""
        key = (cut, rtl, language)
        if key not in self._shelves:
            self._shelves[key] = Shelf(self.fonts, cut, rtl, language, self._marks.setdefault(cut, {}))
        return self._shelves[key]

    def hand_over(self, doc: PDFDocument) -> None:
        """Make the fonts: no glyph may be added after."""
        self._doc = doc
        for cut, marks in self._marks.items():
            data, mapping = subset(self.fonts, cut, {gid for gid, _ in marks})
            used = self.fonts.used(cut)
            face = self._made[cut] = _Face(cut, data)
            for n, (gid, words) in enumerate(list(marks)):
                code = ord(words) if len(words) == 1 and words not in "\u00a0 " else _PRIVATE + n
                if code in face.words:
                    code = _PRIVATE + n
                width = round(used.font.get_glyph_h_advance(gid) * used.per_mille)
                face.add(code, mapping[gid], words, width)
                (part, byte), *_ = face.splitString(chr(code), doc)
                marks[gid, words] = (part, byte.hex().upper(), width)

    def name(self, cut: Cut, part: int) -> str:
        """The name of a part of a font among a page's resources, with its slash."""
        name = self._names.get((cut, part))
        if name is None:
            name = self._names[cut, part] = self._made[cut].getSubsetInternalName(part, self._doc)
        return name

    def shown(self, word: Word, cut: Cut) -> list[Stretch]:
        """What a page shows of a word."""
        if word.shown is None:
            marks = self._marks[cut]
            word.shown = [stretch for instead, group in word.groups for stretch in _stretches(group, instead, marks)]
        return word.shown


def _stretches(group: list[Mark], instead: str, marks: Places) -> list[Stretch]:
    out: list[Stretch] = []
    array: list[str] = []
    pending, before = 0.0, (-1, 0.0)
    for mark in group:
        part, code, width = marks[mark.gid, mark.words]
        if before != (part, mark.dy) and array:
            out.append(Stretch(*before, instead, "".join(array)))
            array = []
        before = (part, mark.dy)
        shift = pending + mark.dx
        if shift > 0.05 or shift < -0.05:
            array.append(f"{-shift:.2f}")
        array.append(f"<{code}>")
        pending = mark.advance - mark.dx - width
    if pending > 0.05 or pending < -0.05:
        array.append(f"{-pending:.2f}")
    return [*out, Stretch(*before, instead, "".join(array).replace("><", ""))]


def subset(fonts: Fonts, cut: Cut, gids: set[int]) -> tuple[bytes, dict[int, int]]:
    """A TrueType file of exactly these glyphs at the cut's point of its axes, and old glyph id -> new."""
    face = fonts.used(cut).face
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(gids | {0})
    wanted.unicode_set.update({32})
    wanted.drop_table_tag_set.update(
        int.from_bytes(tag.encode("latin-1"), "big") for tag in face.table_tags if tag not in _KEPT | _PINNED
    )
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    for axis, value in cut.axes:
        wanted.pin_axis_location(face, axis, value)
    plan = hb.SubsetPlan(face, wanted)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{entries}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _to_unicode(words: list[str]) -> str:
    lines = [f"<{code:02X}> <{each.encode('utf-16-be').hex().upper()}>" for code, each in enumerate(words) if code]
    blocks = []
    for n in range(0, len(lines), 100):  # a block holds at most a hundred (Adobe TN 5014)
        part = lines[n : n + 100]
        blocks.append("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]))
    return _CMAP.format(entries="\n".join(blocks))
