"""Papers: what a reader may see of a document, asked for through the contract, becomes facts and then a PDF.

A paper holds nothing its reader could not read: sources that are withheld, or not attributed, stand nowhere on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ...errors import NotFound
from ...rendering.papers.focused_input import (
    AnnexFacts,
    FocusedInputFacts,
    ParagraphFacts,
    PracticeFacts,
    PracticeGroup,
    RecommendationFacts,
    SectionFacts,
    focused_input,
)
from ...rendering.papers.front import FigureFacts
from ...rendering.papers.response import response
from ...rendering.papers.silence_record import silence_record
from ...rendering.papers.summary import ConclusionFacts, ConclusionGroup, SummaryFacts, summary
from ...rendering.pdf.draw import draw
from ..session import Session
from .parts import Json, disclaimers, imprint, kind_title, labels, reservation, reservations, where_printed, written
from .responses import responses as what_became
from .silence_record import record as what_happened


async def paper(url: str, token: str | None, symbol: str, responses: bool = False, record: bool = False) -> bytes:
    """A PDF of the document as the token's person may read it."""
    session = Session(url, token)
    try:
        return await of(session, symbol, responses, record)
    finally:
        await session.close()


async def of(session: Session, symbol: str, responses: bool = False, record: bool = False) -> bytes:
    """The paper of a document; of what became of each input to it; or the record of its no-objection procedure. Refuses
    (NotFound) one the reader may not see, and a record of a text that was never put to a body."""
    if responses:
        return draw(response(await what_became(session, symbol)))
    if record:
        return draw(silence_record(await what_happened(session, symbol)))
    document, paragraphs = await _whole(session, symbol)
    reserved = Reserved.of(document, await reservations(session, document))
    if document["kind"] == "summary_of_conclusions":
        return draw(summary(_summary(document, paragraphs, reserved)))
    practices = await _practices(session, document["track"]["id"]) if document["kind"] == "focused_input" else []
    return draw(focused_input(_report(document, paragraphs, practices, reserved)))


@dataclass
class Reserved:
    """Reservations as sentences: at the foot of their paragraph where the process says so, else together at the end.
    What has no foot to stand at - a reservation on the whole text - stands at the end as well."""

    at_foot: Mapping[str, Sequence[str]] = field(default_factory=dict)
    at_end: Sequence[str] = ()
    printed: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: Json, found: Sequence[Json]) -> "Reserved":
        """Those of a document, by paragraph."""
        if where_printed(document) != "footnote":
            return cls(at_end=tuple(reservation(document, one) for one in found))
        feet: dict[str, list[str]] = {}
        for one in found:
            if one["paragraph"]:
                feet.setdefault(one["paragraph"]["id"], []).append(reservation(document, one))
        return cls(feet, tuple(reservation(document, one) for one in found if one["paragraph"] is None))

    def under(self, *paragraphs: Json) -> tuple[str, ...]:
        """The footnotes of these paragraphs, which are printed now."""
        self.printed |= {p["id"] for p in paragraphs}
        return tuple(sentence for p in paragraphs for sentence in self.at_foot.get(p["id"], ()))

    def left(self) -> tuple[str, ...]:
        """What stands at the end; asked last, when it is known which paragraphs had a foot."""
        footless = [one for id_, sentences in self.at_foot.items() if id_ not in self.printed for one in sentences]
        return (*self.at_end, *footless)


# ---- what is asked for
async def _whole(session: Session, symbol: str) -> tuple[Json, list[Json]]:
    paragraphs: list[Json] = []
    after = None
    while True:
        document = (await session.ask("DocumentPaper", symbol=symbol, after=after))["document"]
        if document is None:
            raise NotFound(what=f"document {symbol}")
        page = document["paragraphs"]
        paragraphs += [p for p in page["nodes"] if not p["withdrawn"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return document, paragraphs


async def _practices(session: Session, track: str) -> list[Json]:
    found: list[Json] = []
    after = None
    while True:
        page = (await session.ask("AnnexPaper", id=track, after=after))["node"]["contributions"]
        found += [p for c in page["nodes"] for p in c["practices"]["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            # Lists of inputs come in an order that tells nothing; a reader of the annex looks for a place and a name.
            return sorted(found, key=lambda p: (p["sectionLabel"] or "", p["place"].casefold(), p["name"].casefold()))


# ---- one file, one kind of facts each
def _summary(document: Json, paragraphs: list[Json], reserved: Reserved) -> SummaryFacts:
    meeting = document["meeting"] or {}
    figures = {f["what"]: f for f in meeting.get("figures", ())}
    shown = [w for w in ("participants", "sessions", "panels", "speakers", "women", "regions") if w in figures]
    begins, ends = (date.fromisoformat(meeting[k]) for k in ("startsOn", "endsOn")) if meeting else (None, None)
    dates = f"{written(begins)} – {written(ends)}" if begins and ends else ""
    venue = ", ".join(filter(None, (meeting.get("venue"), meeting.get("city"))))
    groups = [
        ConclusionGroup(
            part["heading"], tuple(_conclusion(p, paragraphs, reserved) for p in _of(paragraphs, "conclusion", part))
        )
        for part in document["parts"]
    ]
    return SummaryFacts(
        imprint=imprint(document),
        series=meeting.get("series") or document["forum"]["name"],
        title=document["title"],
        kind=kind_title(document, document["kind"]),
        event=tuple(filter(None, (", ".join(filter(None, (meeting.get("label"), dates))), venue))),
        held_by=document["forum"]["name"],
        place=venue,
        dates=dates,
        figures=tuple(FigureFacts(w, figures[w]["computed"], figures[w]["statedText"] or "") for w in shown),
        rule=next((figures[w]["rule"] for w in ("speakers",) if w in figures and figures[w]["rule"]), ""),
        preamble=tuple(p["text"]["markdown"] for p in paragraphs if p["kind"] == "PREAMBLE"),
        groups=tuple(g for g in groups if g.conclusions),
        closing=tuple(p["text"]["markdown"] for p in paragraphs if p["kind"] == "CLOSING"),
        disclaimers=disclaimers(document, document["kind"]),
        reservations=reserved.left(),
    )


def _conclusion(conclusion: Json, paragraphs: list[Json], reserved: Reserved) -> ConclusionFacts:
    bullets = [p for p in paragraphs if p["parent"] and p["parent"]["id"] == conclusion["id"]]
    sources = dict.fromkeys(one for p in (conclusion, *bullets) for one in labels(p))
    number = "".join(c for c in conclusion["number"] or "" if c.isdigit())
    words, points = conclusion["text"]["markdown"], tuple(b["text"]["markdown"] for b in bullets)
    return ConclusionFacts(int(number or 0), words, points, tuple(sources), reserved.under(conclusion, *bullets))


def _of(paragraphs: list[Json], kind: str, part: Json) -> list[Json]:
    return [p for p in paragraphs if p["kind"] == kind.upper() and p["part"] and p["part"]["id"] == part["id"]]


def _paragraph(p: Json, reserved: Reserved) -> ParagraphFacts:
    return ParagraphFacts(p["text"]["markdown"], p["number"] or "", labels(p), reserved.under(p))


def _report(document: Json, paragraphs: list[Json], practices: list[Json], reserved: Reserved) -> FocusedInputFacts:
    plain = [p for p in paragraphs if p["recommendation"] is None and p["kind"] in ("PARAGRAPH", "QUOTE", "PREAMBLE")]
    loose = [p for p in plain if p["part"] is None]
    sections = [
        SectionFacts(part["heading"], tuple(_paragraph(p, reserved) for p in plain if _within(p, part)))
        for part in document["parts"]
    ]
    headings = {p["part"]["id"] for p in paragraphs if p["recommendation"] and p["part"]}
    named = next((part["heading"] for part in document["parts"] if part["id"] in headings), "")
    return FocusedInputFacts(
        imprint=imprint(document),
        series=f"{document['forum']['name']} · {document['edition']['name']}",
        title=document["title"],
        kind=kind_title(document, document["kind"]),
        subtitles=tuple(filter(None, (document["edition"]["theme"],))),
        summary=tuple(p["text"]["markdown"] for p in loose),
        sections=tuple(s for s in sections if s.blocks),
        recommendations=tuple(_recommendation(r, paragraphs, reserved) for r in document["recommendations"]),
        recommendations_heading=named,
        annex=_annex(practices) if practices else None,
        disclaimers=disclaimers(document, document["kind"]),
        reservations=reserved.left(),
    )


def _within(p: Json, part: Json) -> bool:
    return bool(p["part"]) and p["part"]["id"] == part["id"]


def _recommendation(recommendation: Json, paragraphs: list[Json], reserved: Reserved) -> RecommendationFacts:
    own = [p for p in paragraphs if p["recommendation"] and p["recommendation"]["id"] == recommendation["id"]]
    return RecommendationFacts(
        recommendation["heading"], tuple(_paragraph(p, reserved) for p in own), recommendation["addressee"] or ""
    )


def _annex(practices: list[Json]) -> AnnexFacts:
    groups: dict[str, list[PracticeFacts]] = {}
    for p in practices:
        row = PracticeFacts(
            p["sdgAsWritten"], p["name"], p["url"] or "", p["datesAsWritten"], p["place"], p["aim"], p["partners"]
        )
        groups.setdefault(p["sectionLabel"] or "", []).append(row)
    criteria = (
        "Practices are printed as they were received.",
        "The place is where a practice is carried out, not who sent it.",
    )
    return AnnexFacts("Practices", criteria, tuple(PracticeGroup(title, tuple(rows)) for title, rows in groups.items()))
