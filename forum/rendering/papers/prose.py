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
    here = facts.imprint.language
    return _headed(laid, [part for one in facts.opening for part in _paragraph(one, laid, here)])


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
        for one in group.conclusions:
            parts += _conclusion(one, laid, facts.imprint.language)
    return _headed(laid, parts)


def recommendations(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Recommendations under a numbered heading: the layout's, else that of their part, else the language's."""
    if not facts.recommendations:
        return []
    here = facts.imprint.language
    heading = laid.heading or facts.recommendations_heading or word("recommendations", here)
    parts: list[Part] = [Heading(1, text(heading), f"{roman(before + 1)}.")]
    for one in facts.recommendations:
        parts += _recommendation(one, laid, here)
    return parts


def closing(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Closing words after a heading or a rule, then thanks."""
    here = facts.imprint.language
    words = _unnumbered(facts.closing, laid, here)
    parts: list[Part] = words if laid.heading or not words else [Rule(), *words]
    if facts.thanks:
        parts = [*parts, Heading(2, text(word("donors", here)))]
        parts += [Paragraph(inline(words)) for words in facts.thanks]
    return parts


def _headed(laid: Laid, parts: list[Part]) -> list[Part]:
    return [Heading(1, text(laid.heading)), *parts] if laid.heading and parts else parts


def _unnumbered(given: tuple[ParagraphFacts, ...], laid: Laid, here: str) -> list[Part]:
    plain = (ParagraphFacts(one.words, sources=one.sources) for one in given)
    return _headed(laid, [part for one in plain for part in _paragraph(one, laid, here)])


def _block(block: Block, laid: Laid, here: str) -> list[Part]:
    if isinstance(block, ParagraphFacts):
        return _paragraph(block, laid, here)
    if isinstance(block, SubheadFacts):
        return [Heading(2, text(block.words))]
    if isinstance(block, BulletFacts):
        return [Bullets(tuple(inline(words) for words in block.items))]
    if isinstance(block, QuoteFacts):
        return [Quote(text(block.words), text(block.credit))]
    return [Box(str(block.number), text(block.title), tuple(Paragraph(inline(words)) for words in block.paragraphs))]


def _paragraph(one: ParagraphFacts, laid: Laid, here: str) -> list[Part]:
    notes, line = _sources(one.sources, laid, here)
    notes = (*(inline(words) for words in one.notes), *notes)
    return [Paragraph(inline(one.words), f"{one.number}." if one.number else "", notes), *line]


def _recommendation(one: RecommendationFacts, laid: Laid, here: str) -> list[Part]:
    parts: list[Part] = [Heading(2, text(one.heading))]
    for paragraph in one.paragraphs:
        parts += _paragraph(paragraph, laid, here)
    if one.addressee:
        parts.append(Note(text(word("to", here, addressee=one.addressee))))
    return parts


def _conclusion(one: ConclusionFacts, laid: Laid, here: str) -> list[Part]:
    notes, line = _sources(one.sources, laid, here)
    notes = (*(text(words) for words in one.notes), *notes)
    return [
        Conclusion(str(one.number), inline(one.sentence), tuple(inline(words) for words in one.bullets), notes),
        *line,
    ]


def _sources(labels: tuple[str, ...], laid: Laid, here: str) -> tuple[tuple[Text, ...], list[Part]]:
    """The sources as a footnote, or as a line to stand below; neither where there are none or the layout says so."""
    if not labels:
        return (), []
    words = text(word("sources", here, list=listing(labels, here)))
    return ((words,) if laid.sources == FOOTNOTES else ()), ([Note(words)] if laid.sources == LINE else [])
