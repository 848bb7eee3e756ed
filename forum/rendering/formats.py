"""The formats that a paper comes in: one outline, and for each ending what draws it and its media type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .akoma import draw as akoma
from .docx import draw as docx
from .html import draw as html
from .markdown import draw as markdown
from .outline import Outline
from .pdf import draw as pdf
from .pdf.fonts import need_printable
from .pdf.unprintable import all_words
from .sheets import as_csv, as_workbook
from .sheets.lists import lists

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, and what draws it. `lists`: it holds the text and the
    tables of a paper row by row, and nothing else."""

    media_type: str
    draw: Callable[[Outline], bytes]
    lists: bool = False


# By the ending of the address and of the file, in the order in which they are offered.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pdf": Format("application/pdf", pdf.draw),
        "docx": Format(f"{_OFFICE}.wordprocessingml.document", docx.draw),
        "html": Format("text/html; charset=utf-8", html.draw),
        "md": Format("text/markdown; charset=utf-8", markdown.draw),
        "xml": Format("application/akn+xml; charset=utf-8", akoma.draw),
        "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", as_workbook.draw, lists=True),
        "csv": Format("text/csv; charset=utf-8", as_csv.draw, lists=True),
    }
)


def drawn(outline: Outline, ending: str) -> bytes:
    """The paper in a format. Refuses (NotPrintable) control characters and lone surrogates, whatever the format, and
    (InvalidValue) a paper that has neither text nor table where the format is for lists."""
    for words, _ in all_words(outline, outline.language):
        need_printable(words)
    return FORMATS[ending].draw(outline)


def has(outline: Outline, ending: str) -> bool:
    """Whether there is such a paper: one with neither text nor table is no list."""
    return not FORMATS[ending].lists or bool(lists(outline))
