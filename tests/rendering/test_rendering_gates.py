"""What outsiders say of a paper of every kind in each of six languages: qpdf, two checkers of accessibility, and three
engines that read it back. Neither checker sees all of PDF/UA: decision 25 says what was looked at."""

import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pypdfium2
import pytest

from forum.rendering.pdf.draw import draw
from tests.support.npm import NODE, needs_npm
from tests.support.rendering.reading_back import fonts
from tests.support.rendering.specimen import FOLDER, SPECIMEN
from tests.support.rendering.specimen_texts import TEXTS
from tests.support.sources import ROOT

SYMBOLS = ("(SDG 6)", "A/RES/73/195", "10.c", "GFMD/2020/HLPF/1 para 10")
# Parts of fonts: 254 glyphs each. What leaks in, or is not embedded, shows here.
FAMILIES = {"ar": {"NotoSans", "Amiri"}, "zh": {"NotoSans", "NotoSansSC"}}
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_POPPLER = shutil.which("pdftotext")
needs_poppler = pytest.mark.skipif(
    _POPPLER is None and os.environ.get("CI") != "true",
    reason="poppler: NOT TESTED is what it reads of papers. Install poppler-utils",
)


@pytest.fixture(scope="module")
def drawn() -> dict[str, bytes]:
    return {name: draw(make()) for name, make in SPECIMEN.items()}


def test_the_specimen_is_what_the_papers_are_now(drawn: dict[str, bytes]) -> None:
    """When this fails: look at the pages, then `python -m tests.support.rendering.specimen`."""
    assert {path.stem for path in FOLDER.glob("*.pdf")} == set(SPECIMEN)
    for name, data in drawn.items():
        assert _unpacked(data) == _unpacked((FOLDER / f"{name}.pdf").read_bytes()), name
    assert sum(path.stat().st_size for path in FOLDER.glob("*.pdf")) < 3_000_000


def _unpacked(data: bytes) -> bytes:
    """Without compression, which differs from one zlib to another."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)  # fmt: skip
    return out.getvalue()


def test_qpdf_finds_nothing(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.check_pdf_syntax() == [], name


def test_two_checkers_of_accessibility_find_no_error(tmp_path: Path, drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(data)
        assert list(pdfua.validate(str(file)).findings) == [], name
        errors = [each for each in outloud.check(str(file)).findings if each.severity == "error"]
        # A running head of eight words it takes for prose; on every page but the first, it is pagination.
        heads = [each for each in errors if each.rule == "TAG-002" and each.evidence == SPECIMEN[name]().running]
        assert errors == heads, name


def test_fonts_are_embedded_and_no_more_than_are_needed(drawn: dict[str, bytes]) -> None:
    for name, data in drawn.items():
        found = fonts(data)
        families = {font.name.partition("+")[2].partition("-")[0] for font in found}
        assert families == FAMILIES.get(name[-2:], {"NotoSans"}), name
        assert all(font.readable and len(font.file) > 400 for font in found)
        assert len(found) <= 6, name


# ---- what three engines read
def _plain(text: str) -> str:
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("\ufffe", "-").split())


def _bare(text: str) -> str:
    return _plain(text).replace(" ", "")


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_chromes_engine_finds_what_stands_there(drawn: dict[str, bytes], language: str) -> None:
    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(drawn[f"focused-{language}"])]
    text = "".join(page.get_text_range() for page in pages)
    read, texts = _bare(text), TEXTS[language]
    for words in (texts.title, texts.paragraph, texts.symbols, texts.quote, texts.box, texts.advice, texts.reserved):
        assert _letters(words) in _letters(text), words
    for symbol in SYMBOLS:
        assert any(page.search(symbol).get_next() for page in pages) or _broken(symbol, read), symbol


def _broken(symbol: str, read: str) -> bool:
    """A search goes over the end of a line in no engine; the words are there."""
    return " " in symbol and _bare(symbol) in read


@needs_poppler
@pytest.mark.parametrize("language", sorted(TEXTS))
def test_poppler_finds_what_stands_there(tmp_path: Path, drawn: dict[str, bytes], language: str) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(drawn[f"focused-{language}"])
    laid, raw = (
        subprocess.run([str(_POPPLER), *order, str(file), "-"], capture_output=True, text=True, check=True).stdout
        for order in ((), ("-raw",))
    )
    texts = TEXTS[language]
    for words in (texts.title, texts.opening, texts.advice):
        assert _letters(words) in _letters(laid), words
    for symbol in SYMBOLS:  # as laid out, it puts a bracket at the right of Latin words among the Arabic ones
        assert _bare(symbol) in _bare(raw), symbol


@needs_npm("what pdf.js reads of papers")
def test_pdfjs_finds_what_stands_there(tmp_path: Path, drawn: dict[str, bytes]) -> None:
    files = []
    for language in sorted(TEXTS):
        files.append(tmp_path / f"{language}.pdf")
        files[-1].write_bytes(drawn[f"focused-{language}"])
    run = subprocess.run(
        [str(NODE / ".bin" / "node"), str(ROOT / "tests" / "node" / "papers.mjs"), *map(str, files)],
        capture_output=True, text=True, check=True, env={**os.environ, "NODE_MODULES": str(NODE)},
    )  # fmt: skip
    for language, text in zip(sorted(TEXTS), json.loads(run.stdout), strict=True):
        read, texts = _bare(text), TEXTS[language]
        for words in (texts.title, texts.opening, texts.advice):
            assert _letters(words) in _letters(text), (language, words)
        for symbol in SYMBOLS:
            assert _bare(symbol) in read, (language, symbol)


def _letters(text: str) -> str:
    """Letters and figures only: marks and signs beside Arabic letters stand otherwise in each engine."""
    return "".join(c for c in _plain(text) if c.isalnum())
