"""What a paper of a document is made of: plain strings, each in the paper's language and ready to print.

Only what a reader may see gets here. A layout (`layout.py`) says which of these facts are printed, and in which order.
"""

from dataclasses import dataclass

from .front import FigureFacts, Imprint
from .response import ContributorFacts


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """A paragraph. `number`: as counted ("14"), empty for none; `words` with their marks (`front.inline`); `weight`:
    its weight words ("several speakers"), printed after it.

    `sources`: labels of what it was made from, only those its readers may see; empty where none may be shown.
    `notes`: further footnotes. A paragraph whose author must not appear comes with no source at all. `anchor`: its
    identity in the record (`wId`), empty for words of no paragraph.
    """

    words: str
    number: str = ""
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    weight: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class SubheadFacts:
    """A heading inside a section, dated or not ("New York, 29 February 2016"); of level 1 that of a part."""

    words: str
    number: str = ""
    level: int = 2


@dataclass(frozen=True, slots=True)
class BulletFacts:
    """A list of points; one that has a number of its own keeps it."""

    items: tuple[ParagraphFacts, ...]


@dataclass(frozen=True, slots=True)
class QuoteFacts:
    """Exact words and their consented credit line; an empty credit names nobody."""

    words: ParagraphFacts
    credit: str = ""


@dataclass(frozen=True, slots=True)
class BoxFacts:
    """A numbered box: its paragraphs and points; `title` may be empty."""

    number: str
    title: str
    body: tuple[ParagraphFacts | BulletFacts, ...]


@dataclass(frozen=True, slots=True)
class ConclusionFacts:
    """One conclusion. `number` runs on across groups, and may be empty; `sentence` and `bullets` may carry inline marks
    (`front.inline`).

    `sources`: labels of what carries it ("Panel 2: Data - Karen AbuZayd"), only those its readers may see; may be
    empty. `notes`: further footnotes, before that of the sources. `weight`: its weight words. `anchor`: its identity in
    the record; `anchors`: those of its bullets, or none at all.
    """

    number: str
    sentence: str
    bullets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    weight: str = ""
    anchor: str = ""
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecommendationFacts:
    """A recommendation under its imperative heading; `addressee` may be empty. `fate`: what became of it, where that is
    known."""

    heading: str
    blocks: tuple["Block", ...]
    addressee: str = ""
    fate: str = ""


Block = ParagraphFacts | SubheadFacts | BulletFacts | QuoteFacts | BoxFacts | ConclusionFacts | RecommendationFacts


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """A section. `number`: as it is printed, empty for none; left out, it is counted in roman."""

    heading: str
    blocks: tuple[Block, ...]
    number: str | None = None


@dataclass(frozen=True, slots=True)
class ConclusionGroup:
    """Conclusions, and what stands among them, under an optional heading (empty: none) with its number as printed."""

    heading: str
    conclusions: tuple[Block, ...]
    number: str = ""


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
    """Practices under a row across the whole table ("Submissions to the Chair's call"); an empty title gives no row."""

    title: str
    practices: tuple[PracticeFacts, ...]


@dataclass(frozen=True, slots=True)
class AnnexFacts:
    """The annex of practices: its title, how practices were chosen, and the practices in their groups."""

    title: str
    criteria: tuple[str, ...] = ()
    groups: tuple[PracticeGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Facts of a meeting, each left out when empty. `forum`: to which it belongs; who convened it is told by the text
    alone. `figures`: in the order of print; `rule`: how those computed are
    counted."""

    forum: str = ""
    place: str = ""
    dates: str = ""
    figures: tuple[FigureFacts, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """All that a paper of a document can be made of. What its layout does not print may be left out.

    `series`: above the title ("International Dialogue on Migration (IDM) 2016"); `subtitles`: the lines under it;
    `kind`: the process's name for the paper. `opening`: the paragraphs outside all sections. `preamble` and `closing`:
    what stands there. `first` and `rest`: what no block of the layout prints, before the text proper and after it.
    `recommendations_heading`: empty for the language's own; its number as printed, left out where it is counted.
    `disclaimers`, `thanks` and
    `reservations`: plain sentences. `contributors`: names as readers may see them.
    """

    imprint: Imprint
    series: str
    title: str
    kind: str
    subtitles: tuple[str, ...] = ()
    meeting: MeetingFacts = MeetingFacts()
    opening: tuple[Block, ...] = ()
    preamble: tuple[Block, ...] = ()
    first: tuple[Block, ...] = ()
    sections: tuple[SectionFacts, ...] = ()
    conclusions: tuple[ConclusionGroup, ...] = ()
    recommendations: tuple[Block, ...] = ()
    recommendations_heading: str = ""
    recommendations_number: str | None = None
    rest: tuple[Block, ...] = ()
    closing: tuple[Block, ...] = ()
    thanks: tuple[str, ...] = ()
    practices: AnnexFacts | None = None
    contributors: tuple[str, ...] = ()
    responses: tuple[ContributorFacts, ...] = ()
    disclaimers: tuple[str, ...] = ()
    reservations: tuple[str, ...] = ()
