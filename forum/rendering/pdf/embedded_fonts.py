"""Which glyphs a paper used, under which codes, and the fonts that go into its file: all embedded, none by name only.

Codes are given in the order of first use, one for each (glyph, words it stands for), so that a reader gets back the
words and not the shapes, and the same paper always gives the same file.
"""

import hashlib
import struct

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, Stream, String

from .fonts import Cut, Fonts

# What a CIDFontType2 needs (ISO 32000-1, 9.9), and what pinning an axis reads; the latter does not outlive the pinning.
_KEPT = frozenset(("glyf", "loca", "head", "hhea", "hmtx", "maxp", "gvar", "fvar", "avar", "HVAR"))


class FontUse:
    """The codes of one paper."""

    def __init__(self, fonts: Fonts):
        self.fonts = fonts
        self.names: dict[Cut, str] = {}
        self._codes: dict[Cut, dict[tuple[int, str], tuple[str, float]]] = {}

    def name(self, cut: Cut) -> str:
        """The cut's name among the page's resources."""
        if cut not in self.names:
            self.names[cut] = f"F{len(self.names) + 1}"
            self._codes[cut] = {}
        return self.names[cut]

    def code(self, cut: Cut, gid: int, words: str) -> tuple[str, float]:
        """The four hexadecimal digits for a glyph standing for `words`, and its own width in thousandths, unkerned.

        `words` is empty for the later glyphs of a cluster.
        """
        codes = self._codes[cut]
        entry = codes.get((gid, words))
        if entry is None:
            used = self.fonts.used(cut)
            entry = codes[gid, words] = (f"{len(codes) + 1:04X}", used.font.get_glyph_h_advance(gid) * used.per_mille)
        return entry

    def write(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font resources, each an embedded subset."""
        fonts = Dictionary()
        for cut, name in self.names.items():
            fonts["/" + name] = self._font(pdf, cut)
        return fonts

    def _font(self, pdf: pikepdf.Pdf, cut: Cut) -> pikepdf.Object:
        codes = self._codes[cut]
        data, mapping = subset(self.fonts, cut, {gid for gid, _ in codes})
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
        base = Name(f"/{tag}+{cut.name}")
        to_gid = bytearray(2 * (len(codes) + 1))
        widths = Array()
        for place, ((gid, _), (_, width)) in enumerate(codes.items(), 1):
            struct.pack_into(">H", to_gid, 2 * place, mapping[gid])
            widths.append(round(width))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=base,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf, cut, base, data)),
            W=Array([1, widths]),
            DW=1000,
            CIDToGIDMap=pdf.make_indirect(Stream(pdf, bytes(to_gid))),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=base,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_indirect(Stream(pdf, _to_unicode(codes))),
            )
        )

    def _descriptor(self, pdf: pikepdf.Pdf, cut: Cut, base: Name, data: bytes) -> Dictionary:
        used = self.fonts.used(cut)
        extents = used.font.get_font_extents("ltr")
        box = struct.unpack_from(">4h", used.face.reference_table("head").data, 36)
        italic = "Italic" in cut.name
        file = Stream(pdf, data)
        file.Length1 = len(data)
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=base,
            Flags=4 + 64 * italic,
            FontBBox=Array([round(v * used.per_mille) for v in box]),
            ItalicAngle=-12 if italic else 0,
            Ascent=round(extents.ascender * used.per_mille),
            Descent=round(extents.descender * used.per_mille),
            CapHeight=714,
            StemV=150 if "Bold" in cut.name else 90,
            FontFile2=pdf.make_indirect(file),
        )


def subset(fonts: Fonts, cut: Cut, gids: set[int]) -> tuple[bytes, dict[int, int]]:
    """A TrueType file of exactly these glyphs at the cut's point of its axes, and old glyph id -> new."""
    face = fonts.used(cut).face
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(gids | {0})
    wanted.drop_table_tag_set.update(
        int.from_bytes(tag.encode("latin-1"), "big") for tag in face.table_tags if tag not in _KEPT
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
<0000> <FFFF>
endcodespacerange
{entries}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _to_unicode(codes: dict[tuple[int, str], tuple[str, float]]) -> bytes:
    lines = [f"<{code}> <{words.encode('utf-16-be').hex().upper()}>" for (_, words), (code, _) in codes.items()]
    blocks = []
    for n in range(0, len(lines), 100):  # a block holds at most a hundred (Adobe TN 5014)
        part = lines[n : n + 100]
        blocks.append("\n".join([f"{len(part)} beginbfchar", *part, "endbfchar"]))
    return _CMAP.format(entries="\n".join(blocks)).encode("ascii")
