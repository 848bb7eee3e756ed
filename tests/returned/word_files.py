"""Word files for tests: our own, and what people change in them, written as Word writes it."""

import io
import zipfile
from collections.abc import Mapping

from forum.rendering.formats import drawn
from forum.rendering.outline import Disclaimer, Heading, Outline, Paragraph, text
from tests.support.rendering.files_back import parts
from tests.support.rendering.sample_papers import paper

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT, COMMENTS = "word/document.xml", "word/comments.xml"
KNOWN = ("sec_1__para_1", "sec_1__para_2", "sec_1__para_3")
ONE, TWO, THREE = "Desks near markets help.", "Cities pay.\n\nThey pay late.", "It stays."


def outline() -> Outline:
    """Three paragraphs of the record under a heading: the second has two passages, the third a number that Word cannot
    count."""
    return paper(
        Heading(1, text("Part one")),
        Paragraph(text(ONE), "1", anchor=KNOWN[0]),
        Paragraph(text(TWO), "2", anchor=KNOWN[1]),
        Paragraph(text(THREE), "2bis.", anchor=KNOWN[2]),
        Disclaimer((text("No word of the record."),)),
        title="A draft",
    )


def sent() -> bytes:
    """The file as we send it out."""
    return drawn(outline(), "docx")


def packed(content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in content.items():
            package.writestr(name, data)
    return out.getvalue()


def edited(*changes: tuple[str, str], comments: str = "") -> bytes:
    """The file with these places of its text changed, each of which must be there, and with comments."""
    content = parts(sent())
    body = content[DOCUMENT].decode()
    for before, after in changes:
        assert before in body, before
        body = body.replace(before, after, 1)
    content[DOCUMENT] = body.encode()
    if comments:
        content[COMMENTS] = f'<w:comments xmlns:w="{W}">{comments}</w:comments>'.encode()
    return packed(content)


def run(words: str, name: str = "t") -> str:
    return f'<w:r><w:{name} xml:space="preserve">{words}</w:{name}></w:r>'


def put_in(words: str, name: str = "ins", author: str = "Amina") -> str:
    return f'<w:{name} w:id="7" w:author="{author}">{run(words)}</w:{name}>'


def taken_out(words: str, name: str = "del", author: str = "Amina") -> str:
    return f'<w:{name} w:id="8" w:author="{author}">{run(words, "delText" if name == "del" else "t")}</w:{name}>'


def remark(id_: int, words: str, author: str = "Bo") -> str:
    return f'<w:comment w:id="{id_}" w:author="{author}"><w:p>{run(words)}</w:p></w:comment>'
