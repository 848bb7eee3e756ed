"""The fonts a paper is set in: which cut prints which character, how letters join, and what is embedded.

Fonts come as packages: Noto Sans (Latin, Cyrillic, Greek), Amiri (Arabic), Noto Sans SC (Chinese). The variable fonts
are never written out at 400 and 700: HarfBuzz shapes at a point of the weight axis, and its subsetter pins that point
for exactly the glyphs that a paper uses, in milliseconds. So no cache is needed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import uharfbuzz as hb

from ...errors import NotPrintable

LATIN, ARABIC, HAN = "latin", "arabic", "han"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc]")
_HAN = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3105-\u31ff\u3200-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f]"
)
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """One weight and slope of one family. `name` is its PostScript name; `scale` evens out how large families look.

    There is one object for each, so that it serves as a key by identity.
    """

    name: str
    package: str
    path: str
    axes: tuple[tuple[str, float], ...] = ()
    scale: float = 1.0


class Glyph(NamedTuple):
    """A shaped glyph. `cluster` is the index of its first character; the rest is in thousandths of the size."""

    gid: int
    cluster: int
    advance: float
    dx: float
    dy: float


def _noto(name: str, italic: bool, weight: int) -> Cut:
    path = f"files/NotoSans{'-Italic' if italic else ''}[wdth,wght].ttf"
    return Cut(f"NotoSans-{name}", "fontpkg_noto_sans", path, (("wdth", 100), ("wght", weight)))


def _amiri(name: str) -> Cut:
    return Cut(f"Amiri-{name}", "fontpkg_amiri", f"files/Amiri-{name}.ttf", (), 1.22)


def _han(name: str, weight: int) -> Cut:
    path = "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"
    return Cut(f"NotoSansSC-{name}", "justmytype_intl_cjk", path, (("wght", weight),))


_HAN_REGULAR, _HAN_BOLD = _han("Regular", 400), _han("Bold", 700)

# (family, bold, italic) -> cut. Chinese knows no italics: it stays upright.
_CUTS: dict[tuple[str, bool, bool], Cut] = {
    (LATIN, False, False): _noto("Regular", False, 400),
    (LATIN, True, False): _noto("Bold", False, 700),
    (LATIN, False, True): _noto("Italic", True, 400),
    (LATIN, True, True): _noto("BoldItalic", True, 700),
    (ARABIC, False, False): _amiri("Regular"),
    (ARABIC, True, False): _amiri("Bold"),
    (ARABIC, False, True): _amiri("Italic"),
    (ARABIC, True, True): _amiri("BoldItalic"),
    (HAN, False, False): _HAN_REGULAR,
    (HAN, True, False): _HAN_BOLD,
    (HAN, False, True): _HAN_REGULAR,
    (HAN, True, True): _HAN_BOLD,
}


@lru_cache(maxsize=16)
def face_of(package: str, path: str) -> hb.Face:
    """The font file as HarfBuzz reads it: mapped, not copied."""
    return hb.Face(hb.Blob.from_file_path(str(files(package).joinpath(path))))


class _Cut:
    """A cut in use: the HarfBuzz font and what was asked of it."""

    def __init__(self, cut: Cut):
        self.cut = cut
        self.face = face_of(cut.package, cut.path)
        self.font = hb.Font(self.face)
        if cut.axes:
            self.font.set_variations(dict(cut.axes))
        self.per_mille = 1000 / self.face.upem
        self.covered: dict[str, bool] = {}
        self.plain: set[str] = set()

    def covers(self, c: str) -> bool:
        known = self.covered.get(c)
        if known is None:
            known = self.covered[c] = self.font.get_nominal_glyph(ord(c)) is not None
        return known


class Fonts:
    """The cuts at hand. One object may serve any number of papers; it holds no paper's state."""

    def __init__(self) -> None:
        self._cuts: dict[tuple[str, bool, bool], _Cut] = {}
        self._by_cut: dict[Cut, _Cut] = {}
        self._chosen: dict[tuple[str, str | None, str, bool, bool], tuple[str, Cut]] = {}
        self._printed: set[str] = set()

    def _get(self, family: str, bold: bool, italic: bool) -> _Cut:
        key = (family, bold, italic)
        opened = self._cuts.get(key)
        if opened is None:
            cut = _CUTS[key]
            opened = self._cuts[key] = self._by_cut.setdefault(cut, _Cut(cut))
        return opened

    def used(self, cut: Cut) -> _Cut:
        """The open cut for its description."""
        return self._by_cut[cut]

    def missing(self, words: str) -> tuple[str, ...]:
        """The characters that no font here has, each once, in the order of their code points."""
        new = set(words) - self._printed
        lost = {c for c in new if c not in "\n\r\t\x85" and not _UNSEEN.match(c) and not self._has(c)}
        self._printed |= new - lost
        return tuple(sorted(lost))

    def _has(self, c: str) -> bool:
        return any(self._get(family, False, False).covers(c) for family in (LATIN, ARABIC, HAN))

    def plain(self, words: str, bold: bool, italic: bool) -> Cut | None:
        """The Latin cut where it has every one of these words' characters and they call for no other; else None."""
        cut = self._get(LATIN, bold, italic)
        new = set(words) - cut.plain
        if any(_ARABIC.match(c) or _HAN.match(c) or not cut.covers(c) for c in new):
            return None
        cut.plain |= new
        return cut.cut

    def choose(
        self, c: str, before: str | None, language: str, bold: bool, italic: bool, rightward: bool = True
    ) -> tuple[str, Cut]:
        """The family and cut for a character, given the family of the character before it (None at the start).

        `rightward`: it runs from left to right. Signs that run with Arabic are Arabic, those within Latin are Latin,
        so that both brackets of a pair are of one kind.
        """
        if not rightward:
            before = ARABIC
        elif before in (ARABIC, None) and unicodedata.mirrored(c):
            before = LATIN
        elif before == ARABIC and not c.isdigit():
            before = None
        key = (c, before, language, bold, italic)
        choice = self._chosen.get(key)
        if choice is None:
            choice = self._chosen[key] = self._choose(*key)
        return choice

    def _choose(self, c: str, before: str | None, language: str, bold: bool, italic: bool) -> tuple[str, Cut]:
        families = _order(c, before, language)
        if _UNSEEN.match(c):
            return families[0], self._get(families[0], bold, italic).cut
        for family in families:
            cut = self._get(family, bold, italic)
            if cut.covers(c):
                return family, cut.cut
        raise LookupError(f"no font has U+{ord(c):04X}: it is written by its code point before anything is set")

    def shape(self, words: str, cut: Cut, rtl: bool, language: str, around: tuple[str, str]) -> list[Glyph]:
        """Shape words between the characters `around` them; the glyphs come in the order they stand, left to right."""
        used = self._by_cut[cut]
        buffer = hb.Buffer()
        buffer.cluster_level = _BY_CHARACTER
        before, after = around
        buffer.add_str(f"{before}{words}{after}", len(before), len(words))
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if rtl else "ltr"
        buffer.language = "zh-Hans" if language.startswith("zh") else language
        hb.shape(used.font, buffer, _FEATURES)
        k, skipped = used.per_mille, len(before)
        return [
            Glyph(g.codepoint, g.cluster - skipped, p.x_advance * k, p.x_offset * k, p.y_offset * k)
            for g, p in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]


# Latin ligatures hinder search and copying in old viewers; Arabic needs its required ones, which stay on.
_BY_CHARACTER = hb.BufferClusterLevel.MONOTONE_CHARACTERS
_FEATURES = {"liga": False, "clig": False}


def _order(c: str, before: str | None, language: str) -> tuple[str, ...]:
    """Families to try. Letters go by their script; digits, spaces and signs stay with what stands before them."""
    if _ARABIC.match(c):
        return (ARABIC, LATIN, HAN)
    if _HAN.match(c):
        return (HAN, LATIN, ARABIC)
    if unicodedata.category(c)[0] == "L":
        return (LATIN, HAN, ARABIC)
    own = script_of(language)
    first = before or own
    return tuple(dict.fromkeys((first, own, LATIN, ARABIC, HAN)))


def script_of(language: str) -> str:
    """The family a language's own letters come from."""
    return ARABIC if language.startswith(("ar", "fa", "ur")) else HAN if language.startswith("zh") else LATIN


def need_printable(words: str) -> None:
    """Refuses (NotPrintable) control characters and halves of pairs."""
    found = _FORBIDDEN.search(words)
    if found:
        raise NotPrintable(codepoint=f"U+{ord(found[0]):04X}", excerpt=_excerpt(words, found[0]))


def _excerpt(words: str, c: str) -> str:
    """Twenty characters either side, with what cannot be written replaced."""
    at = words.index(c)
    piece = words[max(0, at - 20) : at + 21]
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", piece).replace("\n", " ")


@lru_cache(maxsize=1)
def shared_fonts() -> Fonts:
    """One set of fonts for the process."""
    return Fonts()
