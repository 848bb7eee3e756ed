"""The response document, "what became of your input": facts -> outline. Under each contributor, every answer with its
reason; what has one and the same answer stands together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..outline import (
    Column,
    Disclaimer,
    Heading,
    KeyFacts,
    Outline,
    Paragraph,
    Part,
    Row,
    Run,
    SectionRow,
    Table,
    Text,
    TitleBlock,
    text,
)
from .front import Imprint, colophon, inline, running_line
from .words import word


@dataclass(frozen=True, slots=True)
class PlaceFacts:
    """A paragraph by its number as printed ("14"), and the address where it is read; empty where none is known."""

    number: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What became of one piece of an input.

    `piece`: what it is ("Section 2: Data", a practice's name, the words of a comment). `disposition`: the process's
    words ("taken up in paragraph 14", "noted for further work"). `reason`: may be empty. `paragraphs`: those it is
    reflected in; empty where in none.
    """

    piece: str
    disposition: str
    reason: str = ""
    paragraphs: tuple[PlaceFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ContributorFacts:
    """One contributor, or one mechanism. `name` as its readers may see it - never that of a non-attributed input.

    `mechanism` and `receipt` ("No. 12, received 3 March 2020") are left out when empty. `no_input`: answered that it
    sends nothing this time; it then has no answers.
    """

    name: str
    answers: tuple[AnswerFacts, ...] = ()
    mechanism: str = ""
    receipt: str = ""
    no_input: bool = False


@dataclass(frozen=True, slots=True)
class ResponseFacts:
    """All the paper is made of, every string in the imprint's language and ready to print.

    `kind`: the process's name for the paper ("What became of your input"); `title`: of the text the inputs went into;
    `about`: its symbol or version; `opening`: unnumbered paragraphs with inline marks; `figures`: pairs of label and
    number ("Inputs received", "32") for the head; contributors in the order they are to stand.
    """

    imprint: Imprint
    series: str
    title: str
    kind: str
    about: str = ""
    opening: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    contributors: tuple[ContributorFacts, ...] = ()
    disclaimers: tuple[str, ...] = ()


def response(facts: ResponseFacts) -> Outline:
    """The outline: head, figures, opening, then the answers; colophon."""
    language = facts.imprint.language
    parts: list[Part] = []
    if facts.figures:
        parts.append(KeyFacts(tuple((label, text(words)) for label, words in facts.figures)))
    parts += [Paragraph(inline(words)) for words in facts.opening]
    if facts.contributors:
        parts += [Heading(1, text(word("answers", language))), *answers(facts.contributors, language)]
    if facts.disclaimers:
        parts.append(Disclaimer(tuple(text(words) for words in facts.disclaimers)))
    parts.append(colophon(facts.imprint))
    return Outline(_head(facts), language, tuple(parts), running_line(facts.series, facts.kind), facts.imprint.origin)


def _head(facts: ResponseFacts) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=facts.kind,
        series=facts.series,
        subtitles=tuple(filter(None, (facts.title, facts.about))),
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
    )


def answers(contributors: Sequence[ContributorFacts], language: str) -> list[Part]:
    """A table of all answers, with a row across above those to each contributor; a column in which nothing would stand
    is left out."""
    rows: list[Row | SectionRow] = []
    for contributor in contributors:
        no_input = word("no_input", language) if contributor.no_input else ""
        more = " · ".join(filter(None, (contributor.mechanism, contributor.receipt, no_input)))
        rows.append(SectionRow(text(contributor.name, Run(f"  {more}" if more else "", small=True))))
        rows += [Row(cells) for cells in _cells(contributor.answers)]
    kept = [n for n in range(len(_SHARES)) if n < 2 or any(isinstance(row, Row) and row.cells[n] for row in rows)]
    columns = tuple(Column(word(_SHARES[n][0], language), _SHARES[n][1]) for n in kept)
    lines = (replace(row, cells=tuple(row.cells[n] for n in kept)) if isinstance(row, Row) else row for row in rows)
    return [Table(columns, tuple(lines))] if rows else []


_SHARES = (("input", 3.4), ("disposition", 2.8), ("reason", 3.8), ("reflected", 1.5))


def _cells(several: Sequence[AnswerFacts]) -> Iterator[tuple[Text, ...]]:
    """The cells of a row; pieces with one and the same answer stand in one, each on a line of its own."""
    alike: dict[AnswerFacts, list[str]] = {}
    for answer in several:
        alike.setdefault(replace(answer, piece=""), []).append(answer.piece)
    for answer, pieces in alike.items():
        runs: list[str | Run] = []
        for place in answer.paragraphs:
            runs += [", " if runs else "", Run(place.number, link=place.address or None)]
        listed = "\n".join(f"• {piece}" for piece in pieces) if len(pieces) > 1 else pieces[0]
        yield text(listed), text(answer.disposition), text(answer.reason), text(*runs)
