"""The summary of conclusions of a meeting: facts -> outline. Nothing in it is decided by anyone; it is issued."""

from dataclasses import dataclass

from ..outline import (
    Conclusion,
    Disclaimer,
    Heading,
    KeyFacts,
    Note,
    Outline,
    Paragraph,
    Part,
    Rule,
    Text,
    TitleBlock,
    text,
)
from .front import FigureFacts, Imprint, colophon, figure_words, inline, reservations_annex, running_line
from .words import listing, word


@dataclass(frozen=True, slots=True)
class ConclusionFacts:
    """One conclusion. `number` runs on across groups; `sentence` and `bullets` may carry inline marks (`front.inline`).

    `sources`: labels of what carries it ("Panel 2: Data - Karen AbuZayd"), only those its readers may see; may be empty.
    `notes`: further footnotes, before that of the sources.
    """

    number: int
    sentence: str
    bullets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConclusionGroup:
    """Conclusions under an optional heading (empty: none)."""

    heading: str
    conclusions: tuple[ConclusionFacts, ...]


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """All a summary of conclusions is made of, every string in the imprint's language and ready to print.

    `series`: "International Dialogue on Migration (IDM) 2016". `kind`: the process's name for the paper.
    `event`: lines under the title ("First workshop, 29 February - 1 March 2016", "United Nations Headquarters, New York").
    `held_by`, `place`, `dates`: key facts, left out when empty. `figures`: in the order of print; `rule`: how the computed
    ones are counted. `preamble` and `closing`: unnumbered paragraphs with inline marks. `disclaimers`: plain sentences;
    when there are none, the language's own "not all-encompassing" stands.
    """

    imprint: Imprint
    series: str
    title: str
    kind: str
    event: tuple[str, ...] = ()
    held_by: str = ""
    place: str = ""
    dates: str = ""
    figures: tuple[FigureFacts, ...] = ()
    rule: str = ""
    preamble: tuple[str, ...] = ()
    groups: tuple[ConclusionGroup, ...] = ()
    closing: tuple[str, ...] = ()
    disclaimers: tuple[str, ...] = ()
    thanks: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()


def summary(facts: SummaryFacts) -> Outline:
    """The outline: head, key facts, preamble, conclusions, closing, thanks, disclaimer, colophon."""
    here = facts.imprint.language
    parts: list[Part] = [*_facts(facts, here)]
    parts += [Paragraph(inline(words)) for words in facts.preamble]
    for group in facts.groups:
        if group.heading:
            parts.append(Heading(1, text(group.heading)))
        parts += [_conclusion(one, here) for one in group.conclusions]
    if facts.closing:
        parts.append(Rule())
        parts += [Paragraph(inline(words)) for words in facts.closing]
    if facts.thanks:
        parts.append(Heading(2, text(word("donors", here))))
        parts += [Paragraph(inline(words)) for words in facts.thanks]
    parts += reservations_annex(facts.reservations, here)
    parts.append(Disclaimer(tuple(text(words) for words in facts.disclaimers or (word("not_all", here),))))
    parts.append(colophon(facts.imprint))
    return Outline(_head(facts), here, tuple(parts), running_line(facts.series, facts.kind))


def _head(facts: SummaryFacts) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=facts.title,
        series=facts.series,
        subtitles=facts.event,
        kind=facts.kind,
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
    )


def _facts(facts: SummaryFacts, here: str) -> list[Part]:
    """Who, where, when and how many; and by which rule it was counted."""
    pairs = [(word(key, here), words) for key, words in _event(facts) if words]
    pairs += [(word(figure.what, here), words) for figure in facts.figures if (words := figure_words(figure, here))]
    if not pairs:
        return []
    shown: list[Part] = [KeyFacts(tuple((label, text(words)) for label, words in pairs))]
    if facts.rule:
        shown.append(Note(text(word("rule", here, rule=facts.rule))))
    return shown


def _event(facts: SummaryFacts) -> tuple[tuple[str, str], ...]:
    return (("held_by", facts.held_by), ("place", facts.place), ("dates", facts.dates))


def _conclusion(one: ConclusionFacts, here: str) -> Conclusion:
    notes: tuple[Text, ...] = tuple(text(words) for words in one.notes)
    if one.sources:
        notes = (*notes, text(word("sources", here, list=listing(one.sources, here))))
    return Conclusion(str(one.number), inline(one.sentence), tuple(inline(words) for words in one.bullets), notes)
