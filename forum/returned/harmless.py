"""Whether a file is a Word file (DOCX, ISO/IEC 29500) that is safe to be read: measured before anything of it is kept.

A DOCX file is an archive of XML files: a few kilobytes can unpack into gigabytes. No part is unpacked beyond what is
read, whatever the archive says of its sizes. What would run, fetch or lead elsewhere than a link to be clicked makes
the whole file refused: nothing of it is half read.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.parsers import expat

from ..errors import FileRefused
from ..refusal import phrased

MOST_BYTES = 10_000_000  # of the file
MOST_UNPACKED = 60_000_000  # bytes, of all parts together
MOST_PARTS = 2_000
MOST_ELEMENTS = 1_000_000  # of XML, in the parts that are read: a paper of a thousand inputs has some 200,000
MOST_DEPTH = 100  # elements inside one another
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
_READ = (DOCUMENT, COMMENTS, "word/footnotes.xml", "word/endnotes.xml")
_OLD = b"\xd0\xcf\x11\xe0"  # a file of Word before 2007, or one that is locked by a password
_CHUNK = 64 * 1024
_LOCKED = 0x1  # of a part: PKWARE's APPNOTE, 4.4.4
_AS_DOCX = phrased('Save it as "Word document (.docx)", without a password, and send that.')


def opened(file: bytes) -> Mapping[str, bytes]:
    """The parts that are read, by their names: the text, comments and notes. Refuses (FileRefused) what is no Word
    file, what is locked, what unpacks into too much, macros, files inside the file, content from elsewhere, and XML
    with a definition of a type in it, in which entities could multiply."""
    if len(file) > MOST_BYTES:
        raise FileRefused(
            reason=phrased("The file has {count:,} bytes; at most {most:,} are read.", count=len(file), most=MOST_BYTES)
        )
    if file.startswith(b"%PDF"):
        raise FileRefused(
            reason=phrased("This is a PDF file: what was changed in it cannot be read. Send the Word file itself.")
        )
    if file.startswith(_OLD):
        raise FileRefused(
            reason=phrased("This is a Word file of an old kind, or one that is locked. {remedy}", remedy=_AS_DOCX)
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError):
        raise FileRefused(reason=phrased("This is no Word file, or a damaged one. {remedy}", remedy=_AS_DOCX)) from None
    except (expat.ExpatError, ElementTree.ParseError):
        raise FileRefused(
            reason=phrased("The Word file is damaged: its text cannot be read. {remedy}", remedy=_AS_DOCX)
        ) from None


def _parts(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    known = archive.infolist()
    names = [part.filename for part in known]
    if any(part.flag_bits & _LOCKED for part in known):
        raise FileRefused(
            reason=phrased("This is a Word file of an old kind, or one that is locked. {remedy}", remedy=_AS_DOCX)
        )
    if len(known) > MOST_PARTS or len(set(names)) < len(names) or DOCUMENT not in names:
        raise FileRefused(reason=phrased("This is no Word file, or a damaged one. {remedy}", remedy=_AS_DOCX))
    left, kept = MOST_UNPACKED, {}
    for name in names:
        content, left = _unpacked(archive, name, left)
        _need_harmless(name, content)
        if name in _READ:
            kept[name] = content
    _Measure().through(kept)
    return kept


def _unpacked(archive: zipfile.ZipFile, name: str, left: int) -> tuple[bytes, int]:
    """One part, and how many bytes may still follow."""
    found = bytearray()
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            found += chunk
            if len(found) > left:
                raise FileRefused(
                    reason=phrased("The Word file unpacks into more than {most:,} bytes.", most=MOST_UNPACKED)
                )
    return bytes(found), left - len(found)


# ---- what would run or fetch
def _need_harmless(name: str, content: bytes) -> None:
    low = name.lower()
    if "vbaproject" in low or "vbadata" in low or "/activex/" in low:
        raise FileRefused(reason=phrased("The Word file has macros or controls in it. {remedy}", remedy=_AS_DOCX))
    if "/embeddings/" in low:
        raise FileRefused(reason=phrased("Another file stands in the Word file. Take it out, and send the text alone."))
    if low == "[content_types].xml" and b"macroenabled" in content.lower():
        raise FileRefused(reason=phrased("The Word file has macros or controls in it. {remedy}", remedy=_AS_DOCX))
    if low.endswith(".rels"):
        _Measure().through({name: content})
        for element in ElementTree.fromstring(content):
            kind = element.get("Type", "").rpartition("/")[2]
            if element.get("TargetMode") == "External" and kind != "hyperlink":
                what = kind[:40]
                raise FileRefused(
                    reason=phrased(
                        "The Word file takes content from elsewhere ({what}). Put it into the file, or take it out.",
                        what=what,
                    )
                )


class _Measure:
    """Goes through parts, counts their elements together, and keeps nothing."""

    def __init__(self) -> None:
        self.elements = self.depth = 0

    def through(self, parts: Mapping[str, bytes]) -> None:
        for content in parts.values():
            self.depth = 0
            parser = expat.ParserCreate()
            parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
            parser.StartDoctypeDeclHandler = _no_type
            parser.Parse(content, True)

    def _begins(self, *_: object) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS or self.depth > MOST_DEPTH:
            raise FileRefused(
                reason=phrased("The Word file holds more than is read ({most:,} elements).", most=MOST_ELEMENTS)
            )

    def _ends(self, *_: object) -> None:
        self.depth -= 1


def _no_type(*_: object) -> None:
    raise FileRefused(
        reason=phrased(
            "The Word file holds a definition of a document type, as no Word file does. {remedy}", remedy=_AS_DOCX
        )
    )
