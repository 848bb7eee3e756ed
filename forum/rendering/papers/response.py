"""The response document, "what became of your input": facts -> outline. To each contributor, every answer with its
reason."""

from dataclasses import dataclass

from ..outline import (
    Column,
    Disclaimer,
    Heading,
    KeyFacts,
    Note,
    Outline,
    Paragraph,
    Part,
    Row,
    Table,
    TitleBlock,
    text,
)
from .front import Imprint, colophon, inline, running_line
from .words import word


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """What became of one piece of an input.

    `piece`: what it is ("Section 2: Data", a practice's name, the words of a comment). `disposition`: the process's
    words ("taken up in paragraph 14", "noted for further work"). `reason`: may be empty. `paragraphs`: the numbers of
    the paragraphs it is reflected in ("14", "15"); empty where in none.
    """

    piece: str
    disposition: str
    reason: str = ""
    paragraphs: tuple[str, ...] = ()


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
    """The outline: head, figures, opening, then a table of answers for each contributor; colophon."""
    language = facts.imprint.language
    parts: list[Part] = []
    if facts.figures:
        parts.append(KeyFacts(tuple((label, text(words)) for label, words in facts.figures)))
    parts += [Paragraph(inline(words)) for words in facts.opening]
    for contributor in facts.contributors:
        parts += answers_to(contributor, language)
    if facts.disclaimers:
        parts.append(Disclaimer(tuple(text(words) for words in facts.disclaimers)))
    parts.append(colophon(facts.imprint))
    return Outline(_head(facts), language, tuple(parts), running_line(facts.series, facts.kind))


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


def answers_to(contributor: ContributorFacts, language: str) -> list[Part]:
    """All answers to one contributor: a heading, what it sent, and a table."""
    parts: list[Part] = [Heading(2, text(contributor.name))]
    no_input = word("no_input", language) if contributor.no_input else ""
    note = " · ".join(filter(None, (contributor.mechanism, contributor.receipt, no_input)))
    if note:
        parts.append(Note(text(note)))
    if contributor.answers:
        parts.append(Table(_columns(language), tuple(_row(answer) for answer in contributor.answers)))
    return parts


_SHARES = (("input", 3.4), ("disposition", 2.8), ("reason", 3.8), ("reflected", 1.5))


def _columns(language: str) -> tuple[Column, ...]:
    return tuple(Column(word(key, language), share) for key, share in _SHARES)


def _row(answer: AnswerFacts) -> Row:
    places = ", ".join(answer.paragraphs)
    return Row((text(answer.piece), text(answer.disposition), text(answer.reason), text(places)))
