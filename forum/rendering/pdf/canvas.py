"""One page as it is painted: marked content, lines of glyphs, rules and links. Points, from the lower left corner."""

from dataclasses import dataclass, field
from typing import NamedTuple

from .bidi_rules import mirrored
from .embedded_fonts import FontUse
from .fonts import Glyph
from .style import Colour, Geometry
from .tags import Node
from .text import Line, Piece

_LINKABLE = ("https://", "http://", "mailto:")


class Annotation(NamedTuple):
    """A link's rectangle and where it leads: an address, or a heading by its index."""

    left: float
    bottom: float
    right: float
    top: float
    target: str | int


@dataclass(slots=True)
class Canvas:
    """A page in the making. `artifact` is set while something is painted that a screen reader passes over."""

    index: int
    box: Geometry
    rtl: bool
    language: str
    use: FontUse
    ops: list[str] = field(default_factory=list)
    marked: list[Node] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    annotation_nodes: list[Node | None] = field(default_factory=list)
    places: dict[int, float] = field(default_factory=dict)
    artifact: bool = False
    _open: Node | str | None = None

    def x(self, start: float, width: float) -> float:
        """The left edge of something `width` wide that stands `start` from the side where lines begin."""
        return self.box.right - start - width if self.rtl else self.box.left + start

    def mark(self, node: Node | None) -> None:
        """What is painted from here on belongs to `node`; with None it is an artifact."""
        wanted: Node | str = "artifact" if node is None or self.artifact else node
        if wanted is self._open:
            return
        self.unmark()
        if isinstance(wanted, Node):
            wanted.kids.append((self.index, len(self.marked)))
            self.ops.append(f"/{wanted.tag} <</MCID {len(self.marked)}>> BDC")
            self.marked.append(wanted)
        else:
            self.ops.append("/Artifact BMC")
        self._open = wanted

    def unmark(self) -> None:
        if self._open is not None:
            self.ops.append("EMC")
            self._open = None

    def fill(self, start: float, top: float, width: float, height: float, colour: Colour) -> None:
        """A filled rectangle, hanging down from `top`: a rule or a tint. Always an artifact."""
        self.mark(None)
        left = self.x(start, width)
        self.ops.append(f"{_rgb(colour)} rg {_n(left)} {_n(top - height)} {_n(width)} {_n(height)} re f")

    def dots(self, start: float, width: float, y: float, colour: Colour) -> None:
        """A dotted leader."""
        self.mark(None)
        left = self.x(start, width)
        pen = f"{_rgb(colour)} RG 0.8 w 1 J [0 4] 0 d"
        self.ops.append(f"q {pen} {_n(left)} {_n(y)} m {_n(left + width)} {_n(y)} l S Q")

    def line(self, line: Line, start: float, baseline: float, node: Node | None, target: int | None = None) -> None:
        """Paint a set line whose beginning stands `start` from the side where lines begin."""
        left = self.x(start + line.lead, line.width)
        for piece in line.pieces:
            owner = node
            linked = piece.span.link and piece.span.link.lower().startswith(_LINKABLE)
            if linked or target is not None:
                owner = self._link(piece, left, baseline, node, target)
            self.mark(owner)
            self._show(piece, left + piece.x, baseline)
            if piece.span.struck:
                self._strike(piece, left + piece.x, baseline)

    def _strike(self, piece: Piece, x: float, baseline: float) -> None:
        size = piece.span.size
        where = f"{_n(x)} {_n(baseline + size * 0.27)} {_n(piece.width)} {_n(max(0.5, size * 0.055))}"
        self.ops.append(f"{_rgb(piece.span.colour)} rg {where} re f")

    def _link(self, piece: Piece, left: float, baseline: float, node: Node | None, target: int | None) -> Node | None:
        goal = piece.span.link if target is None else target
        assert goal is not None
        x, size = left + piece.x, piece.span.size
        self.annotations.append(Annotation(x, baseline - size * 0.3, x + piece.width, baseline + size, goal))
        if node is None or self.artifact:
            self.annotation_nodes.append(None)
            return node
        link = node.add("Link")
        link.kids.append((self.index, len(self.annotations) - 1, None))
        self.annotation_nodes.append(link)
        return link

    def _show(self, piece: Piece, x: float, baseline: float) -> None:
        span, cut = piece.span, piece.cut
        size = span.size * cut.scale
        foreign = span.language and span.language != self.language
        if foreign:
            self.ops.append(f"/Span <</Lang ({_ascii(span.language or '')})>> BDC")
        name = self.use.name(cut)
        self.ops.append(
            f"BT /{name} {_n(size)} Tf {_rgb(span.colour)} rg 1 0 0 1 {_n(x)} {_n(baseline + span.rise)} Tm"
        )
        self.ops += _Shown(self.use, piece, size).ops()
        self.ops.append("ET")
        if foreign:
            self.ops.append("EMC")


class _Shown:
    """The operators that show one piece: codes with their kerning, lifts, and the words of clusters of many glyphs."""

    def __init__(self, use: FontUse, piece: Piece, size: float):
        self.use, self.piece, self.size = use, piece, size
        self.out: list[str] = []
        self.array: list[str] = []
        self.codes: list[str] = []
        self.pending = self.lift = 0.0

    def ops(self) -> list[str]:
        piece = self.piece
        glyphs, words, n = piece.glyphs, piece.words, 0
        starts = sorted({glyph.cluster for glyph in glyphs})
        ends = dict(zip(starts, [*starts[1:], piece.end], strict=True)) if starts else {}
        while n < len(glyphs):
            start, m = glyphs[n].cluster, n + 1
            end = ends[start]
            while m < len(glyphs) and glyphs[m].cluster == start:
                m += 1
            if m == n + 1 and not piece.rtl:
                self._glyph(glyphs[n], words[start:end])
            else:
                self._cluster(glyphs[n:m], words[start:end])
            n = m
        self._flush()
        if self.lift:
            self.out.append("0 Ts")
        return self.out

    def _cluster(self, glyphs: list[Glyph], words: str) -> None:
        if self.piece.rtl and len(words) == 1:
            words = mirrored(words)  # viewers turn right-to-left words round themselves, and brackets with them
        if len(glyphs) == 1:
            self._glyph(glyphs[0], words)
            return
        if self.piece.rtl:
            # Viewers that turn words round do it for what the codes say, not for replacement text: no ActualText here.
            for glyph, share in zip(glyphs, _shares(words, len(glyphs)), strict=True):
                self._glyph(glyph, mirrored(share))
            return
        self._flush()
        self.out.append(f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC")
        widest = max(range(len(glyphs)), key=lambda i: glyphs[i].advance)
        for i, glyph in enumerate(glyphs):
            self._glyph(glyph, words if i == widest else "")
        self._flush()
        self.out.append("EMC")

    def _glyph(self, glyph: Glyph, words: str) -> None:
        cut = self.piece.cut
        if glyph.dy != self.lift:
            self._flush()
            self.lift = glyph.dy
            self.out.append(f"{_n(glyph.dy * self.size / 1000)} Ts")
        shift = self.pending + glyph.dx
        if shift > 0.05 or shift < -0.05:
            if self.codes:
                self.array.append(f"<{''.join(self.codes)}>")
                self.codes = []
            self.array.append(_n(-shift))
        code, width = self.use.code(cut, glyph.gid, words)
        self.codes.append(code)
        self.pending = glyph.advance - glyph.dx - width

    def _flush(self) -> None:
        if self.codes:
            self.array.append(f"<{''.join(self.codes)}>")
        if self.array:
            self.out.append(f"[{' '.join(self.array)}] TJ")
        self.array, self.codes = [], []


def _shares(words: str, count: int) -> list[str]:
    """Words of a right-to-left cluster dealt out to its glyphs, which stand the other way round."""
    shares = [*words[: count - 1], words[count - 1 :]]
    return [share or "\u200b" for share in (shares + [""] * count)[:count]][::-1]


def _n(value: float) -> str:
    """A number as PDF writes it, to a hundredth."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:.3f}" for part in colour)


def _ascii(tag: str) -> str:
    return "".join(c for c in tag if c.isascii() and (c.isalnum() or c == "-"))
