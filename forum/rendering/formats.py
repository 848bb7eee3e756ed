"""The formats that a paper comes in: one outline, and for each ending what draws it and its media type.

What draws a format, and the library it draws with, is loaded with the first paper in it: a server is ready before.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from .outline import Outline
from .sheets.lists import lists

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its media type, and the module that draws it. `lists`: it holds the text and the
    tables of a paper row by row, and nothing else."""

    media_type: str
    module: str
    lists: bool = False


# By the ending of the address and of the file, in the order in which they are offered.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pdf": Format("application/pdf", "pdf.draw"),
        "docx": Format(f"{_OFFICE}.wordprocessingml.document", "docx.draw"),
        "html": Format("text/html; charset=utf-8", "html.draw"),
        "md": Format("text/markdown; charset=utf-8", "markdown.draw"),
        "xml": Format("application/akn+xml; charset=utf-8", "akoma.draw"),
        "xlsx": Format(f"{_OFFICE}.spreadsheetml.sheet", "sheets.as_workbook", lists=True),
        "csv": Format("text/csv; charset=utf-8", "sheets.as_csv", lists=True),
    }
)


def drawn(outline: Outline, ending: str) -> bytes:
    """The paper in a format. Refuses (NotPrintable) control characters and lone surrogates, whatever the format, and
    (InvalidValue) a paper that has neither text nor table where the format is for lists."""
    from .pdf.fonts import need_printable
    from .pdf.unprintable import all_words

    for words, _ in all_words(outline, outline.language):
        need_printable(words)
    draw: Callable[[Outline], bytes] = import_module(f"{__package__}.{FORMATS[ending].module}").draw
    return draw(outline)


def has(outline: Outline, ending: str) -> bool:
    """Whether there is such a paper: one with neither text nor table is no list."""
    return not FORMATS[ending].lists or bool(lists(outline))
