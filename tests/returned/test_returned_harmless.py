"""What is no Word file, or would run, fetch or swell, is refused as a whole, in a sentence that says what to do."""

import struct

import pytest

from forum.errors import FileRefused
from forum.rendering.formats import drawn
from forum.returned import harmless
from forum.returned.proposed import read
from tests.returned.word_files import DOCUMENT, KNOWN, outline, packed, sent
from tests.support.rendering.files_back import parts

RELATIONS = "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(file: bytes) -> str:
    with pytest.raises(FileRefused) as error:
        read(file, KNOWN)
    return error.value.message


def with_part(name: str, content: bytes) -> bytes:
    return packed({**parts(sent()), name: content})


def with_relation(kind: str) -> bytes:
    known = parts(sent())
    one = f'<Relationship Id="rX" Type="{OFFICE}/{kind}" Target="https://example.org/x" TargetMode="External"/>'
    known[RELATIONS] = known[RELATIONS].replace(b"</Relationships>", one.encode() + b"</Relationships>")
    return packed(known)


def locked() -> bytes:
    """The mark of a locked part in the list of parts at the end (PKWARE's APPNOTE, 4.3.12)."""
    file = bytearray(sent())
    at = file.rindex(b"PK\x01\x02")
    file[at + 8 : at + 10] = struct.pack("<H", 1)
    return bytes(file)


def test_what_is_no_word_file_is_refused_by_what_it_is() -> None:
    assert "PDF" in refused(drawn(outline(), "pdf"))
    assert "old kind" in refused(b"\xd0\xcf\x11\xe0" + bytes(512))
    assert "old kind" in refused(locked())
    for file in (b"", b"words", b"PK\x03\x04" + bytes(90), drawn(outline(), "xlsx"), sent()[:-200]):
        assert "no Word file, or a damaged one" in refused(file)
    assert "its text cannot be read" in refused(with_part(DOCUMENT, b"<w:document"))


def test_a_file_that_unpacks_into_too_much_is_refused_whatever_it_says_of_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(harmless, "MOST_UNPACKED", 400_000)
    swollen = with_part("word/media/x.bin", bytes(400_000))
    assert len(swollen) < 40_000
    assert "unpacks into more than 400,000" in refused(swollen)
    lie = swollen.replace(struct.pack("<L", 400_000), struct.pack("<L", 10))
    assert lie != swollen
    assert "damaged" in refused(lie)
    monkeypatch.setattr(harmless, "MOST_BYTES", 100)
    assert "at most 100 are read" in refused(sent())


def test_xml_that_is_too_much_or_defines_a_type_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = parts(sent())[DOCUMENT]
    assert "document type" in refused(
        with_part(DOCUMENT, b'<!DOCTYPE x [<!ENTITY a "aa">]>' + body.split(b"?>", 1)[-1])
    )
    deep = b"<w:sdt>" * 101 + b"</w:sdt>" * 101
    assert "more than is read" in refused(with_part(DOCUMENT, body.replace(b"</w:body>", deep + b"</w:body>")))
    monkeypatch.setattr(harmless, "MOST_ELEMENTS", 20)
    assert "more than is read (20 elements)" in refused(sent())


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/activeX/activeX1.xml"])
def test_what_would_run_is_refused(name: str) -> None:
    assert "macros" in refused(with_part(name, b"<x/>"))


def test_a_file_that_says_it_has_macros_or_holds_another_is_refused() -> None:
    types = parts(sent())["[Content_Types].xml"]
    said = types.replace(b"document.main+xml", b"x", 1).replace(b"<Default", b"<!-- macroEnabled --><Default", 1)
    assert "macros" in refused(with_part("[Content_Types].xml", said))
    assert "Another file" in refused(with_part("word/embeddings/book.xlsx", b"PK"))


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument"])
def test_content_from_elsewhere_is_refused_and_a_link_is_not(kind: str) -> None:
    assert f"from elsewhere ({kind})" in refused(with_relation(kind))
    assert len(read(with_relation("hyperlink"), KNOWN).paragraphs) == 3
