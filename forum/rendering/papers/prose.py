"""The text of a document, block by block: facts -> outline parts."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch

from ..outline import Box, Bullets, Conclusion, Heading, Note, Paragraph, Part, Quote, Rule, Run, Text, text
from .facts import (
    Block,
    BoxFacts,
    BulletFacts,
    ConclusionFacts,
    PaperFacts,
    ParagraphFacts,
    QuoteFacts,
    RecommendationFacts,
    SubheadFacts,
)
from .front import inline, pieces, roman
from .laid import FOOTNOTES, LINE, Laid
from .words import listing, word


def opening(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The paragraphs outside all sections, without numbers."""
    return _unnumbered(facts.opening, laid, facts.imprint.language)


def paragraphs(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The same paragraphs as counted, with their footnotes."""
    return _headed(laid, blocks(facts.opening, laid, facts.imprint.language))


def preamble(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The preamble, without numbers."""
    return _unnumbered(facts.preamble, laid, facts.imprint.language)


def sections(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """The sections with their numbers; those that have none of their own are numbered on from the headings before."""
    parts: list[Part] = []
    for place, section in enumerate(facts.sections, before + 1):
        number = roman(place) if section.number is None else section.number
        parts.append(Heading(1, text(section.heading), _dotted(number)))
        parts += blocks(section.blocks, laid, facts.imprint.language)
    return parts


def conclusions(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Conclusions in their groups; the groups' headings stand one level below the block's, where it has one."""
    parts: list[Part] = []
    for group in facts.conclusions:
        if group.heading:
            parts.append(Heading(2 if laid.heading else 1, text(group.heading), _dotted(group.number)))
        parts += blocks(group.conclusions, laid, facts.imprint.language)
    return _headed(laid, parts)


def recommendations(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Recommendations under a heading: the layout's, else that of their part, else the language's. It has the number of
    their part, else one where the headings before it have."""
    if not facts.recommendations:
        return []
    language = facts.imprint.language
    heading = laid.heading or facts.recommendations_heading or word("recommendations", language)
    number = facts.recommendations_number
    if number is None:
        number = "" if facts.sections and not before else roman(before + 1)
    return [Heading(1, text(heading), _dotted(number)), *blocks(facts.recommendations, laid, language)]


def closing(facts: PaperFacts, laid: Laid, before: int) -> list[Part]:
    """Closing words after a heading or a rule, then thanks."""
    language = facts.imprint.language
    words = _unnumbered(facts.closing, laid, language)
    parts: list[Part] = words if laid.heading or not words else [Rule(), *words]
    if facts.thanks:
        parts = [*parts, Heading(2, text(word("donors", language)))]
        parts += [Paragraph(inline(words)) for words in facts.thanks]
    return parts


def blocks(several: Iterable[Block], laid: Laid, language: str) -> list[Part]:
    """Blocks as they stand, one after the other."""
    return [part for block in several for part in _block(block, laid, language)]


def _dotted(number: str) -> str:
    """A number as it stands before a heading or a paragraph: "IV" as "IV.", "5." and "(a)" as they are."""
    return f"{number}." if number[-1:].isalnum() else number


def _headed(laid: Laid, parts: list[Part]) -> list[Part]:
    return [Heading(1, text(laid.heading)), *parts] if laid.heading and parts else parts


def _unnumbered(facts: tuple[Block, ...], laid: Laid, language: str) -> list[Part]:
    plain = (replace(block, number="", notes=()) if isinstance(block, ParagraphFacts) else block for block in facts)
    return _headed(laid, blocks(plain, laid, language))


def _worded(words: str, weight: str) -> Text:
    """Words with the words that say how many stand behind them."""
    return (*inline(words), *_weight(weight))


def _weight(weight: str) -> Text:
    return (Run(f" ({weight})", small=True),) if weight else ()


# ---- one block
@singledispatch
def _block(block: Block, laid: Laid, language: str) -> list[Part]:
    raise TypeError(f"no such block: {type(block)}")


@_block.register
def _paragraph(paragraph: ParagraphFacts, laid: Laid, language: str) -> list[Part]:
    """A paragraph, and the list that its words end with."""
    notes, line = _notes(paragraph, laid, language)
    words, points = pieces(paragraph.words)
    listed: list[Part] = [Bullets(points)] if points else []
    whole = (*words, *_weight(paragraph.weight))
    return [Paragraph(whole, _dotted(paragraph.number), notes, paragraph.anchor), *listed, *line]


@_block.register
def _subhead(block: SubheadFacts, laid: Laid, language: str) -> list[Part]:
    return [Heading(block.level, text(block.words), _dotted(block.number))]


@_block.register
def _bullets(block: BulletFacts, laid: Laid, language: str) -> list[Part]:
    noted = [_notes(item, laid, language) for item in block.items]
    lines = [line for _, lines in noted for line in lines]
    anchors = tuple(item.anchor for item in block.items)
    return [Bullets(tuple(map(_point, block.items)), tuple(notes for notes, _ in noted), anchors), *lines]


def _point(item: ParagraphFacts) -> Text:
    number = f"{_dotted(item.number)} " if item.number else ""
    return text(number, *_worded(item.words, item.weight))


@_block.register
def _quote(block: QuoteFacts, laid: Laid, language: str) -> list[Part]:
    notes, line = _notes(block.words, laid, language)
    return [Quote(_point(block.words), text(block.credit), notes, block.words.anchor), *line]


@_block.register
def _box(block: BoxFacts, laid: Laid, language: str) -> list[Part]:
    parts = blocks(block.body, laid, language)
    body = tuple(part for part in parts if isinstance(part, Paragraph | Bullets))
    return [Box(block.number, text(block.title), body), *(part for part in parts if isinstance(part, Note))]


@_block.register
def _recommendation(recommendation: RecommendationFacts, laid: Laid, language: str) -> list[Part]:
    parts: list[Part] = [Heading(2, text(recommendation.heading))]
    parts += blocks(recommendation.blocks, laid, language)
    if recommendation.addressee:
        parts.append(Note(text(word("to", language, addressee=recommendation.addressee))))
    if recommendation.fate:
        parts.append(Note(text(word("fate", language, words=recommendation.fate))))
    return parts


@_block.register
def _conclusion(conclusion: ConclusionFacts, laid: Laid, language: str) -> list[Part]:
    notes, line = _notes(conclusion, laid, language)
    bullets = tuple(inline(words) for words in conclusion.bullets)
    sentence = _worded(conclusion.sentence, conclusion.weight)
    of_record = (conclusion.anchor, conclusion.anchors)
    return [Conclusion(_dotted(conclusion.number), sentence, bullets, notes, *of_record), *line]


def _notes(noted: ParagraphFacts | ConclusionFacts, laid: Laid, language: str) -> tuple[tuple[Text, ...], list[Part]]:
    """The footnotes, that of the sources last; or the sources as a line to stand below; neither where there are none or
    the layout says so."""
    notes = tuple(text(words) for words in noted.notes)
    if not noted.sources:
        return notes, []
    words = text(word("sources", language, list=listing(noted.sources, language)))
    return (*notes, *((words,) if laid.sources == FOOTNOTES else ())), ([Note(words)] if laid.sources == LINE else [])
