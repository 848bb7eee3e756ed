"""The text of a document, block by block: facts -> outline parts."""

from ..outline import Box, Bullets, Conclusion, Heading, Note, Paragraph, Part, Quote, Rule, Text, text
from .facts import (
    Block,
    BulletFacts,
    ConclusionFacts,
    PaperFacts,
    ParagraphFacts,
    QuoteFacts,
    RecommendationFacts,
    SubheadFacts,
)
from .front import inline, roman
from .laid import FOOTNOTES, LINE, Laid
from .words import listing, word


def opening(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The paragraphs outside all sections, without numbers."""
    return _unnumbered(facts.opening, laid, facts.imprint.language)


def paragraphs(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The same paragraphs as counted, with their footnotes."""
    language = facts.imprint.language
    return _headed(laid, [part for paragraph in facts.opening for part in _paragraph(paragraph, laid, language)])


def preamble(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The preamble, without numbers."""
    return _unnumbered(facts.preamble, laid, facts.imprint.language)


def sections(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The sections, numbered on from the headings before them."""
    parts: list[Part] = []
    for place, section in enumerate(facts.sections, before + 1):
        parts.append(Heading(1, text(section.heading), f"{roman(place)}."))
        for block in section.blocks:
            parts += _block(block, laid, facts.imprint.language)
    return parts


def conclusions(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Conclusions in their groups; the groups' headings stand one level below the block's, where it has one."""
    parts: list[Part] = []
    for group in facts.conclusions:
        if group.heading:
            parts.append(Heading(2 if laid.heading else 1, text(group.heading)))
        for conclusion in group.conclusions:
            parts += _conclusion(conclusion, laid, facts.imprint.language)
    return _headed(laid, parts)


def recommendations(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Recommendations under a numbered heading: the layout's, else that of their part, else the language's."""
    if not facts.recommendations:
        return []
    language = facts.imprint.language
    heading = laid.heading or facts.recommendations_heading or word("recommendations", language)
    parts: list[Part] = [Heading(1, text(heading), f"{roman(before + 1)}.")]
    for recommendation in facts.recommendations:
        parts += _recommendation(recommendation, laid, language)
    return parts


def closing(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Closing words after a heading or a rule, then thanks."""
    language = facts.imprint.language
    words = _unnumbered(facts.closing, laid, language)
    parts: list[Part] = words if laid.heading or not words else [Rule(), *words]
    if facts.thanks:
        parts = [*parts, Heading(2, text(word("donors", language)))]
        parts += [Paragraph(inline(words)) for words in facts.thanks]
    return parts


def _headed(laid: Laid, parts: list[Part]) -> list[Part]:
    return [Heading(1, text(laid.heading)), *parts] if laid.heading and parts else parts


def _unnumbered(facts: tuple[ParagraphFacts, ...], laid: Laid, language: str) -> list[Part]:
    plain = (ParagraphFacts(paragraph.words, sources=paragraph.sources) for paragraph in facts)
    return _headed(laid, [part for paragraph in plain for part in _paragraph(paragraph, laid, language)])


def _block(block: Block, laid: Laid, language: str) -> list[Part]:
    if isinstance(block, ParagraphFacts):
        return _paragraph(block, laid, language)
    if isinstance(block, SubheadFacts):
        return [Heading(2, text(block.words))]
    if isinstance(block, BulletFacts):
        return [Bullets(tuple(inline(words) for words in block.items))]
    if isinstance(block, QuoteFacts):
        return [Quote(text(block.words), text(block.credit))]
    return [Box(str(block.number), text(block.title), tuple(Paragraph(inline(words)) for words in block.paragraphs))]


def _paragraph(paragraph: ParagraphFacts, laid: Laid, language: str) -> list[Part]:
    notes, line = _sources(paragraph.sources, laid, language)
    notes = (*(inline(words) for words in paragraph.notes), *notes)
    return [Paragraph(inline(paragraph.words), f"{paragraph.number}." if paragraph.number else "", notes), *line]


def _recommendation(recommendation: RecommendationFacts, laid: Laid, language: str) -> list[Part]:
    parts: list[Part] = [Heading(2, text(recommendation.heading))]
    for paragraph in recommendation.paragraphs:
        parts += _paragraph(paragraph, laid, language)
    if recommendation.addressee:
        parts.append(Note(text(word("to", language, addressee=recommendation.addressee))))
    return parts


def _conclusion(conclusion: ConclusionFacts, laid: Laid, language: str) -> list[Part]:
    notes, line = _sources(conclusion.sources, laid, language)
    notes = (*(text(words) for words in conclusion.notes), *notes)
    bullets = tuple(inline(words) for words in conclusion.bullets)
    return [Conclusion(str(conclusion.number), inline(conclusion.sentence), bullets, notes), *line]


def _sources(labels: tuple[str, ...], laid: Laid, language: str) -> tuple[tuple[Text, ...], list[Part]]:
    """The sources as a footnote, or as a line to stand below; neither where there are none or the layout says so."""
    if not labels:
        return (), []
    words = text(word("sources", language, list=listing(labels, language)))
    return ((words,) if laid.sources == FOOTNOTES else ()), ([Note(words)] if laid.sources == LINE else [])
