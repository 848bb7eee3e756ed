"""The lists of a paper: its text paragraph by paragraph, then its tables, those with the same columns as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..outline import (
    Box,
    Bullets,
    Conclusion,
    Heading,
    Outline,
    Paragraph,
    Part,
    Quote,
    Row,
    SectionRow,
    Table,
    Text,
    plain,
    text,
)
from ..papers.words import word

MOST_IN_A_CELL = 32_767  # characters: what Excel holds (its "specifications and limits")


@dataclass(frozen=True, slots=True)
class List:
    """Rows of one kind. `title`: the heading they all stand under, else that of the paper. The first column holds what
    each row stands under, a heading or a row across the table, as far as these differ."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    heading: str
    across: str
    cells: tuple[Text, ...]


def lists(outline: Outline) -> tuple[List, ...]:
    """All lists of a paper: first its text, where it has one, then its tables in the order in which they
    begin. None of a paper of two versions: a cell cannot say which words are of which."""
    language = outline.language
    columns = tuple(word(key, language) for key in ("paragraph_number", "words_of_text", "notes"))
    of_text = [_Placed(heading, "", cells) for heading, part in _under(outline) for cells in _paragraphs(part)]
    if any(run.change for row in of_text for words in row.cells for run in words):
        return ()
    written = [_list(outline, columns, of_text, word("words_of_text", language))] if of_text else []
    found: dict[tuple[str, ...], list[_Placed]] = {}
    for heading, part in _under(outline):
        if isinstance(part, Table):
            found.setdefault(tuple(column.title for column in part.columns), []).extend(_rows(heading, part))
    return (*written, *(_list(outline, titles, rows) for titles, rows in found.items()))


def _list(outline: Outline, columns: tuple[str, ...], rows: Sequence[_Placed], title: str = "") -> List:
    headings = dict.fromkeys(row.heading for row in rows)
    alone = next(iter(headings)) if len(headings) == 1 else ""
    places = [" – ".join(filter(None, ("" if alone else row.heading, row.across))) for row in rows]
    title = title or alone or outline.head.kind or outline.head.title
    if not any(places):
        return List(title, columns, tuple(row.cells for row in rows))
    under = word("stands_under", outline.language)
    placed = zip(places, rows, strict=True)
    return List(title, (under, *columns), tuple((text(place), *row.cells) for place, row in placed))


def _under(outline: Outline) -> Iterator[tuple[str, Part]]:
    """Each part with the last heading before it that stands in the contents."""
    heading = ""
    for part in outline.parts:
        if isinstance(part, Heading) and part.listed:
            heading = plain(part.text)
        yield heading, part


def _rows(heading: str, table: Table) -> Iterator[_Placed]:
    across = ""
    for row in table.rows:
        if isinstance(row, SectionRow):
            across = plain(row.title)
        elif isinstance(row, Row):
            yield _Placed(heading, across, row.cells)


def _paragraphs(part: Part) -> Iterator[tuple[Text, Text, Text]]:
    """Number, words and footnotes of what a part has of the text."""
    match part:
        case Paragraph():
            yield text(part.number), part.text, _joined(part.notes)
        case Quote():
            yield (), part.text, _joined(part.notes)
        case Conclusion():
            yield text(part.number), part.sentence, _joined(part.notes)
            yield from (((), words, ()) for words in part.bullets)
        case Bullets():
            notes = part.notes or [()] * len(part.items)
            yield from (((), words, _joined(feet)) for words, feet in zip(part.items, notes, strict=True))
        case Box():
            yield from (row for piece in part.body for row in _paragraphs(piece))


def _joined(notes: Sequence[Text]) -> Text:
    return tuple(run for n, note in enumerate(notes) for run in (*(text("\n") if n else ()), *note))
