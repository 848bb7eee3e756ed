"""The consolidated report, or focused input to another body, with its annex of practices: facts -> outline."""

from dataclasses import dataclass

from ..outline import (
    Box,
    Bullets,
    Column,
    Contents,
    Disclaimer,
    Heading,
    NewPage,
    Note,
    Outline,
    Paragraph,
    Part,
    Quote,
    Row,
    Run,
    SectionRow,
    Table,
    Text,
    TitleBlock,
    text,
)
from .front import Imprint, colophon, inline, reservations_annex, roman, running_line
from .words import listing, word


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """A paragraph. `number`: as counted ("14"), empty for none; `words` with inline marks (`front.inline`).

    `sources`: labels of what it was made from, only those its readers may see; empty where none may be shown.
    `notes`: further footnotes. A paragraph whose author must not appear comes with no source at all.
    """

    words: str
    number: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubheadFacts:
    """A heading inside a section, dated or not ("New York, 29 February 2016")."""

    words: str


@dataclass(frozen=True, slots=True)
class BulletFacts:
    """An unnumbered list, each item with inline marks."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """Exact words and their consented credit line; an empty credit names nobody."""

    words: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """A numbered box: its paragraphs, with inline marks."""

    number: int
    title: str
    paragraphs: tuple[str, ...]


Block = ParagraphFacts | SubheadFacts | BulletFacts | QuoteFacts | BoxFacts


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section; sections are numbered in roman in the order given."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """A recommendation under its imperative heading; `addressee` may be empty."""

    heading: str
    paragraphs: tuple[ParagraphFacts, ...]
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class PracticeFacts:
    """A row of the annex as its sender wrote it; what was left empty stays empty. `link` is an http(s) address."""

    sdg: str = ""
    name: str = ""
    link: str = ""
    date: str = ""
    place: str = ""
    aim: str = ""
    partners: str = ""


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """Practices under a row across the whole table ("Submissions to the Chair's call"); an empty title gives no such row."""

    title: str
    practices: tuple[PracticeFacts, ...]


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """The annex of practices: its title, how practices were chosen, and the practices in their groups."""

    title: str
    criteria: tuple[str, ...] = ()
    groups: tuple[PracticeGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusedInputFacts:
    """All the paper is made of, every string in the imprint's language and ready to print.

    `series`: whose paper it is ("Global Forum on Migration and Development 2020"); `kind`: the process's name for it;
    `subtitles`: lines under the title; `summary`: unnumbered opening paragraphs. `disclaimers`: plain sentences, and so are
    `reservations`, which stand in an annex of their own.
    """

    imprint: Imprint
    series: str
    title: str
    kind: str
    subtitles: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()
    sections: tuple[SectionFacts, ...] = ()
    recommendations: tuple[RecommendationFacts, ...] = ()
    recommendations_heading: str = ""
    annex: AnnexFacts | None = None
    disclaimers: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()


def focused_input(facts: FocusedInputFacts) -> Outline:
    """The outline: cover, contents, numbered sections, recommendations, the annex on turned paper, disclaimer, colophon."""
    here = facts.imprint.language
    parts: list[Part] = [Contents(word("contents", here), depth=2), NewPage()]
    parts += [Paragraph(inline(words)) for words in facts.summary]
    for place, section in enumerate(facts.sections, 1):
        parts.append(Heading(1, text(section.heading), f"{roman(place)}."))
        for block in section.blocks:
            parts.append(_block(block, here))
    parts += _recommendations(facts, here)
    if facts.annex:
        parts += _annex(facts.annex, here)
    parts += reservations_annex(facts.reservations, here, new_page=facts.annex is not None)
    if facts.disclaimers:
        parts.append(Disclaimer(tuple(text(words) for words in facts.disclaimers)))
    parts.append(colophon(facts.imprint))
    return Outline(_cover(facts), here, tuple(parts), running_line(facts.imprint.symbol, facts.title))


def _cover(facts: FocusedInputFacts) -> TitleBlock:
    imprint = facts.imprint
    return TitleBlock(
        title=facts.title,
        series=facts.series,
        subtitles=facts.subtitles,
        kind=facts.kind,
        symbol=imprint.symbol,
        version=imprint.version,
        date=imprint.date,
        cover=True,
    )


def _block(block: Block, here: str) -> Part:
    if isinstance(block, ParagraphFacts):
        return _paragraph(block, here)
    if isinstance(block, SubheadFacts):
        return Heading(2, text(block.words))
    if isinstance(block, BulletFacts):
        return Bullets(tuple(inline(words) for words in block.items))
    if isinstance(block, QuoteFacts):
        return Quote(text(block.words), text(block.credit))
    return Box(str(block.number), text(block.title), tuple(Paragraph(inline(words)) for words in block.paragraphs))


def _paragraph(one: ParagraphFacts, here: str) -> Paragraph:
    notes: list[Text] = [inline(words) for words in one.notes]
    if one.sources:
        notes.append(text(word("sources", here, list=listing(one.sources, here))))
    return Paragraph(inline(one.words), f"{one.number}." if one.number else "", tuple(notes))


def _recommendations(facts: FocusedInputFacts, here: str) -> list[Part]:
    if not facts.recommendations:
        return []
    number = f"{roman(len(facts.sections) + 1)}."
    parts: list[Part] = [Heading(1, text(facts.recommendations_heading or word("recommendations", here)), number)]
    for one in facts.recommendations:
        parts.append(Heading(2, text(one.heading)))
        parts += [_paragraph(paragraph, here) for paragraph in one.paragraphs]
        if one.addressee:
            parts.append(Note(text(word("to", here, addressee=one.addressee))))
    return parts


_SHARES = (("sdg", 1.25), ("name_link", 3.0), ("project_date", 1.5), ("where", 1.9), ("aim", 5.4), ("partners", 3.2))


def _annex(annex: AnnexFacts, here: str) -> list[Part]:
    parts: list[Part] = [NewPage(wide=True), Heading(1, text(word("annex", here, title=annex.title)))]
    if annex.criteria:
        parts.append(Heading(3, text(word("criteria", here)), listed=False))
        parts.append(Bullets(tuple(inline(words) for words in annex.criteria)))
    rows: list[Row | SectionRow] = []
    for group in annex.groups:
        if group.title:
            rows.append(SectionRow(text(group.title)))
        rows += [_practice(practice) for practice in group.practices]
    parts.append(Table(tuple(Column(word(key, here), share) for key, share in _SHARES), tuple(rows)))
    return parts


def _practice(one: PracticeFacts) -> Row:
    name = text(Run(one.name, bold=True), "\n" if one.name and one.link else "", Run(one.link, link=one.link))
    cells = (text(one.sdg), name, text(one.date), text(one.place), text(one.aim), text(one.partners))
    return Row(cells)
