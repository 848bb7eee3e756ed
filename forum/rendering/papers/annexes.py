"""What stands around the text of a document, facts -> outline parts: its meeting, annexes, standing sentences."""

from ..outline import (
    Bullets,
    Column,
    Disclaimer,
    Heading,
    KeyFacts,
    NewPage,
    Note,
    Part,
    Row,
    Run,
    SectionRow,
    Table,
    text,
)
from .facts import MeetingFacts, PaperFacts, PracticeFacts
from .front import figure_words, inline
from .laid import Laid
from .response import answers
from .silence_words import phrase
from .words import word


def meeting(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Who, where, when and how many; and by which rule it was counted."""
    language, met = facts.imprint.language, facts.meeting
    pairs = [(word(key, language), words) for key, words in _event(met) if words]
    pairs += [
        (word(figure.kind, language), words) for figure in met.figures if (words := figure_words(figure, language))
    ]
    if not pairs:
        return []
    shown: list[Part] = [KeyFacts(tuple((label, text(words)) for label, words in pairs))]
    if met.rule:
        counts = "" if not any(figure.differ for figure in met.figures) else f" {word('which_counts', language)}"
        shown.append(Note(text(word("rule", language, rule=_sentence(met.rule)) + counts)))
    return [Heading(1, text(laid.heading)), *shown] if laid.heading else shown


def _sentence(words: str) -> str:
    return words if words.endswith((".", "。", "…")) else f"{words}."


def _event(met: MeetingFacts) -> tuple[tuple[str, str], ...]:
    return (("forum", met.forum), ("place", met.place), ("dates", met.dates))


_SHARES = (("sdg", 1.25), ("name_link", 3.0), ("project_date", 1.5), ("where", 1.9), ("aim", 5.4), ("partners", 3.2))


def practices(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The annex of practices: a table on turned paper."""
    annex, language = facts.practices, facts.imprint.language
    if annex is None:
        return []
    parts: list[Part] = [
        NewPage(wide=True),
        Heading(1, text(word("annex", language, title=laid.heading or annex.title))),
    ]
    if annex.criteria:
        parts.append(Heading(3, text(word("criteria", language)), listed=False))
        parts.append(Bullets(tuple(inline(words) for words in annex.criteria)))
    rows: list[Row | SectionRow] = []
    for group in annex.groups:
        if group.title:
            rows.append(SectionRow(text(group.title)))
        rows += [_practice(practice) for practice in group.practices]
    linked = any(practice.link for group in annex.groups for practice in group.practices)
    titles = {"name_link": "name_link" if linked else "practice_name"}
    columns = tuple(Column(word(titles.get(key, key), language), share) for key, share in _SHARES)
    return [*parts, Table(columns, tuple(rows))]


def _practice(practice: PracticeFacts) -> Row:
    apart = "\n" if practice.name and practice.link else ""
    name = text(Run(practice.name, bold=True), apart, Run(practice.link, link=practice.link))
    rest = (practice.date, practice.place, practice.aim, practice.partners)
    return Row((text(practice.sdg), name, *(text(words) for words in rest)))


def contributors(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Who contributed, one name a line."""
    if not facts.contributors:
        return []
    heading = laid.heading or word("contributors", facts.imprint.language)
    return [Heading(1, text(heading)), Bullets(tuple(text(name) for name in facts.contributors))]


def responses(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """What became of each input, by contributor."""
    if not facts.responses:
        return []
    language = facts.imprint.language
    return [Heading(1, text(laid.heading or word("answers", language))), *answers(facts.responses, language)]


def reservations(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The reservations with which a text was let pass, one sentence each."""
    if not facts.reservations:
        return []
    language = facts.imprint.language
    heading = Heading(1, text(word("annex", language, title=laid.heading or phrase("reservations", language))))
    return [heading, Bullets(tuple(text(sentence) for sentence in facts.reservations))]


def disclaimer(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """What the paper is not, in the process's words."""
    return [Disclaimer(tuple(text(words) for words in facts.disclaimers))] if facts.disclaimers else []


def summary_disclaimer(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The same; where the process has no words, those of the language: that a summary is not all-encompassing."""
    words = facts.disclaimers or (word("not_all", facts.imprint.language),)
    return [Disclaimer(tuple(text(sentence) for sentence in words))]
